"""What an answer refers to and does not hold: names, words of relations, sources in full."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from graph_service.client.connection import Connection
from graph_service.client.errors import GraphServiceError, Unavailable
from graph_service.client.reading import read
from graph_service.domain.sources import Reliability, Source
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import NamedActor

T = TypeVar("T")
Places = Mapping[tuple[str, str], list[str]]
"""Where in a source (by id) evidence of a stance stands."""


class Known:
    """Looks up what one answer refers to, each thing once and only when somebody wants to see it.
    What cannot be had is shown as far as the answer itself knows it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._actors: dict[str, NamedActor] = {}
        self._found: dict[str, Any] = {}
        self._cut_off = False

    @property
    def connection(self) -> Connection:
        """Where it looks."""
        return self._connection

    def learn(self, actors: Iterable[NamedActor]) -> None:
        """Take in what the answer says itself."""
        self._actors.update({actor.id: actor for actor in actors})

    def actor(self, id_: str) -> NamedActor:
        """An actor with its name and kind."""
        if id_ not in self._actors:
            unknown = NamedActor(id_, id_, "unknown")
            path = f"/v1/actors/{quote(id_, safe='')}"
            self._actors[id_] = self._look(path, lambda data: read(NamedActor, data), unknown)
        return self._actors[id_]

    def name(self, id_: str) -> str:
        """What an actor is called."""
        return self.actor(id_).name

    def relation(self, name: str) -> Mapping[str, Any]:
        """What the ontology says of a relation."""
        nothing: dict[str, Any] = {}
        relations = self._look("/v1/ontology", lambda data: data["relations"], nothing)
        found: Mapping[str, Any] = relations.get(name, nothing)
        return {"label": name.replace("_", " "), "inverse": name.replace("_", " ")} | dict(found)

    def source(self, cited: CitedSource) -> Source:
        """A source with its publisher and URL."""
        as_cited = Source(
            cited.id,
            cited.title,
            published=cited.published,
            reliability=Reliability(cited.reliability),
        )
        path = f"/v1/sources/{quote(cited.id, safe='')}"
        return self._look(path, lambda data: read(Source, data), as_cited)

    def places(self, claim: str) -> Places:
        """Where the evidence that is accepted now stands."""
        nowhere: dict[tuple[str, str], list[str]] = {}
        return self._look(f"/v1/claims/{quote(claim, safe='')}", _places, nowhere)

    def _look(self, path: str, reading: Callable[[Any], T], otherwise: T) -> T:
        if path not in self._found:
            self._found[path] = otherwise
            if not self._cut_off:
                try:
                    self._found[path] = reading(self._connection.get(path).data)
                except Unavailable:
                    self._cut_off = True
                except GraphServiceError:
                    pass
        found: T = self._found[path]
        return found


def _places(claim: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
    places: dict[tuple[str, str], list[str]] = {}
    for piece in claim["evidence"]:
        if piece["status"] == "accepted" and piece["locator"] is not None:
            places.setdefault((piece["source"], piece["stance"]), []).append(piece["locator"])
    return places
