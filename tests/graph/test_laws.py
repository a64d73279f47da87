"""The laws of `docs/method.md` §5 about masses, on every view.

Those about adding evidence hold among equal qualifiers, so no strengths or outcomes are told there.
"""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from graph_service.domain.claims import Stance, Status
from graph_service.domain.periods import Dates, parse_day
from graph_service.graph.view import Frame, View
from tests.columns import gates, mass, masses, strengths
from tests.conftest import Fold
from tests.worlds import (
    ACCEPTED,
    PLAIN,
    TIMES,
    Life,
    Saying,
    Taste,
    World,
    frames,
    relations,
    tight_worlds,
    worlds,
)

PAIR = ("a", "b")
ONE_EVENT = [
    Taste((name,), names=PAIR, least=1, most=6, qualified=False, whole=True)
    for name in relations(lambda one: one.is_event and one.weight > 0)
]
OFFICE = Taste(("heads",), names=PAIR, qualified=False)
LAST = parse_day("2026-12-31")


def columns(view: View) -> tuple[object, ...]:
    return masses(view), gates(view), strengths(view)


@given(tight_worlds(qualified=False), st.integers(0, 20), frames())
def test_a_copy_from_the_same_origin_changes_nothing(
    fold: Fold, world: World, place: int, frame: Frame
) -> None:
    piece = world.sayings[place % len(world.sayings)]
    issues = [
        (at, replace(source, id="copy", origin=source.origin_or_self))
        for at, source in world.sources
        if source.id == piece.source
    ]
    copied = world.with_source(*issues).saying(replace(piece, source="copy"))

    assert columns(fold(copied.story(), frame)) == columns(fold(world.story(), frame))


@given(
    st.sampled_from(ONE_EVENT).flatmap(worlds),
    st.integers(0, 400),
    st.integers(0, 3000),
    st.sampled_from(Dates),
)
def test_the_mass_of_undenied_events_never_grows_once_they_have_all_begun(
    fold: Fold, world: World, wait: int, more: int, dates: Dates
) -> None:
    first = fold(world.story(), Frame(LAST + wait, dates=dates))
    later = fold(world.story(), Frame(LAST + wait + more, dates=dates))

    for giver, taker in (PAIR, PAIR[::-1]):
        assert mass(later, giver, taker) <= mass(first, giver, taker) + 1e-15


@given(worlds(OFFICE), st.booleans(), frames(Dates.CERTAIN))
def test_an_office_has_no_authority_once_every_open_claim_to_it_is_ended_or_retracted(
    fold: Fold, world: World, retract: bool, frame: Frame
) -> None:
    frame = replace(frame, as_of=parse_day("2027-01-01"), known_at=None)
    ended = World(world.sources, tuple(end(one, retract=retract) for one in world.sayings))

    assert masses(fold(ended.story(), frame)) == {}
    assert strengths(fold(ended.story(), frame)) == {}


def end(saying: Saying, *, retract: bool) -> Saying:
    """The same, retracted or said of an office that has ended."""
    if not saying.when.endswith(("..", "/")):
        return saying
    if retract:
        return replace(saying, life=Life(Status.RETRACTED, TIMES[0], None, TIMES[1]))
    return replace(saying, when=saying.when.rstrip("./") + "/2026-12-31")


@given(worlds(PLAIN), st.integers(0, 20), frames())
def test_denying_a_claim_never_makes_its_tie_stronger(
    fold: Fold, world: World, place: int, frame: Frame
) -> None:
    piece = world.sayings[place % len(world.sayings)]
    assume(piece.stance is Stance.ASSERTED)
    denial = replace(piece, stance=Stance.DENIED, coder="new", life=ACCEPTED)

    before, after = fold(world.story(), frame), fold(world.saying(denial).story(), frame)
    for key, value in strengths(after).items():
        assert value <= strengths(before)[key] + 1e-15
