"""Native records in few words, and the surroundings of a store that can be foreseen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from graph_service.domain.claims import ClaimRecord, Decision, Status
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Ontology, load_ontology
from graph_service.domain.records import Record, parse_record
from graph_service.stores.log import Surroundings

ONTOLOGY: Ontology = load_ontology()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def told(data: dict[str, Any]) -> Record:
    return parse_record(data, ONTOLOGY)


def actor(id_: str, kind: str = "state", **more: Any) -> Record:  # noqa: ANN401 - fields
    return told({"record": "actor", "id": id_, "kind": kind, "name": id_.title(), **more})


def source(id_: str = "paper", **more: Any) -> Record:  # noqa: ANN401 - fields
    return told({"record": "source", "id": id_, "title": id_, "published": "2024-09-01", **more})


def claim(
    subject: str = "iran",
    relation: str = "arms",
    object_: str = "hamas",
    *,
    when: str = "2024-05-01",
    episode: str | None = None,
    **evidence: Any,  # noqa: ANN401 - fields
) -> ClaimRecord:
    piece = {"source": "paper", "confidence": 0.8, **evidence}
    record = told(
        {
            "record": "claim", "subject": subject, "relation": relation, "object": object_,
            "when": when, "episode": episode, "evidence": [piece],
        }
    )  # fmt: skip
    assert isinstance(record, ClaimRecord)
    return record


def decided(record: ClaimRecord, verdict: str, **more: Any) -> Decision:  # noqa: ANN401 - fields
    if verdict == "retracted":
        more.setdefault("reason", "Misread.")
    return Decision(record.evidence[0].id, Status(verdict), "curator", **more)


def judged(left: str = "iran", right: str = "hamas", verdict: str = "different") -> Judgement:
    record = told(
        {
            "record": "judgement", "left": left, "right": right, "verdict": verdict,
            "by": "curator", "at": "2026-01-02T00:00:00Z", "reason": "two sorts of thing",
        }
    )  # fmt: skip
    assert isinstance(record, Judgement)
    return record


def nouns() -> list[Record]:
    return [source(), actor("iran"), actor("hamas", "armed_group"), actor("israel")]


def ticking() -> Callable[[], datetime]:
    """A clock that moves by a second whenever it is read."""
    seconds = count()
    return lambda: NOON + timedelta(seconds=next(seconds))


def foreseen(patience: float = 5.0) -> Surroundings:
    """Surroundings with a ticking clock and numbered salts."""
    numbers = count()
    return Surroundings(
        clock=ticking(),
        salts=lambda size: next(numbers).to_bytes(size, "big"),
        patience=patience,
    )
