import pytest

from graph_service.domain.claims import Modality, Stance, Strength
from graph_service.domain.sources import Reliability
from graph_service.importers.table import FORMAT, table_format
from tests.importers.intake import taken
from tests.importers.tables import MAPPED, claims, graph, piece, reason, told


def test_starts_and_ends_make_a_period() -> None:
    mapping = MAPPED.replace('when = "when"', 'start = "when"\nend = "published"').replace(
        'source_published = "published"', ""
    )

    def when(tie: str, start: str, end: str, more: str = "") -> str:
        row = f"Northland,,{tie},Hill Front,{start},Paper,{end}\n"
        found = told(row, f"{more}{mapping}[constants]\nsource_published = 2024\n")
        return claims(found)[0].claim.when.text

    assert when("backs", "2012", "May 2014") == "2012/2014-05"
    assert when("backs", "2012", "") == "2012/"
    assert when("backs", "2012", "present") == "2012/.."
    assert when("backs", "2012", "", 'no_end = "ongoing"\n') == "2012/.."
    assert when("backs", "", "2014") == "/2014"
    assert when("arms", "2012", "") == "2012"
    assert when("arms", "2012", "2014") == "2012/2014"
    assert when("arms", "", "2014") == "[..2014]"


def test_an_event_without_a_date_is_refused_and_a_state_is_not() -> None:
    assert "happens on some day" in reason(told("Northland,,arms,Hill Front,,Paper,2024\n"))
    assert claims(told("Northland,,backs,Hill Front,,Paper,2024\n"))[0].claim.when.text == "/"


def test_the_finer_fields_of_evidence_are_read() -> None:
    text = (
        "who,what,whom,when,source,url,publisher,published,reliability,page,quote,confidence,"
        "stance,modality,according to,strength,amount,currency\n"
        'Northland,funds,Hill Front,2024,A story,https://news.example/1,,2024-05,b,p. 3,"two\nlines",'
        '80%,Denied,intended,a minister,weak,"1,500,000",USD\n'
    )

    found = taken(FORMAT, text, graph())

    told_ = piece(found)
    assert (told_.locator, told_.passage, told_.confidence) == ("p. 3", "two\nlines", 0.8)
    assert (told_.stance, told_.modality) == (Stance.DENIED, Modality.INTENDED)
    assert (told_.attributed_to, told_.strength) == ("a minister", Strength.WEAK)
    assert (told_.amount, told_.unit) == (1_500_000, "USD")
    (source,) = found.graph.sources()
    assert (source.url, source.origin) == ("https://news.example/1", "news.example")
    assert source.reliability is Reliability.B


@pytest.mark.parametrize(
    ("column", "cell", "field"),
    [
        ("confidence", "high", "confidence"),
        ("confidence", "1", "confidence"),
        ("confidence", "nan", "confidence"),
        ("amount", "1.500,00", "amount"),
        ("amount", "1e999", "amount"),
        ("reliability", "G", "reliability"),
        ("stance", "maybe", "stance"),
        ("strength", "#REF!", "strength"),
        ("published", "2012-", "source_published"),
        ("episode", "a b", "episode"),
        ("note", "a\x07b", "passage"),
        ("source", "a\u202eb", "source"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_by_its_field(
    column: str, cell: str, field: str
) -> None:
    text = f'who,what,whom,when,{column}\nNorthland,arms,Hill Front,2024,"{cell}"\n'

    (refused,) = taken(FORMAT, text, graph()).refused

    assert (refused.line, refused.field) == (2, field)


def test_without_a_mapping_it_is_said_what_each_column_is_taken_for() -> None:
    notes: list[str] = []
    text = "From;Type;To;Date;Junk\nNorthland;arms;Hill Front;31/07/2024;x\n"

    taken(table_format(notes.append), text, graph())

    assert notes[0] == (
        "the columns are taken so: subject in 'From', relation in 'Type', object in 'To', "
        "when in 'Date'"
    )
    assert notes[1] == "not used: 'Junk'"
