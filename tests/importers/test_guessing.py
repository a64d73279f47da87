import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import load_ontology
from graph_service.importers.guessing import Guess, guess
from graph_service.importers.guessing_text import proposed
from graph_service.importers.mapping import FIELDS, read_mapping
from graph_service.importers.packed import Packed
from graph_service.importers.sheets import Layout
from graph_service.importers.table_dates import Order
from graph_service.importers.table_words import spellings

ONTOLOGY = load_ontology()


def packed(text: str) -> Packed:
    return Packed("ties.csv", io.BytesIO(text.encode()))


def guessed(text: str) -> Guess:
    return guess(packed(text), Layout(), ONTOLOGY)


def written(text: str) -> str:
    return proposed(packed(text), Layout(), ONTOLOGY)


def test_every_spelling_is_of_a_field_or_kind_and_of_one_only() -> None:
    for section, known in (("columns", set(FIELDS)), ("kinds", set(ONTOLOGY.kinds))):
        words = spellings()[section]
        every = [word for each in words.values() for word in each]
        assert set(words) <= known
        assert len(every) == len(set(every))
    assert set(spellings()["columns"]) == set(FIELDS)


@pytest.mark.parametrize(
    ("header", "row", "columns"),
    [
        ("Who,What,Whom,When", "Iran,arms,Qatar,2024", "subject relation object when"),
        ("From;Type;To;Year", "Iran;arms;Qatar;2024", "subject relation object when"),
        ("Source,Target,Relation", "Iran,Qatar,arms", "subject object relation"),
        ("Source actor,Target actor,Verb,URL", "a,b,arms,x", "subject object relation source_url"),
        ("Subject,Tie,Object,From,To", "a,arms,b,2012,2014", "subject relation object start end"),
        ("who,whom,what,since,until", "a,b,arms,2012,2014", "subject object relation start end"),
        ("actor,x,recipient,ref,p", "a,arms,b,Paper,3", "subject relation object source locator"),
        ("Subject,Relation,Object,Source", "a,arms,b,c", "subject relation object source"),
        (
            "Actor A,What happened,Actor B,Date,Reported by,Reported on",
            "a,sends things to,b,2024,Paper,2024-05",
            "subject relation object when source source_published",
        ),
        ("ACTOR 1,Actor_2,Event type", "a,b,arms", "subject object relation"),
    ],
)
def test_columns_are_known_by_many_names(header: str, row: str, columns: str) -> None:
    found = guessed(f"{header}\n{row}\n").mapping.columns

    cells = header.replace(";", ",").split(",")
    assert found == dict(zip(columns.split(), cells, strict=True))


def test_a_column_called_type_that_holds_no_relations_is_none_of_them() -> None:
    found = guessed("who,type,whom,tie\nIran,x,Qatar,arms\n")

    assert found.mapping.columns["relation"] == "tie"
    assert found.unused == ("type",)
    assert (
        guessed("who,type,whom,action\nIran,x,Qatar,sends\n").mapping.columns["relation"]
        == "action"
    )
    assert guessed("who,type,whom\nIran,,Qatar\n").perhaps == {}


def test_a_column_of_kinds_is_of_the_actor_whose_column_it_follows() -> None:
    found = guessed("who,Kind,tie,whom,type\nIran,country,arms,Acme,company\n")

    columns = found.mapping.columns
    assert (columns["subject_kind"], columns["object_kind"]) == ("Kind", "type")


def test_a_table_whose_columns_are_not_plain_is_refused_with_what_to_do() -> None:
    with pytest.raises(InvalidRecord, match="--guess proposes"):
        guessed("x,y,z\n1,2,3\n").checked()


def test_what_is_nearly_named_is_only_proposed() -> None:
    found = guessed("who,what,whom,publicaton\nIran,arms,Qatar,Paper\n")

    assert "source" not in found.mapping.columns
    assert found.perhaps == {"source": "publicaton"}


def test_a_title_above_the_header_is_passed_over() -> None:
    found = guessed("Ties of the region,,\n,,\nwho,what,whom\nIran,arms,Qatar\n")

    assert found.mapping.header_row == 3
    assert found.checked().columns["object"] == "whom"


def test_a_proposal_can_be_read_and_names_the_words_of_the_table() -> None:
    text = written(
        "who,kind of subject,tie,whom,date,junk\n"
        'Iran,Country,backed by,Qatar,31/12/2024,"a\n b"\n'
        "Iran,thing,supports,Qatar,01/02/2024,c\n"
    )

    mapping = read_mapping(text)
    assert mapping.relations == {"backed by": "backed by"}
    assert '# "supports" = "backs"' in text
    assert mapping.kinds == {"Country": "state"}
    assert '# "thing" = "…"' in text
    assert mapping.dates is Order.DAY_FIRST
    assert '# not used: "junk"' in text
    assert "#   is a patron of / client of" in text


def test_a_proposal_says_where_dates_may_be_two_days() -> None:
    text = written("who,tie,whom,date\nIran,arms,Qatar,01/02/2024\n")

    assert '# dates = "day-first"' in text
    assert read_mapping(text).dates is None


def test_a_proposal_says_what_is_missing() -> None:
    text = written("x,y\n1,2\n")

    assert "To be said before it can be read: subject, relation, object" in text
    with pytest.raises(InvalidRecord, match="which column holds the subject"):
        read_mapping(text)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6))
def test_a_proposal_for_any_header_and_words_is_toml(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)

    try:
        text = written(f"who,tie,whom,{quoted}\n{quoted},Iran,{cells[0]!r},Qatar\n")
    except InvalidRecord:
        return
    assert read_mapping(text).columns["subject"] == "who"


@given(st.binary(max_size=200))
def test_any_bytes_are_guessed_at_or_refused(data: bytes) -> None:
    with suppress(InvalidRecord):
        proposed(Packed("a", io.BytesIO(data)), Layout(), ONTOLOGY)
