"""Who has leverage over an actor, and over whom an actor has it: two answers of one shape."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph_service.client.answers import FEW, Answer
from graph_service.client.cards import Card, ranked_table
from graph_service.client.errors import NotFound
from graph_service.client.frames import RANKED, Columns, Row, ranked_rows
from graph_service.client.plain import Told, shown
from graph_service.client.telling import Telling, tell_path
from graph_service.queries.answers import CitedClaim, NamedActor
from graph_service.queries.influence import Influenced, InfluenceOf, Ranked
from graph_service.queries.leverage import Entry, LeverageOver
from graph_service.queries.words import signed, single_voice, sure_in_words, two_decimals

R = TypeVar("R", LeverageOver, InfluenceOf)


@dataclass(frozen=True, repr=False)
class Ranking(Answer[R]):
    """Actors ranked by influence (`ranking`) and by coercion (`coercion`)."""

    @property
    def one_origin(self) -> bool:
        """Whether everything cited comes from one origin, so that nothing is corroborated."""
        return self.data.one_origin

    @property
    def available(self) -> Mapping[str, int]:
        """How many ties of each relation there are around the actor, where nobody is ranked."""
        return self.data.available

    def explain(self, actor: str | None = None) -> Told:
        """How an actor (by id or name; else the first) comes to its values: step by step, with
        claims, dates, sources and what to doubt. Raises `NotFound` for one who is not ranked.

        >>> told = graph.leverage("Hamas", as_of="2024-09-30").explain("Iran")
        >>> told.splitlines()[5].strip()
        'Iran backs Hamas (exceptional), start unknown, ongoing [1: paragraph 3]'
        """
        text = Telling(self._known, self.meta)
        told = self._ranked(actor)
        for value, entry in told:
            text.line(f"{self._sentence(value, entry)}, as of {self.meta.as_of}.")
            for line in _measures(entry):
                text.line(line)
            text.line("")
            for number, path in enumerate(entry.paths, start=1):
                tell_path(text, number, path)
            text.line("")
        if not told:
            text.line(f"{self._question()}: nobody, by what is known and certain then.")
            text.line("")
        return text.text()

    def _ranked(self, actor: str | None) -> list[tuple[str, Ranked]]:
        ranked: list[tuple[str, Ranked]] = [("leverage", entry) for entry in self.data.ranking]
        ranked += [("coercion", entry) for entry in self.data.coercion]
        if actor is None:
            return ranked[:1]
        found = [one for one in ranked if actor in (one[1].actor.id, one[1].actor.name)]
        if not found:
            near = [entry.actor.id for _, entry in ranked[:FEW]]
            raise NotFound(f"{shown(actor)!r} is not ranked in this answer", suggestions=near)
        return [(value, entry) for value, entry in found if entry.paths] or found[:1]

    def _entries(self) -> Iterator[Ranked]:
        yield from self.data.ranking
        yield from self.data.coercion

    def _actors(self) -> Iterator[NamedActor]:
        yield self._centre()
        yield from (entry.actor for entry in self._entries())

    def _every_claim(self) -> Iterator[CitedClaim]:
        for entry in self._entries():
            for path in entry.paths:
                for step in path.steps:
                    yield from step.claims

    def _table(self) -> tuple[Columns, Iterable[Row]]:
        lists = {"influence": self.data.ranking, "coercion": self.data.coercion}
        return RANKED, ranked_rows(lists, self.meta.as_of)

    def _draw(self, card: Card) -> None:
        if self.one_origin:
            card.line(single_voice(self.meta.coverage.sources))
        for value, entries in (("leverage", self.data.ranking), ("coercion", self.data.coercion)):
            if entries:
                ranked_table(card, entries, value)
        if not self.data.ranking and not self.data.coercion:
            around = ", ".join(f"{name} ({ties})" for name, ties in self.available.items())
            card.line(f"Nobody, by what is known and certain then. Around are: {around or 'none'}.")

    def _briefly(self) -> Iterator[str]:
        for entry in self.data.ranking[:FEW]:
            yield f"{shown(entry.actor.name)} {two_decimals(entry.leverage)}"

    @abstractmethod
    def _centre(self) -> NamedActor:
        """The actor that was asked about."""

    @abstractmethod
    def _sentence(self, value: str, entry: Ranked) -> str:
        """Who has how much of what over whom."""


class LeverageAnswer(Ranking[LeverageOver]):
    """Who has leverage over `target`.

    >>> answer = graph.leverage("Hamas", as_of="2024-09-30")
    >>> answer.ranking[0].actor.name, round(answer.ranking[0].leverage, 2)
    ('Iran', 0.35)
    >>> answer
    <LeverageAnswer: Who has leverage over Hamas, as of 2024-09-30: Iran 0.35, ...>
    """

    shape = LeverageOver

    @property
    def target(self) -> NamedActor:
        """The actor over whom."""
        return self.data.target

    @property
    def ranking(self) -> Sequence[Entry]:
        """The actors by influence, the strongest first."""
        return self.data.ranking

    @property
    def coercion(self) -> Sequence[Entry]:
        """The actors by coercion, the strongest first."""
        return self.data.coercion

    def _centre(self) -> NamedActor:
        return self.data.target

    def _question(self) -> str:
        return f"Who has leverage over {shown(self.target.name)}"

    def _sentence(self, value: str, entry: Ranked) -> str:
        has = f"{value} of {two_decimals(getattr(entry, value))}"
        return f"{shown(entry.actor.name)} has {has} over {shown(self.target.name)}"


class InfluenceAnswer(Ranking[InfluenceOf]):
    """Over whom `actor` has leverage."""

    shape = InfluenceOf

    @property
    def actor(self) -> NamedActor:
        """The actor who has it."""
        return self.data.actor

    @property
    def ranking(self) -> Sequence[Influenced]:
        """Those over whom, by influence, the strongest first."""
        return self.data.ranking

    @property
    def coercion(self) -> Sequence[Influenced]:
        """Those over whom, by coercion, the strongest first."""
        return self.data.coercion

    def _centre(self) -> NamedActor:
        return self.data.actor

    def _question(self) -> str:
        return f"Whom does {shown(self.actor.name)} have leverage over"

    def _sentence(self, value: str, entry: Ranked) -> str:
        has = f"{value} of {two_decimals(getattr(entry, value))}"
        return f"{shown(self.actor.name)} has {has} over {shown(entry.actor.name)}"


def _measures(entry: Ranked) -> Iterator[str]:
    """The other figures of an entry, in words."""
    own = [f"net {signed(entry.net)}"]
    if isinstance(entry, Entry):
        own.append(f"exclusivity {two_decimals(entry.exclusivity)}")
        own += [f"{name} {two_decimals(v)}" for name, v in entry.channels.items() if v > 0]
    yield ", ".join(own)
    if isinstance(entry, Entry):
        yield from _how_sure(entry)


def _how_sure(entry: Entry) -> Iterator[str]:
    if entry.interval is not None and entry.floor is not None and entry.ceiling is not None:
        yield sure_in_words(entry.interval, entry.floor, entry.ceiling)
    if entry.sole_origin is not None:
        yield f"without the origin {shown(entry.sole_origin)}: nothing"
    for claim in entry.counterfactuals.claims[:FEW] if entry.counterfactuals else ():
        yield f"without the claim {claim.id}: {signed(claim.change)}"
