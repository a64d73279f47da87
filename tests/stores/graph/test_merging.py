"""A graph answers for actors that are one by the id of the first of them."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from graph_service.domain.errors import NotFound
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.records import Record
from graph_service.exporters.native import write_native
from graph_service.importers.native import import_native
from graph_service.stores.graph import Graph, open_graph
from tests.columns import masses
from tests.stores.graph.views import LATER, same
from tests.stores.telling import NOON, ONTOLOGY, actor, claim


def persia() -> list[Record]:
    """Iran under another id, and what it is said to do there."""
    persia = actor("persia", aliases=[{"text": "Pars"}])
    return [persia, claim("persia", "funds", status="accepted"), claim(status="accepted")]


def judgement(verdict: Verdict = Verdict.SAME, right: str = "iran") -> Judgement:
    return Judgement("persia", right, verdict)


@pytest.fixture
def merged(graph: Graph) -> Graph:
    graph.write(persia(), by="desk")
    graph.write([judgement()], by="curator")
    return graph


def test_actors_that_are_one_go_by_the_first_of_them(merged: Graph) -> None:
    assert merged.canonical("persia") == merged.canonical("iran") == "iran"
    assert merged.referents("iran") == ("persia",)
    assert merged.referents("persia") == merged.referents("hamas") == ()
    assert {source for source, _ in masses(merged.view(as_of=LATER))} == {"iran"}


def test_what_is_recorded_of_an_actor_stays_as_it_is(merged: Graph) -> None:
    assert merged.actor("persia").name == "Persia"
    assert [one.claim.subject for one in merged.claims()] == ["persia", "iran"]


def test_any_name_of_a_merged_actor_finds_the_first_of_them_once(merged: Graph) -> None:
    [found] = merged.search("Pars")

    assert (found.actor.id, found.matched) == ("iran", "Pars")
    assert merged.resolve("Pars") == merged.resolve("persia") == "iran"
    assert [one.actor.id for one in merged.search("iran")] == ["iran"]


def test_a_name_that_merged_actors_share_is_no_matter_of_doubt(graph: Graph) -> None:
    graph.write([*persia(), actor("iran", aliases=[{"text": "Pars"}])], by="desk")
    with pytest.raises(NotFound) as doubt:
        graph.resolve("Pars")

    graph.write([judgement()], by="curator")

    assert doubt.value.suggestions == ("iran", "persia")
    assert graph.resolve("Pars") == "iran"


def test_before_a_judgement_was_known_actors_are_what_they_were(merged: Graph) -> None:
    (entry,) = merged.store.about("judgement:persia iran")
    before = entry.at - timedelta(microseconds=1)

    assert merged.canonical("persia", before) == merged.resolve("Pars", before) == "persia"
    assert merged.referents("iran", before) == ()
    assert merged.canonical("persia", entry.at) == "iran"
    view = merged.view(as_of=LATER, known_at=before)
    assert {source for source, _ in masses(view)} == {"iran", "persia"}


@pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.UNSURE])
def test_a_judgement_that_is_taken_back_leaves_what_was_there(
    graph: Graph, verdict: Verdict
) -> None:
    graph.write(persia(), by="desk")
    before = graph.view(as_of=LATER)
    graph.write([judgement()], by="curator")
    assert not same(before, graph.view(as_of=LATER))

    graph.write([judgement(verdict)], by="curator")

    assert same(before, graph.view(as_of=LATER))
    assert graph.canonical("persia") == "persia"


def test_what_is_written_of_a_merged_actor_counts_for_the_first(merged: Graph) -> None:
    merged.view(as_of=LATER)
    merged.write([claim("persia", "arms", "israel", status="accepted")], by="desk")

    assert ("iran", "israel") in masses(merged.view(as_of=LATER))


def test_a_graph_opened_anew_knows_who_is_one_from_its_log_and_from_its_index(path: Path) -> None:
    graph = open_graph(str(path))
    graph.write([actor("iran"), actor("hamas", "armed_group")], by="desk")
    graph.write([actor("persia"), judgement()], by="desk")
    for _ in range(2):
        graph.save_snapshot()
        graph.close()
        graph = open_graph(str(path))
        assert graph.canonical("persia") == "iran"
    graph.close()


def test_judgements_come_back_from_an_export_with_their_history(merged: Graph) -> None:
    undone = replace(judgement(Verdict.UNSURE), reason="Too early to say.")
    merged.write([undone, judgement()], by="curator")
    merged.write([judgement(Verdict.DIFFERENT, "israel")], by="other")
    stream = BytesIO()
    write_native(merged, stream)
    again = open_graph("memory:", clock=lambda: NOON + timedelta(hours=1))

    for _ in range(2):
        stream.seek(0)
        import_native(
            lambda records: again.write(records, by="desk", keep_history=True), stream, ONTOLOGY
        )

    def judged(graph: Graph) -> list[Record]:
        return [record for record in graph.records() if isinstance(record, Judgement)]

    assert judged(again) == judged(merged)
    assert len(judged(again)) == 4
    assert again.canonical("persia") == "iran"
