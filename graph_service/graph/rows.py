"""Evidence as rows of columns, sorted by the pair of actors that it is about.

One row is one piece of evidence, 34 bytes. Rows are sorted by pair, relation and direction,
cluster, stance and evidence, so that the rows of a pair, of a tie and of a cluster each stand
together, whatever the order in which they arrived.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.claims import Claim, Evidence
from graph_service.domain.ontology import Ontology
from graph_service.graph.packing import denial, pack_flags, pack_tie
from graph_service.graph.tables import Tables
from graph_service.graph.view import Codes, Small

_ORDER_KEEPING = str.maketrans(
    "234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv"
)

RowTuple = tuple[int, int, int, int, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Columns of evidence. `tie` and `flags` are packed as `packing` says;
    `key` keeps the order of the evidence ids."""

    tie: Small
    when: Codes
    episode: Codes
    source: Codes
    confidence: NDArray[np.uint32]
    flags: Small
    life: Codes
    key: NDArray[np.uint64]
    sequence: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.tie)

    def take(self, places: Any) -> "Rows":  # noqa: ANN401 - whatever indexes an array
        """The rows at these places."""
        return Rows(*(getattr(self, name)[places] for name in NAMES))

    @property
    def nbytes(self) -> int:
        return sum(getattr(self, name).nbytes for name in NAMES)


NAMES = tuple(field.name for field in fields(Rows))
DTYPES = ("u1", "i4", "i4", "i4", "u4", "u1", "i4", "u8", "u4")


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Sorted rows with the pairs they belong to: pair `p` is (`lo[p]`, `hi[p]`), lo < hi, and has
    the rows `start[p]:start[p + 1]`."""

    lo: Codes
    hi: Codes
    start: Codes
    rows: Rows

    @property
    def nbytes(self) -> int:
        return self.lo.nbytes + self.hi.nbytes + self.start.nbytes + self.rows.nbytes


def concatenate(parts: Iterable[Rows]) -> Rows:
    """All rows of these parts in this order."""
    held = list(parts)
    return Rows(*(np.concatenate([getattr(part, name) for part in held]) for name in NAMES))


def rows_of(tuples: list[RowTuple]) -> tuple[Codes, Codes, Rows]:
    """Columns from rows as tuples: first and second actor of the pair, then the columns."""
    columns = list(zip(*tuples, strict=True)) if tuples else [()] * (len(NAMES) + 2)
    lo, hi = (np.array(column, np.int32) for column in columns[:2])
    rest = (np.array(column, dtype) for column, dtype in zip(columns[2:], DTYPES, strict=True))
    return lo, hi, Rows(*rest)


def evidence_key(evidence_id: str) -> int:
    """60 bits of an evidence id that sort as the id does."""
    return int(evidence_id[2:14].translate(_ORDER_KEEPING), 32)


def row_tuple(tables: Tables, claim: Claim, piece: Evidence, sequence: int) -> RowTuple:
    """One piece of evidence as a row; new names enter the tables."""
    subject = tables.actors.ids.find(claim.subject)
    object_ = tables.actors.ids.find(claim.object)
    if subject is None or object_ is None:
        raise KeyError(f"{claim.id} is about an actor that has no record")
    source = tables.sources.ids.find(piece.source)
    if source is None:
        raise KeyError(f"{piece.id} cites a source that has no record")
    forward = subject < object_
    relation = tables.ontology.order_of_relations[claim.relation]
    return (
        subject if forward else object_,
        object_ if forward else subject,
        pack_tie(relation, forward=forward),
        tables.whens.code(claim.when),
        -1 if claim.episode is None else tables.episodes.code(claim.episode),
        source,
        tables.confidences.code(piece.confidence),
        pack_flags(piece),
        tables.lives.code(piece),
        evidence_key(piece.id),
        sequence,
    )


def cluster_codes(tables: Tables, rows: Rows) -> NDArray[np.int64]:
    """What sets the clusters of one tie apart: the episode of a standing state, else the bucket
    of days in which the event or observation lies at the latest."""
    whens, size = tables.whens, tables.ontology.parameters.evidence.bucket_days
    bucket = (whens.end_latest.astype(np.int64) // size) * 2 + 1
    bucketed = event_flags(tables.ontology)[rows.tie] | whens.single[rows.when]
    return np.where(bucketed, bucket[rows.when], (rows.episode.astype(np.int64) + 1) * 2)


def event_flags(ontology: Ontology) -> NDArray[np.bool_]:
    """By the code of a tie (relation and direction), whether its relation is an event."""
    return np.repeat([relation.is_event for relation in ontology.relations.values()], 2)


def build_layout(tables: Tables, lo: Codes, hi: Codes, rows: Rows) -> Layout:
    """Sort rows into a layout; of two rows with one key the later one stands."""
    kept = without_replaced(rows)
    if kept is not None:
        lo, hi, rows = lo[kept], hi[kept], rows.take(kept)
    order = in_order(tables, lo, hi, rows)
    return laid_out(lo[order], hi[order], rows.take(order))


def in_order(tables: Tables, lo: Codes, hi: Codes, rows: Rows) -> NDArray[np.intp]:
    """The places of rows, of which no two have one key, in the order of a layout."""
    # Two numbers for five columns: sorting is most of what a layout costs.
    pair = lo.astype(np.int64) << 32 | hi
    within = (rows.tie.astype(np.int64) << 40) + cluster_codes(tables, rows) * 2
    return np.lexsort((rows.key, within + denial(rows.flags), pair))


def laid_out(lo: Codes, hi: Codes, rows: Rows) -> Layout:
    """Rows in their order, with the actors of each row's pair, as a layout."""
    first = starts((lo[1:] != lo[:-1]) | (hi[1:] != hi[:-1]), len(lo))
    start = np.append(first, len(lo)).astype(np.int32)
    return Layout(lo[first], hi[first], start, rows)


def without_replaced(rows: Rows) -> NDArray[np.intp] | None:
    """The places of the rows that stand where some have the key of an earlier one, which they
    replace; None where no two have one key."""
    order = np.argsort(rows.key, kind="stable")
    keys = rows.key[order]
    replaced = np.flatnonzero(keys[1:] == keys[:-1])
    if len(replaced) == 0:
        return None
    kept = np.ones(len(rows), bool)
    kept[order[replaced]] = False
    for place in replaced.tolist():
        rows.sequence[order[place + 1]] = rows.sequence[order[place]]
    return np.flatnonzero(kept)


def starts(changes: NDArray[np.bool_], length: int) -> NDArray[np.intp]:
    """The places at which runs start, from whether each place after the first differs from the
    one before it.

    >>> starts(np.array([False, True, False]), 4).tolist()
    [0, 2]
    """
    if length == 0:
        return np.empty(0, np.intp)
    return np.concatenate([np.zeros(1, np.intp), np.flatnonzero(changes) + 1])


def bisected(
    low: NDArray[Any], high: NDArray[Any], is_before: Callable[[NDArray[Any]], NDArray[np.bool_]]
) -> NDArray[np.int64]:
    """In each range the first place that is not before what is looked for; its end where all are.

    `is_before` says it of one place in each range, and must hold up to some place and not after.

    >>> bisected(np.array([0, 3]), np.array([3, 5]), lambda places: places < 2).tolist()
    [2, 3]
    """
    low, high = low.astype(np.int64), high.astype(np.int64)
    while (open_ := low < high).any():
        middle = (low + high) // 2
        before = is_before(np.where(open_, middle, 0))
        low = np.where(open_ & before, middle + 1, low)
        high = np.where(open_ & ~before, middle, high)
    return low


def ragged(first: NDArray[Any], last: NDArray[Any]) -> NDArray[np.intp]:
    """The places of many ranges, one after the other.

    >>> ragged(np.array([0, 5]), np.array([2, 7])).tolist()
    [0, 1, 5, 6]
    """
    size = (last - first).astype(np.intp)
    ends = np.cumsum(size)
    shift = np.repeat(first - (ends - size), size)
    places: NDArray[np.intp] = np.arange(len(shift)) + shift
    return places
