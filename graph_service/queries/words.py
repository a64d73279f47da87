"""Dates, values, claims and where an answer stands, in words, for people."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from graph_service.domain.claims import Modality, State
from graph_service.domain.periods import When, parse_day
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Coverage, Level, Meta

OLD_DAYS = 183

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}

BY_CHANCE = "when each source's word is left to chance"
BY_TWO_ORIGINS = "if only what two independent origins say counts"
WITH_PROPOSALS = "with everything that is proposed"
SIGNS = {"+": "friendly", "-": "hostile", "0": "neutral", "mixed": "friendly and hostile"}


def in_words(when: str, *, event: bool = False) -> str:
    """When a claim holds, as a person says it; for an event, `A/B` is some day between the two.

    >>> in_words("/..")
    'start unknown, ongoing'
    >>> in_words("2024-07")
    'July 2024'
    >>> in_words("[..2024-09]")
    'by September 2024'
    >>> in_words("2023-10/2024-02")
    'October 2023 to February 2024'
    >>> in_words("/2024-07-31")
    'start unknown, until 31 July 2024'
    >>> in_words("[..2023]/..")
    'begun by 2023, ongoing'
    >>> in_words("2023-10-07/2024-09", event=True)
    'between 7 October 2023 and September 2024'
    """
    parsed = When.parse(when)
    if parsed.single:
        return _date(when)
    left, right = when.split("/")
    if left[:1].isdigit() and right[:1].isdigit():
        wording = "between {} and {}" if event else "{} to {}"
        return wording.format(_date(left), _date(right))
    return f"{_start(left)}, {_end(right)}"


def _start(text: str) -> str:
    if not text:
        return "start unknown"
    return f"begun {_date(text)}" if text.startswith("[") else f"since {_date(text)}"


def _end(text: str) -> str:
    if text in ("", ".."):
        return "ongoing" if text else "end unknown"
    return f"ended {_date(text)}" if text.startswith("[") else f"until {_date(text)}"


def _date(text: str) -> str:
    if text.startswith("[.."):
        return f"by {_date(text[3:-1])}"
    year, month, day = (*text.split("-"), "", "")[:3]
    parts = (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year)
    return " ".join(part for part in parts if part)


def two_decimals(value: float) -> str:
    """A value as people see it: never more than two decimals, and never 0.00 for something.

    >>> [two_decimals(value) for value in (0.4312, 0.001, -0.2, 0.0, 0.9999)]
    ['0.43', '<0.01', '-0.20', '0.00', '>0.99']
    """
    if 0 < value < 0.005:
        return "<0.01"
    if 0.995 <= value < 1:
        return ">0.99"
    return f"{value:.2f}".replace("-0.00", "0.00")


def signed(value: float) -> str:
    """A difference as people see it, its sign always shown.

    >>> [signed(value) for value in (0.4312, -0.2, 0.001)]
    ['+0.43', '-0.20', '0.00']
    """
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text


def source_in_words(source: CitedSource) -> str:
    """A source by title, date and reliability."""
    published = in_words(source.published) if source.published else "undated"
    return f"{source.title}. {published}. {source.reliability}: {_RELIABILITY[source.reliability]}"


def located(places: Sequence[str]) -> str:
    """Where in a source something stands; places of one sort are named once.

    >>> located(["paragraph 9", "paragraph 13"])
    'paragraphs 9, 13'
    >>> located(["row 7", "page 2"])
    'row 7; page 2'
    """
    parted = [place.rpartition(" ") for place in places]
    sorts = {sort for sort, _, _ in parted}
    if len(places) < 2 or len(sorts) > 1 or "" in sorts:
        return "; ".join(places)
    return f"{sorts.pop()}s {', '.join(number for _, _, number in parted)}"


def listed(names: Iterable[str]) -> str:
    """Names in a row, at least one.

    >>> listed(["Iran", "Egypt", "Qatar"])
    'Iran, Egypt and Qatar'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "claim"), count(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def claim_in_words(
    claim: CitedClaim, label: str, *, event: bool, name_of: Callable[[str], str]
) -> str:
    """What a claim says, with what a reader must know to weigh it, and when it holds; `label` is
    that of its relation, `event` whether it happens on a day."""
    said = f"{name_of(claim.subject)} {label} {name_of(claim.object)}"
    return said + weighed_in_words(claim, event=event)


def weighed_in_words(claim: CitedClaim, *, event: bool) -> str:
    """What follows what a claim says: state, modality, strength and outcome where they are not the
    usual ones, and when it holds."""
    marks = [str(claim.state)] if claim.state not in (State.ACCEPTED, None) else []
    marks += [claim.modality] if claim.modality != Modality.DONE else []
    marks += [mark for mark in (claim.strength, claim.outcome) if mark is not None]
    marked = f" ({', '.join(marks)})" if marks else ""
    return f"{marked}, {in_words(claim.when, event=event)}"


def single_voice(sources: int) -> str:
    """That an answer rests on one origin, which stands behind so many sources."""
    voice = "one source" if sources == 1 else "sources of one origin"
    return f"All of this rests on {voice}: nothing here is corroborated."


def age_in_words(meta: Meta) -> str | None:
    """That the evidence is much older than the day asked about, where it is."""
    age = _age(meta)
    if age <= OLD_DAYS:
        return None
    return (
        f"The latest evidence is {age} days older than the day asked about: what is "
        "ongoing here was so when it was last told."
    )


def standing_in_words(meta: Meta, *, asking_possible: str, aged: bool = True) -> Iterator[str]:
    """On which day, on which knowledge and on how much evidence an answer rests, in sentences;
    `asking_possible` is how its reader asks with uncertain dates read as possible, `aged` whether
    the age of the evidence is told here."""
    known = f"known at {meta.known_at}, " if meta.known_at else ""
    yield f"As of {meta.as_of}, {known}up to entry {meta.sequence}. {_rests(meta.coverage)}"
    if meta.level is not None:
        yield _leveled(meta.level)
    if meta.unread_since:
        yield f"The store does not answer: what was written since {meta.unread_since} is missing."
    age = age_in_words(meta) if aged else None
    if age is not None:
        yield age
    held_back = meta.coverage.held_back
    if held_back:
        verb = "is" if held_back == 1 else "are"
        ties = count(held_back, "tie")
        yield f"{ties} {verb} held back for uncertain dates: see with {asking_possible}."
    if meta.truncated:
        yield f"Not the whole answer: {meta.truncated}."


def _age(meta: Meta) -> int:
    """Days from the latest evidence to the day asked about."""
    latest = meta.coverage.latest_attested
    return 0 if latest is None else parse_day(meta.as_of) - parse_day(latest)


def _leveled(level: Level) -> str:
    whole = f"At the level of states: {count(level.actors, 'actor')} count as a state"
    named = (
        f"{state} is also {', '.join((*one.actors, *([f'{one.more} more'] if one.more else ())))}"
        for state, one in level.states.items()
    )
    return f"{'; '.join((whole, *named))}."


def _rests(coverage: Coverage) -> str:
    if not coverage.claims:
        return "It rests on no claims."
    parts = (
        count(coverage.claims, "claim"),
        count(coverage.sources, "source"),
        count(coverage.origins, "origin"),
    )
    return f"It rests on {', '.join(parts)}, the latest attested on {coverage.latest_attested}."


def sure_in_words(interval: tuple[float, float], floor: float, ceiling: float) -> str:
    """How sure a value is, its bounds as people see them.

    >>> sure_in_words((0.0, 0.52), 0.0, 0.35)
    "0.00–0.52 when each source's word is left to chance; 0.00 if only what two independent origins \
say counts; 0.35 with everything that is proposed"
    """
    low, high = map(two_decimals, interval)
    return (
        f"{low}–{high} {BY_CHANCE}; {two_decimals(floor)} {BY_TWO_ORIGINS}; "
        f"{two_decimals(ceiling)} {WITH_PROPOSALS}"
    )
