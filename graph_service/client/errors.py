"""What can go wrong with a call, as one tree; the same over HTTP and in this process.

::

    GraphServiceError
    ├── NotFound         nothing of that name is known
    ├── Refused          a question or a record that cannot be taken as it is written
    ├── NotAllowed       the key is missing, unknown, or does not allow it
    ├── Conflict         what is known has moved on: `changes` says how
    ├── Unavailable      out of reach, busy or not ready, whatever was tried
    └── Failed           the fault is the service's
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


class GraphServiceError(Exception):
    """Root of the tree. `problem` is what the service said, as it said it (RFC 9457)."""

    def __init__(
        self,
        message: str,
        *,
        suggestions: Sequence[str] = (),
        problem: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = tuple(suggestions)
        self.problem = problem or {}

    @property
    def parameter(self) -> str | None:
        """The parameter of the question at fault."""
        return self.problem.get("parameter")

    @property
    def field(self) -> str | None:
        """The field of the record at fault."""
        return self.problem.get("field")

    @property
    def line(self) -> int | None:
        """The record at fault, counted from 1."""
        return self.problem.get("line")

    @property
    def changes(self) -> tuple[Mapping[str, Any], ...]:
        """What came between the state that was expected and the one there is."""
        return tuple(self.problem.get("changes", ()))

    @property
    def request_id(self) -> str | None:
        """Which request it was, to name to whoever runs the service."""
        return self.problem.get("request_id")

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        line = None if self.line is None else f"record {self.line}"
        place = ", ".join(part for part in (line, self.field) if part)
        yield f"{place}: {self.message}" if place else self.message
        if self.suggestions:
            yield f"Did you mean: {', '.join(self.suggestions)}?"
        for change in self.changes:
            reason = f": {change['reason']}" if change.get("reason") else ""
            yield f"  entry {change['sequence']}: {change['what']} by {change['by']}{reason}"
        if self.request_id:
            yield f"(request {self.request_id})"


class NotFound(GraphServiceError):
    """Nothing of that name is known; `suggestions` are what may be meant."""


class Refused(GraphServiceError):
    """A question or a record that cannot be taken as it is written."""


class NotAllowed(GraphServiceError):
    """The key is missing, unknown, revoked, or does not allow this."""


class Conflict(GraphServiceError):
    """What is known has moved on since it was looked at; `changes` is what came between."""


class Unavailable(GraphServiceError):
    """The service is out of reach, busy or not ready; the same call may succeed later."""


class Failed(GraphServiceError):
    """The service failed, or answered what cannot be read."""


_BY_STATUS: Mapping[int, type[GraphServiceError]] = {
    401: NotAllowed,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    503: Unavailable,
    507: Unavailable,
}


def error_of(status: int, problem: object) -> GraphServiceError:
    """The error that an answer of this status and body is."""
    known: Mapping[str, Any] = problem if isinstance(problem, dict) else {}
    kind = _BY_STATUS.get(status, Failed if status >= 500 else Refused)
    detail = known.get("detail", f"the service answered with status {status} and no reason")
    return kind(str(detail), suggestions=known.get("suggestions", ()), problem=known)
