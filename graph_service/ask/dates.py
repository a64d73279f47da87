"""The dates in a sentence: the day that it is asked for, and the day since when."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph_service.ask.calendar import MONTHS, Calendar, Period, Unreadable, as_written
from graph_service.ask.lexicon import Phrase
from graph_service.queries.words import in_words

LONGEST_DATE = 12
_ONE_DAY = timedelta(days=1)
_AS_OF = (("as", "of"), ("as", "at"), ("by",), ("on", "or", "before"))
_ON = (
    ("on",), ("in",), ("at",), ("during",), ("throughout",), ("in", "the", "year"),
    ("in", "the", "month", "of"), (),
)  # fmt: skip
_BEFORE = (("before",), ("prior", "to"), ("ahead", "of"))
_AFTER = (("after",),)
_SINCE = (("since",), ("ever", "since"), ("starting",), ("from",), ("on", "or", "after"))
_LAST = ("last", "past")
_WITHIN = ("in", "over", "during", "within")
_FUTURE = (("tomorrow",), ("next", "year"), ("next", "month"), ("next", "week"))
_NOW = (("at", "the", "moment"), ("at", "present"), ("these", "days"))
_ONWARDS = (["on"], ["onwards"], ["onward"])


@dataclass(frozen=True, slots=True)
class Dated:
    """What dates say: the day asked for, the day since when, and what was taken for granted.

    `happened` is what they say of events, which happen on a day or in a period, where states hold;
    `unclear` is why that cannot be said.
    """

    as_of: date | None = None
    since: date | None = None
    notes: tuple[str, ...] = ()
    happened: "Dated | None" = None
    unclear: str = ""

    def and_then(self, other: "Dated") -> "Dated":
        """Both; raises `Unreadable` where they say two things."""
        found = self._with(other)
        if self.happened is None and other.happened is None:
            return found
        return replace(found, happened=(self.happened or self)._with(other.happened or other))

    def _with(self, other: "Dated") -> "Dated":
        for one, two in ((self.as_of, other.as_of), (self.since, other.since)):
            if one is not None and two is not None and one != two:
                raise Unreadable("It names more than one date: ask for one day.")
        found = Dated(
            self.as_of or other.as_of,
            self.since or other.since,
            (*self.notes, *other.notes),
            unclear=self.unclear or other.unclear,
        )
        if found.as_of is not None and found.since is not None and found.since > found.as_of:
            raise Unreadable("Its period ends before it begins.")
        return found


class DateReader:
    """Reads dates where they stand in a row of words."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self.today = calendar.today

    def at(self, words: Sequence[str]) -> tuple[Dated, int] | None:
        """The date phrase that these words begin with, and how many words it takes; raises
        `Unreadable`."""
        found = max(self._readings(words), key=lambda reading: reading[1], default=None)
        if found is None:
            return None
        dated, used = found
        if isinstance(dated, Unreadable):
            raise dated
        return dated, used

    def _readings(self, words: Sequence[str]) -> Iterator[tuple["Dated | Unreadable", int]]:
        for phrase in _begun_with(words, _FUTURE):
            yield Unreadable(_in_the_future(" ".join(phrase))), len(phrase)
        for phrase in _begun_with(words, _NOW):
            yield Dated(as_of=self._calendar.today), len(phrase)
        yield from self._recently(words)
        yield from self._between(words)
        for phrases, meant in (
            (_AS_OF, self._as_of), (_ON, self._on), (_BEFORE, self._before), (_AFTER, self._after),
            (_SINCE, self._since),
        ):  # fmt: skip
            for phrase in _begun_with(words, phrases):
                yield from self._after_words(words, phrase, meant)

    def _after_words(
        self, words: Sequence[str], phrase: Phrase, meant: Callable[[Period, str], "Dated"]
    ) -> Iterator[tuple["Dated", int]]:
        """The date after a phrase such as `as of`."""
        at = len(phrase)
        start = at + (words[at : at + 1] == ["the"] and bool(at))
        found = self._calendar.period(words[start:]) if start < len(words) else None
        if found is not None and (at or _stands_alone(words, found[1])):
            period, end = found[0], start + found[1]
            onwards = phrase == ("from",) and words[end : end + 1] in _ONWARDS
            text = " ".join(words[start:end]).replace(" ,", ",")
            yield meant(period, text), end + onwards

    def _on(self, period: Period, text: str) -> Dated:
        dated = self._as_of(period, text)
        if period.standing:
            return dated
        if period.rough:
            why = f"“{as_written(text)}” does not say on which days something happened."
            return replace(dated, happened=replace(dated, unclear=why))
        happened = replace(dated, since=period.first)
        if not period.is_day and dated.as_of is not None:
            days = _read_as(text, period.first, last=dated.as_of)
            happened = replace(happened, notes=(days,))
        return replace(dated, happened=happened)

    def _as_of(self, period: Period, text: str) -> Dated:
        today = self._calendar.today
        if period.first > today:
            raise Unreadable(_in_the_future(text))
        day_ = min(period.last, today)
        if period.is_day:
            return Dated(as_of=day_, notes=_told(period, text))
        return Dated(as_of=day_, notes=(_read_as(text, day_),))

    def _before(self, period: Period, text: str) -> Dated:
        if period.first > self._calendar.today:
            raise Unreadable(_in_the_future(text))
        if period.first == date.min:
            raise Unreadable(f"There is no day before “{text}”.")
        day_ = period.first - _ONE_DAY
        return Dated(as_of=day_, notes=(_read_as(f"before {text}", day_),))

    def _after(self, period: Period, text: str) -> Dated:
        if period.last >= self._calendar.today:
            raise Unreadable(_in_the_future(f"after {text}"))
        day_ = period.last + _ONE_DAY
        return Dated(since=day_, notes=(_read_as(f"after {text}", day_, "since "),))

    def _since(self, period: Period, text: str) -> Dated:
        if period.first > self._calendar.today:
            raise Unreadable(_in_the_future(text))
        if period.is_day:
            return Dated(since=period.first, notes=_told(period, text))
        return Dated(since=period.first, notes=(_read_as(f"since {text}", period.first, "since "),))

    def _recently(self, words: Sequence[str]) -> Iterator[tuple[Dated, int]]:
        """`in the last six months`, `over the past year`."""
        if len(words) < 4 or words[0] not in _WITHIN or words[1] != "the" or words[2] not in _LAST:
            return
        number = words[3:5] if len(words) > 4 else ["", ""]
        for day_, used in (
            (self._calendar.back(*number), 5),
            (self._calendar.back("a", words[3]), 4),
        ):
            if day_ is not None:
                text = " ".join(words[:used])
                yield Dated(since=day_, notes=(_read_as(text, day_, "since "),)), used

    def _between(self, words: Sequence[str]) -> Iterator[tuple[Dated, int]]:
        """`between July 2023 and May 2024`, `from 2022 to 2023`."""
        joint = {"between": ("and",), "from": ("to", "until", "till")}.get(words[0], ())
        first = self._calendar.period(words[1:]) if joint and len(words) > 1 else None
        at = 0 if first is None else 1 + first[1]
        if first is None or at + 1 >= len(words) or words[at] not in joint:
            return
        last = self._calendar.period(words[at + 1 :])
        if last is not None:
            said = words[1:at], words[at + 1 : at + 1 + last[1]]
            start, end = self._in_one_year(said, first[0], last[0])
            since, until = (
                self._since(start, " ".join(said[0])),
                self._as_of(end, " ".join(said[1])),
            )
            yield since.and_then(until), at + 1 + last[1]

    def _in_one_year(
        self, said: tuple[Sequence[str], Sequence[str]], first: Period, last: Period
    ) -> tuple[Period, Period]:
        """Both ends of a period, where one that was said without a year takes that of the other,
        if it does not end before it begins then."""
        start, end = first, last
        if first.assumed and not last.assumed:
            start = self._in_year(said[0], last.last.year) or first
        if last.assumed and not first.assumed:
            end = self._in_year(said[1], first.first.year) or last
        return (start, end) if start.first <= end.last else (first, last)

    def _in_year(self, words: Sequence[str], year: int) -> Period | None:
        found = self._calendar.period([*words, str(year)])
        return None if found is None else replace(found[0], assumed=True)


def _begun_with(words: Sequence[str], phrases: Iterable[Phrase]) -> Iterator[Phrase]:
    return (phrase for phrase in phrases if tuple(words[: len(phrase)]) == phrase)


def length_of_a_date(words: Sequence[str]) -> int:
    """How many words belong to a date that cannot be understood: those before it, and its parts."""
    phrases: Iterable[Phrase] = (*_AS_OF, *_ON, *_BEFORE, *_AFTER, *_SINCE, *_FUTURE)
    opening = {word for phrase in phrases for word in phrase} | {"between", "the", ","}
    for place, word in enumerate(words):
        if not (word in opening or word in MONTHS or any(map(str.isdigit, word))):
            return max(place, 1)
    return len(words)


def _stands_alone(words: Sequence[str], used: int) -> bool:
    """Whether a date without a word before it is one: `May` may be none, and `2000` a number."""
    return used > 1 or not (words[0] in MONTHS or (words[0].isdecimal() and len(words) > 1))


def _in_the_future(text: str) -> str:
    return f"“{as_written(text)}” is in the future, and only what is told can be asked for."


def _told(period: Period, text: str) -> tuple[str, ...]:
    return (_read_as(text, period.first),) if period.assumed else ()


def _read_as(text: str, day_: date, since: str = "", *, last: date | None = None) -> str:
    until = "" if last is None else f" to {in_words(last.isoformat())}"
    return f"“{as_written(text)}” is read as {since}{in_words(day_.isoformat())}{until}."
