import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.mapping import LONGEST_MAPPING, read_mapping
from graph_service.importers.table_dates import Order

ENDS = '[columns]\nsubject = "Who"\nrelation = "Tie"\nobject = "Whom"\n'


def refusal(text: str) -> InvalidRecord:
    with pytest.raises(InvalidRecord) as refused:
        read_mapping(text)
    return refused.value


def test_a_mapping_says_columns_constants_words_and_where_the_table_stands() -> None:
    mapping = read_mapping(
        'sheet = "Ties"\nheader_row = 3\nseparator = "semicolon"\ndates = "day-first"\n'
        + ENDS
        + "[constants]\nconfidence = 0.8\nsource_published = 2024-09-01\namount = 5\n"
        + '[relations]\n"gives money to" = "funds"\n[kinds]\ncountry = "state"\n'
    )

    assert mapping.columns == {"subject": "Who", "relation": "Tie", "object": "Whom"}
    assert mapping.constants["confidence"] == "0.8"
    assert mapping.constants["source_published"] == "2024-09-01"
    assert (mapping.relations, mapping.kinds) == ({"gives money to": "funds"}, {"country": "state"})
    assert (mapping.sheet, mapping.header_row, mapping.separator) == ("Ties", 3, ";")
    assert mapping.dates is Order.DAY_FIRST


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (f"column = 1\n{ENDS}", "columns"),
        (ENDS + 'sorce = "Paper"\n', "source"),
        (ENDS + "[constants]\nconfidense = 0.5\n", "confidence"),
        ('dates = "dayfirst"\n' + ENDS, "day-first"),
    ],
)
def test_a_key_that_is_none_is_refused_with_what_it_may_be(text: str, suggestion: str) -> None:
    assert suggestion in refusal(text).suggestions


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[columns]\nsubject = "Who"\nrelation = "Tie"\n', "columns.object"),
        (ENDS + 'when = "Date"\nstart = "Start"\n', "columns.when"),
        ("header_row = 0\n" + ENDS, "header_row"),
        ("header_row = true\n" + ENDS, "header_row"),
        ('separator = "--"\n' + ENDS, "separator"),
        ("columns = 3\n", "columns"),
        (ENDS + "when = 3\n", "columns.when"),
        (ENDS + '[constants]\nsource = ""\n', "constants.source"),
        (ENDS + "[constants]\nsource = 10:00:00\n", "constants.source"),
        (ENDS + "[relations]\nbacks = true\n", "relations.backs"),
        ('no_end = "never"\n' + ENDS, "no_end"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_name(text: str, field: str) -> None:
    assert refusal(text).field == field


@pytest.mark.parametrize(
    "text", ["[columns", "a = " + "[" * 5_000, "a = " + "1" * 5_000, "x" * (LONGEST_MAPPING + 1)]
)
def test_what_is_no_toml_is_refused(text: str) -> None:
    assert "the mapping" in refusal(text).message


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    with pytest.raises(InvalidRecord):
        read_mapping(text)
