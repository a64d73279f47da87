from collections.abc import Iterator

import pytest
from rich.console import Console

from graph_service.cli.failures import BROKEN, EXITS, exit_code, report
from graph_service.domain import errors


def tree(kind: type[errors.GraphError]) -> Iterator[type[errors.GraphError]]:
    for child in kind.__subclasses__():
        yield child
        yield from tree(child)


def told(error: BaseException) -> list[str]:
    console = Console(width=80, record=True, quiet=False, file=None, stderr=True)
    report(error, console)
    return console.export_text().splitlines()


@pytest.mark.parametrize("kind", list(tree(errors.GraphError)), ids=lambda kind: kind.__name__)
def test_every_error_of_the_domain_has_an_exit_code(kind: type[errors.GraphError]) -> None:
    codes = [code for known, code in EXITS if issubclass(kind, known)]

    assert codes
    assert BROKEN not in codes


def test_a_refused_record_is_told_with_its_file_line_and_field() -> None:
    error = errors.InvalidRecord("'backz' is no relation", field="relation", suggestions=["backs"])
    error.add_note("claims.jsonl")

    assert told(error.at_line(7)) == [
        "graph-service: claims.jsonl: line 7, relation: 'backz' is no relation",
        "Did you mean: backs?",
    ]


def test_a_file_that_is_not_there_is_a_matter_of_usage() -> None:
    error = FileNotFoundError(2, "No such file or directory", "claims.jsonl")

    assert told(error) == ["graph-service: claims.jsonl: No such file or directory"]
    assert exit_code(error) == 2


def test_what_nobody_foresaw_is_owned_as_a_fault_of_the_program() -> None:
    assert told(ZeroDivisionError("division by zero")) == [
        "graph-service: a fault of this program: ZeroDivisionError: division by zero",
        "Set GRAPH_SERVICE_DEBUG=1 to see where, and report it.",
    ]
    assert exit_code(ZeroDivisionError()) == BROKEN


def test_brackets_in_a_message_are_no_markup() -> None:
    assert told(errors.NotFound("actor", "[red]")) == [
        "graph-service: no actor '[red]' is known",
    ]
