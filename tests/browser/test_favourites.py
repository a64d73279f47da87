"""Analysts' questions as favourites of Neo4j Browser."""

import io
import json
import re
import zipfile

import pytest
from fastapi.testclient import TestClient

from graph_service.api.favourites import favourite, favourites, runnable
from graph_service.stores.explorations import Exploration, explorations

QUESTIONS = explorations()


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
def test_a_favourite_is_named_by_its_first_line_and_asks_what_it_shows(
    question: Exploration,
) -> None:
    text = favourite(question)

    assert text.splitlines()[0] == f"// {question.title}"
    assert not re.search(r"\$[A-Za-z_]", text)
    assert all(json.dumps(value) in text for value in question.parameters.values())
    # Browser splits what holds several statements, and then draws nothing.
    code = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    assert ";" not in code.rstrip().removesuffix(";")


def test_a_value_stands_as_cypher_writes_it() -> None:
    question = Exploration(
        name="x",
        title="X",
        parameters={"text": 'a "b" \\ ', "many": ["a", "b"], "number": 2, "nothing": None},
        about="",
        text="RETURN $text, $many, $number, $nothing",
    )

    assert runnable(question) == 'RETURN "a \\"b\\" \\\\ ", ["a", "b"], 2, null'


def test_the_file_that_is_dropped_on_browser_holds_every_question(client: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/browser/favourites.zip").content)) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}

    assert held == {f"Graph service/{one.name}.cypher": favourite(one) for one in QUESTIONS}


def test_equal_questions_are_equal_files() -> None:
    assert favourites(QUESTIONS) == favourites(QUESTIONS)
