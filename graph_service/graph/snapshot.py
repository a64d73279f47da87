"""The index as a folder of columns, memory-mapped on the next start.

It is written aside and then renamed. A snapshot is stamped with its sequence number and the log's hash at it, so that one of another
log, ontology or format is never taken for this one's. It can be deleted at any time.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from graph_service.domain.errors import GraphError
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.ontology import Ontology
from graph_service.domain.sources import Reliability, Source
from graph_service.graph.index import Index
from graph_service.graph.judgements import Judgements
from graph_service.graph.rows import NAMES, Layout, Rows
from graph_service.graph.state import State
from graph_service.graph.tables import WHEN_DTYPES, ActorTable, Interned, Lives, Whens

FORMAT = 4
PAIRS = ("lo", "hi", "start")


def save(index: Index, folder: Path, stamp: str) -> None:
    """Write the index to a folder in place of what is there; a half-written one is never read."""
    index.compact()
    state = index.state
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in PAIRS:
        np.save(fresh / f"{name}.npy", getattr(state.base, name))
    for name in NAMES:
        np.save(fresh / f"row_{name}.npy", getattr(state.base.rows, name))
    head = {"format": FORMAT, "ontology": digest(index.ontology), "stamp": stamp,
            "sequence": state.sequence, "actors": state.actors}  # fmt: skip
    np.save(fresh / "periods.npy", [column.array for column in index.tables.whens.columns])
    (fresh / "tables.json").write_bytes(orjson.dumps(_tables(index)))
    head["digests"] = {path.name: _digest_of(path) for path in sorted(fresh.iterdir())}
    (fresh / "head.json").write_bytes(orjson.dumps(head))
    for path in fresh.iterdir():
        _make_durable(path)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def load(folder: Path, ontology: Ontology, stamp_of: Callable[[int], str | None]) -> Index | None:
    """The index kept in a folder; None where there is none, or it is not this log's.

    `stamp_of` gives the log's hash at a sequence number.
    """
    try:
        head = orjson.loads((folder / "head.json").read_bytes())
        fits = head["format"] == FORMAT and head["ontology"] == digest(ontology)
        if not fits or stamp_of(head["sequence"]) != head["stamp"] or not _is_whole(folder, head):
            return None
        index = Index(ontology)
        _fill(index, orjson.loads((folder / "tables.json").read_bytes()), _periods(folder))
        judged = len(index.tables.judgements)
        index.state = State(head["sequence"], _layout(folder), {}, head["actors"], judged)
    except (OSError, ValueError, KeyError, TypeError, EOFError, GraphError):
        return None
    return index


def digest(ontology: Ontology) -> str:
    """What of the ontology the order of rows depends on."""
    relations = [
        (name, r.temporal, r.symmetric, r.half_life_days > 0)
        for name, r in ontology.relations.items()
    ]
    bucket = ontology.parameters.evidence.bucket_days
    return hashlib.sha256(repr((relations, bucket)).encode()).hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_whole(folder: Path, head: dict[str, Any]) -> bool:
    """Whether every file is what was written: a damaged column would answer wrongly in silence."""
    return all(_digest_of(folder / name) == kept for name, kept in head["digests"].items())


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _layout(folder: Path) -> Layout:
    columns = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r")
        for name in (*PAIRS, *(f"row_{name}" for name in NAMES))
    }
    rows = Rows(*(columns[f"row_{name}"] for name in NAMES))
    if len({len(column) for name, column in columns.items() if name.startswith("row_")}) != 1:
        raise ValueError("columns of different lengths")
    return Layout(columns["lo"], columns["hi"], columns["start"], rows)


def _periods(folder: Path) -> NDArray[Any]:
    periods: NDArray[Any] = np.load(folder / "periods.npy")
    return periods


def _tables(index: Index) -> dict[str, Any]:
    tables = index.tables
    return {
        "actors": [tables.actors.ids.values, tables.actors.kinds, tables.actors.names],
        "sources": [
            [recorded, *astuple(source)] for _, recorded, source in tables.sources.versions
        ],
        "episodes": tables.episodes.values,
        "episode_names": tables.episode_names,
        "whens": tables.whens.texts.values,
        "confidences": tables.confidences.values,
        "lives": tables.lives.values.values,
        "judgements": [
            [sequence, recorded, one.left, one.right, one.verdict]
            for sequence, recorded, one in tables.judgements.entries
        ],
    }


def _fill(index: Index, kept: dict[str, Any], periods: NDArray[Any]) -> None:
    tables = index.tables
    tables.actors = ActorTable(*kept["actors"])
    for recorded, *fields in kept["sources"]:
        source = Source(*fields)
        tables.sources.put(replace(source, reliability=Reliability(source.reliability)), recorded)
    tables.episodes = Interned(kept["episodes"])
    tables.episode_names = kept["episode_names"]
    columns = [periods[n].astype(dtype) for n, dtype in enumerate(WHEN_DTYPES)]
    tables.whens = Whens(kept["whens"], columns)
    tables.confidences = Interned(kept["confidences"])
    tables.lives = Lives(tuple(life) for life in kept["lives"])
    tables.judgements = Judgements(
        (sequence, recorded, Judgement(left, right, Verdict(verdict)))
        for sequence, recorded, left, right, verdict in kept["judgements"]
    )
