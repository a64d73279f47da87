"""Answers that are told in outline: one class a question, of one shape."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from graph_service.client.answers import FEW, Answer
from graph_service.client.cards import Card
from graph_service.client.frames import Columns, Row
from graph_service.client.markup import name, safe
from graph_service.client.outlined_rows import COLUMNS, rows_of
from graph_service.client.plain import Told, shown
from graph_service.client.telling import Telling
from graph_service.queries.answers import CitedClaim, NamedActor
from graph_service.queries.outline import (
    Block,
    Evidence,
    Heading,
    Line,
    Outline,
    Rows,
    actors_in,
    claims_in,
)
from graph_service.queries.outlines import OUTLINES
from graph_service.queries.words import single_voice

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class OutlinedAnswer(Answer[T], Generic[T]):
    """An answer whose `data` is told in outline."""

    question: ClassVar[str]

    def explain(self) -> Told:
        """All of it in words, with claims, dates, sources and what to doubt."""
        text = Telling(self._known, self.meta)
        text.line(f"{self._question()}, as of {self.meta.as_of}:")
        for block in self._outline.blocks(self.data, text.name):
            _tell(text, block)
        text.line("")
        return text.text()

    @property
    def _outline(self) -> Outline[Any]:
        return OUTLINES[self.question]

    def _question(self) -> str:
        return shown(self._outline.title(self.data), 300)

    def _actors(self) -> Iterator[NamedActor]:
        return actors_in(self.data)

    def _every_claim(self) -> Iterator[CitedClaim]:
        return claims_in(self.data)

    def _table(self) -> tuple[Columns, Iterable[Row]]:
        rows: Iterator[Row] = rows_of(self.data)
        return COLUMNS[self.question], (row | {"as_of": self.meta.as_of} for row in rows)

    def _draw(self, card: Card) -> None:
        if getattr(self.data, "one_origin", False):
            card.line(single_voice(self.meta.coverage.sources))
        for block in self._outline.blocks(self.data, self._known.name):
            _draw(card, block)

    def _briefly(self) -> Iterator[str]:
        for place, part in enumerate(self._outline.briefly(self.data)):
            if place == FEW:
                yield "…"
                return
            yield shown(part)


def _tell(text: Telling, block: Block) -> None:
    match block:
        case Heading(heading):
            text.line("")
            text.line(shown(heading, 300))
        case Line(line, indent):
            text.line(shown(line, 1000), indent=indent)
        case Evidence(claims, missing, indent):
            text.claims(claims, indent=indent)
            text.doubts(missing, indent=indent)
        case Rows(headings, rows, _):
            for row in (headings, *rows):
                text.line("  ".join(shown(cell) for cell in row), indent=1)


def _draw(card: Card, block: Block) -> None:
    match block:
        case Heading(heading):
            card.title(safe(shown(heading, 300)))
        case Line(line, _):
            card.line(safe(shown(line, 1000)))
        case Evidence(claims, missing, _):
            card.line(card.claims(claims, missing))
        case Rows(headings, rows, _):
            cells = [[name(cell) for cell in row] for row in rows]
            card.table([safe(shown(heading)) for heading in headings], cells, of=len(rows))
