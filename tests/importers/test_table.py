import pytest

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.sources import Reliability
from graph_service.importers.table import FORMAT, table_format
from tests.importers.intake import taken
from tests.importers.tables import HEADER, MAPPED, claims, graph, reason, told
from tests.stores.telling import actor


def test_a_row_becomes_a_claim_with_its_source() -> None:
    found = told("Northland,,arms,Hill Front,2024-05-01,The Paper,2024-05-02\n")

    (record,) = claims(found)
    assert (record.claim.subject, record.claim.object) == ("northland", "hill-front")
    (source,) = found.graph.sources()
    assert (source.title, source.published, source.reliability) == (
        "The Paper", "2024-05-02", Reliability.F,
    )  # fmt: skip
    assert (record.evidence[0].source, record.evidence[0].confidence) == (source.id, 0.7)


def test_an_inverse_label_swaps_the_ends_whatever_the_case() -> None:
    (record,) = claims(told("Hill Front,,Was armed BY,Northland,2024,Paper,2024\n"))

    assert (record.claim.subject, record.claim.relation) == ("northland", "arms")


def test_a_word_that_is_no_relation_is_refused_with_what_it_may_mean() -> None:
    found = told("Northland,,backz,Hill Front,2024,Paper,2024\n")

    assert "perhaps: backs" in reason(found)


def test_words_of_the_mapping_are_relations_or_are_skipped() -> None:
    words = '[relations]\n"pays" = "funds"\n"paid through" = "funded by"\n"visits" = "!skip"\n'
    rows = "".join(
        f"Northland,,{word},Hill Front,2024,Paper,2024\n"
        for word in ("pays", "Paid  through", "visits")
    )

    found = told(rows, MAPPED + words)

    ends = {(record.claim.subject, record.claim.object) for record in claims(found)}
    assert ends == {("northland", "hill-front"), ("hill-front", "northland")}
    assert (found.summary.taken, found.summary.skipped.total()) == (2, 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[relations]\npays = "fundz"\n', "is no relation"),
        ('[kinds]\nland = "stat"\n', "is no kind"),
    ],
)
def test_a_mapping_to_what_is_not_there_is_refused(more: str, said: str) -> None:
    with pytest.raises(InvalidRecord, match=said):
        told("Northland,,arms,Hill Front,2024,Paper,2024\n", MAPPED + more)
    with pytest.raises(InvalidRecord, match="is no kind"):
        told("Northland,,arms,Hill Front,2024,Paper,2024\n", f'default_kind = "firm x"\n{MAPPED}')


def test_an_actor_is_told_by_id_name_or_alias() -> None:
    alias = {"text": "Port Sel", "scope": "metonym"}
    people = actor("northland", aliases=[alias]), actor("hill-front", "armed_group")
    rows = "".join(
        f"{name},,arms,HILL  front,2024,Paper,2024\n"
        for name in ("northland", "Northland", "port sel")
    )

    found = told(rows, MAPPED, *people)

    assert {record.claim.subject for record in claims(found)} == {"northland"}
    assert found.summary.new_actors == 0


def test_a_name_of_several_is_refused_with_their_ids_until_a_kind_says_who_is_meant() -> None:
    several = (
        actor("midland", name="Midland"),
        actor("midland-city", "government", name="Midland"),
        actor("hill-front", "armed_group"),
    )

    found = told("Midland,,arms,hill-front,2024,Paper,2024\n", MAPPED, *several)
    assert "midland (state, Midland), midland-city (government, Midland)" in reason(found)
    assert found.summary.new_actors == 0

    for row, meant in (
        ("Midland,country,arms,hill-front,2024,Paper,2024\n", "midland"),
        ("midland-city,,arms,hill-front,2024,Paper,2024\n", "midland-city"),
    ):
        assert claims(told(row, MAPPED, *several))[0].claim.subject == meant


def test_a_name_that_nobody_has_is_somebody_new_whose_kind_the_table_says() -> None:
    found = told(
        "Acme,,funds,Hill Front,2024,Paper,2024\n"
        "Jane Roe,,meets,Hill Front,2024,Paper,2024\n"
        "Jane Roe,,holds office in,Acme,2024/..,Paper,2024\n"
        "Upland,country,funds,Hill Front,2024,Paper,2024\n"
        "Upland,,meets,Northland,2024,Paper,2024\n"
    )

    claims(found)
    kinds = {one.id: one.kind for one in found.graph.actors()}
    assert kinds["acme"] == "organisation"
    assert kinds["jane-roe"] == "person"  # nobody else holds an office
    assert kinds["upland"] == "state"


def test_a_name_with_two_kinds_is_refused_where_no_kind_stands() -> None:
    found = told(
        "Acme,country,meets,Northland,2024,Paper,2024\n"
        "Acme,company,meets,Northland,2024-02,Paper,2024\n"
        "Acme,,meets,Northland,2024-03,Paper,2024\n"
    )

    assert [refused.line for refused in found.refused] == [4]


def test_somebody_new_of_a_kind_that_cannot_stand_there_is_refused_and_not_entered() -> None:
    found = told("Acme,,is allied with,Northland,2024/..,Paper,2024\n")

    assert "a new organisation cannot stand there" in reason(found)
    assert found.summary.new_actors == 0


def test_somebody_known_who_cannot_stand_there_is_refused_and_nobody_is_entered() -> None:
    heads = "Acme,,heads,Newland,2024/..,Paper,2024\n"
    first = told("Acme,,meets,Northland,2024,Paper,2024\n" + heads)
    again = taken(FORMAT, HEADER + heads, first.graph, more={"mapping": MAPPED})

    for found in (first, again):
        (refused,) = found.refused
        assert "'Acme' is known as acme (organisation), and there stands one of" in refused.reason
    assert "newland" not in {actor.id for actor in again.graph.actors()}


def test_a_name_with_a_hidden_sign_is_refused_whoever_is_known_without_it() -> None:
    found = told(
        "Acme,,meets,Northland,2024,Paper,2024\nAcme\u202e,,arms,Northland,2024,Paper,2024\n"
    )

    assert [(one.line, one.field) for one in found.refused] == [(3, "name")]


def test_who_is_new_is_told_with_names_spelt_like_theirs() -> None:
    notes: list[str] = []

    taken(
        table_format(notes.append),
        HEADER + "Northlnd,,arms,Hill Front,2024,Paper,2024\n",
        graph(),
        more={"mapping": MAPPED},
    )

    assert notes == [
        "'Northlnd' is new: is it meant for 'Northland'?",
        "new actors: northlnd (organisation)",
    ]


def test_identifiers_in_a_scheme_name_actors() -> None:
    people = actor("northland", ids={"iso3": "NLD"}), actor("hill-front", "armed_group")

    found = told("NLD,,arms,hill-front,2024,Paper,2024\n", f'scheme = "iso3"\n{MAPPED}', *people)

    assert claims(found)[0].claim.subject == "northland"


def test_the_file_itself_is_the_source_where_none_is_named() -> None:
    mapping = MAPPED.replace('source = "source"', "").replace('source_published = "published"', "")
    rows = HEADER + "Northland,,backs,Hill Front,2012-,,\n"

    without = taken(FORMAT, rows, graph(), name="My ties.csv", more={"mapping": mapping})
    dated = taken(
        FORMAT, rows, graph(), name="My ties.csv",
        more={"mapping": mapping, "published": "September 2024"},
    )  # fmt: skip

    assert "--more published=" in reason(without)
    claims(dated)
    (source,) = dated.graph.sources()
    assert (source.title, source.published) == ("My ties.csv", "2024-09")
