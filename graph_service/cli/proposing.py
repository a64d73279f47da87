"""Proposing claims: from files, by options, or written in an editor. Nothing rests on what is
proposed before somebody accepts it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import orjson

from graph_service.cli.at_fault import about
from graph_service.cli.claim_options import check_whole, options_given, sketch_of
from graph_service.cli.composing import Sketch, records_of
from graph_service.cli.desk import Desk, opened
from graph_service.cli.editor import fill_in
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms_writing import ProposeForm
from graph_service.cli.proposal_form import form_of, read_form
from graph_service.cli.show_written import Proposed, show_proposed
from graph_service.domain.claims import ClaimRecord, Decision, Status
from graph_service.domain.errors import InvalidQuestion, InvalidRecord
from graph_service.domain.identity import Judgement
from graph_service.domain.records import Record, dump_record
from graph_service.importers.together import import_together
from graph_service.stores.base import Once, Receipt
from graph_service.stores.graph import Graph
from graph_service.stores.log import now
from graph_service.stores.rehearsal import rehearse


def propose(desk: Desk, form: ProposeForm) -> int:
    """Propose claims: files of native records, one claim by options, or a form in your editor."""
    if form.edit:
        return _by_editor(desk, form)
    given = options_given(form)
    if form.files and given:
        raise InvalidQuestion(f"give files or {given[0]}, not both", parameter=given[0])
    if form.files:
        return _from_files(desk, form, form.files)
    check_whole(form)
    with desk.graph() as graph:
        return _put_sketch(desk, form, graph, sketch_of(form))


def _by_editor(desk: Desk, form: ProposeForm) -> int:
    kept = form.files or []
    if len(kept) > 1:
        raise InvalidQuestion("--edit goes on with one form that was kept", parameter="file")
    with desk.graph() as graph:
        written = [Path(name).read_text("utf-8") for name in kept]
        return fill_in(
            desk,
            written[0] if written else form_of(sketch_of(form), graph.ontology),
            lambda text: _put_sketch(desk, form, graph, read_form(text)),
            ending=".toml",
            resumed=bool(written),
        )


def _put_sketch(desk: Desk, form: ProposeForm, graph: Graph, sketch: Sketch) -> int:
    records = records_of(sketch, graph)
    if not records.records:
        desk.err.print("There is nothing to propose: nothing was written.")
        return NO_RESULT
    asked = orjson.dumps([dump_record(record) for _, record in records.records])
    proposed = Proposed(records)
    with about(lambda: records.name):
        receipt = _put(graph, proposed, form, _once(form, [BytesIO(asked)]))
    show_proposed(desk, graph, form, proposed, receipt)
    return ANSWERED


def _from_files(desk: Desk, form: ProposeForm, names: Sequence[str]) -> int:
    with ExitStack() as stack:
        files = {name: stack.enter_context(opened(name)) for name in names}
        once = _once(form, files.values())
        graph = stack.enter_context(desk.graph(to_write=not form.dry_run))
        stack.enter_context(desk.progress("proposing"))

        def write(records: Iterable[Record]) -> tuple[Proposed, Receipt]:
            proposed = Proposed(_only_proposals(records))
            return proposed, _put(graph, proposed, form, once)

        written = import_together(write, files, graph.ontology)
        show_proposed(desk, graph, form, *written)
    return ANSWERED


def _put(graph: Graph, records: Iterable[Record], form: ProposeForm, once: Once | None) -> Receipt:
    if form.dry_run:
        return rehearse(graph.store, records, graph.ontology, at=now())
    return graph.write(records, by=form.by, once=once)


def _once(form: ProposeForm, asked: Iterable[BinaryIO]) -> Once | None:
    if form.idempotency_key is None:
        return None
    digest = hashlib.sha256()
    for stream in asked:
        digest.update(hashlib.sha256(stream.read()).digest())
    return Once(form.idempotency_key, digest.hexdigest())


def _only_proposals(records: Iterable[Record]) -> Iterator[Record]:
    """The same records; raises `InvalidRecord` at one that would decide something."""
    for record in records:
        if isinstance(record, Decision):
            raise InvalidRecord(
                "a decision is no proposal: give it to graph-service decide --file", field="record"
            )
        if isinstance(record, Judgement):
            raise InvalidRecord(
                "a judgement is no proposal: give it to graph-service judge", field="record"
            )
        if isinstance(record, ClaimRecord):
            _check_proposed(record)
        yield record


def _check_proposed(record: ClaimRecord) -> None:
    for place, piece in enumerate(record.evidence):
        if piece.status is not Status.PROPOSED:
            raise InvalidRecord(
                f"this evidence is {piece.status}, and what is proposed is decided later: take its "
                "status out, or give the file to graph-service import native",
                field=f"evidence[{place}].status",
            )
