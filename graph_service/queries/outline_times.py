"""How answers about time are told."""

from collections.abc import Iterator, Sequence

from graph_service.queries.changes import Changes, Moment
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
from graph_service.queries.shifts import Shift
from graph_service.queries.timeline import Happening, Timeline
from graph_service.queries.words import SIGNS, count, in_words, signed, two_decimals

EVENT = "event"
CAUSES = {
    "added": "came",
    "ended": "ended",
    "decayed": "faded",
    "retracted": "were retracted",
    "corroborated": "were said by more sources",
    "disputed": "were disputed",
    "reassessed": "were judged anew",
}


def _timeline(data: Timeline, name_of: Names) -> Iterator[Block]:
    for chapter in data.chapters:
        if chapter.episode is not None:
            again = " (continued)" if chapter.continued else ""
            yield Heading(f"{chapter.name}{again}")
        for happening in chapter.happenings:
            yield Line(_day(happening), 0 if chapter.episode is None else 2)
            yield Evidence(happening.claims, (), 2 if chapter.episode is None else 4)
    yield from reasoned(data.reason, {}, name_of)


def _day(happening: Happening) -> str:
    """When it was, as the first of its claims has it: a day that was only read into it is none."""
    when = happening.claims[0].when
    return f"{in_words(when, event=happening.temporal == EVENT)}, {SIGNS[happening.sign]}"


def _changes(data: Changes, name_of: Names) -> Iterator[Block]:
    yield Line(f"From {_moment(data.before)} to {_moment(data.after)}.")
    if data.before.held_back > data.after.held_back:
        left_out = count(data.before.held_back, "tie")
        yield Line(
            f"Left out at the earlier end for uncertain dates: {left_out}. What seems to have come "
            "may have been there before; with dates=possible it counts as there."
        )
    for cause, some in data.claims.items():
        yield Heading(f"Claims that {CAUSES[cause]}: {some.available}")
        for changed in some.claims:
            weight = f"{two_decimals(changed.before)} → {two_decimals(changed.after)}"
            yield Evidence((changed.claim,), (), 1)
            yield Line(f"weight {weight}", 3)
        yield from more(len(some.claims), some.available, "claim")
    seen = [shift for shift in data.leverage if _is_seen(shift)]
    if data.leverage:
        yield Heading("Whose influence changed, and by what")
    if seen:
        yield _shifts(data, seen, name_of)
    if len(seen) < len(data.leverage):
        unseen = count(len(data.leverage) - len(seen), "more actor" if seen else "actor")
        yield Line(f"{'and ' if seen else ''}{unseen} by less than 0.01", 3)
    for shift in seen[:FEW]:
        yield from _paths(shift, name_of)
    yield from reasoned(data.reason, {}, name_of)


def _is_seen(shift: Shift) -> bool:
    """Whether any part of it is more than nothing in two decimals."""
    return any(signed(value) != signed(0.0) for value in (shift.change, *shift.causes.values()))


def _shifts(data: Changes, shifts: Sequence[Shift], name_of: Names) -> Rows:
    order = [cause.value for cause in data.order]
    rows = tuple(
        (
            shift.actor.name,
            name_of(shift.over),
            two_decimals(shift.before),
            two_decimals(shift.after),
            signed(shift.change),
            *(signed(shift.causes[cause]) for cause in order),
        )
        for shift in shifts
    )
    heads = ("actor", "over", "before", "after", "change", *order)
    return Rows(heads, rows, frozenset(heads) - {"actor", "over"})


def _paths(shift: Shift, name_of: Names) -> Iterator[Block]:
    for when, path in (("before", shift.path_before), ("after", shift.path_after)):
        if path is not None:
            yield Line(f"{shift.actor.name}, {when}:", 1)
            yield from path_blocks(path, name_of)


def _moment(moment: Moment) -> str:
    known = f" as known at {moment.known_at}" if moment.known_at else ""
    return f"{in_words(moment.as_of)}{known}"


TIMELINE: Outline[Timeline] = Outline(
    title=lambda data: f"What is told of {names(data.actors)}, in the order of time",
    blocks=_timeline,
    briefly=lambda data: iter([count(sum(data.years.values()), "claim")]),
    empty=lambda data: not data.chapters,
)
CHANGES: Outline[Changes] = Outline(
    title=lambda data: (
        f"What changed {'about' if len(data.actors) == 1 else 'between'} {names(data.actors)}"
    ),
    blocks=_changes,
    briefly=lambda data: (f"{cause} {some.available}" for cause, some in data.claims.items()),
    empty=lambda data: not (data.claims or data.leverage),
)
