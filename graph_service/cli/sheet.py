"""What every table shows around its rows: claims in words, sources as footnotes, where it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_service.domain.claims import Stance
from graph_service.domain.ontology import Ontology
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Meta, NamedActor
from graph_service.queries.words import (
    age_in_words,
    claim_in_words,
    located,
    single_voice,
    source_in_words,
    standing_in_words,
)

Places = Mapping[tuple[str, Stance], Sequence[str]]
NO_PROOF = "That does not mean no: only what the sources here tell can be found."


@dataclass(frozen=True, slots=True)
class Told:
    """How a claim is told: where in each source its evidence stands, by stance, and, where no
    source says it for itself, `, according to` whom."""

    places: Places = field(default_factory=dict)
    according: str = ""


@dataclass(slots=True)
class Sheet:
    """A page being written to a console. Sources are cited by number and listed at the end.

    `told_of` gives, for a claim's id, how it is told.
    """

    out: Console
    ontology: Ontology
    name_of: Callable[[str], str]
    told_of: Callable[[str], Told]
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

    def whole_line(self, text: str, *, indent: int = 0) -> None:
        """A line that can be copied: it is never broken, however long."""
        self.out.print(" " * indent + text, markup=False, highlight=False, soft_wrap=True)

    def table(self, table: Table) -> None:
        """A table, without the blanks that would fill its last column."""
        for segments in self.out.render_lines(table, pad=False):
            line = Text.assemble(*((part.text, part.style or "") for part in segments))
            line.rstrip()
            self.out.print(line)

    def foreword(self, meta: Meta, *, one_origin: bool = False) -> None:
        """The doubts that stand over all of a page, before its first line."""
        doubts = [single_voice(meta.coverage.sources)] if one_origin else []
        age = age_in_words(meta)
        doubts += [] if age is None else [age]
        for doubt in doubts:
            self.line(doubt)
        if doubts:
            self.line()

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
        self.line()
        for sentence in standing_in_words(meta, asking_possible="--dates possible", aged=False):
            self.line(sentence)

    def nothing(self, around: NamedActor, available: Mapping[str, int]) -> None:
        """That nothing was found, and which relations there are around an actor all the same."""
        self.line(
            "Nothing, by the claims that are known, accepted and certain to hold on that day."
        )
        self.line(NO_PROOF)
        if available:
            counted = ", ".join(f"{name} ({ties})" for name, ties in available.items())
            self.line(f"Around {around.name} there are: {counted}.")

    def _claim(self, claim: CitedClaim) -> str:
        relation = self.ontology.relations[claim.relation]
        told = self.told_of(claim.id)
        denying = self._cite(claim.denied_by, told.places, Stance.DENIED)
        return (
            claim_in_words(claim, relation.label, event=relation.is_event, name_of=self.name_of)
            + f"{told.according} "
            + self._cite(claim.sources, told.places, Stance.ASSERTED)
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
