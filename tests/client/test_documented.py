"""Whoever completes a name in a notebook finds what it means, with an example where it asks."""

import inspect
from collections.abc import Iterator

import pytest

from graph_service import client
from graph_service.client import Answer, Client
from graph_service.mcp.questions import QUESTIONS

ANSWERS = [
    found
    for name in client.__all__
    if inspect.isclass(found := getattr(client, name)) and issubclass(found, Answer)
]


def members(kind: type) -> Iterator[tuple[str, object]]:
    for name, member in inspect.getmembers(kind):
        is_ours = callable(member) or isinstance(member, property) or hasattr(member, "func")
        if not name.startswith("_") and is_ours and not inspect.isclass(member):
            yield name, member


@pytest.mark.parametrize("kind", [Client, *ANSWERS])
def test_everything_that_completes_says_what_it_means(kind: type) -> None:
    silent = [name for name, member in members(kind) if not inspect.getdoc(member)]

    assert silent == []


@pytest.mark.parametrize("name", [*(question.name for question in QUESTIONS), "ask"])
def test_every_question_shows_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(getattr(Client, name)) or "")
