"""Who could mediate between two actors, and what each brings to it.

For a party P, no3(m; P) = 1 − (1 − a)·(1 − .6·t/(t + 1))·(1 − .15·M/(M + 3)): a is m's share of
the access, mediation, appeal, support and patronage mass that P has with anybody, whichever way it
goes; t the mediation mass between the two, M that between m and anybody. The score of m for two
parties is √no3(m; A)·√no3(m; B), 0 unless m is tied to both. Bias does not count against a mediator
(Touval & Zartman 1985; Kydd 2003; Svensson 2009): it is shown beside the score, as are leverage
over each party and recent force. See `docs/method.md`, "Mediators".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_service.graph.view import View
from graph_service.queries.answers import Answer, CitedClaim, NamedActor, coverage, meta, named
from graph_service.queries.budget import Budget
from graph_service.queries.explain import narrowed
from graph_service.queries.mediating import Credentials, Mediation
from graph_service.queries.mediation_scores import Scores
from graph_service.queries.silence import silence, two_codes
from graph_service.queries.summary import relations_around
from graph_service.queries.ties import check_range

MOST = 200


@dataclass(frozen=True, slots=True)
class Side:
    """What a mediator is to one party: no3 (`value`) from its `share` of the party's ties, the
    `mediation` mass between the two and its record; and beside it its leverage over the party, their
    alignment, whether it used force against the party of late, and the latest of the claims that
    the value rests on, with how many there are, and what these leave to be wished for."""

    party: str
    value: float
    share: float
    mediation: float
    leverage: float
    alignment: float
    belligerent: bool
    claims: tuple[CitedClaim, ...]
    claims_available: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mediator:
    """One who could mediate: its `score`, its `record` (the mediation mass between it and
    anybody), its `bias` (al(m,A) − al(m,B))/2, above 0 towards the first party, what it is to each
    party, and its mediations, latest first."""

    actor: NamedActor
    score: float
    bias: float
    record: float
    sides: tuple[Side, Side]
    episodes: tuple[Mediation, ...]


@dataclass(frozen=True, slots=True)
class Mediators:
    """Who could mediate between two `parties`, best first. `belligerents` would be ranked among
    them, but used force against a party of late. `reason` says why there is nobody, and `available`
    counts the relations around each party then."""

    parties: tuple[NamedActor, NamedActor]
    one_origin: bool
    ranking: tuple[Mediator, ...]
    belligerents: tuple[NamedActor, ...]
    reason: str | None
    available: Mapping[str, Mapping[str, int]]


def mediators(
    view: View,
    between: tuple[str, str],
    *,
    limit: int = 20,
    belligerents: bool = False,
    one_sided: bool = False,
    budget: Budget | None = None,
) -> Answer[Mediators]:
    """Who could mediate between the two actors with these ids, the first `limit` (1–200).

    With `belligerents` those who used force against a party in the last year are ranked too; with
    `one_sided` those who are tied to one party alone, whose other side counts .02. Raises
    `NotFound`, and `InvalidQuestion` for equal actors.
    """
    check_range("limit", limit, MOST)
    parties = two_codes(view, between)
    scores = Scores(view, parties, one_sided=one_sided)
    credentials = Credentials(view, parties, budget or Budget())
    order = scores.order(limit if belligerents else MOST + limit)
    out = [] if belligerents else [code for code in order if credentials.is_belligerent(code)]
    chosen = [code for code in order if code not in out][:limit]
    shown = [code for code in order if code in out and _before(order, code, chosen, limit)]
    credentials.prepare(chosen)
    ranking = tuple(_mediator(view, scores, credentials, code) for code in chosen)
    covers = coverage(credentials.cited, view.held_back(parties))
    data = Mediators(
        parties=(named(view, parties[0]), named(view, parties[1])),
        one_origin=covers.origins == 1,
        ranking=ranking,
        belligerents=tuple(named(view, code) for code in shown),
        reason=None if ranking else _reason(view, parties, shown),
        available=_available(view, parties) if not ranking else {},
    )
    cut = narrowed(view, cut=credentials.cut, spent=credentials.spent)
    return Answer(data, meta(view, covers, cut, credentials.cited))


def _before(order: list[int], code: int, chosen: list[int], limit: int) -> bool:
    """Whether somebody who was left out would have been among the first."""
    return len(chosen) < limit or order.index(code) < order.index(chosen[-1])


def _reason(view: View, parties: tuple[int, int], out: list[int]) -> str:
    one, other = (view.actors.name(code) for code in parties)
    if out:
        return f"everybody who is tied to {one} and {other} used force against one of them of late"
    each = (silence(view, [code]) for code in parties)
    told = "; ".join(reason for reason in each if reason)
    return told or f"nobody has ties of a mediator to both {one} and {other}"


def _available(view: View, parties: tuple[int, int]) -> dict[str, dict[str, int]]:
    return {view.actors.id(code): relations_around(view, code) for code in parties}


def _mediator(view: View, scores: Scores, credentials: Credentials, code: int) -> Mediator:
    place = scores.place(code)
    sides = tuple(
        Side(
            party=view.actors.id(party),
            value=float(scores.value[side][place]),
            share=float(scores.share[side][place]),
            mediation=float(scores.mediation[side][place]),
            leverage=credentials.leverage(code, side),
            alignment=credentials.alignment(code, side),
            belligerent=credentials.is_against(code, party),
            **credentials.claims(code, party),
        )
        for side, party in enumerate(scores.parties)
    )
    first, second = sides
    return Mediator(
        actor=named(view, code),
        score=float(scores.score[place]),
        bias=(first.alignment - second.alignment) / 2,
        record=float(scores.record[place]),
        sides=(first, second),
        episodes=credentials.episodes(code),
    )
