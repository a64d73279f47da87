"""Who an actor is tied to, and how two actors connect: answers of claims between actors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import httpx2

from graph_service.client.answers import FEW, Answer
from graph_service.client.cards import Card, paths_table, ties_table
from graph_service.client.frames import STEPS, TIES, Columns, Row, step_rows, tie_rows
from graph_service.client.plain import Told, shown
from graph_service.client.telling import Telling, tell_paths, tell_ties
from graph_service.queries.answers import CitedClaim, NamedActor
from graph_service.queries.neighbours import Neighbour, Neighbourhood
from graph_service.queries.paths import Path, Paths


@dataclass(frozen=True, repr=False)
class NeighboursAnswer(Answer[Neighbourhood]):
    """Who `actor` is tied to, hop by hop."""

    shape = Neighbourhood

    @property
    def actor(self) -> NamedActor:
        """The actor that was asked about."""
        return self.data.actor

    @property
    def hops(self) -> Sequence[Sequence[Neighbour]]:
        """Those at one hop, those at two, and so on, the strongest tie first."""
        return self.data.hops

    @property
    def available(self) -> Mapping[str, int]:
        """How many ties of each relation there are around the actor, where the filters left none."""
        return self.data.available

    def explain(self) -> Told:
        """Every tie in words, with its claims."""
        text = Telling(self._known, self.meta)
        text.line(f"{self._question()}, as of {self.meta.as_of}:")
        tell_ties(text, self.data)
        text.line("")
        return text.text()

    def _question(self) -> str:
        return f"Whom is {shown(self.actor.name)} tied to"

    def _actors(self) -> Iterator[NamedActor]:
        yield self.actor
        yield from (neighbour.actor for ring in self.hops for neighbour in ring)

    def _every_claim(self) -> Iterator[CitedClaim]:
        for ring in self.hops:
            for neighbour in ring:
                for tie in neighbour.ties:
                    yield from tie.claims

    def _table(self) -> tuple[Columns, Iterable[Row]]:
        return TIES, tie_rows(self.data, self.meta.as_of)

    def _draw(self, card: Card) -> None:
        ties_table(card, self.data)

    def _briefly(self) -> Iterator[str]:
        near = [shown(neighbour.actor.name) for ring in self.hops for neighbour in ring]
        yield from near[:FEW]
        if len(near) > FEW:
            yield f"and {len(near) - FEW} more"


@dataclass(frozen=True, repr=False)
class PathsAnswer(Answer[Paths]):
    """How two actors connect."""

    shape = Paths

    @property
    def paths(self) -> Sequence[Path]:
        """The paths in their order, each with its steps."""
        return self.data.paths

    @property
    def nearest(self) -> str | None:
        """Which relations there are at each end, where there is no path."""
        return self.data.nearest

    def explain(self) -> Told:
        """Every path, step by step, with its claims."""
        text = Telling(self._known, self.meta)
        text.line(f"{self._question()}, as of {self.meta.as_of}:")
        tell_paths(text, self.data)
        text.line("")
        return text.text()

    def _question(self) -> str:
        asked = httpx2.URL(self._url).params
        one, other = (shown(self._known.name(asked[end])) for end in ("from", "to"))
        return f"How do {one} and {other} connect"

    def _actors(self) -> Iterator[NamedActor]:
        return iter(())

    def _every_claim(self) -> Iterator[CitedClaim]:
        for path in self.paths:
            for step in path.steps:
                yield from step.claims

    def _table(self) -> tuple[Columns, Iterable[Row]]:
        return STEPS, step_rows(self.data, self.meta.as_of, self._known)

    def _draw(self, card: Card) -> None:
        paths_table(card, self.data)
        if self.nearest:
            card.line(f"Not at all, by what is known and certain then. There are {self.nearest}.")

    def _briefly(self) -> Iterator[str]:
        for path in self.paths[:FEW]:
            yield " – ".join(shown(self._known.name(actor)) for actor in path.actors)
