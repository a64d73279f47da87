import pytest

from graph_service.domain.claims import Strength
from graph_service.domain.errors import InvalidRecord
from tests.importers.ftm import (
    ANN,
    CLUB,
    MILL,
    OWNS,
    SHIP,
    claims_of,
    entity,
    evidence_of,
    sources_of,
    told,
)


def test_entities_come_in_any_order_and_keep_their_identifiers() -> None:
    found = told(OWNS, MILL, SHIP, ANN, CLUB)
    assert claims_of(found) == [("ann-alder", "controls", "the-mill-ltd", "2019/2021-05")]
    assert found.graph.actor("ann-alder").ids == (("ftm", "ann"), ("wikidata", "Q1"))
    assert [alias.text for alias in found.graph.actor("ann-alder").aliases] == ["Анна Альдер"]
    assert found.graph.actor("the-mill-ltd").ids == (("ftm", "mill"), ("registration", "mt:C 12"))
    assert (found.summary.taken, found.summary.skipped) == (
        3,
        {"Vessel": 1, "an entity that no tie names": 1},
    )


def test_the_caption_is_the_name_else_the_first_that_is_in_latin_letters() -> None:
    two = entity("mill", "Company", name=["Мельница", "The Mill"])
    captioned = entity("ann", "Person", caption="A. Alder", name=["Ann Alder"])
    found = told(OWNS, two, captioned)
    assert {one.name for one in found.graph.actors()} == {"The Mill", "A. Alder"}


def test_the_same_file_twice_changes_nothing() -> None:
    first = told(OWNS, MILL, ANN)
    head = first.graph.store.head()
    again = told(OWNS, MILL, ANN, graph=first.graph)
    assert first.graph.store.head() == head
    assert (again.summary.new_actors, again.summary.entries) == (0, 0)


def test_two_entities_of_one_name_are_two_actors() -> None:
    others = [entity(f"p{n}", "Person", name="Ann Alder") for n in range(3)]
    ties = [
        entity(f"t{n}", "Membership", member=f"p{n}", organization="club", date="2020", datasets=["d"],
               first_seen="2024-01-01")
        for n in range(3)
    ]  # fmt: skip
    found = told(*others, CLUB, *ties)
    assert len(set(found.graph.actors())) == 4
    assert len({one[0] for one in claims_of(found)}) == 3


@pytest.mark.parametrize(
    ("schema", "ends", "expected"),
    [
        ("Directorship", {"director": "ann", "organization": "mill"}, [("ann", "holds_office_in", "mill")]),
        ("Employment", {"employee": "ann", "employer": "mill"}, [("ann", "holds_office_in", "mill")]),
        ("Membership", {"member": "ann", "organization": "club"}, [("ann", "member_of", "club")]),
        ("Representation", {"agent": "ann", "client": "club"}, [("ann", "represents", "club")]),
        ("Debt", {"debtor": "ann", "creditor": "mill"}, [("mill", "creditor_of", "ann")]),
        ("Family", {"person": "ann", "relative": "bob"},
         [("ann", "channel_to", "bob"), ("bob", "channel_to", "ann")]),
        ("Associate", {"person": "ann", "associate": "bob"},
         [("ann", "channel_to", "bob"), ("bob", "channel_to", "ann")]),
    ],
)  # fmt: skip
def test_each_schema_of_ties_has_its_relation_and_direction(
    schema: str, ends: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    bob = entity("bob", "Person", name="Bob")
    tie = entity("t", schema, **ends, startDate="2019", endDate="2021")
    found = told(ANN, bob, MILL, CLUB, tie)
    keys = {one.id: dict(one.ids)["ftm"] for one in found.graph.actors()}
    assert [(keys[one], relation, keys[other]) for one, relation, other, _ in claims_of(found)] == (
        expected
    )


@pytest.mark.parametrize("schema", ["UnknownLink", "Succession", "ProjectParticipant"])
def test_ties_without_a_relation_are_counted_by_their_schema(schema: str) -> None:
    assert told(ANN, entity("t", schema, subject="ann", object="ann")).summary.unmapped == {
        schema: 1
    }


def test_a_payment_is_an_event_with_its_sum() -> None:
    paid = entity(
        "p", "Payment", payer="mill", beneficiary="club", date="2011-12-29", amountEur="50001"
    )
    found = told(MILL, CLUB, paid)
    assert claims_of(found) == [("the-mill-ltd", "funds", "the-club", "2011-12-29")]
    [piece] = evidence_of(found)
    assert (piece.amount, piece.unit, piece.locator) == (50001.0, "EUR", "p")


@pytest.mark.parametrize(
    ("share", "strength"), [("75", None), ("50 %", None), ("33,3", Strength.WEAK), (None, None)]
)
def test_a_share_below_half_decides_weakly(share: str | None, strength: Strength | None) -> None:
    more = {} if share is None else {"percentage": share}
    owns = OWNS | {"properties": OWNS["properties"] | {k: [v] for k, v in more.items()}}
    [piece] = evidence_of(told(ANN, MILL, owns))
    assert (piece.strength, piece.unit) == (strength, None if share is None else "percent")


def test_an_owner_of_less_than_a_quarter_decides_nothing() -> None:
    owns = entity("o", "Ownership", owner="ann", asset="mill", startDate="2019", percentage="2")
    found = told(ANN, MILL, owns)
    assert found.summary.skipped == {"an owner of less than 25 percent": 1}


def test_unknown_sides_rest_on_the_first_and_the_last_day_on_which_it_was_said() -> None:
    tie = entity(
        "t", "Membership", member="ann", organization="club", datasets=["list_a", "list_b"]
    )
    tie |= {"first_seen": "2023-01-02T10:00:00", "last_seen": "2024-05-06T10:00:00"}
    found = told(ANN, CLUB, tie)
    assert claims_of(found)[0][-1] == "/"
    dated = sorted((one.origin, one.published) for one in sources_of(found.graph).values())
    assert dated == [
        ("list_a", "2023-01-02"), ("list_a", "2024-05-06"),
        ("list_b", "2023-01-02"), ("list_b", "2024-05-06"),
    ]  # fmt: skip


def test_without_any_date_a_tie_is_refused_with_what_to_do_and_then_taken() -> None:
    tie = entity("t", "Membership", member="ann", organization="club")
    found = told(ANN, CLUB, tie)
    [refused] = found.refused
    assert (refused.line, refused.field) == (3, "startDate")
    assert "published=2024-07-31" in refused.reason
    assert claims_of(told(ANN, CLUB, tie, published="2024-07"))[0][-1] == "/"
    with pytest.raises(InvalidRecord, match="not a date"):
        told(ANN, CLUB, tie, published="yesterday")


def test_a_sanction_is_imposed_by_the_authority_that_is_named() -> None:
    sanction = entity(
        "s", "Sanction", entity=["ann"], authority=["Ministry of Finance"], country=["mt"],
        listingDate=["2023-02-01", "2023-01-15"], datasets=["list"], first_seen="2024-01-01",
    )  # fmt: skip
    found = told(ANN, sanction)
    assert claims_of(found) == [
        ("ministry-of-finance", "sanctions", "ann-alder", "[..2023-02-01]/")
    ]
    ministry = found.graph.actor("ministry-of-finance")
    assert (ministry.kind, ministry.ids) == ("agency", (("ftm", "Ministry of Finance (mt)"),))


def test_ministries_of_two_countries_are_two() -> None:
    sanctions = [
        entity(f"s{code}", "Sanction", entity="ann", authority="Ministry of Finance", country=code,
               startDate="2023", endDate="2024")
        for code in ("mt", "jp")
    ]  # fmt: skip
    assert len({one[0] for one in claims_of(told(ANN, *sanctions))}) == 2


def test_a_state_is_the_state_of_the_reference_set_however_it_is_called() -> None:
    iran = entity("x1", "PublicBody", name=["Islamic Republic of Iran"], country=["ir"])
    owns = entity("o", "Ownership", owner="x1", asset="mill", startDate="2019", endDate="2020")
    by = entity("s", "Sanction", entity="mill", authority="Iran", startDate="2019", endDate="2020")
    found = told(iran, MILL, owns, by)
    assert {one[0] for one in claims_of(found)} == {"iran"}
    assert dict(found.graph.actor("iran").ids)["ftm"] == "ir"


def test_a_body_called_by_a_capital_or_of_another_country_is_no_state() -> None:
    tehran = entity("x1", "PublicBody", name=["Tehran"])
    other = entity("x2", "PublicBody", name=["Iran"], country=["mt"])
    ties = [
        entity(f"o{n}", "Ownership", owner=f"x{n}", asset="mill", startDate="2019", endDate="2020")
        for n in (1, 2)
    ]
    found = told(tehran, other, MILL, *ties)
    assert {found.graph.actor(one[0]).kind for one in claims_of(found)} == {"agency"}


def test_posts_lead_to_their_bodies_or_states_and_contracts_to_their_authorities() -> None:
    post = entity("p1", "Position", name="Clerk", organization="club")
    seat = entity("p2", "Position", name="Minister", country="ir")
    deal = entity("c", "Contract", title="Roofs", authority="club")
    ties = [
        entity("t1", "Occupancy", holder="ann", post="p1", startDate="2019", endDate="2020"),
        entity("t2", "Occupancy", holder="ann", post="p2", startDate="2019", endDate="2020"),
        entity("t3", "ContractAward", supplier="mill", contract="c", date="2019", endDate="2020"),
    ]
    found = told(*ties, post, seat, deal, ANN, MILL, CLUB)
    assert [one[:3] for one in claims_of(found)] == [
        ("ann-alder", "holds_office_in", "the-club"),
        ("ann-alder", "holds_office_in", "iran"),
        ("the-mill-ltd", "supplies", "the-club"),
    ]
