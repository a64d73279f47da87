"""Taking in files of native records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path

from graph_service import dossiers, reference
from graph_service.cli.desk import STANDARD_INPUT, Bar, Desk
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms import ImportForm
from graph_service.domain.actors import Actor
from graph_service.domain.claims import ClaimRecord, Status
from graph_service.domain.errors import GraphError, InvalidQuestion
from graph_service.domain.records import Record
from graph_service.importers.native import import_native as read_and_write
from graph_service.queries.words import count
from graph_service.stores.base import Receipt
from graph_service.stores.graph import Graph


def import_native(desk: Desk, form: ImportForm) -> int:
    """Take in files of native records (FILE), the dossier of that name, the states and others that
    ship (reference), or standard input (-)."""
    places = [(name, _place(name)) for name in form.files]
    with desk.graph(to_write=True) as graph:
        for name, place in places:
            with desk.progress(f"taking in {name}") as bar:
                receipt, waiting = _take_in(graph, place, form, bar)
            desk.out.print(
                f"{name}: {receipt.written} taken, {receipt.known} known already",
                markup=False,
                soft_wrap=True,
            )
            if waiting:
                pieces = count(waiting, "piece")
                desk.out.print(f"{pieces} of evidence only proposed: no answer rests on it yet")
    return ANSWERED


def _place(name: str) -> str | Path | Traversable:
    if name == STANDARD_INPUT or Path(name).exists():
        return name
    if name == reference.NAME:
        return reference.resource()
    known = dossiers.names()
    if name in known:
        return dossiers.dossier(name)
    raise InvalidQuestion(
        f"{name}: there is no such file or dossier",
        parameter="file",
        suggestions=get_close_matches(name, (*known, reference.NAME), n=2),
    )


def _take_in(
    graph: Graph, place: str | Path | Traversable, form: ImportForm, bar: Bar
) -> tuple[Receipt, int]:
    """What the write did, and how many pieces of evidence in the file are only proposed."""
    waiting = known = 0
    lends = place == reference.resource()

    def watched(records: Iterable[Record]) -> Iterator[Record]:
        nonlocal waiting, known
        for record in records:
            # The set says less of an actor than whoever told of it here.
            if lends and isinstance(record, Actor) and graph.store.about(f"actor:{record.id}"):
                known += 1
                continue
            if isinstance(record, ClaimRecord):
                waiting += sum(piece.status is Status.PROPOSED for piece in record.evidence)
            yield record

    def write(records: Iterable[Record]) -> Receipt:
        return graph.write(watched(records), by=form.by, keep_history=form.keep_history)

    try:
        receipt = read_and_write(write, place, graph.ontology, progress=bar.move)
    except GraphError as error:
        error.add_note(Path(str(place)).name)
        raise
    return replace(receipt, known=receipt.known + known), waiting
