"""Answers as a notebook works with them: typed data, tables, graphs, explanations, citations."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar
from urllib.parse import quote

import httpx2

from graph_service.client.cards import Card
from graph_service.client.connection import Connection, Reply
from graph_service.client.frames import Columns, Row, frame_of
from graph_service.client.graphs import graph_of
from graph_service.client.known import Known
from graph_service.client.offline import page_of
from graph_service.client.pictures import Json, picture_of
from graph_service.client.plain import Told
from graph_service.client.reading import read
from graph_service.client.telling import ASKING_POSSIBLE, source_line
from graph_service.domain.sources import Source
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Meta, NamedActor
from graph_service.queries.words import in_words, standing_in_words

if TYPE_CHECKING:
    import networkx
    import pandas

    from graph_service.client.ties import NeighboursAnswer
    from graph_service.client.views import View

T = TypeVar("T")
A = TypeVar("A", bound="Answer[Any]")
FEW = 3
"""How much of an answer its one line names."""


@dataclass(frozen=True, repr=False)
class Answer(ABC, Generic[T]):
    """An answer: `data`, typed; `meta`, where it stands; `link`, the URL that asks for it again,
    None in this process; `next_cursor`, where it goes on."""

    shape: ClassVar[type]

    data: T
    meta: Meta
    link: str | None = field(default=None, compare=False)
    next_cursor: str | None = None
    _known: Known = field(kw_only=True, compare=False)
    _url: str = field(kw_only=True, compare=False)

    @classmethod
    def of(cls, reply: Reply, connection: Connection) -> Self:
        """The answer that a reply holds."""
        meta = read(Meta, reply.meta)
        answer = cls(
            data=read(cls.shape, reply.data),
            meta=meta,
            link=_permanent(reply.url, meta) if connection.has_url else None,
            next_cursor=reply.meta.get("next_cursor"),
            _known=Known(connection),
            _url=reply.url,
        )
        answer._known.learn(answer._actors())
        return answer

    @cached_property
    def df(self) -> "pandas.DataFrame":
        """The answer as a table of pandas.

        In ties and steps, `when` is what the claims say of their dates, as told (several with
        commas: `2023-10/..` is since October 2023, an empty side unknown, `..` ongoing); `since`
        and `until` are the first and the last day that they may touch, whole months and years read
        from end to end, and NaT where that is open or unknown for one of them.
        """
        columns, rows = self._table()
        return frame_of(columns, rows)

    def rows(self) -> list[Row]:
        """The rows of `df` as plain values, without pandas; days are texts, and what is not there
        is left out or None."""
        _, rows = self._table()
        return list(rows)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that is cited, for or against, each once, in the order of citation."""
        return tuple(self._known.source(source) for source in self._cited_sources())

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """The cited claims as a graph: an edge each, keyed by the claim's id, with relation,
        family, sign, dates, state and sources; actors as nodes with name and kind."""
        about = {
            "question": self._question(),
            "as_of": self.meta.as_of,
            "known_at": self.meta.known_at,
            "sequence": self.meta.sequence,
        }
        actors = [actor.id for actor in self._actors()]
        return graph_of(self.claims, self._known, actors=actors, about=about)

    def view(self) -> "View":
        """The answer as a picture in a notebook: ties can be chosen and read back (`chosen`,
        `claims`, `df`), actors expanded, and time turned back.

        ``graph.leverage("Hamas").view()``
        """
        from graph_service.client.views import View

        return View(self)

    def to_html(self, path: str | PathLike[str]) -> Path:
        """Write the picture to a file of its own that opens in any browser without the service,
        with the answer in words and its footnote; gives its path."""
        page = page_of(self.picture(), told=self.explain(), cited=self.cite())
        file = Path(path)
        file.write_text(page, "utf-8")
        return file

    def picture(self, *, and_: Iterable[CitedClaim] = ()) -> Json:
        """What `view` and `to_html` draw: `nodes`, `ties` with their claims, and the words around
        it, as plain values; further claims are drawn as well."""
        claims = {claim.id: claim for claim in (*self.claims, *and_)}
        return picture_of(
            claims.values(),
            self._known,
            actors=[actor.id for actor in self._actors()],
            heading=f"{self._question()}, as of {in_words(self.meta.as_of)}",
            standing=standing_in_words(self.meta, asking_possible=ASKING_POSSIBLE),
        )

    def ties_of(self, actor: str) -> "NeighboursAnswer":
        """All ties of an actor (by id), on the day and on the knowledge of this answer."""
        from graph_service.client.ties import NeighboursAnswer

        connection = self._known.connection
        path = f"/v1/actors/{quote(actor, safe='')}/neighbours"
        reply = connection.get(path, as_of=self.meta.as_of, known_at=self.meta.known_at, limit=200)
        return NeighboursAnswer.of(reply, connection)

    @abstractmethod
    def explain(self) -> Told:
        """The answer told step by step, with claims, dates, sources and what to doubt."""

    def cite(self) -> Told:
        """A footnote: what was asked, where the answer stands, and what it rests on."""
        known = f", as known at {self.meta.known_at}" if self.meta.known_at else ""
        asked = f"{self._question()}? As of {in_words(self.meta.as_of)}{known}, up to entry "
        named = [
            source_line(source, self._known.source(source)) for source in self._cited_sources()
        ]
        rests = f"By {'; '.join(named)}." if named else "By no source."
        parts = (f"{asked}{self.meta.sequence}.", rests, self.link)
        return Told(" ".join(part for part in parts if part))

    def _repr_html_(self) -> str:
        card = Card(self._known, self.meta)
        card.title(f"{self._question()}, as of {self.meta.as_of}")
        self._draw(card)
        return card.html()

    def __repr__(self) -> str:
        told = ", ".join(self._briefly()) or "nothing"
        return f"<{type(self).__name__}: {self._question()}, as of {self.meta.as_of}: {told}>"

    def _cited_sources(self) -> tuple[CitedSource, ...]:
        cited = [s for claim in self.claims for s in (*claim.sources, *claim.denied_by)]
        return tuple({source.id: source for source in cited}.values())

    @cached_property
    def claims(self) -> tuple[CitedClaim, ...]:
        """Every claim that is cited, each once."""
        return tuple({claim.id: claim for claim in self._every_claim()}.values())

    @abstractmethod
    def _question(self) -> str:
        """What was asked, in words."""

    @abstractmethod
    def _actors(self) -> Iterable[NamedActor]:
        """The actors that the answer names."""

    @abstractmethod
    def _every_claim(self) -> Iterable[CitedClaim]:
        """The claims that are cited, as often as they are."""

    @abstractmethod
    def _table(self) -> tuple[Columns, Iterable[Row]]:
        """The answer as a table: its columns with their types, and its rows."""

    @abstractmethod
    def _draw(self, card: Card) -> None:
        """The answer as tables of a card."""

    @abstractmethod
    def _briefly(self) -> Iterator[str]:
        """The first parts of the answer, in a few words each."""


def _permanent(url: str, meta: Meta) -> str:
    """The URL with the day that the answer is of, which stays when today is past."""
    return str(httpx2.URL(url).copy_set_param("as_of", meta.as_of))
