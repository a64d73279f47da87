"""Evidence to weight: ω = ρ·c·m·φ for every row at a frame (`docs/method.md` §2.1)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import DISTANT_FUTURE, Dates
from graph_service.graph.packing import MODALITIES, denial, modality
from graph_service.graph.rows import Layout, Rows, event_flags, starts
from graph_service.graph.tables import NEVER, SourceColumns, Tables, day_of, microseconds
from graph_service.graph.view import Codes, Counting, Frame, Values


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """What rows weigh at a frame: ω and ρ·c·m, and whether each is possibly and certainly live
    (asserting evidence that counts, whose claim has begun and not vanished as dates are read)."""

    omega: Values
    trust: Values
    possibly_live: NDArray[np.bool_]
    certainly_live: NDArray[np.bool_]


class Scale:
    """The numbers that weigh rows at one frame, by the codes that rows carry."""

    def __init__(self, tables: Tables, frame: Frame) -> None:
        self.tables = tables
        self.frame = frame
        self.known = NEVER - 1 if frame.known_at is None else microseconds(frame.known_at)
        self.sources: SourceColumns = tables.sources.at(self.known)
        proposed = frame.counting is Counting.PROPOSED
        self.counts = tables.lives.counts(self.known, proposed=proposed)
        ontology = tables.ontology
        self.event = event_flags(ontology)
        self.half_life = np.repeat(_half_lives(ontology), 2)
        self.modality = np.array([ontology.parameters.modality[m] for m in MODALITIES])

    @cached_property
    def confidence(self) -> Values:
        values = np.array(self.tables.confidences.values, np.float64)
        return np.where(values >= self.frame.min_confidence, values, 0.0)

    @cached_property
    def recorded_day(self) -> NDArray[np.int64]:
        days: NDArray[np.int64] = day_of(self.tables.lives.recorded)
        return days

    def attested(self, rows: Rows) -> NDArray[np.int64]:
        """The latest possible day on which each row's source was published, else recorded."""
        published = self.sources.published[rows.source].astype(np.int64)
        undated = published == DISTANT_FUTURE
        return np.where(undated, self.recorded_day[rows.life], published)


def _half_lives(ontology: Ontology) -> Values:
    return np.array([relation.half_life_days for relation in ontology.relations.values()])


def counting(rows: Rows, scale: Scale) -> NDArray[np.bool_]:
    """Which rows count at the scale's frame, whatever they weigh."""
    counts: NDArray[np.bool_] = scale.counts[rows.life] & (scale.confidence[rows.confidence] > 0)
    return counts


def weigh(layout: Layout, scale: Scale) -> Weighing:
    """ω of every row of a layout, and which rows are live under either reading of dates."""
    rows = layout.rows
    counts = counting(rows, scale)
    trust = (
        scale.sources.reliability[rows.source]
        * scale.confidence[rows.confidence]
        * scale.modality[modality(rows.flags)]
    )
    told = counts & (trust > 0)
    begins, ends = bounds(layout, scale, scale.frame.dates, counts)
    as_of = scale.frame.as_of
    omega = np.where(told & (begins <= as_of), trust, 0.0)
    omega *= decay(rows, scale, begins, ends)
    asserting = told & (denial(rows.flags) == 0)
    certain = _live(rows, scale, begins, ends) & asserting
    if scale.frame.dates is Dates.POSSIBLE:
        return Weighing(omega, trust, certain, certain)
    possible = _live(rows, scale, *bounds(layout, scale, Dates.POSSIBLE, counts)) & asserting
    return Weighing(omega, trust, possible, certain)


def _live(rows: Rows, scale: Scale, begins: Codes, ends: Codes) -> NDArray[np.bool_]:
    as_of = scale.frame.as_of
    lasting = scale.half_life[rows.tie] > 0
    live: NDArray[np.bool_] = (begins <= as_of) & (lasting | (as_of < ends))
    return live


def bounds(
    layout: Layout, scale: Scale, dates: Dates, counts: NDArray[np.bool_]
) -> tuple[Codes, Codes]:
    """When each row's claim begins and ends, as `dates` reads its dates.

    In the certain reading an unknown start is bounded by publication: for asserting rows the
    first publication among the claim's asserting rows that count, for denying rows their own
    source's; and by the day before the earliest end.
    """
    rows, whens = layout.rows, scale.tables.whens
    event = scale.event[rows.tie]
    state_start, state_end = whens.bounds(dates, event=False)
    event_start, event_end = whens.bounds(dates, event=True)
    begins = np.where(event, event_start[rows.when], state_start[rows.when])
    ends = np.where(event, event_end[rows.when], state_end[rows.when])
    if dates is Dates.CERTAIN:
        open_start = np.flatnonzero(whens.unknown_start[rows.when])
        if len(open_start):
            begins[open_start] = _published_by(layout, scale, open_start, counts)
    return begins, ends


def _published_by(
    layout: Layout, scale: Scale, places: NDArray[np.intp], counts: NDArray[np.bool_]
) -> Codes:
    rows = layout.rows.take(places)
    published = scale.sources.published[rows.source]
    asserting = denial(rows.flags) == 0
    pair = np.searchsorted(layout.start, places, side="right")
    order = np.lexsort((rows.episode, rows.when, rows.tie, pair))
    keys = [column[order] for column in (pair, rows.tie, rows.when, rows.episode)]
    changes = np.zeros(max(len(order) - 1, 0), bool)
    for key in keys:
        changes |= key[1:] != key[:-1]
    first = starts(changes, len(order))
    counted = np.where(asserting & counts[places], published, DISTANT_FUTURE)[order]
    earliest = np.minimum.reduceat(counted, first)
    of_claim = np.empty(len(order), np.int32)
    of_claim[order] = np.repeat(earliest, np.diff(np.append(first, len(order))))
    end = scale.tables.whens.end_earliest[rows.when]
    return np.minimum(np.where(asserting, of_claim, published), end - 1).astype(np.int32)


def decay(rows: Rows, scale: Scale, begins: Codes, ends: Codes) -> Values:
    """φ of every row: how much of its weight is left at the frame's day."""
    as_of, half_life = scale.frame.as_of, scale.half_life[rows.tie]
    known_end = scale.tables.whens.known_end[rows.when] | scale.event[rows.tie]
    age = np.where(known_end, as_of - ends.astype(np.int64), as_of - scale.attested(rows))
    age = np.maximum(age, 0)
    with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
        left = np.exp2(-(age / half_life))
    lasting = np.where(known_end & (as_of >= ends), 0.0, 1.0)
    result: Values = np.where(half_life > 0, left, lasting)
    return result
