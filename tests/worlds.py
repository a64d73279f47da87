"""Generated worlds: stories that hypothesis tells, in every form that the records allow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from random import Random

from hypothesis import strategies as st

from graph_service.domain.claims import Modality, Outcome, Stance, Strength
from graph_service.domain.periods import Dates, When, parse_day
from graph_service.domain.sources import Reliability, Source
from graph_service.graph.view import Fold, Frame
from tests.sayings import (
    ACCEPTED,
    FIRST,
    KINDS,
    LIVES,
    NAMES,
    OFFICES,
    TIMES,
    Life,
    Saying,
    Version,
    World,
    is_inducing,
    is_valid,
    relations,
    vocabulary,
    whens,
)

__all__ = [
    "ACCEPTED",
    "FIRST",
    "LIVES",
    "NAMES",
    "OFFICES",
    "TIMES",
    "Life",
    "Saying",
    "World",
    "is_inducing",
    "relations",
    "vocabulary",
]

DATED = ("s1", "s2", "s3")
SOURCES = (*DATED, "s4")
ORIGINS = (None, "o1", "o2")
CONFIDENCES = (0.3, 0.6, 0.8, 0.95)
AS_OF = (
    "2023-10-31", "2024-06-29", "2024-06-30", "2024-07-01", "2024-07-31",
    "2024-12-31", "2025-06-01", "2031-01-01",
)  # fmt: skip
NEAR = (
    "2024-06-27", "2024-06-28", "2024-06-29", "2024-06-30", "2024-06-20/2024-06-28",
    "2024-06-28/..", "2024-06-28/", "/2024-06-30", "/..",
)  # fmt: skip
LASTING = ("2012/..", "2019-06/..", "2023/..", "2012/2024-06-30", "2024-06-29/..", "2024/2025-01")
PUBLISHED = ("2023-10", "2024-01-15", "2024", "2024-06", "2024-06-30", "2024-07", "[..2024-08]")


@dataclass(frozen=True)
class Taste:
    """What a world is made of. `qualified`: whether strengths and outcomes are told; `whole`:
    whether everything is accepted assertion of what was done."""

    relations: tuple[str, ...]
    names: tuple[str, ...] = NAMES
    least: int = 4
    most: int = 14
    qualified: bool = True
    whole: bool = False
    whens: tuple[str, ...] = ()


ANYTHING = Taste(relations())
PLAIN = Taste(relations(), qualified=False)
STAKES = Taste(
    ("heads", "controls", "part_of", "backs", "arms", "mediates", "sanctions", "at_war_with"),
    names=(*NAMES, "f", "g"),
    least=12,
    most=40,
    whole=True,
)
DENSE = Taste(
    relations(lambda one: one.weight > 0),
    names=(*NAMES, "f", "g"),
    least=12,
    most=40,
    whole=True,
)

ACTING = relations(lambda one: one.folds is not None)
"""Relations by which one actor acts for another."""
OFTEN = st.sampled_from((True, True, True, False))
OFFICE = Taste(ACTING, names=OFFICES, whole=True)


@st.composite
def sayings(draw: st.DrawFn, /, taste: Taste = ANYTHING, **known: object) -> Saying:
    """One saying; what is `known` of it is not drawn."""
    chosen = draw(_manner(taste)) | known
    if "subject" not in known or "object" not in known:
        ends = draw(_ends(taste.names, known.get("subject"), known.get("object")))
        chosen["subject"], chosen["object"] = ends
    if "when" not in known:
        chosen["when"] = draw(_when(str(chosen["relation"]), taste.whens))
    if "source" not in known:
        chosen["source"] = draw(_source(str(chosen["when"])))
    return Saying(**chosen)  # type: ignore[arg-type] # as drawn


@cache
def _ends(
    names: tuple[str, ...], subject: object, object_: object
) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from(
        [
            (a, b)
            for a in names
            for b in names
            if a != b and subject in (None, a) and object_ in (None, b)
        ]
    )


@cache
def _when(relation: str, some: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    if some:
        return st.sampled_from(some)
    return st.one_of(*(st.sampled_from(form) for form in whens(relation)))


@cache
def _source(when: str) -> st.SearchStrategy[str]:
    return st.sampled_from(DATED if When.parse(when).has_unknown_side else SOURCES)


@cache
def _manner(taste: Taste) -> st.SearchStrategy[dict[str, object]]:
    manner: dict[str, st.SearchStrategy[object]] = {
        "relation": st.sampled_from(taste.relations),
        "coder": st.sampled_from((None, "desk", "machine")),
        "confidence": st.sampled_from(CONFIDENCES),
        "episode": st.sampled_from((None, None, "talks")),
    }
    if taste.qualified:
        manner["strength"] = st.sampled_from((None, *Strength))
        manner["outcome"] = st.sampled_from((None, *Outcome))
    if not taste.whole:
        manner["stance"] = st.sampled_from((Stance.ASSERTED,) * 3 + (Stance.DENIED,))
        manner["modality"] = st.sampled_from((Modality.DONE,) * 4 + tuple(Modality))
        manner["life"] = st.sampled_from((ACCEPTED,) * 6 + LIVES)
    return st.fixed_dictionaries(manner)


@st.composite
def issues(draw: st.DrawFn, id_: str) -> tuple[Version, ...]:
    """A source as first issued, and perhaps issued anew."""
    times = (FIRST, *draw(st.sampled_from(((), (), (TIMES[0],), (TIMES[2], TIMES[3])))))
    return tuple(
        (
            at,
            Source(
                id=id_,
                title=id_,
                published=draw(_published(id_, at)),
                reliability=draw(st.sampled_from(Reliability)),
                origin=draw(st.sampled_from(ORIGINS)),
            ),
        )
        for at in times
    )


def _published(id_: str, at: datetime) -> st.SearchStrategy[str | None]:
    dated = at == FIRST and id_ in DATED
    return st.sampled_from(PUBLISHED if dated else (None, *PUBLISHED))


@st.composite
def worlds(draw: st.DrawFn, /, taste: Taste = ANYTHING) -> World:
    """A world of this taste, no piece of evidence told twice with other words."""
    sources = tuple(version for id_ in SOURCES for version in draw(issues(id_)))
    said = draw(_lists(taste))
    return World(sources, _once(said), taste.names)


@st.composite
def tight_worlds(draw: st.DrawFn, /, *, qualified: bool = True) -> World:
    """Worlds in which all is said of one relation between two actors, at few dates."""
    relation = draw(st.sampled_from(relations()))
    near = [text for text in NEAR if is_valid(text, relation)]
    anywhen = st.sampled_from(near) if draw(st.booleans()) else _when(relation)
    some = draw(st.lists(anywhen, min_size=1, max_size=4, unique=True))
    return draw(
        worlds(
            Taste((relation,), names=("a", "b"), most=10, qualified=qualified, whens=tuple(some))
        )
    )


@st.composite
def worlds_of_states(draw: st.DrawFn) -> World:
    """Worlds in which some hold offices in states, or are parts of them, and most of it lasts."""
    acting = [draw(_acting(name)) for name in OFFICES if name in KINDS and draw(OFTEN)]
    world = draw(worlds(Taste(relations(), names=OFFICES, least=6, most=16)))
    return replace(world, sayings=_once([*world.sayings, *acting, *draw(_offices())]))


def _acting(actor: str) -> st.SearchStrategy[Saying]:
    """An actor acts for another, most often for a state and today."""
    when = st.sampled_from(LASTING)
    whom = st.sampled_from([name for name in ("a", "b", *OFFICES) if name != actor])
    return st.tuples(when, whom).flatmap(
        lambda said: sayings(OFFICE, subject=actor, when=said[0], object=said[1])
    )


@cache
def _offices() -> st.SearchStrategy[list[Saying]]:
    doubtful = Taste(ACTING, names=OFFICES)
    return st.lists(st.one_of(sayings(OFFICE), sayings(doubtful)), max_size=4)


def dense_worlds() -> st.SearchStrategy[World]:
    """Worlds with many ways from one actor to another."""
    return st.one_of(worlds(DENSE), worlds(STAKES))


@cache
def _lists(taste: Taste) -> st.SearchStrategy[list[Saying]]:
    return st.lists(sayings(taste), min_size=taste.least, max_size=taste.most)


def _once(said: Iterable[Saying]) -> tuple[Saying, ...]:
    return tuple({one.record.evidence[0].id: one for one in said}.values())


@st.composite
def frames(draw: st.DrawFn, dates: Dates | None = None) -> Frame:
    """Where to look at a world from."""
    return Frame(
        as_of=parse_day(draw(st.sampled_from(AS_OF))),
        known_at=draw(st.sampled_from((None,) * 5 + tuple(TIMES))),
        dates=dates or draw(st.sampled_from(Dates)),
        min_confidence=draw(st.sampled_from((0.0, 0.0, 0.0, 0.5))),
    )


@st.composite
def folding_frames(draw: st.DrawFn, names: tuple[str, ...] = OFFICES) -> Frame:
    """Where to look at a world from at the level of states, on a question about some of these."""
    about = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    return replace(draw(frames()), fold=Fold.STATE, about=tuple(sorted(about)))


def crowd(seed: int, *, actors: int, said: int) -> World:
    """A larger world drawn without hypothesis: the earlier an actor's number, the more ties."""
    draw = Random(seed)
    names = (*(f"n{number:03}" for number in range(actors)), "unknown")
    sources = tuple((FIRST, Source(id_, id_, published=draw.choice(PUBLISHED))) for id_ in SOURCES)
    found: list[Saying] = []
    while len(found) < said:
        ends = [names[int(actors * draw.random() ** 3)] for _ in range(2)]
        relation = draw.choice(DENSE.relations)
        when = draw.choice(draw.choice(whens(relation)))
        source, confidence = draw.choice(DATED), draw.choice(CONFIDENCES)
        if ends[0] != ends[1]:
            said_so = Saying(ends[0], relation, ends[1], when, source=source)
            found.append(replace(said_so, confidence=confidence))
    return World(sources, _once(found), names)
