"""Which of several records an error is about."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from graph_service.domain.errors import GraphError, InvalidRecord
from graph_service.domain.records import Record

Named = tuple[str, Record]
"""A record, and what to call it in an error."""


class NamedRecords:
    """Records with what to call them in an error; `name` is that of the one last given out."""

    def __init__(self, records: Iterable[Named]) -> None:
        self.records = tuple(records)
        self.name = ""

    def __iter__(self) -> Iterator[Record]:
        for name, record in self.records:
            self.name = name
            yield record
        self.name = ""


@contextmanager
def about(name: Callable[[], str]) -> Iterator[None]:
    """Within, errors are about the record of that name; fields of evidence stand with its claim's."""
    try:
        yield
    except GraphError as error:
        if isinstance(error, InvalidRecord) and error.field:
            error.field = error.field.removeprefix("evidence[0].")
        if name():
            error.add_note(name())
        raise
