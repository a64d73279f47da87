"""Everything that can go wrong, as one tree. Nothing here knows of HTTP or exit codes.

::

    GraphError
    ├── InvalidRecord        a record that cannot be true as written (line, field)
    │   ├── InvalidDate      a date that cannot be read
    │   └── WrongId          a derived id that does not belong to its content
    ├── InvalidQuestion      a question that cannot be asked that way (parameter)
    ├── NotFound             nothing of that name is known
    ├── Conflict             the record or the state known to the asker has moved on
    │   └── LostUpdate       a decision on a claim that changed meanwhile (claim, seen)
    ├── KeyNeeded            there is no key, or none that is known
    ├── NotAllowed           the asker is not allowed to do that
    ├── OntologyError        the ontology file contradicts itself
    └── StoreError           the store cannot keep or give back what it should
        ├── StoreMissing     there is no store at that place
        ├── StoreCorrupt     what is kept is not what was written
        ├── StoreTooNew      written by a newer version of this program
        ├── StoreReadOnly    the store can be read, not written
        ├── StoreFull        no room left, nothing of the write was kept
        ├── StoreRefused     the server of the store refuses us, and asking again is no use
        └── StoreUnavailable busy or unreachable, try again
            ├── StoreUnreachable  the server of the store does not answer
            └── StoreInDoubt      it went away while it was writing: the write may have been kept
"""

from collections.abc import Sequence


class GraphError(Exception):
    """Root of the tree; `suggestions` are what the asker may have meant."""

    def __init__(self, message: str, *, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = tuple(suggestions)


class InvalidRecord(GraphError):
    """A record that cannot be accepted as written; says the field, and the line of a file."""

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        line: int | None = None,
        suggestions: Sequence[str] = (),
    ) -> None:
        super().__init__(message, suggestions=suggestions)
        self.field = field
        self.line = line

    def at_line(self, line: int) -> "InvalidRecord":
        """The same error, with the line of the file (from 1) that it came from."""
        self.line = line
        return self

    def within(self, place: str) -> "InvalidRecord":
        """The same error, its field seen from one level up, such as `evidence[0].source`."""
        self.field = f"{place}.{self.field}" if self.field else place
        return self

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                f"line {self.line}" if self.line is not None else "",
                self.field or "",
            )
            if part
        )
        return f"{place}: {self.message}" if place else self.message


class InvalidDate(InvalidRecord):
    """A date that is not written as the model has it."""


class WrongId(InvalidRecord):
    """A record carries a derived id that its content does not give."""


class InvalidQuestion(GraphError):
    """A question whose parameter `parameter` cannot be understood or is out of range."""

    def __init__(self, message: str, *, parameter: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message, suggestions=suggestions)
        self.parameter = parameter


class NotFound(GraphError):
    """Nothing of that name is known, or more than one thing is; `noun` says what was looked for, and
    `reason`, where there is one, why nothing was taken."""

    def __init__(
        self, noun: str, name: str, *, suggestions: Sequence[str] = (), reason: str | None = None
    ) -> None:
        super().__init__(reason or f"no {noun} {name!r} is known", suggestions=suggestions)
        self.noun = noun
        self.name = name
        self.reason = reason


class Conflict(GraphError):
    """What is written contradicts what is already recorded under the same id."""


class LostUpdate(Conflict):
    """A decision had seen `claim` at the sequence number `seen`, and the claim changed after it."""

    def __init__(self, message: str, *, claim: str, seen: int) -> None:
        super().__init__(message)
        self.claim = claim
        self.seen = seen


class KeyNeeded(GraphError):
    """It takes a key, and none was given, or one that is unknown or revoked."""


class NotAllowed(GraphError):
    """Whoever asks is not allowed to do that, with the key that was given or without one."""


class OntologyError(GraphError):
    """The ontology contradicts itself or lacks a key."""


class StoreError(GraphError):
    """The store cannot keep or give back what it should."""


class StoreMissing(StoreError):
    """There is no store at that place, and none may be made there."""


class StoreCorrupt(StoreError):
    """What is kept is not what was written."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of this program."""


class StoreReadOnly(StoreError):
    """The store can be read, not written."""


class StoreFull(StoreError):
    """There is no room left; nothing of the write was kept."""


class StoreRefused(StoreError):
    """The server of the store refuses us: our name, our version, or what we are allowed to do."""


class StoreUnavailable(StoreError):
    """The store is busy or unreachable; the same call may succeed later."""


class StoreUnreachable(StoreUnavailable):
    """The server of the store does not answer; what was read from it before still holds."""


class StoreInDoubt(StoreUnavailable):
    """The store went away while it was writing, and whether the write was kept is not known."""
