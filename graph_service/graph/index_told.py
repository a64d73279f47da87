"""What an index tells of actors through time: every claim, whatever has become of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.periods import DISTANT_FUTURE
from graph_service.graph.claim_rows import ClaimRows
from graph_service.graph.histories import Footing, Told
from graph_service.graph.laying import laid
from graph_service.graph.packing import denial, direction, relation_of
from graph_service.graph.rows import Layout, Rows, concatenate, laid_out, starts
from graph_service.graph.seen import Seen
from graph_service.graph.tables import Tables
from graph_service.graph.view import Citation, Codes
from graph_service.graph.weights import Scale, bounds, counting, weigh


def rows_at(tables: Tables, seen: Seen, actors: Sequence[int], *, together: bool) -> Layout:
    """The rows of all pairs at these actors (`together`: between two of them)."""
    parts = list(laid(tables, seen, seen.pairs_at(actors, together=together)))
    if len(parts) == 1:
        return parts[0]
    empty = np.empty(0, np.int32)
    size = [np.diff(part.start) for part in parts]
    lo, hi = (
        np.concatenate(
            [empty, *(np.repeat(getattr(p, end), s) for p, s in zip(parts, size, strict=True))]
        )
        for end in ("lo", "hi")
    )
    none = seen.state.base.rows.take(slice(0, 0))
    return laid_out(lo, hi, concatenate([none, *(part.rows for part in parts)]))


def told(scale: Scale, seen: Seen, layout: Layout, *, ever: bool) -> Told:
    """Every claim that these rows tell of, which counts at the scale's frame and has begun."""
    tables, frame = scale.tables, scale.frame
    claims, counts = ClaimRows(layout), counting(layout.rows, scale)
    begins, ends = bounds(layout, scale, frame.dates, counts)
    asserting = counts & (weigh(layout, scale).trust > 0) & (denial(layout.rows.flags) == 0)
    if not ever:
        asserting &= begins <= frame.as_of
    kept = np.flatnonzero(claims.reduced(np.logical_or, asserting))
    first = claims.reduced(np.minimum, np.where(asserting, begins, np.iinfo(np.int32).max))
    last = claims.reduced(np.maximum, np.where(asserting, ends, np.iinfo(np.int32).min))
    subject, object_ = claims.ends
    whens, episodes = tables.whens.texts, tables.episodes

    def cite(places: Sequence[int]) -> list[tuple[Citation, ...]]:
        return claims.cite(seen, scale, asserting, kept[list(places)].tolist())

    return Told(
        subject=subject[kept],
        object=object_[kept],
        relation=claims.relation[kept],
        begins=first[kept],
        ends=last[kept],
        when=[whens[code] for code in claims.when[kept].tolist()],
        episode=[None if code < 0 else episodes[code] for code in claims.episode[kept].tolist()],
        cite=cite,
    )


def footing(scale: Scale, layout: Layout) -> Footing:
    """What the live ties of these rows rest on."""
    rows, frame = layout.rows, scale.frame
    live = np.flatnonzero((weigh(layout, scale).omega > 0) & (denial(rows.flags) == 0))
    begins, ends = bounds(layout, scale, frame.dates, counting(rows, scale))
    pair = np.repeat(np.arange(len(layout.lo)), np.diff(layout.start))[live]
    rows, begins, ends = rows.take(live), begins[live], ends[live]
    origin, attested = scale.sources.origin[rows.source], scale.attested(rows)
    order, first = _grouped(pair, rows.tie, origin)
    of_tie = order[first]
    forward = direction(rows.tie[of_tie]) == 1
    lo, hi = layout.lo[pair[of_tie]], layout.hi[pair[of_tie]]
    stale = _stale(scale, rows, ends, attested)

    def reduced(together: Any, values: Any) -> Any:  # noqa: ANN401 - a ufunc over any column
        return together.reduceat(values[order], first) if len(first) else values[:0]

    return Footing(
        subject=np.where(forward, lo, hi),
        object=np.where(forward, hi, lo),
        relation=relation_of(rows.tie[of_tie]).astype(np.uint8),
        origin=origin[of_tie],
        begins=reduced(np.minimum, begins),
        attested=reduced(np.maximum, attested).astype(np.int32),
        stale=reduced(np.logical_and, stale),
        origins=scale.tables.sources.origins.values,
        claims=len(_grouped(pair, rows.tie, rows.when, rows.episode)[1]),
        sources=len(np.unique(rows.source)),
    )


def _grouped(*columns: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The order that brings rows together that are alike in these columns, the first weighing most,
    and where in it each group starts."""
    order = np.lexsort(columns[::-1])
    changes = np.zeros(max(len(order) - 1, 0), bool)
    for column in columns:
        sorted_ = column[order]
        changes |= sorted_[1:] != sorted_[:-1]
    return order, starts(changes, len(order))


def _stale(scale: Scale, rows: Rows, ends: Codes, attested: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each row is older than its relation lets it be (`docs/method.md` §3.9)."""
    numbers, today = scale.tables.ontology.parameters.evidence, scale.frame.as_of
    half_life = scale.half_life[rows.tie]
    standing = ends == DISTANT_FUTURE
    age = today - np.where(standing, attested, ends)
    most = numbers.stale_half_lives * half_life
    lasting = standing & (today - attested > numbers.stale_days_without_half_life)
    stale: NDArray[np.bool_] = np.where(half_life > 0, age > most, lasting)
    return stale
