"""What is told of actors in the order of time, the claims of an episode together.

Everything is in it that counts and had begun on the day asked about, what has ended since as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.periods import When, day_or_none
from graph_service.graph.histories import Told
from graph_service.graph.view import Citation, View
from graph_service.queries.answers import (
    Answer,
    CitedClaim,
    NamedActor,
    Page,
    cited,
    coverage,
    meta,
    named,
)
from graph_service.queries.budget import Budget
from graph_service.queries.pages import Place, cursor_of, place_of
from graph_service.queries.silence import silence
from graph_service.queries.ties import ANY_TIES, Sign, TieFilters, check_range, wanted
from graph_service.queries.words import listed

MOST = 200
MOST_ACTORS = 20


@dataclass(frozen=True, slots=True)
class Happening:
    """A claim on a timeline: from when it `begins` to when it `ends` (days, as uncertain dates are
    read; None where that is unknown, or open), an event or a state (`temporal`), with its sign, and
    as its sources tell it (more than one claim where actors are one and sources called them
    otherwise), the dates as they are written among that."""

    begins: str | None
    ends: str | None
    temporal: str
    relation: str
    sign: Sign
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What belongs together: the claims of an `episode` with that `name`, or one claim that is of
    none. `continued` where earlier claims of the episode are on the page before."""

    episode: str | None
    name: str | None
    continued: bool
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is told of the `actors`, in the order in which episodes and single claims began.
    `years` counts by the year in which they began all claims that the filters let through, those
    whose beginning nobody knows under the empty text. `reason` says why there is nothing."""

    actors: tuple[NamedActor, ...]
    one_origin: bool
    chapters: tuple[Chapter, ...]
    years: Mapping[str, int]
    reason: str | None


def timeline(  # noqa: PLR0913 - the parameters of the question, as every edge spells them
    view: View,
    actors: Sequence[str],
    *,
    together: bool = False,
    since: int | None = None,
    until: int | None = None,
    filters: TieFilters = ANY_TIES,
    limit: int = 50,
    cursor: str | None = None,
    budget: Budget | None = None,
) -> Answer[Timeline]:
    """What is told of the actors with these ids (1–20), or, `together`, between two of them and in
    episodes that two of them are in.

    `since` and `until` are days (ordinals): only claims that hold on a day between them, as the
    view reads dates. `filters` are those of relations, families and sign. A page holds `limit`
    claims (1–200). Raises `NotFound` and `InvalidQuestion`.
    """
    check_range("limit", limit, MOST)
    check_range("actors", len(actors), MOST_ACTORS)
    codes = list(dict.fromkeys(map(view.actors.code, actors)))
    asked = tuple(actors), together, since, until, _told_apart(filters)
    question = "timeline", *asked, astuple(view.frame)
    place = Place(0, view.sequence) if cursor is None else place_of(cursor, question)
    told = view.told(codes)
    keep = _between(told, codes) if together else np.ones(len(told.begins), bool)
    kept = np.flatnonzero(keep & _wanted(view, told, filters, since, until))
    order = _in_order(view, told, kept)
    shown = order[place.offset : place.offset + limit]
    before = told.episode[order[place.offset - 1]] if place.offset and len(shown) else None
    chapters, citations = _chapters(view, told, shown, before)
    left = len(order) - place.offset - len(shown)
    following = Place(place.offset + len(shown), place.sequence)
    covers = coverage(citations, view.held_back(codes))
    data = Timeline(
        actors=tuple(named(view, code) for code in codes),
        one_origin=covers.origins == 1,
        chapters=chapters,
        years=_years(told, order),
        reason=None if len(order) else _reason(view, codes, int(keep.sum()), together=together),
    )
    page = Page(cursor_of(following, question) if left > 0 else None)
    return Answer(data, meta(view, covers, None, citations), page)


def _told_apart(filters: TieFilters) -> object:
    return [sorted(each) if isinstance(each, frozenset) else each for each in astuple(filters)]


def _between(told: Told, codes: Sequence[int]) -> NDArray[np.bool_]:
    """Which claims are between two of the actors, or of an episode that two of them are in: in talks
    that somebody else leads, no claim may join the two."""
    ends = np.isin(told.subject, codes), np.isin(told.object, codes)
    taking: dict[str, set[int]] = {}
    for end, here in zip((told.subject, told.object), ends, strict=True):
        for place in np.flatnonzero(here).tolist():
            episode = told.episode[place]
            if episode is not None:
                taking.setdefault(episode, set()).add(int(end[place]))
    shared = {episode for episode, some in taking.items() if len(some) > 1}
    joint = np.array([episode in shared for episode in told.episode], bool)
    result: NDArray[np.bool_] = (ends[0] & ends[1]) | joint
    return result


def _wanted(
    view: View, told: Told, filters: TieFilters, since: int | None, until: int | None
) -> NDArray[np.bool_]:
    """Which claims the filters let through."""
    want = wanted(view, filters)
    keep = want.relation[told.relation]
    if since is not None:
        keep &= np.maximum(told.ends, told.begins) >= since
    if until is not None:
        keep &= told.begins <= until
    return keep


def _in_order(view: View, told: Told, kept: NDArray[np.intp]) -> list[int]:
    """The places in the order of a timeline: an episode where its first claim is, and each by day,
    then by what it says, so that all stores have one order."""
    first: dict[str, int] = {}
    begins = told.begins.tolist()
    for place in kept.tolist():
        episode = told.episode[place]
        if episode is not None:
            first[episode] = min(begins[place], first.get(episode, begins[place]))

    def key(place: int) -> tuple[int, str, int, str, str, str, str]:
        episode = told.episode[place]
        subject, object_ = (view.actors.id(int(end[place])) for end in (told.subject, told.object))
        relation = f"{int(told.relation[place]):03}"
        start = begins[place] if episode is None else first[episode]
        return start, episode or "", begins[place], subject, relation, object_, told.when[place]

    return sorted(kept.tolist(), key=key)


def _chapters(
    view: View, told: Told, shown: Sequence[int], before: str | None
) -> tuple[tuple[Chapter, ...], list[Citation]]:
    relations = list(view.ontology.relations.items())
    found: list[tuple[str | None, list[Happening]]] = []
    citations: list[Citation] = []
    for place, claims in zip(shown, told.cite(shown), strict=True):
        citations += claims
        name, relation = relations[int(told.relation[place])]
        unknown = not relation.is_event and When.parse(told.when[place]).start_is_unknown
        happening = Happening(
            begins=None if unknown else day_or_none(int(told.begins[place])),
            ends=day_or_none(int(told.ends[place])),
            temporal=str(relation.temporal),
            relation=name,
            sign=Sign(relation.polarity),
            claims=tuple(map(cited, claims)),
        )
        episode = told.episode[place]
        if episode is None or not found or found[-1][0] != episode:
            found.append((episode, []))
        found[-1][1].append(happening)
    chapters = tuple(
        Chapter(
            episode,
            None if episode is None else view.episode_name(episode),
            number == 0 and episode is not None and episode == before,
            tuple(each),
        )
        for number, (episode, each) in enumerate(found)
    )
    return chapters, citations


def _years(told: Told, order: Sequence[int]) -> dict[str, int]:
    counted = Counter(
        "" if day_or_none(begins) is None else f"{date.fromordinal(begins).year:04}"
        for begins in told.begins[list(order)].tolist()
    )
    return dict(sorted(counted.items()))


def _reason(view: View, codes: Sequence[int], claims: int, *, together: bool) -> str:
    if together and len(codes) < 2:
        return "what is between actors is asked of two or more: name another"
    names = listed([view.actors.name(code) for code in codes])
    if claims:
        return f"nothing that is asked for is among the {claims} claims about {names}"
    return silence(view, codes) or f"no claim is told between {names}"
