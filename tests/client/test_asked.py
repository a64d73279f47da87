"""Questions in words: what was understood is shown, and the answer is the question's own."""

import pytest

from graph_service.ask.ask import Asked, Suggestion
from graph_service.client import AskAnswer, Client, LeverageAnswer, Refused

WORDS = "Who has leverage over Hamas as of 30 September 2024?"


def test_an_answer_in_words_is_that_of_the_question(here: Client) -> None:
    asked = here.ask(WORDS)
    answer = here.leverage("Hamas", as_of="2024-09-30")

    assert asked.understood is not None
    assert asked.understood.question == "leverage"
    assert isinstance(asked.answer, LeverageAnswer)
    assert asked.answer.data == answer.data
    assert asked.df.equals(answer.df)
    assert asked.explain() == answer.explain()
    assert asked.cite() == answer.cite()
    assert asked.sources == answer.sources
    assert asked.to_networkx().edges == answer.to_networkx().edges


def test_what_was_understood_is_shown_as_a_question_that_can_be_edited(here: Client) -> None:
    shown = here.ask(WORDS)._repr_html_()

    assert "Understood as: " in shown
    assert "graph-service leverage hamas --as-of 2024-09-30" in shown
    assert "Who has leverage over" in shown


def test_paths_are_asked_in_words_too(here: Client) -> None:
    asked = here.ask("How are Iran and Hamas connected as of 2024-09-30?")

    assert asked.understood is not None
    assert asked.understood.question == "paths"
    assert "How do Iran and Hamas connect" in repr(asked)


def test_what_is_not_understood_is_said_with_what_can_be_asked(here: Client) -> None:
    asked = here.ask("What is the price of wheat?")

    assert asked.answer is None
    assert asked.why
    assert "AskAnswer" in repr(asked)
    with pytest.raises(Refused):
        asked.df  # noqa: B018 - it is asked for


def test_suggestions_are_shown_and_harmless() -> None:
    nearest = Suggestion("Who has <b>leverage</b> over Hamas?", "/v1/actors/hamas/leverage", "c")
    asked = AskAnswer(Asked("lever?", None, None, "not <i>understood</i>", (nearest,)))

    assert "<b>" not in asked._repr_html_()
    assert "Ask: Who has <b>leverage</b> over Hamas?" in repr(asked)
    with pytest.raises(Refused) as raised:
        asked.explain()
    assert raised.value.suggestions == (nearest.words,)
