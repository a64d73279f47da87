"""Who does what to whom from which day on, in a synthetic world."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph_service.bench.worlds import Integers
from graph_service.domain.ontology import Ontology

FIRST = date(2015, 1, 1).toordinal()
LAST = date(2025, 6, 30).toordinal()
AS_OF = date(2024, 12, 31).toordinal()

EVENTS = 0.75
REPEATS = 0.25
NEARLY_THE_SAME_DAY = 3


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """The actors by place: their kinds, and the share of roles up to and including each."""

    kind: Integers
    popularity: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Columns of places; `start` is a day as an ordinal."""

    subject: Integers
    relation: Integers
    object: Integers
    start: Integers


def acts_among(ontology: Ontology, cast: Cast, count: int, draw: np.random.Generator) -> Acts:
    """That many acts, all allowed by the ontology, the ends of symmetric relations in order."""
    fresh = count - int(count * REPEATS)
    rows = np.empty((4, 0), np.int64)
    while rows.shape[1] < fresh:
        rows = np.concatenate([rows, _allowed(ontology, cast, fresh, draw)], axis=1)
    rows = np.concatenate(
        [rows[:, :fresh], _repeated(rows[:, :fresh], count - fresh, draw)], axis=1
    )
    rows = rows[:, draw.permutation(count)]
    symmetric = np.array([r.symmetric for r in ontology.relations.values()])[rows[1]]
    ends = rows[[0, 2]]
    subject = np.where(symmetric, ends.min(axis=0), ends[0])
    object_ = np.where(symmetric, ends.max(axis=0), ends[1])
    return Acts(subject, rows[1], object_, rows[3])


def _allowed(ontology: Ontology, cast: Cast, count: int, draw: np.random.Generator) -> Integers:
    subject = np.searchsorted(cast.popularity, draw.random(count))
    object_ = np.searchsorted(cast.popularity, draw.random(count))
    relation = draw.choice(len(ontology.relations), count, p=_shares(ontology))
    start = draw.integers(FIRST, LAST + 1, count)
    takes_subject, takes_object = _ends(ontology)
    fits = (
        takes_subject[relation, cast.kind[subject]]
        & takes_object[relation, cast.kind[object_]]
        & (subject != object_)
    )
    return np.stack([subject, relation, object_, start])[:, fits]


def _repeated(rows: Integers, count: int, draw: np.random.Generator) -> Integers:
    """Earlier acts once more: half of them nearly on the same day, the others on any day."""
    again = rows[:, draw.integers(0, rows.shape[1], count)]
    soon = again[3] + draw.integers(0, NEARLY_THE_SAME_DAY, count)
    later = draw.integers(FIRST, LAST + 1, count)
    again[3] = np.where(draw.random(count) < 0.5, soon, later)
    return again


def _shares(ontology: Ontology) -> NDArray[np.float64]:
    events = np.array([relation.is_event for relation in ontology.relations.values()])
    shares: NDArray[np.float64] = np.where(
        events, EVENTS / events.sum(), (1 - EVENTS) / (~events).sum()
    )
    return shares


def _ends(ontology: Ontology) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    relations = ontology.relations.values()
    subjects = [[kind in relation.subject for kind in ontology.kinds] for relation in relations]
    objects = [[kind in relation.object for kind in ontology.kinds] for relation in relations]
    return np.array(subjects), np.array(objects)
