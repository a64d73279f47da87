"""The dates that people write into tables, read as the forms that claims have.

Everything is read as written or refused: nothing is rounded, and no century is guessed. Whether
`03/04/2024` is a day in April or in March is decided by the other dates of the table.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from graph_service.domain.errors import InvalidDate
from graph_service.domain.periods import Span, When

ACCEPTED = (
    "write 2024-07-31, 31 July 2024, July 2024, 2024, 2012-2015, since 2012, until 2014 or "
    "2012-present"
)
OPEN = ".."

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_OF = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NOTHING = frozenset({"", "-", "?", "n/a", "na", "nan", "nat", "none", "unk", "unknown", "n.d."})
_ONGOING = frozenset({"present", "now", "today", "ongoing", "current", "to date", "continuing"})

_DASHES = {ord(dash): "-" for dash in "‐‑‒–—−"}
_D = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_OWN = re.compile(rf"(?:{_D}|\[\.\.{_D}\])?/(?:{_D}|\.\.|\[\.\.{_D}\])?|\[\.\.{_D}\]", re.ASCII)
_CLOCK = re.compile(
    r"(?<=\d)[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:[ap]m|z|utc|[+-]\d{2}:?\d{2})?$"
)
_YEAR = re.compile(r"(\d{4})(?:\.0)?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_YEAR_MONTH_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_JOINED = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]'?\d{2}", re.ASCII)
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?", re.ASCII)
_ORDINAL = re.compile(r"(?<=\d)(?:st|[nr]d|th)\b", re.ASCII)
_WORD = re.compile(r"\d+|[a-z]+", re.ASCII)
_PADDING = frozenset({
    "the", "of", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
_SINCE = re.compile(r"(?:since|from|starting) (?P<a>.+)|(?P<b>.+?)(?: ?-| onwards?)")
_UNTIL = re.compile(r"(?:until|till|up to|to|-) ?(?P<a>.+)")
_STILL = re.compile(
    rf"(?:(?:since|from) )?(?P<a>.+?)(?: - | to |, ?| ?- ?| )(?:{'|'.join(_ONGOING)})"
)
_BETWEEN = re.compile(r" - | to | until | till |-")


class Order(StrEnum):
    """Which number comes first in a date like 03/04/2024."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class _TwoDays(InvalidDate):
    """A date that may be two days."""


class Orders:
    """What the dates of a table say of the order of day and month."""

    def __init__(self) -> None:
        self._seen: set[Order | None] = set()

    def add(self, text: str) -> None:
        """Look at one cell."""
        for one, mark, other, _ in _NUMBERS.findall(text):
            if int(one) > 12 >= int(other):
                self._seen.add(Order.DAY_FIRST)
            elif int(other) > 12 >= int(one):
                self._seen.add(Order.MONTH_FIRST)
            elif int(one) != int(other) and mark != ".":
                self._seen.add(None)

    @property
    def order(self) -> Order | None:
        """The order that all dates agree in; None where they do not, or none of them says."""
        told = self._seen - {None}
        return told.pop() if len(told) == 1 else None

    @property
    def is_in_doubt(self) -> bool:
        """Whether there are dates that may be read in two ways."""
        return None in self._seen and self.order is None


def period(text: str, order: Order | None = None) -> str:
    """When something holds or happened, as claims have it; empty where nothing is said.

    >>> period("31 July 2024"), period("2012–2015"), period("since May 2012"), period("2012-now")
    ('2024-07-31', '2012/2015', '2012-05/', '2012/..')
    """
    return _period(_plain(text), order)


def date_of(text: str, order: Order | None = None) -> str:
    """A day, month or year as claims have it; empty where nothing is said, `..` for ongoing."""
    plain = _plain(text)
    if plain in _ONGOING or plain == OPEN:
        return OPEN
    return "" if plain in _NOTHING else _single(plain, order)


def joined(start: str, end: str, *, is_event: bool) -> str:
    """A start and an end, each perhaps empty, as one period; an event happens on one day in it."""
    if not is_event:
        return f"{start}/{end}"
    if not end:
        return start
    return f"{start}/{end}" if start else f"[..{end}]"


def _plain(text: str) -> str:
    return " ".join(text.translate(_DASHES).split()).casefold()


@lru_cache(maxsize=65536)
def _period(plain: str, order: Order | None) -> str:
    if plain in _NOTHING:
        return ""
    if plain in _ONGOING:
        return f"/{OPEN}"
    if _OWN.fullmatch(plain):
        return When.parse(plain).text
    try:
        return _single(plain, order)
    except InvalidDate as error:
        found = list(dict.fromkeys(_sided(plain, order)))
        if len(found) != 1:
            raise error from None
    return When.parse(found[0]).text


def _sided(plain: str, order: Order | None) -> Iterator[str]:
    """Every way in which a text can be a period with a start or an end."""
    for pattern, form in ((_STILL, "{}/.."), (_SINCE, "{}/"), (_UNTIL, "/{}")):
        match = pattern.fullmatch(plain)
        side = _tried((match["a"] or match.groupdict().get("b") or ""), order) if match else ""
        if side:
            yield form.format(side)
            return
    plain = plain.removeprefix("from ").removeprefix("between ").replace(" and ", " to ")
    for match in _BETWEEN.finditer(plain):
        sides = (plain[: match.start()].strip(), plain[match.end() :].strip())
        start, end = (_tried(side, order) for side in sides)
        if start and end:
            yield f"{start}/{end}"


def _tried(plain: str, order: Order | None) -> str:
    try:
        return _single(plain, order) if plain else ""
    except _TwoDays:
        raise
    except InvalidDate:
        return ""


@lru_cache(maxsize=65536)
def _single(plain: str, order: Order | None) -> str:
    text = _CLOCK.sub("", plain)
    found = _year_first(text) or _numbers(text, order) or _named(text)
    if found is None:
        raise InvalidDate(f"{plain!r} is no date that is understood: {_advice(text)}", field="when")
    try:
        Span.parse(found)
    except InvalidDate:
        raise InvalidDate(f"{plain!r} is not in the calendar", field="when") from None
    return found


def _year_first(text: str) -> str | None:
    if match := _YEAR.fullmatch(text):
        return match[1]
    if match := _YEAR_MONTH.fullmatch(text):
        return _written(match[1], match[2])
    if match := _YEAR_MONTH_DAY.fullmatch(text) or _JOINED.fullmatch(text):
        return _written(match[1], match[3], match[4])
    if match := _MONTH_YEAR.fullmatch(text):
        return _written(match[2], match[1])
    return None


def _numbers(text: str, order: Order | None) -> str | None:
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    one, mark, other, year = match.groups()
    if int(one) > 12 or int(one) == int(other):
        order = Order.DAY_FIRST
    elif int(other) > 12:
        order = Order.MONTH_FIRST
    elif order is None and mark == ".":
        order = Order.DAY_FIRST  # months come first only between slashes and hyphens
    if order is None:
        raise _TwoDays(
            f'{text!r} may be two days: say dates = "day-first" or dates = "month-first" in the '
            "mapping",
            field="when",
        )
    day, month = (one, other) if order is Order.DAY_FIRST else (other, one)
    return _written(year, month, day)


def _named(text: str) -> str | None:
    words = [word for word in _WORD.findall(_ORDINAL.sub("", text)) if word not in _PADDING]
    months = [place for place, word in enumerate(words) if _is_month(word)]
    numbers = [word for place, word in enumerate(words) if place not in months]
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or not "".join(numbers).isdigit():
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) != len(numbers) - 1:
        return None
    return _written(years[0], str(_MONTH_OF[words[months[0]][:3]]), *days)


def _is_month(word: str) -> bool:
    number = _MONTH_OF.get(word[:3])
    return number is not None and (_MONTHS[number - 1].startswith(word) or word == "sept")


def _written(year: str, *rest: str) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in rest)])


def _advice(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        return "write the year with four digits"
    if _SERIAL.fullmatch(text):
        return "it looks like the number that a spreadsheet keeps for a day; format it as a date"
    return ACCEPTED
