"""The files of analysts' questions: what they begin with, and what they may hold."""

import re

import pytest

from graph_service.stores.explorations import Exploration, exploration, explorations, read

QUESTIONS = explorations()
WRITING = re.compile(
    r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|FOREACH|DROP|ALTER|GRANT|LOAD|INSERT|FINISH|USE)\b",
    re.IGNORECASE,
)
PROCEDURE = re.compile(r"\bCALL\b(?!\s*\()|\b(apoc|gds|db|dbms)\.", re.IGNORECASE)

every_question = pytest.mark.parametrize(
    "question", QUESTIONS, ids=[question.name for question in QUESTIONS]
)


def code(question: Exploration) -> str:
    """The statement without its comments and the texts in it."""
    lines = (re.sub(r"//.*", "", line) for line in question.text.splitlines())
    return re.sub(r"'[^']*'", "''", "\n".join(lines))


def test_there_are_a_dozen_questions_and_more() -> None:
    assert len(QUESTIONS) >= 12
    assert len({question.title for question in QUESTIONS}) == len(QUESTIONS)


@every_question
def test_a_question_says_what_it_asks_and_how_dates_are_read(question: Exploration) -> None:
    assert re.fullmatch("[a-z]+(_[a-z]+)*", question.name)
    assert re.fullmatch("[A-Z].*[a-z]", question.title)
    dated = "Dates are read as certain" if "as_of" in question.parameters else "its date|Times are"
    about = " ".join(question.about.splitlines())
    assert re.search(dated, about) or "counts_from" in about


@every_question
def test_a_question_is_one_statement_with_the_parameters_that_it_declares(
    question: Exploration,
) -> None:
    assert ";" not in code(question)
    assert code(question).lstrip().startswith("MATCH")
    assert set(re.findall(r"\$(\w+)", code(question))) == question.parameters.keys()
    assert set(re.findall(r"\$(\w+)", question.about)) <= question.parameters.keys()


@every_question
def test_a_question_only_reads_and_needs_no_plugin(question: Exploration) -> None:
    assert not WRITING.findall(code(question))
    assert not PROCEDURE.findall(code(question))


@every_question
def test_a_question_fits_a_screen_in_width_and_names_no_actor(question: Exploration) -> None:
    assert all(len(line) <= 100 for line in question.text.splitlines())
    values = [value for value in question.parameters.values() if isinstance(value, str)]
    assert not [value for value in values if len(value) > 1 and value in question.text]


def test_a_statement_that_writes_would_be_found() -> None:
    bad = Exploration("x", "X", {}, "", "MATCH (n) WHERE n.name = 'SET' DETACH DELETE n // SET")

    assert WRITING.findall(code(bad)) == ["DETACH", "DELETE"]
    assert PROCEDURE.search("CALL db.labels()")
    assert not PROCEDURE.search("CALL (x) { RETURN x }")


def test_a_file_is_read_as_title_parameters_explanation_and_statement() -> None:
    text = '// Who\n// :param {a: "x, y: z", k: 3, s: null}\n// One.\n// Two.\nMATCH (n)\n// Stage\nRETURN n\n'

    assert read("who", text) == Exploration(
        name="who",
        title="Who",
        parameters={"a": "x, y: z", "k": 3, "s": None},
        about="One.\nTwo.",
        text="MATCH (n)\n// Stage\nRETURN n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n",
        "// Who\n// One.\n// Two.\nMATCH (n) RETURN n",
        "// Who\n// :param {}\n// One.\nMATCH (n) RETURN n",
        "// Who\n// :param {a: x}\n// One.\nMATCH (n) RETURN n",
        "// Who\n// :param {a: 1\n// One.\nMATCH (n) RETURN n",
        "// Who\n// :param {a: 1}\nMATCH (n) RETURN n",
    ],
)
def test_a_file_that_begins_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="who"):
        read("who", text)


def test_a_question_that_nobody_wrote_is_missing() -> None:
    with pytest.raises(FileNotFoundError):
        exploration("nothing")
