"""Questions about two, about many and about time, in plain words: `other_phrasings.toml`."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from graph_service.ask.ask import NotUnderstood, Understood, understand
from graph_service.questions import QUESTIONS
from graph_service.stores.graph import Graph

TODAY = date(2024, 10, 15)
PHRASINGS = tomllib.loads(Path(__file__).with_name("other_phrasings.toml").read_text("utf-8"))
APART = {"leverage", "influence", "neighbours", "paths"}


@pytest.mark.parametrize(("text", "url"), PHRASINGS["answered"].items())
def test_a_phrasing_becomes_the_question_that_it_is(
    text: str, url: str, dossier_graph: Graph
) -> None:
    found = understand(dossier_graph, text, today=TODAY)

    assert isinstance(found, Understood), found
    assert found.url == url
    again = understand(dossier_graph, found.words, today=TODAY)
    assert isinstance(again, Understood), found.words
    assert again.url == url


@pytest.mark.parametrize(("text", "why"), PHRASINGS["refused"].items())
def test_what_cannot_be_asked_is_refused_with_the_reason(
    text: str, why: str, dossier_graph: Graph
) -> None:
    found = understand(dossier_graph, text, today=TODAY)

    assert isinstance(found, NotUnderstood), found
    assert why in found.why


def test_every_one_of_these_questions_has_several_phrasings() -> None:
    asked = [url.partition("?")[0].rpartition("/")[2] for url in PHRASINGS["answered"].values()]

    assert len(asked) >= 100
    assert {name for name in QUESTIONS if asked.count(name) >= 6} == set(QUESTIONS) - APART
