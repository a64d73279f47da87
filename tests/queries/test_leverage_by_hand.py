"""Leverage worked out by hand from `docs/method.md` §3, by the oracle and by the product."""

from math import expm1, fsum, log1p

import pytest

from graph_service.graph.view import View
from tests.conftest import Fold
from tests.oracle import Held, build, exclusivity, leverage_over, net, shares
from tests.stories import Story, frame

PIECE = 0.95 * 0.8


def at(fold: Fold, story: Story) -> View:
    return fold(story, frame("2024-09-30"))


def today(kind: str = "A") -> Story:
    return Story().source("a", published="2024-09-30", reliability=kind)


def over(view: View, target: str, **asked: object) -> dict[str, Held]:
    return leverage_over(build(view), target, **asked)  # type: ignore[arg-type] # as asked


def close(value: float) -> object:
    return pytest.approx(value, rel=0, abs=1e-12)


def test_a_sole_supplier_has_its_share_of_what_the_target_needs(fold: Fold) -> None:
    held = over(at(fold, today().says("iran", "patron_of", "hamas")), "hamas")

    # patronage: α .9, κ 1; s = .76/1.76
    assert {a: one.leverage for a, one in held.items()} == {"iran": close(0.9 * 0.76 / 1.76)}


def test_alternatives_divide_and_an_undisclosed_supplier_is_one(fold: Fold) -> None:
    story = today().says("iran", "patron_of", "hamas").says("qatar", "hosts", "hamas")
    story.says("unknown", "arms", "hamas", when="2024-09-30")
    held = over(at(fold, story), "hamas")

    given = {"iran": 0.76, "qatar": 0.8 * 0.76, "unknown": 0.76}
    everything = 1 + sum(given.values())
    assert set(held) == {"iran", "qatar"}
    assert over(at(fold, story), "unknown") == {}
    assert held["iran"].leverage == close(0.9 * given["iran"] / everything)
    assert held["qatar"].leverage == close(0.9 * given["qatar"] / everything)


def test_families_are_alternatives_to_each_other_in_doubt(fold: Fold) -> None:
    story = today().says("us", "patron_of", "israel").says("us", "mediates", "israel")
    held = over(at(fold, story), "israel")

    patronage, mediation = 0.9 * 0.76 / 1.76, 0.6 * 0.608 / 1.608
    assert held["us"].leverage == close(1 - (1 - patronage) * (1 - mediation))


def test_hostility_gates_carrots_and_not_mediation(fold: Fold) -> None:
    story = today().says("us", "arms", "israel", when="2024-09-30")
    story.says("us", "mediates", "israel").says("israel", "attacks", "us", when="2024-09-30")
    held = over(at(fold, story), "israel")

    # H = 1·.76; P = .76 + .8·.76
    gate = 1 - 0.76 / (0.76 + 0.76 + 0.608 + 1)
    carrots, mediation = 0.9 * gate * 0.76 / 1.76, 0.6 * 0.608 / 1.608
    assert held["us"].leverage == close(1 - (1 - carrots) * (1 - mediation))


def test_influence_leaves_sticks_out_and_coercion_ends_in_them(fold: Fold) -> None:
    story = today().says("us", "sanctions", "iran").says("uk", "patron_of", "us")
    view = at(fold, story)

    # sanction α .5, κ 1; sanctions w .6; patronage τ .4
    sticks = 0.5 * 0.456 / 1.456
    carried = sticks * 0.4 * 0.9 * 0.76 / 1.76
    coercion = over(view, "iran", channels=frozenset({"sticks"}))
    assert over(view, "iran") == {}
    assert coercion["us"].leverage == close(sticks)
    assert coercion["uk"].leverage == close(carried)
    assert over(view, "us", channels=frozenset({"command"})) == {}


def test_one_who_moves_a_supplier_moves_the_target_through_it(fold: Fold) -> None:
    story = today().says("iran", "patron_of", "hamas").says("qatar", "patron_of", "iran")
    held = over(at(fold, story), "hamas")

    # D(iran→hamas)·U(qatar→iran), τ .4
    through = (0.9 * 0.76 / 1.76) * (0.4 * 0.9 * 0.76 / 1.76)
    assert held["qatar"].leverage == close(through)
    assert held["qatar"].paths[0].actors == ("qatar", "iran", "hamas")
    assert set(over(at(fold, story), "hamas", hops=1)) == {"iran"}


def test_the_last_of_three_steps_moves_and_those_before_it_pass_on(fold: Fold) -> None:
    story = today().says("b", "patron_of", "a").says("c", "heads", "b").says("d", "heads", "c")
    held = over(at(fold, story), "a")

    # authority: α .95, κ .25, τ .8
    moves, passes = 0.9 * 0.76 / 1.76, 0.8 * 0.95 * 0.76 / 1.01
    assert held["c"].leverage == close(moves * passes)
    assert held["d"].leverage == close(moves * passes * passes)
    assert "d" not in over(at(fold, story), "a", hops=2)


def test_own_supply_is_no_alternative_to_ones_own_channel(fold: Fold) -> None:
    story = today().says("iran", "patron_of", "hamas").says("iran", "heads", "proxy")
    story.says("proxy", "patron_of", "hamas").says("qatar", "hosts", "hamas")
    held = over(at(fold, story), "hamas")

    # iran's direct share has proxy and qatar (.608) beside it, its proxy's only qatar
    direct = 0.9 * 0.76 / (0.76 + 1 + 0.76 + 0.608)
    through = 0.9 * 0.76 / (0.76 + 1 + 0.608) * (0.8 * 0.95 * 0.76 / 1.01)
    assert held["iran"].leverage == close(1 - (1 - direct) * (1 - through))
    assert shares(held["iran"]) == [
        close(log1p(-weight) / (log1p(-direct) + log1p(-through)))
        for weight in sorted((direct, through), reverse=True)
    ]


def test_of_several_ways_through_one_intermediary_the_strongest_counts(fold: Fold) -> None:
    story = today().says("x", "patron_of", "b").says("a", "patron_of", "x")
    story.says("a", "heads", "y").says("y", "heads", "x")
    held = over(at(fold, story), "b")

    # a→x: .4·.9·.76/1.76 = .155; a→y→x: (.8·.95·.76/1.01)² = .327
    last = 0.9 * 0.76 / 1.76
    assert held["a"].leverage == close(last * (0.8 * 0.95 * 0.76 / 1.01) ** 2)
    assert [path.actors for path in held["a"].paths] == [("a", "y", "x", "b")]


def test_what_is_done_to_a_country_is_done_to_who_heads_it(fold: Fold) -> None:
    story = today().says("us", "arms", "israel", when="2024-09-30")
    story.says("netanyahu", "heads", "israel").says("idf", "part_of", "israel")
    over_head = over(at(fold, story), "netanyahu")
    over_state = over(at(fold, story), "israel")

    arms = 0.9 * 0.76 / 1.76
    assert over_head["us"].leverage == close(0.5 * arms)
    assert over_head["us"].paths[0].kind == "stake"
    assert over_state["us"].leverage == close(arms)
    assert "us" not in over(at(fold, story), "netanyahu", hops=1)


def test_who_harms_a_part_coerces_the_whole(fold: Fold) -> None:
    story = today().says("idf", "part_of", "israel")
    story.says("hamas", "attacks", "idf", when="2024-09-30")
    view = at(fold, story)
    coercion = over(view, "israel", channels=frozenset({"sticks"}))

    # part_of .3; force α .6, κ 3; attacks w .5
    assert coercion["hamas"].leverage == close(0.3 * 0.6 * 0.38 / 3.38)
    assert over(view, "israel") == {}


def test_an_intermediary_with_less_than_a_hundredth_does_not_carry(fold: Fold) -> None:
    story = today().says("x", "meets", "b", when="2024-09-30", confidence=0.3, strength="weak")
    story.says("a", "heads", "x")
    view = at(fold, story)

    # D = .35·S/(S + 3), S = .3·.5·.95·.3 = .04275: .0049
    assert set(over(view, "b")) == {"x"}


def test_net_is_the_difference_and_exclusivity_the_part_of_the_whole(fold: Fold) -> None:
    story = today().says("us", "patron_of", "israel").says("uk", "patron_of", "israel")
    story.says("israel", "allied_with", "us").says("us", "channel_to", "israel")
    view = at(fold, story)
    held = over(view, "israel")
    back = over(view, "us")["israel"].leverage

    whole = fsum(one.loading for one in held.values())
    assert exclusivity(held, "us") == close(held["us"].loading / whole)
    assert net(build(view), "us", "israel") == close(held["us"].leverage - back)
    for one in held.values():
        assert one.leverage == close(-expm1(fsum(log1p(-path.weight) for path in one.paths)))
