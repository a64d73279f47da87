"""A text taken apart: its names and dates, what may stand anywhere, and the bare question left."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph_service.ask.calendar import Unreadable
from graph_service.ask.dates import LONGEST_DATE, Dated, DateReader, length_of_a_date
from graph_service.ask.lexicon import Lexicon, Phrase
from graph_service.ask.mentions import Finder, Mention
from graph_service.ask.patterns import Bound, Item, Matcher
from graph_service.ask.text import COMMA, Token, tokens_of

_CUT = None
LONGEST_ASIDE = 6  # words that an opening or a filler has at most


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is left of a text as a row of words and actors, and what was taken out of it, `today`.

    `modifiers` are parameters by name (`hops`, `limit`, `channels`, `order`, `fold`), `twice` those that were
    given more than once; `trouble` is why a date cannot be understood.
    """

    row: tuple[Item, ...]
    today: date
    dated: Dated = field(default_factory=Dated)
    modifiers: dict[str, str] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    trouble: str | None = None

    @property
    def words(self) -> frozenset[str]:
        """Its words, without names."""
        return frozenset(item for item in self.row if isinstance(item, str))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The actors that it names, in order."""
        return tuple(item for item in self.row if isinstance(item, Mention))

    @property
    def is_doubtful(self) -> bool:
        """Whether a date cannot be understood, or a name is that of several actors."""
        return self.trouble is not None or any(len(m.actors) > 1 for m in self.mentions)


def take_apart(text: str, finder: Finder, dates: DateReader, lexicon: Lexicon) -> Sentence:
    """The sentence that a text is."""
    tokens = _without_openings(tokens_of(text), lexicon)
    words = [token.word for token in tokens]
    row: list[Item | None] = []
    dated, trouble, at = Dated(), None, 0
    while at < len(tokens):
        named = finder.at(text, tokens, at)
        try:
            day = dates.at(words[at : at + LONGEST_DATE])
            both = dated if day is None else dated.and_then(day[0])
        except Unreadable as error:
            trouble, both, day = str(error), dated, (dated, length_of_a_date(words[at:]))
        if day is not None and (named is None or at + day[1] >= named[1]):
            dated, at = both, at + day[1]
            row.append(_CUT)
        elif named is not None:
            row.append(named[0])
            at = named[1]
        else:
            row.extend(lexicon.contractions.get(words[at], (words[at],)))
            at += 1
    freed = _without(row, lexicon.fillers)
    left = _tidy(_without_ending(freed, lexicon.endings))
    return Sentence(_called_then(left, dated, finder), dates.today, dated, trouble=trouble)


def _called_then(row: Iterable[Item], dated: Dated, finder: Finder) -> tuple[Item, ...]:
    """The row with those who were called so on the day that the text asks about."""
    day = dated.as_of
    if day is None:
        return tuple(row)
    on = day.toordinal()
    return tuple(finder.in_use(item, on) if isinstance(item, Mention) else item for item in row)


def take_out(sentence: Sentence, matcher: Matcher) -> tuple[Sentence, Bound | None]:
    """The sentence without the first part that answers to a matcher, and what the part says."""
    for at in range(len(sentence.row)):
        end, bound = next(matcher(sentence.row, at, Bound()), (at, None))
        if bound is not None:
            row = (*sentence.row[:at], _CUT, *sentence.row[end:])
            return replace(sentence, row=_tidy(row)), bound
    return sentence, None


def _without_openings(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    words = [token.word for token in tokens]
    start = 0
    while longest := _longest_at(words, start, lexicon.openings):
        start += longest
        while start < len(words) and words[start] == COMMA:
            start += 1
    return tokens[start:]


def _longest_at(words: Sequence[Item | None], at: int, phrases: Collection[object]) -> int:
    for end in range(min(len(words), at + LONGEST_ASIDE), at, -1):
        if tuple(words[at:end]) in phrases:
            return end - at
    return 0


def _without(row: Sequence[Item | None], fillers: Collection[Phrase]) -> list[Item | None]:
    left: list[Item | None] = []
    at = 0
    while at < len(row):
        longest = _longest_at(row, at, fillers)
        if not longest:
            left.append(row[at])
        at += longest or 1
    return left


def _without_ending(row: list[Item | None], endings: Iterable[Phrase]) -> list[Item | None]:
    """The row without what is said after a question, and the comma before it."""
    while row and (row[-1] in (COMMA, _CUT) or _ends_with(row, endings)):
        del row[-(_ends_with(row, endings) or 1) :]
    return row


def _ends_with(row: Sequence[Item | None], endings: Iterable[Phrase]) -> int:
    return max((len(e) for e in endings if tuple(row[-len(e) :]) == e), default=0)


def _tidy(row: Iterable[Item | None]) -> tuple[Item, ...]:
    """The row without cuts, and without commas at a cut or at either end."""
    parts = [_CUT, *row, _CUT]
    return tuple(
        item
        for place, item in enumerate(parts)
        if item is not None and not (item == COMMA and _CUT in (parts[place - 1], parts[place + 1]))
    )
