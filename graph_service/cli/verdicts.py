"""What is decided of which evidence, as it is told by ids or in lines of JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import BinaryIO

from graph_service.domain.admission import ANEW
from graph_service.domain.claims import Decision, Status
from graph_service.domain.errors import Conflict, InvalidQuestion, InvalidRecord
from graph_service.domain.fields import describe
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import parse_record
from graph_service.importers.strict_json import strict_json
from graph_service.stores.graph import Graph

VERDICTS = {
    "accept": Status.ACCEPTED,
    "reject": Status.REJECTED,
    "retract": Status.RETRACTED,
}
_SPELT = VERDICTS | {verdict.value: verdict for verdict in VERDICTS.values()}


def verdict_meant(word: str) -> Status:
    """The verdict of that name, such as `accept` or `accepted`; raises `InvalidQuestion`."""
    found = _SPELT.get(word.lower())
    if found is None:
        raise InvalidQuestion(
            f"{word!r} is no verdict: {', '.join(VERDICTS)} are",
            parameter="verdict",
            suggestions=get_close_matches(word.lower(), VERDICTS, n=1),
        )
    return found


def by_ids(graph: Graph, ids: Iterable[str], decision: Decision) -> Iterator[Decision]:
    """The same decision on each piece of evidence that is named. A claim stands for all evidence
    on it that can be decided so, or, where there is none, that already was."""
    named = dict.fromkeys(piece for id_ in ids for piece in _pieces(graph, id_, decision.verdict))
    return (replace(decision, evidence=id_) for id_ in named)


def _pieces(graph: Graph, id_: str, verdict: Status) -> Sequence[str]:
    if not id_.startswith("c_"):
        return [id_]
    evidence = graph.claim(id_).record.evidence
    before = Status.ACCEPTED if verdict is Status.RETRACTED else Status.PROPOSED
    for status in (before, verdict):
        fitting = [piece.id for piece in evidence if piece.status is status]
        if fitting:
            return fitting
    held = ", ".join(sorted({piece.status for piece in evidence}))
    raise Conflict(
        f"claim {id_} has no {before} evidence that could be {verdict}: it is {held}"
        + (f"; {ANEW}" if verdict is Status.ACCEPTED else "")
    )


def from_lines(stream: BinaryIO, ontology: Ontology, *, by: str) -> Iterator[tuple[int, Decision]]:
    """The decisions of lines of JSON, each with its line (from 1). They are decision records whose
    `record` and `by` may be left out, and whose `evidence` may be a list of ids."""
    for line, text in enumerate(stream, start=1):
        try:
            for data in _each(text, by) if text.strip() else ():
                yield line, _decision(data, ontology)
        except InvalidRecord as error:
            raise error.at_line(line) from None


def _decision(data: dict[str, object], ontology: Ontology) -> Decision:
    record = parse_record(data, ontology)
    if not isinstance(record, Decision):
        raise InvalidRecord("only decisions stand in this file", field="record")
    return record


def _each(text: bytes, by: str) -> Iterator[dict[str, object]]:
    data = strict_json(text.strip())
    if not isinstance(data, dict):
        raise InvalidRecord(f"a decision is a JSON object, not {describe(data)}")
    told = {"record": "decision", "by": by, **data}
    evidence = told.get("evidence")
    for id_ in evidence if isinstance(evidence, list) else [evidence]:
        yield told | {"evidence": id_}
