"""What an index tells of actors through time: every claim, whatever has become of it."""

from collections.abc import Sequence

import numpy as np

from graph_service.graph.claim_rows import ClaimRows
from graph_service.graph.histories import Told
from graph_service.graph.laying import laid
from graph_service.graph.packing import denial
from graph_service.graph.rows import Layout, concatenate, laid_out
from graph_service.graph.seen import Seen
from graph_service.graph.tables import Tables
from graph_service.graph.view import Citation, Frame
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


def told(
    tables: Tables, frame: Frame, seen: Seen, actors: Sequence[int], *, together: bool
) -> Told:
    """Every claim at these actors that counts at a frame and has begun."""
    scale = Scale(tables, frame)
    layout = rows_at(tables, seen, actors, together=together)
    claims, counts = ClaimRows(layout), counting(layout.rows, scale)
    begins, ends = bounds(layout, scale, frame.dates, counts)
    asserting = counts & (weigh(layout, scale).trust > 0) & (denial(layout.rows.flags) == 0)
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
