"""Copying the log of one store into another, and finding out whether two are the same."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from rich.progress import MofNCompleteColumn, ProgressColumn, TimeRemainingColumn

from graph_service.cli.desk import Desk, Rate
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms_copying import CopyForm, VerifyForm
from graph_service.domain.errors import StoreUnavailable
from graph_service.stores import copying
from graph_service.stores.base import Head, Store
from graph_service.stores.copying import Comparison, Copied

SHORT = 12
"""So much of a hash tells it from every other."""
MOST_NAMED = 20


def copy(desk: Desk, form: CopyForm) -> int:
    """Copy the log of SOURCE into TARGET: ids, hashes and times stay as they are.

    A copy that was broken off goes on where it ended. Texts that were erased
    in SOURCE are erased in TARGET. Keys that writes were given, so that none is
    made twice, are no part of the log and are not copied. It is refused where
    TARGET holds anything else than the beginning of SOURCE.
    """
    copying.check_apart(form.source, form.target)
    with (
        desk.log(form.source, read_only=True) as source,
        desk.log(form.target, create=True) as target,
    ):
        if form.follow:
            return _follow(desk, source, target)
        with desk.progress("copying", more=_counts()) as bar:
            copied = copying.copy(source, target, progress=bar.move)
        _say(desk, _in_words(copied))
    return ANSWERED


def verify(desk: Desk, form: VerifyForm) -> int:
    """Read the whole log and recompute every hash; prints its last entry and hash.

    With A and B both are read and compared, text by text. The exit code is 0
    where they are equal, 1 where one is behind or they differ.
    """
    if form.one is None or form.other is None:
        with desk.log(form.one, read_only=True) as store, desk.progress("reading the log"):
            head = store.verify()
        _say(desk, _line(head))
        return ANSWERED
    with (
        desk.log(form.one, read_only=True) as one,
        desk.log(form.other, read_only=True) as other,
        desk.progress("reading both logs"),
    ):
        found = copying.compare(one, other)
    for line in _compared(found, form.one, form.other):
        _say(desk, line)
    return ANSWERED if found.are_equal else NO_RESULT


def _follow(desk: Desk, source: Store, target: Store) -> int:
    """Copy until Ctrl-C, which is how it is meant to end."""
    head: Head | None = None
    try:
        with desk.progress("copying", more=_counts()) as bar:
            rounds = copying.follow(source, target, progress=bar.move)
            first = next(rounds)
        for found in _well(desk, chain([first], rounds)):
            if head is None:
                _say(desk, _in_words(found))
                _tell(desk, f"Following {source.url}; Ctrl-C ends it.")
            elif found.erased:
                _say(desk, _in_words(found))
            head = found.head
    except KeyboardInterrupt:
        with suppress(StoreUnavailable):
            head = target.head()
    _say(desk, "nothing was copied" if head is None else f"followed up to {_place(head)}")
    return ANSWERED


def _well(desk: Desk, rounds: Iterator[Copied | StoreUnavailable]) -> Iterator[Copied]:
    """The rounds in which something could be copied; of the others it is said once what is wrong."""
    waiting = False
    for found in rounds:
        if isinstance(found, Copied):
            if waiting:
                _tell(desk, f"It goes on, at {_place(found.head)}.")
            waiting = False
            yield found
        elif not waiting:
            _tell(desk, f"{found}: waiting until it can go on")
            waiting = True


def _compared(found: Comparison, one: str, other: str) -> Iterator[str]:
    yield f"{_line(found.one)} {one}"
    yield f"{_line(found.other)} {other}"
    behind = found.one.sequence - found.other.sequence
    if found.differ_at is not None:
        yield f"they differ first at entry {found.differ_at}"
    elif behind:
        names = (other, one) if behind > 0 else (one, other)
        yield f"{names[0]} is behind by {_entries(abs(behind))}"
    yield from _texts(found.erased_in_one, one, other)
    yield from _texts(found.erased_in_other, other, one)
    if found.are_equal:
        yield "they are equal"


def _texts(entries: tuple[int, ...], there: str, not_there: str) -> Iterator[str]:
    for entry in entries[:MOST_NAMED]:
        yield f"a text of entry {entry} is erased in {there}, not in {not_there}"
    if len(entries) > MOST_NAMED:
        yield f"and so in {_entries(len(entries) - MOST_NAMED)} more"


def _in_words(copied: Copied) -> str:
    entries = _entries(copied.entries)
    done = f"copied {entries}" if copied.entries else f"{entries} to copy"
    if copied.erased:
        done += f", {copied.erased} text{'s' * (copied.erased > 1)} erased"
    return f"{done}, target at {_place(copied.head)}"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _place(head: Head) -> str:
    return f"entry {head.sequence} (hash {head.hash[:SHORT]}…)"


def _line(head: Head) -> str:
    return f"{head.sequence} {head.hash}"


def _counts() -> list[ProgressColumn]:
    return [MofNCompleteColumn(), Rate(), TimeRemainingColumn()]


def _say(desk: Desk, line: str) -> None:
    desk.out.print(line, markup=False, soft_wrap=True)


def _tell(desk: Desk, line: str) -> None:
    desk.err.print(line, markup=False, soft_wrap=True)
