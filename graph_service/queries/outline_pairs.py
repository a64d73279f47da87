"""How answers about two actors are told."""

from collections.abc import Iterator

from graph_service.domain.claims import Modality
from graph_service.queries.alignment import Alignment, Point
from graph_service.queries.comparison import Beside, Comparison
from graph_service.queries.inclined_ties import InclinedTie
from graph_service.queries.mediating import Mediation
from graph_service.queries.mediators import Mediator, Mediators
from graph_service.queries.outline import (
    FEW,
    Block,
    Evidence,
    Heading,
    Line,
    Names,
    Outline,
    Rows,
    more,
    names,
    path_blocks,
    reasoned,
)
from graph_service.queries.words import SIGNS, count, in_words, signed, two_decimals

NEARLY_NOTHING = 0.15
"""Alignments below this are not told as friendship or hostility; triads do not count them either."""
ENOUGH = 3
"""Of fewer actors to whom both lean, how far they lean alike says nothing."""
UNTOLD = "–"
NUMBERS = frozenset({"#", "score", "bias", "leverage", "alignment", "P", "H", "share", "from each"})


def tie_blocks(tie: InclinedTie, name_of: Names, *, indent: int = 3) -> Iterator[Block]:
    """A friendly or hostile tie of two actors, with the latest of its claims."""
    chain = " – ".join(map(name_of, tie.actors))
    # What is nearly nothing is no friendship and no hostility: so little comes of rules and debts.
    told = f"{SIGNS[tie.sign]}, " if abs(tie.alignment) >= NEARLY_NOTHING else ""
    yield Line(f"{chain}: {told}alignment {signed(tie.alignment)}", indent)
    yield Evidence(tie.claims, tie.missing, indent + 2)


def _mediators(data: Mediators, name_of: Names) -> Iterator[Block]:
    if data.ranking:
        yield _ranking(data)
    for place, mediator in enumerate(data.ranking[:FEW], start=1):
        yield from _mediator(place, mediator, name_of)
    if data.belligerents:
        told = names(data.belligerents, ", ")
        yield Line(f"Left out, for force against a party within the last year: {told}.")
    yield from reasoned(data.reason, data.available, name_of)


def _ranking(data: Mediators) -> Rows:
    one, other = (party.name for party in data.parties)
    rows = tuple(
        (
            str(place),
            mediator.actor.name,
            two_decimals(mediator.score),
            signed(mediator.bias),
            *(two_decimals(side.leverage) for side in mediator.sides),
        )
        for place, mediator in enumerate(data.ranking, start=1)
    )
    over = tuple(f"leverage over {name}" for name in (one, other))
    heads = ("#", "actor", "score", f"bias to {one}", *over)
    return Rows(heads, rows, frozenset(heads) - {"actor"})


def _mediator(place: int, mediator: Mediator, name_of: Names) -> Iterator[Block]:
    yield Heading(f"{place}. {mediator.actor.name}")
    for side in mediator.sides:
        against = ", used force against it of late" if side.belligerent else ""
        yield Line(
            f"with {name_of(side.party)}: {two_decimals(side.value)}; {side.share:.0%} of its ties, "
            f"alignment {signed(side.alignment)}{against}",
            3,
        )
        yield Evidence(side.claims, side.missing, 5)
        yield from more(len(side.claims), side.claims_available, "claim")
    for episode in mediator.episodes:
        yield Line(_episode(episode, name_of), 3)


def _episode(told: Mediation, name_of: Names) -> str:
    """A mediation, intended or done, with its dates as they are written where all are the same."""
    own = [one for one in told.claims if one.subject not in told.parties] or told.claims
    whens = {claim.when for claim in own}
    when = in_words(whens.pop()) if len(whens) == 1 else "at several times"
    marks = [mark for mark in (told.modality, told.outcome) if mark and mark != Modality.DONE]
    marked = f" ({', '.join(marks)})" if marks else ""
    parties = ", ".join(map(name_of, told.parties))
    return f"mediation{f' in “{told.name}”' if told.name else ''} for {parties}{marked}, {when}"


def _alignment(data: Alignment, name_of: Names) -> Iterator[Block]:
    yield Line(
        f"Alignment {signed(data.alignment)}: what makes for friendship weighs "
        f"{two_decimals(data.friendly)}, hostility {two_decimals(data.hostile)}."
    )
    for part in data.parts:
        weighs = max(part.friendly, part.hostile)
        yield Line(f"{part.relation}, {SIGNS[part.sign]}, {two_decimals(weighs)}", 3)
        yield Evidence(part.claims, part.missing, 5)
    yield from reasoned(data.reason, data.available, name_of)
    change = f": {signed(data.change)}" if _is_told(data.trend[0]) else ""
    yield Heading(f"Since {in_words(data.trend[0].day)}{change}")
    if data.undated:
        yield Line(
            f"Of an unknown start: {count(data.undated, 'claim')}. Before they are attested they are "
            "left out; with dates=possible they count."
        )
    rows = tuple((p.day, signed(p.alignment) if _is_told(p) else UNTOLD) for p in data.trend)
    yield Rows(("day", "alignment"), rows, NUMBERS)


def _is_told(point: Point) -> bool:
    """Whether anything that makes for friendship or hostility was known of that day."""
    return point.friendly > 0 or point.hostile > 0


def _comparison(data: Comparison, name_of: Names) -> Iterator[Block]:
    one, other = (profile.actor.name for profile in data.actors)
    rows = (
        ("influence over the other", *(two_decimals(p.over_other) for p in data.actors)),
        ("over how many", *(str(p.reach) for p in data.actors)),
        ("ties", *(str(sum(p.relations.values())) for p in data.actors)),
    )
    yield Rows(("", one, other), rows, frozenset({one, other}))
    if data.agreement is not None and len(data.friends_and_foes) >= ENOUGH:
        yield Line(f"They lean alike by {signed(data.agreement)} (1 alike, −1 against each other).")
    if data.between is not None:
        yield from tie_blocks(data.between, name_of)
    yield from _thirds("Over whom", data.over, (one, other), name_of)
    yield from _thirds("Who has influence over them", data.by, (one, other), name_of)
    yield from _leanings(data, name_of)
    yield from reasoned(data.reason, {}, name_of)


def _thirds(
    title: str, some: tuple[Beside, ...], two: tuple[str, str], name_of: Names
) -> Iterator[Block]:
    """Third actors beside the two, the first of them with the evidence."""
    if not some:
        return
    yield Heading(title)
    rows = tuple((each.actor.name, *map(two_decimals, each.values)) for each in some)
    yield Rows(("actor", *two), rows, frozenset(two))
    for path in (path for each in some[:FEW] for path in each.paths if path is not None):
        yield from path_blocks(path, name_of)


def _leanings(data: Comparison, name_of: Names) -> Iterator[Block]:
    if data.friends_and_foes:
        yield Heading("To whom both lean")
    for leaning in data.friends_and_foes[:FEW]:
        yield Line(f"{leaning.actor.name}: {'alike' if leaning.agree else 'apart'}", 1)
        for tie in leaning.ties:
            yield from tie_blocks(tie, name_of)


MEDIATORS: Outline[Mediators] = Outline(
    title=lambda data: f"Who could mediate between {names(data.parties)}",
    blocks=_mediators,
    briefly=lambda data: (f"{m.actor.name} {two_decimals(m.score)}" for m in data.ranking[:3]),
    empty=lambda data: not data.ranking,
)
ALIGNMENT: Outline[Alignment] = Outline(
    title=lambda data: f"How aligned {names(data.actors)} are",
    blocks=_alignment,
    briefly=lambda data: iter([signed(data.alignment)]),
    empty=lambda data: not data.parts,
)
COMPARISON: Outline[Comparison] = Outline(
    title=lambda data: f"How {names([each.actor for each in data.actors])} compare",
    blocks=_comparison,
    briefly=lambda data: (
        f"{each.actor.name} over {count(each.reach, 'actor')}" for each in data.actors
    ),
    empty=lambda data: not (data.over or data.by or data.friends_and_foes or data.between),
)
