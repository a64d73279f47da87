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
    assert ran.out.count("That does not mean no: only what the sources here tell") == 1
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
    assert told.count("floor: if only what two\n   independent origins say counts") == 1
    assert "actors of one tier are too close" in told
    assert "without this claim" not in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_one_actor_is_told_about_without_each_claim_and_origin(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza, "--by", "Iran")

    sure = " ".join(told.split())
    assert "0.00–0.52 when each source's word is left to chance; 0.00 if only what two" in sure
    assert "independent origins say counts; 0.35 with everything that is proposed" in sure
    assert "tier" not in told
    assert "   without this claim: -0.35\n     Iran backs Hamas (exceptional)" in told
    assert "   without all that comes from unknown-outlet: -0.35, rank 1 → no rank" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_one_actor_alone_has_no_tier_and_nothing_is_no_proof(cli: Cli, gaza: str) -> None:
    assert "  tier" not in page(cli, gaza, "--uncertainty", "--limit", "1")
    assert "That does not mean no" in page(cli, gaza, "--by", "Turkey")
    assert "That does not mean no" not in page(cli, gaza, "--by", "Iran")


def test_no_line_of_a_page_ends_in_blanks(cli: Cli, gaza: str) -> None:
    for options in ((), ("--uncertainty",), ("--by", "Israel"), ("--channels", "sticks")):
        lines = page(cli, gaza, *options).splitlines()

        assert lines == [line.rstrip() for line in lines]


def test_who_can_coerce_is_ranked_once_where_nothing_else_is_asked(cli: Cli, gaza: str) -> None:
    told = page(cli, gaza, "--channels", "sticks")
    in_words = cli("--store", gaza, "ask", "who can coerce Hamas?", "--format", "table").out

    for one in (told, in_words):
        assert one.count("Who can coerce Hamas, directly or through others, as of 20") == 1
        assert "exclusivity" not in one
        assert len(re.findall(r"^1  Israel ", one, re.MULTILINE)) == 1
    ranking = cli("--store", gaza, *QUESTION, "--channels", "sticks").body["data"]["ranking"]
    assert ranking[0]["actor"]["id"] == "israel"
    nobody = cli(
        "--store", gaza, "leverage", "Turkey", "--channels", "sticks", "--format", "table"
    ).out
    assert "Nothing, by the claims that are known" in nobody


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--hops", "9"), "--hops is at most 3"),
        (("--hops", "0"), "--hops is at least 1"),
        (("--limit", "few"), "--limit is a whole number in digits, like 20"),
        (("--min-confidence", "2"), "--min-confidence is at most 1"),
        (("--dates", "some"), "--dates: 'some' is not one of 'certain', 'possible'"),
    ],
)
def test_a_number_out_of_range_is_refused_in_plain_words(
    cli: Cli, gaza: str, options: tuple[str, str], says: str
) -> None:
    ran = cli("--store", gaza, *QUESTION, *options)

    assert ran.code == 2
    assert ran.err.splitlines()[0].startswith(f"graph-service: {says}")


def test_nothing_is_said_of_it_unasked(cli: Cli, gaza: str) -> None:
    assert "this rank rests" not in page(cli, gaza)
    entry = cli("--store", gaza, *QUESTION).body["data"]["ranking"][0]
    assert (entry["interval"], entry["tier"], entry["sole_origin"]) == (None, None, None)


def test_at_the_level_of_states_a_page_says_who_counts_as_whom(cli: Cli, gaza: str) -> None:
    told = " ".join(page(cli, gaza, "--fold", "state").split())

    assert "At the level of states: 8 actors count as a state" in told
    assert "united-states is also biden-administration, us-congress" in told
    assert "level of states" not in page(cli, gaza)
    assert cli("--store", gaza, *QUESTION).body == (
        cli("--store", gaza, *QUESTION, "--fold", "none").body
    )


def test_an_unknown_level_is_a_wrong_use(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, *QUESTION, "--fold", "states")

    assert (ran.code, ran.out) == (2, "")
    assert "'states' is not one of 'none', 'state'" in ran.err
