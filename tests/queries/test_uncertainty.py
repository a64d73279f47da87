"""How sure a ranking is: intervals, tiers, floor, ceiling, sole origins, counterfactuals."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given

from graph_service.domain.claims import ClaimRecord
from graph_service.graph.index import Index
from graph_service.graph.view import Frame, View
from graph_service.queries.budget import Budget
from graph_service.queries.leverage import Entry, LeverageOver, leverage
from graph_service.queries.uncertainty import UNFINISHED
from tests.conftest import Fold
from tests.stories import Story, frame, index_view
from tests.worlds import World, dense_worlds, frames

AS_OF = frame("2024-09-30")
WORD = 2**64


def doubted(view: View, target: str, **asked: object) -> LeverageOver:
    return leverage(view, target, uncertainty=True, **asked).data  # type: ignore[arg-type]


def today(reliability: str = "A", **source: str) -> Story:
    return Story().source("a", published="2024-09-30", reliability=reliability, **source)


def number(evidence: str, n: int) -> float:
    """The number of a piece of evidence in draw n, as `docs/method.md` §3.11 says it."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    values = [letters.index(letter) for letter in evidence[2:14]]
    # The order of the key is that of the characters: digits come before letters.
    key = sum((v - 26 if v >= 26 else v + 6) << 5 * (11 - p) for p, v in enumerate(values))
    z = (key + (n // 2 + 1) * 0x9E3779B97F4A7C15) % WORD
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % WORD
    z = (z ^ z >> 27) * 0x94D049BB133111EB % WORD
    z ^= z >> 31
    return (z >> 32 if n % 2 else z % 2**32) / 2**32


def pieces(story: Story) -> list[str]:
    """The ids of the evidence, in the order of its telling."""
    records = (record for record in story.records if isinstance(record, ClaimRecord))
    return [piece.id for piece in chain.from_iterable(one.evidence for one in records)]


def test_the_interval_of_a_sole_supplier_is_that_of_its_one_piece_of_evidence(fold: Fold) -> None:
    story = today("C").says("iran", "patron_of", "hamas", confidence=0.5)
    (entry,) = doubted(fold(story, AS_OF), "hamas").ranking

    # ρ·c·m = .6 · .5; where it is kept, φ = 1 and the mass is 1: .9 · 1/2
    (id_,) = pieces(story)
    drawn = [0.45 if number(id_, n) < 0.3 else 0.0 for n in range(200)]
    assert 0.2 < np.mean(np.array(drawn) > 0) < 0.4
    assert entry.interval == pytest.approx(tuple(np.quantile(drawn, [0.05, 0.95])))
    assert entry.tier == 1


def test_draws_take_each_origin_by_its_strongest_word(fold: Fold) -> None:
    story = today("B", origin="agency").says("iran", "patron_of", "hamas", confidence=0.7)
    story.source("b", published="2024-09-29", reliability="D", origin="agency")
    story.says("iran", "patron_of", "hamas", confidence=0.3)
    story.source("c", published="2024-03-30", reliability="C").denies("iran", "patron_of", "hamas")
    (entry,) = doubted(fold(story, AS_OF), "hamas").ranking

    first, _, denial = pieces(story)
    left = 2 ** (-184 / 1825)
    drawn = []
    for n in range(200):
        mass = (number(first, n) < 0.8 * 0.7) * (1 - (number(denial, n) < 0.6 * 0.8) * left)
        drawn.append(0.9 * mass / (mass + 1))
    assert entry.interval == pytest.approx(tuple(np.quantile(drawn, [0.05, 0.95])), abs=1e-12)


def test_a_new_tier_starts_where_an_actor_loses_to_the_head_in_most_draws(fold: Fold) -> None:
    story = today().says("us", "patron_of", "israel", confidence=0.95, strength="exceptional")
    story.says("uk", "patron_of", "israel", confidence=0.95, strength="strong")
    story.says("turkey", "patron_of", "israel", confidence=0.5, strength="exceptional")
    ranking = doubted(fold(story, AS_OF), "israel").ranking

    us, uk, turkey = pieces(story)
    loses = {
        "uk to us": [number(us, n) < 0.95 * 0.95 for n in range(200)],
        "turkey to uk": [
            number(uk, n) < 0.95 * 0.95 and number(turkey, n) >= 0.95 * 0.5 for n in range(200)
        ],
    }
    assert sum(loses["uk to us"]) >= 160 > sum(loses["turkey to uk"])
    assert [(entry.actor.id, entry.tier) for entry in ranking] == [
        ("us", 1),
        ("uk", 2),
        ("turkey", 2),
    ]


def test_the_floor_counts_what_two_origins_assert_and_the_ceiling_what_is_proposed(
    fold: Fold,
) -> None:
    story = today().says("iran", "patron_of", "hamas").says("qatar", "patron_of", "hamas")
    story.source("b", published="2024-09-30").says("iran", "patron_of", "hamas")
    story.says("qatar", "hosts", "hamas", status="proposed")
    entries = {entry.actor.id: entry for entry in doubted(fold(story, AS_OF), "hamas").ranking}

    once, twice, proposed = 0.76, 1 - 0.24**2, 0.8 * 0.76
    everything = once + twice + 1 + proposed
    assert entries["iran"].floor == pytest.approx(0.9 * twice / (twice + 1))
    assert entries["qatar"].floor == 0
    assert entries["qatar"].ceiling == pytest.approx(0.9 * (once + proposed) / everything)
    assert entries["iran"].ceiling == pytest.approx(0.9 * twice / everything)


def test_a_rank_that_goes_with_one_origin_rests_on_it(fold: Fold) -> None:
    story = today(origin="agency").says("iran", "patron_of", "hamas")
    story.says("qatar", "hosts", "hamas")
    story.source("b", published="2024-09-30").says("qatar", "patron_of", "hamas")
    story.says("turkey", "hosts", "hamas")
    entries = {entry.actor.id: entry for entry in doubted(fold(story, AS_OF), "hamas").ranking}

    assert {id_: entry.sole_origin for id_, entry in entries.items()} == {
        "iran": "agency",
        "qatar": None,
        "turkey": "b",
    }
    assert all(entry.counterfactuals is None for entry in entries.values())


def test_one_actor_is_told_about_without_each_claim_and_each_origin(fold: Fold) -> None:
    story = today(origin="agency").says("iran", "patron_of", "hamas")
    story.source("b", published="2024-09-30").says("iran", "hosts", "hamas")
    story.says("qatar", "hosts", "hamas", strength="exceptional")
    view = fold(story, AS_OF)
    (entry,) = leverage(view, "hamas", by="iran").data.ranking

    patron, hosts, qatar = 0.76, 0.8 * 0.76, 0.8 * 2 * 0.76
    whole = 0.9 * (patron + hosts) / (patron + hosts + 1 + qatar)
    without_patron = 0.9 * hosts / (hosts + 1 + qatar)
    without_hosts = 0.9 * patron / (patron + 1 + qatar)
    told = entry.counterfactuals
    assert told is not None
    assert (told.claims_available, told.origins_available) == (2, 2)
    assert [one.change for one in told.claims] == [
        pytest.approx(without_patron - whole),
        pytest.approx(without_hosts - whole),
    ]
    assert {one.origin: (one.rank_before, one.rank) for one in told.origins} == {
        "agency": (1, 2),
        "b": (1, 1),
    }
    assert {one.origin: one.value for one in told.origins} == pytest.approx(
        {"agency": without_patron, "b": 0.9 * patron / (patron + 1)}
    )
    assert entry.sole_origin is None


def test_where_nothing_is_left_there_is_no_rank(fold: Fold) -> None:
    story = today().says("iran", "patron_of", "hamas").says("qatar", "hosts", "hamas")
    (entry,) = leverage(fold(story, AS_OF), "hamas", by="qatar").data.ranking

    assert entry.counterfactuals is not None
    (origin,) = entry.counterfactuals.origins
    assert (origin.origin, origin.value, origin.rank_before, origin.rank) == ("a", 0, 2, None)
    assert entry.sole_origin == "a"


def test_without_the_first_to_publish_a_claim_may_not_have_begun(fold: Fold) -> None:
    story = Story().source("early", published="2024-08-01", reliability="E")
    story.says("iran", "backs", "hamas", when="/..")
    story.source("late", published="2024-09").says("iran", "backs", "hamas", when="/..")
    (entry,) = leverage(fold(story, frame("2024-09-15")), "hamas", by="iran").data.ranking

    assert entry.counterfactuals is not None
    assert entry.counterfactuals.origins_available == 2
    assert entry.sole_origin == "early"


def test_nobody_is_sure_of_what_there_is_none_of(fold: Fold) -> None:
    story = today().says("iran", "patron_of", "hamas").actor("norway")
    story.actor("unknown", kind="unknown").says("unknown", "arms", "hamas", when="2024-09")
    view = fold(story, AS_OF)

    for by in ("norway", "unknown", "hamas"):
        (entry,) = leverage(view, "hamas", by=by).data.ranking
        assert (entry.interval, entry.floor, entry.ceiling) == ((0, 0), 0, 0)
        assert entry.sole_origin is None
        assert entry.counterfactuals is not None
        assert not entry.counterfactuals.claims
        assert not entry.counterfactuals.origins
    assert leverage(view, "unknown", uncertainty=True).data.ranking == ()


def test_a_point_answer_has_nothing_of_this(fold: Fold) -> None:
    view = fold(today().says("iran", "patron_of", "hamas"), AS_OF)

    for data in (
        leverage(view, "hamas").data,
        leverage(view, "hamas", by="iran", uncertainty=False).data,
    ):
        (entry,) = data.ranking
        told = entry.interval, entry.tier, entry.floor, entry.ceiling, entry.sole_origin
        assert (*told, entry.counterfactuals) == (None,) * 6


def test_a_spent_budget_leaves_it_out_and_says_so(fold: Fold) -> None:
    story = today().says("iran", "patron_of", "hamas").says("qatar", "meets", "iran", when="2024")
    answer = leverage(fold(story, AS_OF), "hamas", uncertainty=True, budget=Budget(-1))

    assert answer.meta.truncated is not None
    assert UNFINISHED in answer.meta.truncated
    assert all(entry.interval is None for entry in answer.data.ranking)


def entries_of(data: LeverageOver) -> list[tuple[Entry, float]]:
    return [
        *((entry, entry.leverage) for entry in data.ranking),
        *((entry, entry.coercion) for entry in data.coercion),
    ]


@given(dense_worlds(), frames())
def test_intervals_lie_in_order_within_the_range_of_the_index(world: World, where: Frame) -> None:
    for entry, _ in entries_of(doubted(index_view(world.story(), where), "a")):
        assert entry.interval is not None
        low, high = entry.interval
        assert 0 <= low <= high < 1
        assert entry.floor is not None
        assert entry.ceiling is not None
        assert 0 <= entry.floor < 1
        assert 0 <= entry.ceiling < 1


@given(dense_worlds(), frames())
def test_the_order_of_telling_changes_no_draw(world: World, where: Frame) -> None:
    backwards = World(world.sources, world.sayings[::-1], world.names)

    one, other = (
        entries_of(doubted(index_view(told.story(), where), "a")) for told in (world, backwards)
    )
    assert [(entry.actor.id, entry.tier) for entry, _ in one] == [
        (entry.actor.id, entry.tier) for entry, _ in other
    ]
    assert [entry.interval for entry, _ in one] == [
        pytest.approx(entry.interval, abs=1e-9) for entry, _ in other
    ]


def test_claims_among_others_change_no_draw(fold: Fold) -> None:
    story = (
        today().says("iran", "patron_of", "hamas", confidence=0.5).says("qatar", "hosts", "hamas")
    )
    before = doubted(fold(story, AS_OF), "hamas").ranking
    story.says("brazil", "patron_of", "chile").says("peru", "allied_with", "chile")

    assert doubted(fold(story, AS_OF), "hamas").ranking == before


@given(dense_worlds(), frames())
def test_recent_writes_are_drawn_like_what_lies_in_the_base(world: World, where: Frame) -> None:
    story = world.story()
    entries = [(place, record, at) for place, (at, record) in enumerate(story.told, start=1)]
    index = Index(story.ontology)
    index.extend(entries[: len(entries) // 2])
    index.compact()
    for entry in entries[len(entries) // 2 :]:
        index.extend([entry])
    recent = doubted(index.view(where), "a")
    index.compact()

    assert doubted(index.view(where), "a") == recent
