"""What every table shows around its rows: claims in words, sources as footnotes, where it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_service.cli.words import in_words, located, source_in_words
from graph_service.domain.claims import Modality, Stance, State
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import parse_day
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Coverage, Meta, NamedActor

OLD_DAYS = 183
Places = Mapping[tuple[str, Stance], Sequence[str]]


@dataclass(slots=True)
class Sheet:
    """A page being written to a console. Sources are cited by number and listed at the end.

    `places_of` gives, for a claim's id, where in each source its evidence stands, by stance.
    """

    out: Console
    ontology: Ontology
    name_of: Callable[[str], str]
    places_of: Callable[[str], Places]
    _sources: dict[str, CitedSource] = field(default_factory=dict)
    _told: set[tuple[str, ...]] = field(default_factory=set)

    def title(self, text: str) -> None:
        """The question, as a heading."""
        self.out.print(Text(text, style="bold"))

    def line(self, text: str = "", *, indent: int = 0, hang: int = 0) -> None:
        """A line of text; what is longer than the terminal is wide goes on under its start, moved
        to the right by `hang`."""
        parts = Text(text).wrap(self.out, self.out.width - indent - hang) or [Text()]
        for place, part in enumerate(parts):
            part.rstrip()
            self.out.print(Text(" " * (indent + hang * (place > 0))) + part)

    def table(self, table: Table) -> None:
        """A table."""
        self.out.print(table)

    def claims(self, claims: Iterable[CitedClaim], *, indent: int) -> None:
        """Claims in words, each with its dates and the numbers of its sources."""
        for claim in claims:
            self.line(self._claim(claim), indent=indent, hang=2)

    def doubts(self, missing: Sequence[str], *, indent: int) -> None:
        """What a step leaves to be wished for."""
        if missing:
            self.line(f"but: {', '.join(missing)}", indent=indent)

    def is_told(self, key: tuple[str, ...]) -> bool:
        """Whether this was told on the page before; from now on it is."""
        known = key in self._told
        self._told.add(key)
        return known

    def sources(self) -> None:
        """Every source cited so far, under its number."""
        if self._sources:
            self.line()
            self.title("Sources")
        for number, source in enumerate(self._sources.values(), start=1):
            self.line(f"[{number}] {source_in_words(source)}", indent=1, hang=4)

    def standing(self, meta: Meta) -> None:
        """On which day, on which knowledge and on how much evidence an answer rests."""
        known = f"known at {meta.known_at}, " if meta.known_at else ""
        self.line()
        self.line(
            f"As of {meta.as_of}, {known}up to entry {meta.sequence}. {_rests(meta.coverage)}"
        )
        age = _age(meta)
        if age > OLD_DAYS:
            self.line(
                f"The latest evidence is {age} days older than this day: what is ongoing here was "
                "so when it was last told."
            )
        if meta.coverage.held_back:
            self.line(_held_back(meta.coverage.held_back))
        if meta.truncated:
            self.line(f"Not the whole answer: {meta.truncated}.")

    def nothing(self, around: NamedActor, available: Mapping[str, int]) -> None:
        """That nothing was found, and which relations there are around an actor all the same."""
        self.line(
            "Nothing, by the claims that are known, accepted and certain to hold on that day."
        )
        if available:
            counted = ", ".join(f"{name} ({ties})" for name, ties in available.items())
            self.line(f"Around {around.name} there are: {counted}.")

    def _claim(self, claim: CitedClaim) -> str:
        relation = self.ontology.relations[claim.relation]
        marks = [str(claim.state)] if claim.state not in (State.ACCEPTED, None) else []
        marks += [claim.modality] if claim.modality != Modality.DONE else []
        marks += [mark for mark in (claim.strength, claim.outcome) if mark is not None]
        marked = f" ({', '.join(marks)})" if marks else ""
        places = self.places_of(claim.id)
        denying = self._cite(claim.denied_by, places, Stance.DENIED)
        return (
            f"{self.name_of(claim.subject)} {relation.label} {self.name_of(claim.object)}{marked}, "
            f"{in_words(claim.when, event=relation.is_event)} "
            + self._cite(claim.sources, places, Stance.ASSERTED)
            + (f", denied by {denying}" if denying else "")
        )

    def _cite(self, sources: Iterable[CitedSource], places: Places, stance: Stance) -> str:
        return "".join(self._footnote(one, places.get((one.id, stance), ())) for one in sources)

    def _footnote(self, source: CitedSource, places: Sequence[str]) -> str:
        self._sources.setdefault(source.id, source)
        number = list(self._sources).index(source.id) + 1
        return f"[{number}: {located(places)}]" if places else f"[{number}]"


def columns(*headings: str, right: frozenset[str] = frozenset()) -> Table:
    """An empty table with these columns, some of them set to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left")
    return table


def _age(meta: Meta) -> int:
    """Days from the latest evidence to the day asked about."""
    latest = meta.coverage.latest_attested
    return 0 if latest is None else parse_day(meta.as_of) - parse_day(latest)


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "claim"), count(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _rests(coverage: Coverage) -> str:
    if not coverage.claims:
        return "It rests on no claims."
    parts = (
        count(coverage.claims, "claim"),
        count(coverage.sources, "source"),
        count(coverage.origins, "origin"),
    )
    return f"It rests on {', '.join(parts)}, the latest attested on {coverage.latest_attested}."


def _held_back(ties: int) -> str:
    verb = "is" if ties == 1 else "are"
    return f"{count(ties, 'tie')} {verb} held back for uncertain dates: see with --dates possible."
