"""A synthetic world: dated claims among actors whose degrees have a heavy tail.

An actor's popularity falls with its rank to the power −0.82, so that at 100,000 actors and 1,000,000
claims the largest hub takes part in some 49,000 claims and most actors in fewer than ten. Relations
are those of the ontology, three quarters of the claims events; a quarter repeats an earlier pair of
actors, half of it on nearly the same day. A tenth of the claims has several sources.
"""

from dataclasses import dataclass

import numpy as np

from graph_service.bench.acts import AS_OF, Cast, acts_among
from graph_service.bench.dates import UNKNOWN_SIDES, forms_of, whens_of
from graph_service.bench.telling import told
from graph_service.bench.worlds import Claims, Integers, World
from graph_service.domain.actors import Actor
from graph_service.domain.episodes import Episode
from graph_service.domain.ontology import Ontology

TAIL = 0.82
STATES_AMONG_ACTORS = 0.002
EPISODES = 200
IN_EPISODE = 0.8
SPARE = 1.1


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is, and the seed that it grows from."""

    claims: int
    actors: int
    seed: int = 1


def synthetic(ontology: Ontology, size: Size) -> World:
    """The synthetic world of that size; equal seeds give equal worlds."""
    draw = np.random.default_rng(size.seed)
    cast = _cast(ontology, size.actors, draw)
    acts = acts_among(ontology, cast, int(size.claims * SPARE) + 10, draw)
    forms = forms_of(ontology, acts.relation, draw)
    events = np.array([relation.is_event for relation in ontology.relations.values()])
    whens, when = whens_of(forms, acts.start, events[acts.relation], draw)
    episode = _episodes_of(ontology, acts.relation, draw)
    columns = np.stack([acts.subject, acts.relation, acts.object, when, episode])
    kept = _distinct(columns)[: size.claims]
    claims = Claims(*columns[:, kept])
    must_be_dated = np.isin(forms[kept], UNKNOWN_SIDES)
    sources, pieces = told(ontology, claims, acts.start[kept], must_be_dated, draw=draw)
    return World(
        name="synthetic",
        as_of=AS_OF,
        ontology=ontology,
        actors=_named(ontology, cast),
        sources=sources,
        episodes=_episodes(),
        whens=whens,
        claims=claims,
        pieces=pieces,
    )


def _cast(ontology: Ontology, count: int, draw: np.random.Generator) -> Cast:
    """Who acts; the most popular are states, the last actor is `unknown`."""
    names = list(ontology.kinds)
    rank = draw.permutation(count)
    kinds = draw.choice([n for n, name in enumerate(names) if name != "unknown"], count)
    kinds[rank < max(1, int(count * STATES_AMONG_ACTORS))] = names.index("state")
    kinds[-1] = names.index("unknown")
    weight = (rank + 1.0) ** -TAIL
    return Cast(kinds, np.cumsum(weight) / weight.sum())


def _named(ontology: Ontology, cast: Cast) -> tuple[Actor, ...]:
    names = list(ontology.kinds)
    ids = [f"a{n:06d}" for n in range(len(cast.kind) - 1)] + ["unknown"]
    return tuple(
        Actor(id_, names[kind], f"Actor {id_}")
        for id_, kind in zip(ids, cast.kind.tolist(), strict=True)
    )


def _episodes() -> tuple[Episode, ...]:
    return tuple(Episode(f"talks-{n}", "talks", f"Talks {n}", "2015/..") for n in range(EPISODES))


def _episodes_of(ontology: Ontology, relation: Integers, draw: np.random.Generator) -> Integers:
    """Most mediations belong to some talks; -1 for claims that belong to nothing."""
    mediations = [r.family == "mediation" for r in ontology.relations.values()]
    inside = np.array(mediations)[relation] & (draw.random(len(relation)) < IN_EPISODE)
    return np.where(inside, draw.integers(0, EPISODES, len(relation)), -1)


def _distinct(columns: Integers) -> Integers:
    """The places of the first of each set of equal columns, in order."""
    _, first = np.unique(columns, axis=1, return_index=True)
    return np.sort(first)
