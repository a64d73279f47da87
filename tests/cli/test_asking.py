from tests.cli.conftest import Cli


def test_words_need_no_quotes_and_the_page_is_that_of_the_question(cli: Cli, gaza: str) -> None:
    asked = cli("--store", gaza, "ask", *["Whom", "can", "Israel", "coerce", "as", "of", "September", "2024?"], "--format", "table")  # fmt: skip

    told, _, page = asked.out.partition("\n\n")
    assert told.splitlines() == [
        "Understood as: Over whom does Israel have leverage through sticks, as of 30 September 2024?",
        "  graph-service influence israel --channels sticks --as-of 2024-09-30",
        "  /v1/actors/israel/influence?channels=sticks&as_of=2024-09-30",
        "  “September 2024” is read as 30 September 2024.",
    ]
    command = "influence israel --channels sticks --as-of 2024-09-30 --format table"
    assert page == cli("--store", gaza, *command.split()).out
    assert asked.code == 0


def test_every_kind_of_question_has_its_page(cli: Cli, gaza: str) -> None:
    for text in ("Who has leverage over Hamas?", "Who backs Hamas?", "How are Iran and Hamas connected?"):  # fmt: skip
        asked = cli("--store", gaza, "ask", text, "--format", "table")

        told, _, page = asked.out.partition("\n\n")
        command = told.splitlines()[1].split()[1:]
        assert page == cli("--store", gaza, *command, "--format", "table").out


def test_json_is_the_body_of_the_api(cli: Cli, gaza: str) -> None:
    asked = cli("--store", gaza, "ask", "Who", "backs", "Hamas?")

    answer = cli("--store", gaza, *asked.body["data"]["understood"]["command"].split()[1:])

    assert asked.body["data"]["answer"] == answer.body["data"]
    assert asked.body["meta"] == answer.body["meta"]


def test_what_is_not_understood_prints_what_can_be_asked(cli: Cli, gaza: str) -> None:
    asked = cli("--store", gaza, "ask", "Who has leverage over Hammas?", "--format", "table")

    assert asked.code == 1
    assert asked.out.splitlines() == [
        "Not understood: Who has leverage over Hammas?",
        "No actor is called “Hammas”.",
        "",
        "What can be asked:",
        "  Who has leverage over Hamas?",
        "    graph-service leverage hamas",
    ]


def test_a_question_that_finds_nothing_has_no_result(cli: Cli, gaza: str) -> None:
    assert cli("--store", gaza, "ask", "Who arms Turkey?").code == 1
