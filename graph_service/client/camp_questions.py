"""The questions about many actors, as methods of a client."""

from collections.abc import Iterable
from urllib.parse import quote

from graph_service.client.answers import A
from graph_service.client.given import Day, Time, as_day, one_by_one
from graph_service.client.nouns import Nouns
from graph_service.client.outlined_answers import (
    BalanceAnswer,
    BlocsAnswer,
    BrokersAnswer,
    CoverageAnswer,
    LatentAnswer,
)


class CampQuestions(Nouns):
    """What can be asked of many actors; `Questions` says what every question takes."""

    def balance(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        *actors: str | Iterable[str],
        size: int | None = None,
        limit: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> BalanceAnswer:
        """The triads of these actors that do not go together, the tensest first; without names,
        those of the `size` actors with most between them.

        >>> graph.balance(as_of="2024-09-30").data.triads
        1
        """
        return self._ask(
            BalanceAnswer,
            "/v1/balance",
            actors=self._some(actors, as_of),
            size=size,
            limit=limit,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def blocs(
        self,
        *actors: str | Iterable[str],
        size: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> BlocsAnswer:
        """Who stands with whom against whom, and how sure that is; without names, of the `size`
        actors with most between them.

        >>> len(graph.blocs(as_of="2024-09-30").data.blocs)
        2
        """
        return self._ask(
            BlocsAnswer,
            "/v1/blocs",
            actors=self._some(actors, as_of),
            size=size,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def brokers(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        over: str | None = None,
        *,
        limit: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> BrokersAnswer:
        """Through whom others have influence, over one actor or over anybody.

        >>> graph.brokers("Hamas", as_of="2024-09-30").ranking[0].actor.name
        'United States'
        """
        return self._ask(
            BrokersAnswer,
            "/v1/brokers",
            over=None if over is None else self.resolve(over, as_of),
            limit=limit,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def coverage(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        actor: str | None = None,
        *,
        limit: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> CoverageAnswer:
        """What the graph does not know, of an actor or of anybody: ties by one origin alone, stale
        ties, gaps in time.

        >>> graph.coverage("Hamas", as_of="2024-09-30").data.single
        12
        """
        return self._ask(
            CoverageAnswer,
            "/v1/coverage",
            actor=None if actor is None else self.resolve(actor, as_of),
            limit=limit,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def latent(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        actor: str,
        *,
        limit: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> LatentAnswer:
        """Which states stand where supporters of such a group usually stand: *inferred*, asserted
        by no source, and no part of leverage.

        >>> graph.latent("Hamas", as_of="2024-09-30").data.inferred
        True
        """
        id_ = quote(self.resolve(actor, as_of), safe="")
        return self._ask(
            LatentAnswer,
            f"/v1/actors/{id_}/latent",
            limit=limit,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def _ask(self, kind: type[A], path: str, **parameters: object) -> A:
        return kind.of(self._connection.get(path, **parameters), self._connection)

    def _some(self, actors: Iterable[str | Iterable[str]], as_of: Day | None) -> list[str] | None:
        return [self.resolve(actor, as_of) for actor in one_by_one(actors)] or None
