import re

import pytest

from tests.cli.conftest import Cli

QUESTION = ("influence", "Tehran", "--as-of", "2024-09-30")


def page(cli: Cli, store: str, *options: str) -> str:
    return cli("--store", store, *QUESTION, "--format", "table", *options).out


def test_piped_output_is_the_answer_with_its_meta(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, *QUESTION)

    assert ran.code == 0
    assert ran.body["data"].keys() == {"actor", "one_origin", "ranking", "coercion", "available"}
    assert ran.body["data"]["actor"]["id"] == "iran"
    assert ran.body["data"]["ranking"][0]["actor"]["id"] == "hamas"


def test_a_page_tells_both_rankings_and_how_they_come_about(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza)

    assert told.startswith("All of this rests on one source: nothing here is corroborated.")
    assert "Over whom Iran has leverage, as of 2024-09-30" in told
    assert "Whom Iran can coerce, directly or through others" in told
    assert "Iran backs Hamas (exceptional), start unknown, ongoing [1: paragraph 3]" in told
    assert " [1] Commentary on Israel approaching Moscow" in told
    assert re.search(r"^1 +Israel +\d\.\d\d +Hamas *$", told, re.MULTILINE)


def test_a_page_fits_eighty_columns(cli: Cli, gaza: str) -> None:
    assert max(map(len, page(cli, gaza).splitlines())) <= 80


def test_the_page_and_the_body_rank_alike(cli: Cli, gaza: str) -> None:
    ranking = cli("--store", gaza, *QUESTION).body["data"]["ranking"]
    _, _, told = page(cli, gaza).partition("leverage    net\n")
    rows = told.partition("\n\n")[0].splitlines()
    shown = [re.split(r"\s{2,}", row)[1] for row in rows]

    assert shown == [entry["actor"]["name"] for entry in ranking if entry["leverage"] >= 0.005]


def test_more_paths_are_told_when_asked_for(cli: Cli, gaza: str) -> None:
    assert page(cli, gaza, "--paths", "3").count("→ Israel (") > page(cli, gaza).count("→ Israel (")


def test_nobody_to_move_is_no_result(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, *QUESTION[:2], "--as-of", "1990-01-01", "--format", "table")

    assert ran.code == 1
    assert "Nothing, by the claims that are known" in ran.out


@pytest.mark.parametrize("options", [("--channels", "carots"), ("--hops", "4")])
def test_what_cannot_be_asked_is_a_matter_of_usage(
    cli: Cli, gaza: str, options: tuple[str, str]
) -> None:
    ran = cli("--store", gaza, *QUESTION, *options)

    assert ran.code == 2
    assert options[0].lstrip("-") in ran.err


def test_what_is_asked_of_coercion_alone_is_ranked_once(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza, "--channels", "sticks")

    assert "Whom Iran can coerce, directly or through others, as of 2024-09-30" in told
    assert told.count("as of 2024-09-30") == 1
    assert "Over whom" not in told
