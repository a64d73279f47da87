"""Answers told step by step, as plain text: claims with dates and sources, and what to doubt."""

from collections.abc import Iterable, Sequence

from graph_service.client.footnotes import Footnotes
from graph_service.client.known import Known
from graph_service.client.plain import Told, shown
from graph_service.domain.periods import Temporal
from graph_service.domain.sources import Source
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Meta
from graph_service.queries.neighbours import Neighbourhood, Tie
from graph_service.queries.paths import Paths
from graph_service.queries.steps import LeveragePath
from graph_service.queries.words import (
    SIGNS,
    claim_in_words,
    source_in_words,
    standing_in_words,
    two_decimals,
)

ASKING_POSSIBLE = 'dates="possible"'


class Telling:
    """A text being written; sources are cited by number and listed at its end."""

    def __init__(self, known: Known, meta: Meta) -> None:
        self._known = known
        self._meta = meta
        self._lines: list[str] = []
        self._notes = Footnotes(known, meta)

    def text(self) -> Told:
        """All of it, with its sources, and where the answer stands."""
        lines = list(self._lines)
        for number, cited in self._notes.cited():
            lines.append(f"[{number}] {source_line(cited, self._known.source(cited))}")
        lines += standing_in_words(self._meta, asking_possible=ASKING_POSSIBLE)
        return Told("\n".join(lines))

    def line(self, text: str, *, indent: int = 0) -> None:
        """One line."""
        self._lines.append(" " * indent + text)

    def name(self, actor: str) -> str:
        """What an actor (by id) is called."""
        return shown(self._known.name(actor))

    def chain(self, actors: Iterable[str], link: str = " → ") -> str:
        """Actors in a row."""
        return link.join(map(self.name, actors))

    def label(self, tie: Tie) -> str:
        """What a tie is called, seen from the nearer actor."""
        relation = self._known.relation(tie.relation)
        return shown(relation["inverse" if tie.direction == "in" else "label"])

    def claims(self, claims: Iterable[CitedClaim], *, indent: int) -> None:
        """Claims in words."""
        for claim in claims:
            relation = self._known.relation(claim.relation)
            event = relation.get("temporal") == Temporal.EVENT
            label = shown(relation["label"])
            told = claim_in_words(claim, label, event=event, name_of=self.name)
            asserted = "".join(self._notes.asserting(claim))
            denied = "".join(self._notes.denying(claim))
            against = f", denied by {denied}" if denied else ""
            self.line(f"{told} {asserted}{against}", indent=indent)

    def doubts(self, missing: Sequence[str], *, indent: int) -> None:
        """What there is to doubt."""
        if missing:
            self.line(f"but: {', '.join(map(shown, missing))}", indent=indent)


def source_line(cited: CitedSource, source: Source) -> str:
    """A source as a footnote has it."""
    parts = (source.publisher, source_in_words(cited), source.url)
    return ". ".join(shown(part, 500) for part in parts if part)


def tell_path(telling: Telling, number: int, path: LeveragePath) -> None:
    """A path of leverage, step by step."""
    share = "" if path.share >= 0.995 else f", {path.share:.0%} of it"
    telling.line(f"{number}. {telling.chain(path.actors)} ({two_decimals(path.weight)}{share})")
    for step in path.steps:
        parts = step.families.items()
        by = ", ".join(f"{name} {part:.0%}" if len(parts) > 1 else name for name, part in parts)
        ends = telling.chain((step.from_, step.to))
        telling.line(f"{ends} {two_decimals(step.value)}{f' by {by}' if by else ''}", indent=3)
        telling.claims(step.claims, indent=5)
        telling.doubts(step.missing, indent=5)


def tell_ties(telling: Telling, data: Neighbourhood) -> None:
    """Every tie, hop by hop."""
    for hop, ring in enumerate(data.hops, start=1):
        for neighbour in ring:
            after = f", after {hop} hops" if hop > 1 else ""
            telling.line(f"{shown(neighbour.actor.name)} ({neighbour.actor.kind}{after})")
            for tie in neighbour.ties:
                sign = f"{SIGNS[tie.sign]}, strength {two_decimals(tie.strength)}"
                telling.line(f"{telling.label(tie)}, {sign}", indent=2)
                telling.claims(tie.claims, indent=4)


def tell_paths(telling: Telling, data: Paths) -> None:
    """Every path, step by step."""
    for number, path in enumerate(data.paths, start=1):
        strength = f"strength {two_decimals(path.strength)}, {SIGNS[path.sign]}"
        telling.line(f"{number}. {telling.chain(path.actors, ' – ')} ({strength})")
        for step in path.steps:
            telling.claims(step.claims, indent=3)
            telling.doubts(step.missing, indent=3)
    if data.nearest:
        telling.line(f"Not at all, by what is known and certain then. There are {data.nearest}.")
