"""Pages of an answer: a cursor says where the next one starts, and belongs to one question."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from graph_service.domain.errors import InvalidQuestion

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Place:
    """How many items earlier pages held, and the sequence at which the first one was answered."""

    offset: int
    sequence: int


def cursor_of(place: Place, question: object) -> str:
    """An opaque cursor, which only this question takes; questions are told apart by `repr`.

    >>> place_of(cursor_of(Place(50, 7), "who?"), "who?")
    Place(offset=50, sequence=7)
    """
    text = f"{place.sequence}.{place.offset}.{_digest(question)}"
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")


def place_of(cursor: str, question: object) -> Place:
    """The place that a cursor names; raises `InvalidQuestion` for the cursor of another question,
    or for what is none."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, b"-_", validate=True).decode("ascii")
        sequence, offset, digest = text.split(".")
        place = Place(int(offset), int(sequence))
    except (binascii.Error, ValueError):
        raise InvalidQuestion(
            "this is no cursor: take `next_cursor` of the page before as it is", parameter="cursor"
        ) from None
    if digest != _digest(question) or place.offset < 0:
        raise InvalidQuestion(
            "this cursor belongs to another question: only `limit` may change between pages",
            parameter="cursor",
        )
    return place


def _digest(question: object) -> str:
    return hashlib.sha256(repr(question).encode()).hexdigest()[:_DIGEST]
