"""Who has leverage over Hamas, as the shipped dossier has it, and the shape of the answer."""

import json
import math

import pytest

from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.ontology import load_ontology
from graph_service.domain.periods import parse_instant
from graph_service.domain.records import parse_record
from graph_service.dossiers import dossier
from graph_service.graph.view import View
from graph_service.queries.answers import as_json
from graph_service.queries.budget import Budget
from graph_service.queries.leverage import Entry, leverage
from tests.stories import Story, frame, index_view
from tests.worlds import vocabulary

CODED = parse_instant("2026-11-22T09:00:00Z")


@pytest.fixture(scope="module")
def gaza() -> View:
    """The first dossier on the last day of the month in which its source was published."""
    ontology = load_ontology()
    lines = dossier("gaza-mediation").read_text("utf-8").splitlines()
    records = []
    for line in lines:
        data = json.loads(line)
        for piece in data.get("evidence", ()):
            piece["recorded_at"] = "2026-11-22T09:00:00Z"
        records.append(parse_record(data, ontology))
    return index_view(Story(ontology).tell((CODED, r) for r in records), frame("2024-09-30"))


def over_hamas(gaza: View) -> dict[str, Entry]:
    return {entry.actor.id: entry for entry in leverage(gaza, "hamas").data.ranking}


def test_iran_and_russia_come_before_the_united_states(gaza: View) -> None:
    ranking = [entry.actor.id for entry in leverage(gaza, "hamas").data.ranking]

    assert ranking[:5] == ["iran", "russia", "united-states", "egypt", "qatar"]


def test_the_mediators_have_access_and_those_of_one_sentence_are_equal(gaza: View) -> None:
    found = over_hamas(gaza)

    for name in ("united-states", "egypt", "qatar"):
        assert found[name].channels["access"] == pytest.approx(found[name].leverage)
        assert found[name].paths[0].kind == "direct"
        assert set(found[name].paths[0].steps[0].families) == {"mediation"}
    assert found["egypt"].leverage == pytest.approx(found["qatar"].leverage, rel=1e-12)


def test_israel_has_leverage_over_hamas_by_coercion(gaza: View) -> None:
    answer = leverage(gaza, "hamas", by="israel").data
    (entry,) = answer.coercion

    assert leverage(gaza, "hamas").data.coercion[0].actor.id == "israel"
    assert entry.coercion > 0.1
    assert entry.leverage < 0.001
    assert [path.kind for path in answer.ranking[0].paths if path.kind == "direct"] == []


def test_turkey_has_no_tie(gaza: View) -> None:
    found = leverage(gaza, "hamas", by="turkey").data.ranking[0]

    assert (found.leverage, found.coercion, found.paths) == (0.0, 0.0, ())
    assert "turkey" not in over_hamas(gaza)


def test_the_first_line_can_say_that_it_all_rests_on_one_source(gaza: View) -> None:
    answer = leverage(gaza, "hamas")

    assert answer.data.one_origin
    assert (answer.meta.coverage.sources, answer.meta.coverage.origins) == (1, 1)
    assert answer.meta.as_of == "2024-09-30"


def test_every_step_has_a_claim_with_a_date_and_a_source(gaza: View) -> None:
    answer = leverage(gaza, "hamas").data
    steps = [
        step
        for entry in (*answer.ranking, *answer.coercion)
        for path in entry.paths
        for step in path.steps
    ]

    assert steps
    for step in steps:
        assert step.claims
        assert all(claim.when and claim.sources for claim in step.claims)
        assert "one origin only" in step.missing


def test_before_the_source_was_out_what_has_no_start_of_its_own_is_held_back() -> None:
    story = Story().source("a1", published="2024-09", reliability="F")
    story.says("iran", "backs", "hamas", when="/..")
    answer = leverage(index_view(story, frame("2024-09-29")), "hamas")

    assert answer.data.ranking == ()
    assert answer.meta.coverage.held_back == 1
    assert "dates=possible" in (answer.meta.coverage.hint or "")
    possible = leverage(index_view(story, frame("2024-09-29", dates="possible")), "hamas")
    assert [entry.actor.id for entry in possible.data.ranking] == ["iran"]


def test_paths_of_one_actor_are_all_there_and_recombine(gaza: View) -> None:
    (entry,) = leverage(gaza, "hamas", by="united-states").data.ranking

    assert len(entry.paths) == 3
    assert math.fsum(path.share for path in entry.paths) == pytest.approx(1)
    left = math.prod(1 - path.weight for path in entry.paths)
    assert 1 - left == pytest.approx(entry.leverage, rel=1e-12)
    for path in entry.paths:
        assert math.prod(step.value for step in path.steps) == pytest.approx(path.weight)


def test_an_answer_without_leverage_says_which_relations_there_are(gaza: View) -> None:
    answer = leverage(gaza, "palestinians").data

    assert answer.ranking == ()
    assert answer.available == {"denounces": 2}


def test_a_limit_and_a_number_of_paths_are_kept(gaza: View) -> None:
    answer = leverage(gaza, "hamas", limit=2, paths=1).data

    assert [len(entry.paths) for entry in answer.ranking] == [1, 1]
    assert len(answer.coercion) == 2


def test_one_hop_leaves_the_direct_paths(gaza: View) -> None:
    ranking = leverage(gaza, "hamas", hops=1).data.ranking

    assert {path.kind for entry in ranking for path in entry.paths} == {"direct"}


def test_channels_restrict_the_last_step_and_leave_coercion_alone(gaza: View) -> None:
    everything, access = (
        leverage(gaza, "hamas").data,
        leverage(gaza, "hamas", channels=frozenset({"access"})).data,
    )

    assert "iran" not in {entry.actor.id for entry in access.ranking}
    assert [e.coercion for e in access.coercion] == [e.coercion for e in everything.coercion]
    every = leverage(gaza, "hamas", channels="all").data
    assert [e.coercion for e in every.coercion] == [e.coercion for e in everything.coercion]
    israel = next(entry for entry in every.ranking if entry.actor.id == "israel")
    assert israel.leverage > 0.1


def test_the_step_between_two_answers_for_the_one_who_heads(gaza: View) -> None:
    found = leverage(gaza, "benjamin-netanyahu", by="united-states").data.ranking[0]

    stake = next(path for path in found.paths if path.kind == "stake")
    assert stake.actors == ("united-states", "israel", "benjamin-netanyahu")
    assert (stake.steps[-1].value, stake.steps[-1].families) == (0.5, {})
    assert {claim.relation for claim in stake.steps[-1].claims} == {"heads"}


@pytest.mark.parametrize("hops", [0, 4, -1])
def test_hops_out_of_range_are_refused(gaza: View, hops: int) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        leverage(gaza, "hamas", hops=hops)

    assert refused.value.parameter == "hops"


def test_unknown_channels_and_actors_are_refused(gaza: View) -> None:
    with pytest.raises(InvalidQuestion):
        leverage(gaza, "hamas", channels=frozenset({"charm"}))
    with pytest.raises(InvalidQuestion):
        leverage(gaza, "hamas", channels="charm")
    with pytest.raises(NotFound):
        leverage(gaza, "hamass")
    with pytest.raises(NotFound):
        leverage(gaza, "hamas", by="nobody")


def crowd() -> View:
    story = Story(vocabulary(2)).source("a", published="2024-09-01")
    for n in range(4):
        story.says(f"patron-{n}", "funds", "x", when="2024-08-01")
        story.says("a", "funds", f"patron-{n}", when="2024-08-01")
    return index_view(story, frame("2024-09-30"))


def test_an_answer_that_width_cut_says_so() -> None:
    assert "only the 2 strongest ties" in (leverage(crowd(), "x").meta.truncated or "")


def test_an_answer_that_ran_out_of_time_says_so_and_keeps_what_it_has() -> None:
    answer = leverage(crowd(), "x", budget=Budget(0.0, clock=iter(range(100)).__next__))

    assert "time" in (answer.meta.truncated or "")
    assert answer.data.ranking


def test_equal_questions_have_equal_bodies(gaza: View) -> None:
    one, other = (json.dumps(as_json(leverage(gaza, "hamas"))) for _ in range(2))

    assert one == other


def test_what_nobody_knows_about_the_agent_is_no_leverage() -> None:
    story = Story().source("a", published="2024-09-01").actor("unknown", "unknown")
    story.says("unknown", "arms", "x", when="2024-08-01").says("y", "arms", "x", when="2024-08-01")
    view = index_view(story, frame("2024-09-30"))
    alone = Story().source("a", published="2024-09-01")
    alone.says("y", "arms", "x", when="2024-08-01")

    (entry,) = leverage(view, "x").data.ranking

    assert entry.actor.id == "y"
    (without,) = leverage(index_view(alone, frame("2024-09-30")), "x").data.ranking
    assert entry.leverage < without.leverage
    assert leverage(view, "unknown").data.ranking == ()
