"""How the lines of another log are taken over: checked, and written as they are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from graph_service.domain.errors import Conflict, StoreError
from graph_service.stores.base import Head, Kept, Line, Text
from graph_service.stores.damage import legible
from graph_service.stores.log import (
    Json,
    check_hash,
    check_line,
    commitments_in,
    head_of,
    open_text,
)
from graph_service.stores.lookup import Shelf
from graph_service.stores.sealing import keys_of

TAKEN = 5_000
"""So many lines are written in one transaction."""


def take_lines(shelf: Shelf, batch: Sequence[Kept], line_at: Callable[[int], Line | None]) -> Head:
    """Put the lines on the shelf that are not there yet, and answer the end of the log then.

    `line_at` finds the shelf's own line of a sequence number. Raises `Conflict` where the lines do
    not follow the last one there, `StoreCorrupt` where they are not what was written; then nothing
    of the batch may stay.
    """
    head = head_of(shelf.last())
    there = [kept.line for kept in batch if kept.line.sequence <= head.sequence]
    if there:
        _check_same(there[-1], line_at(there[-1].sequence))
    new = batch[len(there) :]
    if new:
        _check_seam(new[0].line, head)
    for line, keys, texts in _checked(new, head):
        shelf.put(line, keys, texts)
        for key in keys:  # what is called so may be told anew
            shelf.nouns.pop(key, None)
    return Head(new[-1].line.sequence, new[-1].line.hash) if new else head


def erase_commitments(shelf: Shelf, erased: Iterable[str]) -> int:
    """Erase these texts as far as they are on the shelf; answers how many there were."""
    count = 0
    for commitment in erased:
        text = shelf.find_text(commitment)
        if text is not None and text.text is not None:
            shelf.erase_text(commitment)
            count += 1
    return count


def _check_same(line: Line, own: Line | None) -> None:
    if own is None or own.hash != line.hash:
        raise _fork(line.sequence)


def _check_seam(line: Line, head: Head) -> None:
    if line.sequence != head.sequence + 1:
        raise Conflict(
            f"entry {line.sequence} does not follow entry {head.sequence}, the last one here: "
            f"take the log from entry {head.sequence + 1} on"
        )
    if line.previous != head.hash:
        with _said_of_source():
            check_hash(line)
        raise _fork(head.sequence)


def _fork(sequence: int) -> Conflict:
    return Conflict(
        f"entry {sequence} is another one here: the logs went apart there or before, and nothing "
        "joins them again; copy into a store of its own"
    )


def _checked(new: Iterable[Kept], head: Head) -> list[tuple[Line, list[str], list[Text]]]:
    """The lines that should follow `head`, each with what it is about and its texts."""
    found = []
    with _said_of_source():
        for line, texts in new:
            data = check_line(line, head)
            with legible(lambda: f"entry {line.sequence}"):  # noqa: B023 - used up within
                found.append((line, keys_of(line.kind, data), _texts(data, texts)))
            head = Head(line.sequence, line.hash)
    return found


def _texts(data: Json, texts: Iterable[Text]) -> list[Text]:
    kept = {text.commitment: text for text in texts}
    opened = [(one, open_text(one, kept.get)) for one in commitments_in(data)]
    return [Text(one, None, None) if text is None else kept[one] for one, text in opened]


@contextmanager
def _said_of_source() -> Iterator[None]:
    """Within, nothing is read but what is to be taken: of what is wrong with it, it is said so."""
    try:
        yield
    except StoreError as error:
        error.add_note("in the log to be copied")
        raise
