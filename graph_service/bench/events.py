"""A world from a file of coded events: `date subject relation object split`, tab-separated, .gz or not.

Relations are labels; a second file says which CAMEO code a label stands for (`LABEL: 0211= Appeal
for …`), and the ontology which relation a code stands for, the most specific prefix first. Rows
without a relation, and of actors to themselves, are left out. The file tells no kind of actor, so
all are of one kind that every such relation takes.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from graph_service.bench.worlds import (
    MODALITIES,
    STATUSES,
    Claims,
    Pieces,
    World,
)
from graph_service.domain.actors import Actor
from graph_service.domain.claims import Modality, Status
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability, Source

KIND = "organisation"
CONFIDENCE = 0.7

_LABEL = re.compile(r"LABELi?:\s*(\d+)\w?\s*=\s*(.*\S)", re.IGNORECASE)


class Event(NamedTuple):
    """One row of the file, its relation one of the ontology's."""

    day: str
    subject: str
    relation: str
    object: str


def events_world(ontology: Ontology, events: Path, labels: Path) -> World:
    """The world that the file tells, asked about on the day of its last event."""
    relations = relations_by_label(ontology, labels.read_text("utf-8", errors="replace"))
    with _opened(events) as lines:
        kept = sorted(set(_events(lines, relations, ontology)))
    names = sorted({event.subject for event in kept} | {event.object for event in kept})
    return _world(ontology, events.name, kept, names)


def relations_by_label(ontology: Ontology, text: str) -> Mapping[str, str]:
    """The relation of each label, by its CAMEO code; labels are compared without regard to case."""
    owners = {code: name for name, r in ontology.relations.items() for code in r.cameo}
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _LABEL.match(line)
        if match:
            code, label = match.groups()
            prefixes = (code[:length] for length in range(len(code), 1, -1))
            relation = next((owners[prefix] for prefix in prefixes if prefix in owners), None)
            if relation is not None:
                found.setdefault(label.lower(), relation)
    return found


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return TextIOWrapper(gzip.open(path), "utf-8")
    return path.open(encoding="utf-8")


def _events(lines: IO[str], relations: Mapping[str, str], ontology: Ontology) -> Iterator[Event]:
    for line in lines:
        day, subject, label, object_ = line.rstrip("\n").split("\t")[:4]
        relation = relations.get(label.lower())
        if relation is None or subject == object_:
            continue
        if ontology.relations[relation].symmetric and object_ < subject:
            subject, object_ = object_, subject
        yield Event(day, subject, relation, object_)


def _world(ontology: Ontology, title: str, events: list[Event], names: list[str]) -> World:
    code_of = {name: code for code, name in enumerate(names)}
    days = sorted({event.day for event in events})
    when_of = {day: code for code, day in enumerate(days)}
    relation_of = ontology.order_of_relations
    count = len(events)
    nothing = np.zeros(count, np.int64)
    return World(
        name="events",
        as_of=date.fromisoformat(days[-1]).toordinal(),
        ontology=ontology,
        actors=tuple(Actor(f"e{code:06d}", KIND, name) for code, name in enumerate(names)),
        sources=(Source("events", title, published=days[-1], reliability=Reliability.B),),
        episodes=(),
        whens=tuple(map(When.parse, days)),
        claims=Claims(
            subject=np.array([code_of[event.subject] for event in events]),
            relation=np.array([relation_of[event.relation] for event in events]),
            object=np.array([code_of[event.object] for event in events]),
            when=np.array([when_of[event.day] for event in events]),
            episode=nothing - 1,
        ),
        pieces=Pieces(
            claim=np.arange(count),
            source=nothing,
            denied=np.zeros(count, np.bool_),
            confidence=np.full(count, CONFIDENCE),
            modality=nothing + MODALITIES.index(Modality.DONE),
            status=nothing + STATUSES.index(Status.ACCEPTED),
            strength=nothing,
            outcome=nothing,
        ),
    )
