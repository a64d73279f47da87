import re

import pytest

from tests.cli.conftest import RECORDS, Cli

QUESTION = ("leverage", "Hamas", "--as-of", "2024-09-30")


def page(cli: Cli, store: str, *options: str) -> str:
    return cli("--store", store, *QUESTION, "--format", "table", *options).out


def test_piped_output_is_the_answer_with_its_meta(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, *QUESTION)

    assert ran.code == 0
    assert set(ran.body) == {"data", "meta"}
    assert ran.body["meta"]["as_of"] == "2024-09-30"
    assert ran.body["data"]["target"]["id"] == "hamas"


def test_the_store_may_be_named_before_or_behind_the_command(cli: Cli, gaza: str) -> None:
    assert cli("--store", gaza, *QUESTION) == cli(*QUESTION, "--store", gaza)


@pytest.mark.parametrize("name", ["hamas", "Hamas", "islamic resistance movement"])
def test_an_actor_is_an_id_a_name_or_an_alias(cli: Cli, gaza: str, name: str) -> None:
    ran = cli("--store", gaza, "leverage", name, "--as-of", "2024-09-30")

    assert ran.body["data"]["target"]["id"] == "hamas"


def test_an_unknown_actor_is_no_result_with_suggestions(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "leverage", "Hamaz")

    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.splitlines()[0] == "graph-service: no actor 'Hamaz' is known"
    assert "hamas" in ran.err.splitlines()[1]


def test_a_page_begins_with_the_doubt_that_stands_over_all_of_it(cli: Cli, gaza: str) -> None:
    lines = page(cli, gaza).splitlines()

    assert lines[0] == "All of this rests on one source: nothing here is corroborated."
    assert lines[2] == "Who has leverage over Hamas, as of 2024-09-30"


def test_a_page_says_why_with_dates_and_numbered_sources(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza)

    assert "Iran backs Hamas (exceptional), start unknown, ongoing [1: paragraph 3]" in told
    assert "Russia mediates with Hamas (intended)" in told
    assert "but: one origin only" in told
    assert " [1] Commentary on Israel approaching Moscow" in told


def test_a_page_says_where_it_stands(cli: Cli, gaza: str) -> None:
    told = " ".join(page(cli, gaza).split())

    assert f"As of 2024-09-30, up to entry {RECORDS}." in told
    assert "1 source, 1 origin" in told


def test_people_never_see_more_than_two_decimals(cli: Cli, gaza: str) -> None:
    numbers = re.findall(r"\d+\.(\d+)", page(cli, gaza))

    assert {len(decimals) for decimals in numbers} == {2}


def test_a_page_fits_eighty_columns_and_needs_no_colour(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza)

    assert max(map(len, told.splitlines())) <= 80
    assert "\x1b" not in told


def test_the_page_and_the_body_rank_alike(cli: Cli, gaza: str) -> None:
    ranking = cli("--store", gaza, *QUESTION).body["data"]["ranking"]
    _, _, told = page(cli, gaza).partition("exclusivity  channels")
    rows = told.partition("\n    and ")[0].splitlines()[1:]
    shown = [re.split(r"\s{2,}", row)[1] for row in rows]

    assert shown == [entry["actor"]["name"] for entry in ranking if entry["leverage"] >= 0.005]


def test_asking_about_one_actor_tells_every_path(cli: Cli, gaza: str) -> None:
    body = cli("--store", gaza, *QUESTION, "--by", "Tehran").body

    [entry] = body["data"]["ranking"]
    assert entry["actor"]["id"] == "iran"


@pytest.mark.parametrize(
    ("options", "parameter"),
    [
        (("--as-of", "yesterday"), "as_of"),
        (("--as-of", "2024"), "as_of"),
        (("--known-at", "soon"), "known_at"),
        (("--channels", "carots"), "channels"),
        (("--channels", "carrots,"), "channels"),
    ],
)
def test_what_cannot_be_asked_is_a_matter_of_usage(
    cli: Cli, gaza: str, options: tuple[str, ...], parameter: str
) -> None:
    ran = cli("--store", gaza, *QUESTION, *options)

    assert ran.code == 2
    assert parameter in ran.err


def test_a_misspelt_channel_is_answered_with_the_right_one(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, *QUESTION, "--channels", "carots")

    assert ran.err.splitlines()[-1] == "Did you mean: carrots?"


def test_before_anything_happened_there_is_no_result(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "leverage", "Hamas", "--as-of", "1990-01-01")

    assert ran.code == 1
    assert ran.body["data"]["ranking"] == []


def test_an_empty_page_says_what_is_held_back(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "leverage", "Hamas", "--as-of", "2020-01-01", "--format", "table")

    assert "Nothing, by the claims that are known" in ran.out
    assert "held back for uncertain dates: see with --dates possible" in " ".join(ran.out.split())


def test_a_store_that_is_not_there_is_said_to_be_missing(cli: Cli, new_store: str) -> None:
    ran = cli("--store", new_store, *QUESTION)

    assert ran.code == 4
    assert "import native gaza-mediation" in ran.err


@pytest.mark.parametrize("actor", ["Iran", "Turkey"])
def test_an_actor_without_means_of_coercion_has_no_such_section(
    cli: Cli, gaza: str, actor: str
) -> None:
    told = page(cli, gaza, "--by", actor)

    assert "Who has leverage over Hamas" in told
    assert "Who can coerce" not in told


def test_a_page_says_how_sure_each_value_is_when_asked(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza, "--uncertainty")

    assert "#  actor                 leverage   interval  tier  floor  ceiling" in told
    assert "2  Russia                    0.12  0.00–0.30     1   0.00     0.12" in told
    assert "   this rank rests on one source: unknown-outlet" in told
    assert "without this claim" not in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_one_actor_is_told_about_without_each_claim_and_origin(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza, "--by", "Iran")

    assert ", tier 1; 0.00 where only what two origins say counts, 0.35\n   with what" in told
    assert "   without this claim: -0.35\n     Iran backs Hamas (exceptional)" in told
    assert "   without all that comes from unknown-outlet: -0.35, rank 1 → no rank" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_nothing_is_said_of_it_unasked(cli: Cli, gaza: str) -> None:
    assert "this rank rests" not in page(cli, gaza)
    entry = cli("--store", gaza, *QUESTION).body["data"]["ranking"][0]
    assert (entry["interval"], entry["tier"], entry["sole_origin"]) == (None, None, None)
