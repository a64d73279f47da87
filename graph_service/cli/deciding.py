"""Deciding on evidence: by ids, from a file, or in an editor; and what waits for a decision."""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from itertools import islice

import orjson

from graph_service.cli.at_fault import Named, NamedRecords, about
from graph_service.cli.decision_form import form_of, read_form
from graph_service.cli.desk import STANDARD_INPUT, Desk, opened
from graph_service.cli.editor import fill_in
from graph_service.cli.failures import ANSWERED, NO_RESULT, report
from graph_service.cli.forms_writing import DecideForm
from graph_service.cli.naming import actor_meant
from graph_service.cli.show_decided import (
    show_came_between,
    show_decided,
    show_waiting,
    undecided_in_words,
)
from graph_service.cli.verdicts import by_ids, from_lines, verdict_meant
from graph_service.domain.claims import Decision, Status
from graph_service.domain.errors import InvalidQuestion, InvalidRecord, LostUpdate, NotFound
from graph_service.stores.base import Once
from graph_service.stores.graph import Graph
from graph_service.stores.waiting import Queue, waiting


def decide(desk: Desk, form: DecideForm) -> int:
    """Accept, reject or retract evidence: by ids, from a file, or in your editor."""
    ways = {
        _by_ids: form.verdict is not None,
        _listed: form.listed,
        _from_file: form.file is not None,
        _by_editor: form.edit,
    }
    chosen = [way for way, is_meant in ways.items() if is_meant]
    if len(chosen) != 1:
        raise InvalidQuestion(
            "give a verdict and ids (accept ID…), or one of --list, --file and --edit",
            parameter="verdict",
        )
    with desk.graph() as graph:
        try:
            return chosen[0](desk, graph, form)
        except LostUpdate as error:
            code = report(error, desk.err)
            show_came_between(desk.err, graph, error)
            return code


def _by_ids(desk: Desk, graph: Graph, form: DecideForm) -> int:
    if not form.ids:
        raise InvalidQuestion(
            "say what is decided on: the ids of evidence or claims", parameter="id"
        )
    verdict = verdict_meant(form.verdict or "")
    alike = Decision("", verdict, form.by, reason=form.reason, expected=form.expected)
    asked = orjson.dumps([verdict, form.ids, form.reason, form.expected])
    named = [("", decision) for decision in by_ids(graph, form.ids, alike)]
    return _put(desk, graph, form, named, asked)


def _from_file(desk: Desk, graph: Graph, form: DecideForm) -> int:
    with opened(form.file or STANDARD_INPUT) as stream:
        data = stream.read()
    lines = list(from_lines(BytesIO(data), graph.ontology, by=form.by))
    named = [(f"line {line}", decision) for line, decision in lines]
    try:
        return _put(desk, graph, form, named, data)
    except NotFound as error:
        wrong = InvalidRecord(error.message, field=error.noun)
        wrong.__notes__ = error.__notes__
        raise wrong from None


def _by_editor(desk: Desk, graph: Graph, form: DecideForm) -> int:
    queue = _queue(graph, form)
    pieces = list(islice(queue.pieces, form.limit))
    if not pieces:
        desk.err.print("Nothing waits for a decision.")
        return NO_RESULT
    offered = {piece.evidence.id for piece in pieces}
    # Whatever happens while the form is open is later than what it shows.
    alike = Decision("", Status.ACCEPTED, form.by, reason=form.reason, expected=queue.sequence)

    def use(text: str) -> int:
        decisions = read_form(text, offered, alike)
        if not decisions:
            desk.err.print("Nothing is decided: nothing was written.")
            return NO_RESULT
        return _put(desk, graph, form, [("", each) for each in decisions], text.encode())

    shown = form_of(pieces, queue.sequence, lambda piece: undecided_in_words(graph, piece))
    return fill_in(desk, shown, use, ending=".txt")


def _listed(desk: Desk, graph: Graph, form: DecideForm) -> int:
    shown = show_waiting(desk, graph, _queue(graph, form), form.limit, form.format)
    return ANSWERED if shown else NO_RESULT


def _queue(graph: Graph, form: DecideForm) -> Queue:
    if form.actor is None:
        return waiting(graph)
    actor = graph.canonical(actor_meant(graph, form.actor, "actor"))
    return waiting(graph, {actor, *graph.referents(actor)})


def _put(
    desk: Desk,
    graph: Graph,
    form: DecideForm,
    named: Sequence[Named],
    asked: bytes,
) -> int:
    once = (
        Once(form.idempotency_key, hashlib.sha256(asked).hexdigest())
        if form.idempotency_key is not None
        else None
    )
    records = NamedRecords(named)
    with about(lambda: records.name):
        receipt = graph.write(records, by=form.by, once=once)
    show_decided(desk, graph, receipt, form.format)
    return ANSWERED
