"""What can be written, as methods of a client."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_service.client.connection import Connection, Reply

JsonRecord = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write was about: the ids of claims and evidence, and the entry of the log after which
    it is seen."""

    claims: tuple[str, ...]
    evidence: tuple[str, ...]
    sequence: int

    @classmethod
    def of(cls, reply: Reply) -> "Written":
        """What a reply says."""
        data = reply.data
        return cls(tuple(data["claims"]), tuple(data["evidence"]), reply.meta["sequence"])


class Writing:
    """What can be put in. A write that meets a broken connection or a busy store is tried again
    and is still one write; what is asked afterwards has seen it."""

    _connection: Connection

    def propose(self, records: JsonRecord | Iterable[JsonRecord]) -> Written:
        """Put in native records (`docs/records.md`), all or none; evidence on claims waits for a
        decision, unless it carries one. Raises `Refused` with field and place, or `Conflict`."""
        several = [records] if isinstance(records, Mapping) else list(records)
        return Written.of(self._connection.post("/v1/records", several))

    def decide(
        self,
        evidence: str | Iterable[str],
        verdict: str,
        *,
        reason: str | None = None,
        expected: int | None = None,
    ) -> Written:
        """Decide on evidence, all of it or none: `accepted`, `rejected` or, once accepted,
        `retracted`. With `expected`, the sequence number that was seen, a claim that has changed
        since is a `Conflict` whose `changes` say how."""
        ids = [evidence] if isinstance(evidence, str) else list(evidence)
        decision = {"evidence": ids, "verdict": verdict, "reason": reason, "expected": expected}
        return Written.of(self._connection.post("/v1/decisions", decision))

    def judge(self, left: str, right: str, verdict: str, *, reason: str | None = None) -> Written:
        """Say of two actors, by id, that they are the `same`, `different`, or that it is `unsure`;
        the latest judgement holds, and `different` undoes `same`."""
        judgement = {"left": left, "right": right, "verdict": verdict, "reason": reason}
        return self.propose({"record": "judgement", **judgement})
