"""The index as a folder of columns, memory-mapped on the next start.

It is written aside and then renamed. A snapshot is stamped with its sequence number and the log's hash at it, so that one of another
log, ontology or format is never taken for this one's. It can be deleted at any time.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from graph_service.domain.errors import GraphError
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import dump_record, parse_record
from graph_service.domain.sources import Source
from graph_service.graph.index import Index
from graph_service.graph.rows import NAMES, Layout, Rows
from graph_service.graph.state import State
from graph_service.graph.tables import Interned, Lives, Whens

FORMAT = 1
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
    (fresh / "tables.json").write_text(json.dumps(_tables(index)), "utf-8")
    (fresh / "head.json").write_text(json.dumps(head), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def load(folder: Path, ontology: Ontology, stamp_of: Callable[[int], str | None]) -> Index | None:
    """The index kept in a folder; None where there is none, or it is not this log's.

    `stamp_of` gives the log's hash at a sequence number.
    """
    try:
        head = json.loads((folder / "head.json").read_text("utf-8"))
        fits = head["format"] == FORMAT and head["ontology"] == digest(ontology)
        if not fits or stamp_of(head["sequence"]) != head["stamp"]:
            return None
        index = Index(ontology)
        _fill(index, json.loads((folder / "tables.json").read_text("utf-8")))
        index.state = State(head["sequence"], _layout(folder), {}, head["actors"])
    except (OSError, ValueError, KeyError, TypeError, GraphError):
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


def _layout(folder: Path) -> Layout:
    columns = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r")
        for name in (*PAIRS, *(f"row_{name}" for name in NAMES))
    }
    rows = Rows(*(columns[f"row_{name}"] for name in NAMES))
    if len({len(column) for name, column in columns.items() if name.startswith("row_")}) != 1:
        raise ValueError("columns of different lengths")
    return Layout(columns["lo"], columns["hi"], columns["start"], rows)


def _tables(index: Index) -> dict[str, Any]:
    tables = index.tables
    return {
        "actors": [tables.actors.ids.values, tables.actors.kinds, tables.actors.names],
        "sources": [
            [recorded, dump_record(source)] for _, recorded, source in tables.sources.versions
        ],
        "episodes": tables.episodes.values,
        "whens": tables.whens.texts,
        "confidences": tables.confidences.values,
        "lives": tables.lives.values.values,
    }


def _fill(index: Index, kept: dict[str, Any]) -> None:
    tables = index.tables
    for id_, kind, name in zip(*kept["actors"], strict=True):
        tables.actors.put(id_, kind, name)
    for recorded, source in _sources(kept["sources"], index.ontology):
        tables.sources.put(source, recorded)
    tables.episodes = Interned(kept["episodes"])
    tables.whens = Whens(kept["whens"])
    tables.confidences = Interned(kept["confidences"])
    tables.lives = Lives(tuple(life) for life in kept["lives"])


def _sources(kept: list[Any], ontology: Ontology) -> Iterator[tuple[int, Source]]:
    for recorded, data in kept:
        record = parse_record(data, ontology)
        if isinstance(record, Source):
            yield recorded, record
