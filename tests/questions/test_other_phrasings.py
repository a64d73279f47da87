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


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Who mediates between Israel and Hamas?", "/v1/mediators?between=israel,hamas"),
        ("Could Turkey mediate between Israel and Hamas?", "/v1/mediators?between=israel,hamas"),
        ("Is Qatar biased toward Hamas?", "/v1/alignment?between=qatar,hamas"),
        ("What was retracted about Hamas?", "/v1/changes?actor=hamas"),
        ("What do we know about Hamas since October 2023?", "/v1/coverage?actor=hamas"),
        ("Who stands with Israel?", "/v1/blocs"),
        ("Is Russia stronger than Iran?", "/v1/comparison?between=russia,iran"),
    ],
)
def test_a_word_points_to_the_question_that_comes_near(
    text: str, suggested: str, dossier_graph: Graph
) -> None:
    found = understand(dossier_graph, text, today=TODAY)

    assert isinstance(found, NotUnderstood), found
    assert suggested in [one.url for one in found.suggestions]


def test_changes_without_a_date_say_what_they_are_compared_with(dossier_graph: Graph) -> None:
    found = understand(dossier_graph, "What changed about Hamas?", today=TODAY)

    assert isinstance(found, Understood), found
    assert found.notes == ("No date is given: compared with a year before.",)
