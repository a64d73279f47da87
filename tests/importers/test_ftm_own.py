"""Our own export in FollowTheMoney taken back: what it carries, in any order, and changed wrongly."""

import json
from typing import Any

import pytest

from graph_service.domain.claims import ClaimRecord, Modality, State, state_of
from graph_service.domain.records import Record
from graph_service.importers.ftm import FORMAT
from graph_service.stores.graph import Graph, open_graph
from tests.exporters.exporting import exported, graph_of
from tests.importers.intake import Taken, taken
from tests.stores.telling import actor, claim, decided, nouns, source

Json = dict[str, Any]

OWN_NOUNS: list[Record] = [
    source(url="https://example.org/a?b=1", publisher="The Paper", reliability="B"),
    source("wire", published="[..2024-06]", publisher="The Wire"),
    actor(
        "iran",
        ids={"iso2": "IR", "wikidata": "Q794", "odd": "a:b"},
        aliases=[
            {"text": "Persia", "scope": "former"},
            {"text": "Tehran", "scope": "metonym"},
            {"text": "IRI", "scope": "acronym"},
            {"text": "Islamic Republic of Iran"},
        ],
        description="A state.\nIn two lines.",
    ),
    actor("hamas", "armed_group"),
    actor("ann", "person"),
    actor("bank", "organisation"),
    actor("somebody", "unknown"),
]


def said(*args: str, **more: Any) -> ClaimRecord:  # noqa: ANN401 - fields of evidence
    return claim(*args, **{"status": "accepted"} | more)


OWN_CLAIMS = [
    said(),
    said("iran", "backs", "hamas", when="[..2012]/.."),
    said("iran", "controls", "bank", when="2012/2020-05-06", passage="It owns the bank.\nAll."),
    said("iran", "controls", "hamas", when="2012/"),
    said("ann", "holds_office_in", "bank", when="/.."),
    said("bank", "represents", "iran", when="2012/.."),
    said("ann", "member_of", "hamas", when="2012/.."),
    said("iran", "funds", "hamas", when="2012/2013", amount=-5.25, unit="USD"),
    said("iran", "funds", "bank", when="2012", amount=7.0, unit="tonnes"),
    said("bank", "creditor_of", "somebody", when="2012/.."),
    said("iran", "sanctions", "bank", when="2012-05"),
    said("iran", "funds", "ann", when="[..2014]", modality="intended", amount=5.0, unit="USD"),
    said("iran", "arms", "hamas", when="2013", status="proposed"),
    said("iran", "arms", "hamas", when="2014", stance="denied"),
]


def back(records: list[Record] | Graph, graph: Graph | None = None) -> Taken:
    exporting = graph_of(records) if isinstance(records, list) else records
    return taken(FORMAT, exported("ftm", exporting), graph, name="export.ftm.json")


def carried(graph: Graph) -> dict[str, Any]:
    """What our export can say of claims: who, what, when, on whose word, and how far it stands."""
    return {
        one.claim.id: (one.claim, _state(one), _modality(one), _cited(one))
        for one in graph.claims()
    }


def _state(record: ClaimRecord) -> State | None:
    state = state_of(record.evidence)
    return State.ACCEPTED if state is State.DISPUTED else state


def _cited(record: ClaimRecord) -> set[str]:
    """Whoever asserts a claim, by evidence of the status that counts; else whoever denies it."""
    for stance in ("asserted", "denied"):
        for status in ("accepted", "proposed", "retracted", "rejected"):
            found = [one for one in record.evidence if (one.stance, one.status) == (stance, status)]
            if found:
                return {one.source for one in found}
    return set()


def _modality(record: ClaimRecord) -> Modality:
    told = {one.modality for one in record.evidence}
    return next(modality for modality in Modality if modality in told)


def test_our_own_export_comes_back_as_it_was() -> None:
    graph = graph_of([*OWN_NOUNS, *OWN_CLAIMS])

    found = back(graph)

    assert found.refused == []
    assert exported("ftm", found.graph) == exported("ftm", graph)
    assert carried(found.graph) == carried(graph)
    iran = found.graph.actor("iran")
    assert set(iran.aliases) == set(graph.actor("iran").aliases)
    assert (iran.ids, iran.description) == (
        graph.actor("iran").ids, graph.actor("iran").description,
    )  # fmt: skip


@pytest.mark.parametrize("verdict", ["rejected", "retracted"])
def test_what_was_decided_comes_back_decided(verdict: str) -> None:
    record = said() if verdict == "retracted" else claim()
    graph = graph_of([*nouns(), record])
    graph.write([decided(record, verdict)], by="desk")

    (again,) = back(graph).graph.claims()

    assert state_of(again.evidence) == verdict


def test_an_export_taken_into_its_own_graph_changes_no_noun() -> None:
    graph = graph_of([*OWN_NOUNS, *OWN_CLAIMS])
    before = [*graph.actors(), *graph.sources()]

    first, second = back(graph, graph), back(graph, graph)

    assert [*graph.actors(), *graph.sources()] == before
    assert first.refused == second.refused == []
    assert second.summary.entries == 0


def test_the_lines_of_our_export_may_stand_in_any_order() -> None:
    data = exported("ftm", graph_of([*OWN_NOUNS, *OWN_CLAIMS]))

    forth = taken(FORMAT, data)
    reverse = taken(FORMAT, b"\n".join(reversed(data.splitlines())))

    assert reverse.refused == []
    assert carried(reverse.graph) == carried(forth.graph)
    lines = exported("ftm", reverse.graph).splitlines()
    assert sorted(lines) == sorted(exported("ftm", forth.graph).splitlines())


def changed(**told: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Our export of one claim, some properties of the claim changed."""
    lines = exported("ftm", graph_of([*nouns(), said()])).decode().splitlines()
    link = json.loads(lines[-1])
    beside = {name: told.pop(name) for name in ("datasets", "schema") if name in told}
    link["properties"] |= told
    return "\n".join([*lines[:-1], json.dumps(link | beside)]).encode()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"role": ["armz"]}, "relation"),
        ({"role": []}, "relation"),
        ({"summary": ["2024-02-30"]}, "when"),
        ({"summary": []}, "when"),
        ({"subject": ["nobody"]}, "subject"),
        ({"object": []}, "object"),
        ({"datasets": []}, "datasets"),
        ({"datasets": ["nobody"]}, "evidence[0].source"),
        ({"datasets": [7]}, "datasets"),
        ({"status": [7]}, "status"),
        ({"description": ["a\u202eb"]}, "description"),
    ],
)
def test_a_claim_of_ours_that_was_changed_wrongly_is_refused(told: Json, field: str) -> None:
    found = taken(FORMAT, changed(**told))

    assert [(one.line, one.field) for one in found.refused] == [(4, field)]
    assert list(found.graph.claims()) == []


@pytest.mark.parametrize(
    ("line", "told", "field"),
    [
        (0, {"title": []}, "title"),
        (0, {"title": ["a\x00b"]}, "title"),
        (0, {"publisher": ["a\x00b"]}, "publisher"),
        (0, {"sourceUrl": ["a\x00b"]}, "sourceUrl"),
        (0, {"publishedAt": ["soon"]}, "when"),
        (1, {"classification": ["land"]}, "classification"),
        (1, {"name": ["a\u202eb"]}, "name"),
        (1, {"alias": ["a\u202eb"]}, "alias"),
        (1, {"idNumber": ["a b:\x00"]}, "idNumber"),
        (1, {"description": ["a\u202eb"]}, "description"),
    ],
)
def test_a_noun_of_ours_that_was_changed_wrongly_is_refused(
    line: int, told: Json, field: str
) -> None:
    rows = exported("ftm", graph_of([*nouns(), said()])).decode().splitlines()
    noun = json.loads(rows[line])
    noun["properties"] |= told
    rows[line] = json.dumps(noun)

    found = taken(FORMAT, "\n".join(rows))

    assert (found.refused[0].line, found.refused[0].field) == (line + 1, field)
    assert list(found.graph.claims()) == []


def test_an_actor_of_another_kind_than_the_one_known_is_refused() -> None:
    graph = open_graph("memory:")
    graph.write([actor("hamas", "party")], by="desk")

    found = back([*nouns(), said()], graph)

    assert found.refused[0].reason == "hamas is known as a party, not a armed_group"
    assert list(graph.claims()) == []
