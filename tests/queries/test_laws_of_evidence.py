"""The laws of `docs/method.md` §5 about new, stronger, denied and retracted evidence.

They hold among equal qualifiers, so nothing here is told as stronger or weaker than ordinary.
"""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from graph_service.domain.claims import Modality, Stance, Status
from graph_service.domain.ontology import Flow
from graph_service.domain.sources import Reliability, Source
from graph_service.graph.view import Frame, View
from tests.columns import masses
from tests.conftest import Fold
from tests.oracle import build
from tests.queries.asking import TINY, direct, never_lower, of
from tests.worlds import (
    ACCEPTED,
    FIRST,
    NAMES,
    PLAIN,
    SOURCES,
    Life,
    Saying,
    Taste,
    World,
    frames,
    is_inducing,
    relations,
    sayings,
    tight_worlds,
    vocabulary,
    worlds,
)

PEACEFUL = Taste(relations(lambda one: one.hostility == 0), qualified=False, whole=True)
INDUCING = replace(PEACEFUL, relations=relations(is_inducing))
HOSTILE = replace(PEACEFUL, relations=relations(lambda one: one.hostility > 0))
GATED = [name for name, family in vocabulary().families.items() if family.gated]
PLAIN_OR_TIGHT = st.one_of(worlds(PLAIN), tight_worlds(qualified=False))
FROM_A = sayings(INDUCING, subject="a", coder="new")
TO_A = sayings(INDUCING, object="a", coder="new")


def over_whom(saying: Saying) -> list[tuple[str, str]]:
    """Whom the claim credits, over whom."""
    flow = vocabulary().relations[saying.relation].flow
    over, under = (saying.subject, saying.object), (saying.object, saying.subject)
    return {Flow.SUBJECT: [over], Flow.OBJECT: [under], Flow.BOTH: [over, under]}.get(flow, [])


def is_given_by(saying: Saying) -> bool:
    """Whether the saying is an accepted one that asserts an inducing claim without hostility."""
    return (
        saying.stance is Stance.ASSERTED
        and saying.life.status is Status.ACCEPTED
        and is_inducing(vocabulary().relations[saying.relation])
    )


@given(worlds(PLAIN), st.one_of(FROM_A, TO_A), frames())
def test_a_new_inducing_claim_never_lowers_the_leverage_of_its_actor(
    fold: Fold, world: World, claim: Saying, frame: Frame
) -> None:
    before, after = fold(world.story(), frame), fold(world.saying(claim).story(), frame)

    assert never_lower(of(before, "a", NAMES), of(after, "a", NAMES))


@given(worlds(PLAIN), st.one_of(FROM_A, TO_A), frames())
def test_a_new_inducing_claim_never_raises_the_direct_influence_of_others_over_its_target(
    fold: Fold, world: World, claim: Saying, frame: Frame
) -> None:
    before = build(fold(world.story(), frame))
    after = build(fold(world.saying(claim).story(), frame))

    for _, target in over_whom(claim):
        for other in NAMES:
            if other not in (claim.subject, claim.object):
                assert direct(after, other, target) <= direct(before, other, target) + TINY


@given(PLAIN_OR_TIGHT, st.integers(0, 20), frames())
def test_retracting_never_raises_the_direct_influence_that_the_evidence_gave(
    fold: Fold, world: World, place: int, frame: Frame
) -> None:
    given_by = [one for one in world.sayings if is_given_by(one)]
    assume(given_by)
    piece = given_by[place % len(given_by)]
    at = piece.life.recorded_at
    life = Life(Status.RETRACTED, at, piece.life.decided_at, piece.life.decided_at or at)
    retracted = world.without(piece).saying(replace(piece, life=life))

    assert not_raised(fold(world.story(), frame), fold(retracted.story(), frame), piece)


@given(PLAIN_OR_TIGHT, st.integers(0, 20), st.sampled_from(SOURCES[:3]), frames())
def test_denying_never_raises_the_direct_influence_that_the_claim_gave(
    fold: Fold, world: World, place: int, source: str, frame: Frame
) -> None:
    given_by = [one for one in world.sayings if is_given_by(one)]
    assume(given_by)
    claim = given_by[place % len(given_by)]
    denial = replace(
        claim, stance=Stance.DENIED, source=source, coder="new", modality=Modality.DONE
    )

    after = fold(world.saying(denial).story(), frame)
    assert not_raised(fold(world.story(), frame), after, claim)


def not_raised(before: View, after: View, claim: Saying) -> bool:
    """Whether the direct influence that a claim gave has not grown."""
    old, new = build(before), build(after)
    return all(direct(new, a, b) <= direct(old, a, b) + TINY for a, b in over_whom(claim))


@given(worlds(PLAIN), sayings(HOSTILE, coder="new"), frames())
def test_new_hostility_never_raises_dependence_on_a_gated_family_alone(
    fold: Fold, world: World, hostile: Saying, frame: Frame
) -> None:
    before = build(fold(world.story(), frame))
    after = build(fold(world.saying(hostile).story(), frame))

    for family in GATED:
        alone = frozenset({family})
        for a, b in before.edges:
            assert direct(after, a, b, alone) <= direct(before, a, b, alone) + TINY


@given(worlds(PLAIN), st.one_of(FROM_A, TO_A), st.sampled_from("ABCDEF"), frames())
def test_a_second_origin_never_lowers_the_leverage_of_the_actor(
    fold: Fold, world: World, claim: Saying, reliability: str, frame: Frame
) -> None:
    first = world.saying(claim)
    source = Source(
        "s9", "s9", published="2024-03", reliability=Reliability(reliability), origin="second"
    )
    both = first.saying(replace(claim, source="s9")).with_source((FIRST, source))

    before, after = fold(first.story(), frame), fold(both.story(), frame)
    assert never_lower(of(before, "a", NAMES), of(after, "a", NAMES))
    for ends in over_whom(claim):
        assert never_lower(masses(before).get(ends, {}), masses(after).get(ends, {}))


@given(
    worlds(PLAIN),
    st.lists(
        st.one_of(
            sayings(PEACEFUL, subject="a", source="s9"), sayings(PEACEFUL, object="a", source="s9")
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(("EA", "EF", "DC", "BA", "FC")),
    frames(),
)
def test_believing_a_source_of_an_actors_own_claims_more_never_lowers_its_leverage(
    fold: Fold, world: World, said: list[Saying], raised: str, frame: Frame
) -> None:
    told = [replace(one, coder=str(n), life=ACCEPTED) for n, one in enumerate(said)]
    less, more = (
        world.saying(*told).with_source(
            (
                FIRST,
                Source(
                    "s9", "s9", published="2023-10", reliability=Reliability(grade), origin="o1"
                ),
            )
        )
        for grade in raised
    )

    before, after = fold(less.story(), frame), fold(more.story(), frame)
    assert never_lower(of(before, "a", NAMES), of(after, "a", NAMES))
