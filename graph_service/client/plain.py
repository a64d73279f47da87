"""Texts of others made fit to be shown: what a name or a title holds must not act on a page."""

import re

LONGEST = 200
_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+"
)


class Told(str):
    """A text of several lines, which shows itself as such where it is the last word of a cell."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def shown(text: str, most: int = LONGEST) -> str:
    """The text on one line, without control characters and marks that turn the direction of what
    follows, and cut to so many characters.

    >>> shown("Ha\\u202emas\\x1b[2J", 5)
    'Ha ma…'
    """
    one_line = _ACTING.sub(" ", text[: 4 * most])
    return one_line if len(one_line) <= most else f"{one_line[:most]}…"
