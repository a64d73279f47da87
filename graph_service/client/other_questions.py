"""The questions about two actors and about time, as methods of a client."""

from collections.abc import Iterable

from graph_service.client.camp_questions import CampQuestions
from graph_service.client.given import Day, Names, Time, as_day, one_by_one
from graph_service.client.outlined_answers import (
    AlignmentAnswer,
    ChangesAnswer,
    ComparisonAnswer,
    MediatorsAnswer,
    TimelineAnswer,
)


class OtherQuestions(CampQuestions):
    """What can be asked of two actors and of time; `Questions` says what every question takes."""

    def mediators(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        one: str,
        other: str,
        *,
        limit: int | None = None,
        belligerents: bool | None = None,
        one_sided: bool | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> MediatorsAnswer:
        """Who could mediate between two actors, best first; bias, leverage over each party, recent
        force and past mediations stand beside the score.

        `belligerents` ranks those too who used force against a party within the last year,
        `one_sided` those who are tied to one party alone.

        >>> graph.mediators("Israel", "Hamas", as_of="2024-09-30").ranking[0].actor.name
        'Russia'
        """
        return self._ask(
            MediatorsAnswer,
            "/v1/mediators",
            between=self._two(one, other, as_of),
            limit=limit,
            belligerents=belligerents,
            one_sided=one_sided,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def timeline(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        *actors: str | Iterable[str],
        together: bool | None = None,
        since: Day | None = None,
        until: Day | None = None,
        relations: Names | None = None,
        families: Names | None = None,
        sign: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> TimelineAnswer:
        """What was told of actors in the order of time, the claims of an episode together;
        `together` keeps claims between two of them and episodes that two are in, `since` and
        `until` those that hold between these days.

        >>> graph.timeline("Hamas", as_of="2024-09-30").chapters[0].happenings[0].begins
        '2023-10-07'
        """
        return self._ask(
            TimelineAnswer,
            "/v1/timeline",
            actors=[self.resolve(actor, as_of) for actor in one_by_one(actors)],
            together=together,
            since=as_day(since),
            until=as_day(until),
            relations=relations,
            families=families,
            sign=sign,
            limit=limit,
            cursor=cursor,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def changes(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        actor: str,
        other: str | None = None,
        *,
        from_: Day | None = None,
        to: Day | None = None,
        known_from: Time | None = None,
        known_to: Time | None = None,
        limit: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> ChangesAnswer:
        """What changed about an actor, or between two, from one day to another (`from_`, `to`) or
        from one state of knowledge to another (`known_from`, `known_to`), and why leverage did.

        >>> answer = graph.changes("Hamas", from_="2024-06-30", to="2024-09-30")
        >>> answer.leverage[0].actor.name, round(answer.leverage[0].causes["added"], 2)
        ('Iran', 0.35)
        """
        on = as_of if to is None else to
        return self._ask(
            ChangesAnswer,
            "/v1/changes",
            actor=self.resolve(actor, on),
            other=None if other is None else self.resolve(other, on),
            **{"from": as_day(from_)},
            to=as_day(to),
            known_from=known_from,
            known_to=known_to,
            limit=limit,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def alignment(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        one: str,
        other: str,
        *,
        since: Day | None = None,
        step: str | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> AlignmentAnswer:
        """How aligned two actors are, from −1 to 1, by what, and on earlier days; `step` is year or
        month.

        >>> round(graph.alignment("Israel", "Hamas", as_of="2024-09-30").data.alignment, 2)
        -0.63
        """
        return self._ask(
            AlignmentAnswer,
            "/v1/alignment",
            between=self._two(one, other, as_of),
            since=as_day(since),
            step=step,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def comparison(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
        self,
        one: str,
        other: str,
        *,
        limit: int | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        fold: str | None = None,
    ) -> ComparisonAnswer:
        """Two actors side by side: over whom they have influence, who has it over them, and to
        whom both lean.

        >>> graph.comparison("Iran", "Russia", as_of="2024-09-30").data.over[0].actor.name
        'Hamas'
        """
        return self._ask(
            ComparisonAnswer,
            "/v1/comparison",
            between=self._two(one, other, as_of),
            limit=limit,
            as_of=as_day(as_of),
            known_at=known_at,
            dates=dates,
            min_confidence=min_confidence,
            fold=fold,
        )

    def _two(self, one: str, other: str, as_of: Day | None) -> list[str]:
        return [self.resolve(one, as_of), self.resolve(other, as_of)]
