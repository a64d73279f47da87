"""When a sentence asks about: its dates and its tense, for events, which happen on a day, and for
states, which hold for a time."""

import calendar
from datetime import date

from graph_service.ask.dates import Dated
from graph_service.ask.inflection import Form
from graph_service.ask.other_meanings import OTHERS, SINCE
from graph_service.ask.patterns import Bound
from graph_service.ask.sentence import Sentence
from graph_service.ask.unaskable import Unaskable
from graph_service.queries.words import in_words
from graph_service.questions import Question

_PAST = frozenset({"had", "was", "were", "did", "used"})
_PERFECT = frozenset({"has", "have"})
_BEGUN = "Only ties known to have begun in that time are listed, not those that went on in it."
_EARLIER = "Events of any earlier day are listed, too."
_ANY_DAY = "No date is given: events of any day are listed."
_ROUGHLY = (
    "Events whose date is known only roughly are left out: `--dates possible` (`dates=possible` in "
    "the URL) shows them, too."
)
_AS_OF_TODAY = "Asked as of today: what held before is not shown. Give a date for that."


class Timed:
    """The time of one reading of a sentence; of events, and of what is asked through time, a period
    is when they happened; of what holds for a time it is its last day that is asked about."""

    def __init__(
        self,
        bound: Bound,
        sentence: Sentence,
        *,
        are_events: bool,
        some_are_events: bool,
        through_time: bool,
    ) -> None:
        entry = bound.entry
        self._are_events = are_events
        self._is_mixed = some_are_events and sentence.dated.happened is not None
        self._is_new = entry is not None and entry.meaning.new
        self._form = None if entry is None else entry.form
        self._words = sentence.words
        self._today = sentence.today
        said = sentence.dated
        happened = said.happened if are_events or self._is_new or through_time else None
        self._dated: Dated = happened or said
        self._is_undated = said.as_of is None and said.since is None

    def dates(self, name: str) -> dict[str, str]:
        """The dates as the question of this name takes them; raises `Unaskable`."""
        dated, found = self._dated, {}
        if dated.since is not None:
            if name not in SINCE:
                since = in_words(dated.since.isoformat())
                raise Unaskable(
                    f"It asks since {since}, and only ties can be asked for since a day: ask this "
                    "as of one day."
                )
            found[SINCE[name]] = dated.since.isoformat()
        if dated.as_of is not None:
            found["as_of"] = dated.as_of.isoformat()
        return found

    def check(self, question: Question) -> None:
        """Raise `Unaskable`, with the questions that may be meant, where the time is not said."""
        if self._dated.unclear:
            raise Unaskable(self._dated.unclear, instead=(self._in_that_month(question),))
        if self._is_new and self._dated.since is None:
            raise Unaskable("It asks what is new: say since when, “since July 2024”.")
        if question.name in OTHERS:
            return
        if self._is_undated and self._is_past() and not self._are_events:
            end_of_last_year = date(self._today.year - 1, 12, 31).isoformat()
            then = Question(question.name, {**question.parameters, "as_of": end_of_last_year})
            raise Unaskable("It asks about the past without saying when.", instead=(question, then))

    def notes_on_dates(self) -> tuple[str, ...]:
        """How the dates themselves were read."""
        return self._dated.notes

    def notes(self) -> tuple[str, ...]:
        """What is taken for granted of the time."""
        if self._are_events:
            return (*self._dated.notes, *self._of_events())
        if self._dated.since is not None:
            return (_BEGUN, *self._dated.notes)
        if self._is_undated:
            return (_AS_OF_TODAY,) if self._is_perfect() else ()
        return (*self._dated.notes, *((_EARLIER,) if self._is_mixed else ()))

    def _of_events(self) -> tuple[str, ...]:
        if self._is_undated:
            acts = self._form is Form.ING or self._is_past()
            return (_ANY_DAY,) if acts else ()
        if self._dated.since is None:
            return (_EARLIER,)
        return () if self._dated.as_of is None else (_ROUGHLY,)

    def _is_past(self) -> bool:
        return self._form is Form.PAST or bool(self._words & _PAST)

    def _is_perfect(self) -> bool:
        been = self._form is Form.PARTICIPLE or "been" in self._words
        return been and bool(self._words & _PERFECT)

    def _in_that_month(self, question: Question) -> Question:
        day_ = self._dated.as_of or self._today
        last = day_.replace(day=calendar.monthrange(day_.year, day_.month)[1])
        days = day_.replace(day=1), min(last, self._today)
        rest = {name: text for name, text in question.parameters.items() if name != "as_of"}
        since, as_of = (day_.isoformat() for day_ in days)
        return Question(question.name, {**rest, "since": since, "as_of": as_of})
