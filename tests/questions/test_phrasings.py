"""How people ask, and what each phrasing must be understood as; `phrasings.toml` tells how to read it."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_service.ask.ask import NotUnderstood, Understood, understand
from graph_service.stores.graph import Graph

TODAY = date(2024, 10, 15)
PHRASINGS = tomllib.loads(Path(__file__).with_name("phrasings.toml").read_text("utf-8"))["phrasing"]
ANSWERED = [each for each in PHRASINGS if each["question"]]
REFUSED = [each for each in PHRASINGS if not each["question"]]


def _text(phrasing: dict[str, Any]) -> str:
    return str(phrasing["text"])


def _told(question: str, parameters: dict[str, str]) -> object:
    """A reading whose lists are sets."""
    return question, {name: frozenset(value.split(",")) for name, value in parameters.items()}


@pytest.mark.parametrize("phrasing", ANSWERED, ids=_text)
def test_a_phrasing_becomes_the_question_that_it_is(
    phrasing: dict[str, Any], dossier_graph: Graph
) -> None:
    meant = [phrasing, *phrasing.get("also", ())]

    understood = understand(dossier_graph, phrasing["text"], today=TODAY)

    assert isinstance(understood, Understood), understood
    found = _told(understood.question, understood.parameters)
    assert found in [_told(each["question"], each["parameters"]) for each in meant]


@pytest.mark.parametrize("phrasing", REFUSED, ids=_text)
def test_what_cannot_be_asked_is_refused_with_what_comes_near(
    phrasing: dict[str, Any], dossier_graph: Graph
) -> None:
    found = understand(dossier_graph, phrasing["text"], today=TODAY)

    assert isinstance(found, NotUnderstood), found
    assert found.why.endswith(".")
    assert len(found.suggestions) <= 3
    near = [_question_of(suggestion.url) for suggestion in found.suggestions]
    assert not phrasing.get("nearest") or set(near) & set(phrasing["nearest"])


def _question_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
