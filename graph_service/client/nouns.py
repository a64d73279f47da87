"""What is known, thing by thing, as methods of a client."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from graph_service.client.connection import Connection
from graph_service.client.errors import NotFound
from graph_service.client.given import Day, as_day
from graph_service.client.listing import Listing
from graph_service.client.plain import shown
from graph_service.client.reading import T, read
from graph_service.domain.episodes import Episode
from graph_service.domain.identity import Judgement
from graph_service.domain.sources import Source
from graph_service.names.candidates import Pair
from graph_service.names.resolution import Resolution
from graph_service.stores.history import ClaimInFull

if TYPE_CHECKING:
    from graph_service.api.shapes import ActorFound, ActorShown, ClaimShown, EpisodeInFull
    from graph_service.api.vocabulary import Vocabulary


class Nouns:
    """What can be looked up. Lists are fetched page by page, as far as somebody looks."""

    _connection: Connection

    def actors(self, q: str | None = None, *, kind: str | None = None) -> "Listing[ActorFound]":
        """Actors: all, or those whose name, alias or metonym is like `q`, the best first.

        >>> [actor.name for actor in graph.actors("Tehran")]
        ['Iran']
        """
        from graph_service.api.shapes import ActorFound

        return Listing(self._connection, "/v1/actors", ActorFound, q=q, kind=kind)

    def actor(self, id: str) -> "ActorShown":
        """An actor by id, name or alias, with its names, identifiers and counted ties."""
        from graph_service.api.shapes import ActorShown

        return self._one(ActorShown, "actors", self.resolve(id))

    def claims(
        self,
        *,
        actor: str | None = None,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,
        source: str | None = None,
        episode: str | None = None,
    ) -> "Listing[ClaimShown]":
        """The claims that answer to every filter, whatever their state; `actor` is at either end.

        >>> [claim.state.value for claim in graph.claims(subject="Iran", relation="backs")]
        ['accepted']
        """
        from graph_service.api.shapes import ClaimShown

        ends = {"actor": actor, "subject": subject, "object": object}
        found = {end: self.resolve(name) for end, name in ends.items() if name is not None}
        others = {"relation": relation, "source": source, "episode": episode}
        return Listing(self._connection, "/v1/claims", ClaimShown, **found, **others)

    def claim(self, id: str) -> ClaimInFull:
        """A claim with all evidence for and against it, and its history.

        >>> claim = graph.claim("c_zmkik5n6mvssngcsh2bbwykulm")
        >>> claim.subject, claim.relation, claim.object, claim.evidence[0].locator
        ('iran', 'backs', 'hamas', 'paragraph 3')
        """
        return self._one(ClaimInFull, "claims", id)

    def sources(self) -> Listing[Source]:
        """Every source."""
        return Listing(self._connection, "/v1/sources", Source)

    def source(self, id: str) -> Source:
        """A source: its publisher and origin, its date, and how far it is believed."""
        return self._one(Source, "sources", id)

    def episodes(self) -> Listing[Episode]:
        """Every episode: talks, wars, crises."""
        return Listing(self._connection, "/v1/episodes", Episode)

    def episode(self, id: str) -> "EpisodeInFull":
        """An episode with its claims."""
        from graph_service.api.shapes import EpisodeInFull

        return self._one(EpisodeInFull, "episodes", id)

    def judgements(self, *, actor: str | None = None) -> Listing[Judgement]:
        """Who said of which two actors that they are one, or are not; of one actor, or all."""
        about = None if actor is None else self.resolve(actor)
        return Listing(self._connection, "/v1/judgements", Judgement, actor=about)

    def ontology(self) -> "Vocabulary":
        """Kinds, channels, families and relations, with what they mean and all their numbers.

        >>> graph.ontology().relations["backs"].family
        'patronage'
        """
        from graph_service.api.vocabulary import Vocabulary

        return read(Vocabulary, self._connection.get("/v1/ontology").data)

    def resolve(self, name: str, as_of: Day | None = None) -> str:
        """The id of an actor, from its id or from exactly its name or alias, in use on a day where
        one is given. Raises `NotFound` with candidates where nobody, or more than one actor, is
        called so.

        >>> graph.resolve("Tehran")
        'iran'
        """
        try:
            return str(self._connection.get(f"/v1/actors/{quote(name, safe='')}").data["id"])
        except NotFound as error:
            near = error.suggestions
        found = self.meant(name, as_of=as_of)
        if found.actor is not None:
            return found.actor
        raise NotFound(
            shown(found.reason),
            suggestions=[candidate.actor for candidate in found.candidates] or near,
        )

    def meant(self, name: str, *, kind: str | None = None, as_of: Day | None = None) -> Resolution:
        """Who is meant by a name, and why, or all who may be meant; of one kind and by names in use
        on a day, where these are given.

        >>> graph.meant("the Kremlin").reason
        '"the Kremlin" stands for Russia (since 1918)'
        """
        asked = self._connection.get("/v1/resolve", name=name, kind=kind, as_of=as_day(as_of))
        return read(Resolution, asked.data)

    def candidates(self, actor: str | None = None, *, limit: int = 20) -> list[Pair]:
        """Pairs of actors who may be one, the likeliest first, with reasons for and against; only
        pairs of one actor, if it is named. Proposals: `judge` makes two actors one."""
        about = None if actor is None else self.resolve(actor)
        found = self._connection.get("/v1/identity/candidates", actor=about, limit=limit)
        return [read(Pair, each) for each in found.data]

    def _one(self, kind: type[T], noun: str, id_: str) -> T:
        return read(kind, self._connection.get(f"/v1/{noun}/{quote(id_, safe='')}").data)
