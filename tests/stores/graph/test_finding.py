from datetime import date

import pytest

from graph_service.domain.errors import NotFound
from graph_service.stores.graph import Graph
from tests.stores.telling import actor, claim, decided, source, told


def test_things_are_found_by_id(graph: Graph) -> None:
    talks = told(
        {"record": "episode", "id": "talks", "kind": "talks", "name": "Talks", "when": "2023/.."}
    )
    graph.write([talks], by="desk")

    assert graph.actor("iran") == actor("iran")
    assert graph.source("paper") == source()
    assert graph.episode("talks") == talks


def test_what_is_not_found_comes_with_what_may_be_meant(graph: Graph) -> None:
    with pytest.raises(NotFound) as nobody:
        graph.actor("hammas")
    with pytest.raises(NotFound) as nothing:
        graph.source("papers")
    with pytest.raises(NotFound):
        graph.episode("talks")
    with pytest.raises(NotFound):
        graph.claim("c_nothing")
    with pytest.raises(NotFound):
        graph.actor("\ud800")

    assert nobody.value.suggestions == ("hamas",)
    assert nothing.value.suggestions == ("paper",)


def test_a_claim_comes_with_its_evidence_and_its_history(graph: Graph) -> None:
    record = claim()
    graph.write([record], by="desk")
    graph.write([claim(locator="p. 2")], by="desk")
    graph.write([decided(record, "accepted", reason="Checked.")], by="curator")

    found = graph.claim(record.claim.id)

    assert [piece.status for piece in found.record.evidence] == ["accepted", "proposed"]
    assert [entry.by for entry in found.history] == ["desk", "desk", "curator"]
    with pytest.raises(NotFound):
        graph.claim(record.evidence[0].id)


def test_a_name_is_resolved_to_the_one_actor_that_bears_it(graph: Graph) -> None:
    tehran = {"text": "Tehran", "scope": "metonym"}
    graph.write([actor("iran", aliases=[tehran])], by="desk")

    assert graph.resolve("iran") == graph.resolve("TEHRAN") == graph.resolve("Iran") == "iran"

    graph.write([actor("tehran-city", "government", aliases=[tehran])], by="desk")
    with pytest.raises(NotFound) as doubt:
        graph.resolve("Tehran")
    assert doubt.value.suggestions == ("iran", "tehran-city")
    assert doubt.value.message == '"Tehran" may mean iran or tehran-city: say which'


def test_a_seat_is_resolved_on_the_days_on_which_it_was_one(graph: Graph) -> None:
    bonn = {"text": "Bonn", "scope": "metonym", "from": "1949", "to": "1999"}
    graph.write([actor("germany", aliases=[bonn])], by="desk")

    assert graph.resolve("Bonn", as_of=date(1980, 1, 1).toordinal()) == "germany"
    with pytest.raises(NotFound, match="and not on 2024-01-01") as other:
        graph.resolve("Bonn", as_of=date(2024, 1, 1).toordinal())
    assert other.value.suggestions == ("germany",)


def test_a_search_tells_which_name_fits(graph: Graph) -> None:
    graph.write([actor("iran", aliases=[{"text": "Tehran", "scope": "metonym"}])], by="desk")

    (match,) = graph.search("tehrān")

    assert (match.actor.id, match.matched, match.scope, match.score) == (
        "iran",
        "Tehran",
        "metonym",
        1.0,
    )


def test_what_is_known_is_listed_in_the_order_of_its_arrival(graph: Graph) -> None:
    graph.write([source("wire"), actor("egypt"), actor("iran", description="Anew.")], by="desk")

    assert [a.id for a in graph.actors()] == ["iran", "hamas", "israel", "egypt"]
    assert [a.id for a in graph.actors("armed_group")] == ["hamas"]
    assert [s.id for s in graph.sources()] == ["paper", "wire"]
    assert list(graph.episodes()) == []


def test_claims_are_listed_by_what_they_say_and_who_says_so(graph: Graph) -> None:
    first = claim(source="paper")
    second = claim(relation="funds", source="wire")
    third = claim("israel", "attacks", "hamas")
    graph.write([source("wire"), first, second, third], by="desk")

    def listed(**filters: str) -> list[str]:
        return [record.claim.id for record in graph.claims(**filters)]

    assert listed() == [first.claim.id, second.claim.id, third.claim.id]
    assert listed(subject="iran") == [first.claim.id, second.claim.id]
    assert listed(relation="funds") == listed(source="wire") == [second.claim.id]
    assert listed(object="hamas", subject="israel") == [third.claim.id]
    assert listed(episode="talks") == []
