"""The questions, as methods of a client."""

from urllib.parse import quote

from graph_service.client.asked import AskAnswer
from graph_service.client.given import Day, Names, Time, as_day, as_names
from graph_service.client.other_questions import OtherQuestions
from graph_service.client.rankings import InfluenceAnswer, LeverageAnswer
from graph_service.client.ties import NeighboursAnswer, PathsAnswer


class Questions(OtherQuestions):
    """What can be asked. Actors are given by id, or by exactly a name or alias: `Hamas`, `Tehran`.

    Every question takes `as_of` (the day in the world; today), `known_at` (what the store knew
    then; everything), `dates` (`certain`, or `possible` for ties that may hold),
    `min_confidence` (only evidence coded with at least that) and `fold` (`none`, or `state` for
    actors to count as the state that they act for). Days are texts or dates. Raises `NotFound`,
    `Refused`, and what else `GraphServiceError` stands for.
    """

    def leverage(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        target: str,
        *,
        by: str | None = None,
        channels: Names | None = None,
        hops: int | None = None,
        limit: int | None = None,
        paths: int | None = None,
        uncertainty: bool | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> LeverageAnswer:
        """Who has leverage over an actor, by what, and on what evidence.

        `by` asks for one actor, with all its paths; `channels` are those that the last step may
        use (`all`, or some of command, carrots, access, revealed, sticks); `uncertainty` gives
        tiers, intervals, floors and ceilings. Values are an index in [0, 1), no probabilities.

        >>> graph.leverage("Hamas", by="Tehran", as_of="2024-09-30").ranking[0].paths[0].actors
        ('iran', 'hamas')
        """
        return self._ask(
            LeverageAnswer,
            self._about(target, "leverage", as_of),
            by=None if by is None else self.resolve(by, as_of),
            channels=channels,
            hops=hops,
            limit=limit,
            paths=paths,
            uncertainty=uncertainty,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def influence(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        actor: str,
        *,
        channels: Names | None = None,
        hops: int | None = None,
        limit: int | None = None,
        paths: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> InfluenceAnswer:
        """Over whom an actor has leverage.

        >>> graph.influence("Tehran", as_of="2024-09-30").ranking[0].actor.name
        'Hamas'
        """
        return self._ask(
            InfluenceAnswer,
            self._about(actor, "influence", as_of),
            channels=channels,
            hops=hops,
            limit=limit,
            paths=paths,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def neighbours(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        actor: str,
        *,
        hops: int | None = None,
        relations: Names | None = None,
        families: Names | None = None,
        sign: str | None = None,
        direction: str | None = None,
        among: Names | None = None,
        since: Day | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> NeighboursAnswer:
        """Whom an actor is tied to, by what, since when, hop by hop.

        `sign` is +, -, 0 or mixed; `direction` out, in or both; `among` keeps ties to these
        actors; `since` ties with a claim that begins on that day or later. `cursor` goes on at
        the `next_cursor` of an answer.

        >>> answer = graph.neighbours("Hamas", relations="backs", as_of="2024-09-30")
        >>> [neighbour.actor.name for neighbour in answer.hops[0]]
        ['Iran']
        """
        return self._ask(
            NeighboursAnswer,
            self._about(actor, "neighbours", as_of),
            hops=hops,
            relations=relations,
            families=families,
            sign=sign,
            direction=direction,
            among=None
            if among is None
            else [self.resolve(name, as_of) for name in as_names(among)],
            since=as_day(since),
            limit=limit,
            cursor=cursor,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def paths(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        source: str,
        target: str,
        *,
        k: int | None = None,
        hops: int | None = None,
        order: str | None = None,
        sign: str | None = None,
        relations: Names | None = None,
        families: Names | None = None,
        direction: str | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> PathsAnswer:
        """How two actors connect: the first `k` paths, each step with its claims; `order` is
        fewest, strongest or time.

        >>> graph.paths("US Congress", "Hamas", k=1, as_of="2024-09-30").paths[0].actors
        ('us-congress', 'united-states', 'hamas')
        """
        return self._ask(
            PathsAnswer,
            "/v1/paths",
            **{"from": self.resolve(source, as_of), "to": self.resolve(target, as_of)},
            k=k,
            hops=hops,
            order=order,
            sign=sign,
            relations=relations,
            families=families,
            direction=direction,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def ask(self, text: str) -> AskAnswer:
        """A question in plain words: what was understood, and the answer to it; else the nearest
        questions that can be asked.

        >>> graph.ask("who can coerce Hamas as of 30 September 2024?").answer.ranking[0].actor.name
        'Israel'
        """
        return AskAnswer.of(self._connection.get("/v1/ask", q=text), self._connection)

    def _about(self, actor: str, question: str, as_of: Day | None) -> str:
        return f"/v1/actors/{quote(self.resolve(actor, as_of), safe='')}/{question}"
