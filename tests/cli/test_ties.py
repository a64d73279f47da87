import pytest

from tests.cli.conftest import Cli, proposed, table
from tests.cli.proposals import but

AS_OF = ("--as-of", "2024-09-30")


def test_neighbours_come_with_their_claims(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "neighbours", "Hamas", *AS_OF)

    assert ran.code == 0
    [first, *_] = ran.body["data"]["hops"]
    assert "iran" in [neighbour["actor"]["id"] for neighbour in first]
    assert all(tie["claims"] for neighbour in first for tie in neighbour["ties"])


def test_ties_are_told_from_where_the_asker_looks(cli: Cli, gaza: str) -> None:
    told = cli("--store", gaza, "neighbours", "Hamas", *AS_OF, "--format", "table").out

    assert told.startswith("The ties of Hamas, as of 2024-09-30")
    assert "backed by, friendly, strength" in told
    assert "Iran backs Hamas (exceptional), start unknown, ongoing [1: paragraph 3]" in told
    assert max(map(len, told.splitlines())) <= 80


def test_filters_leave_only_what_they_name(cli: Cli, gaza: str) -> None:
    ran = cli(
        "--store", gaza, "neighbours", "Hamas", *AS_OF, "--relations", "backs", "--direction", "in"
    )  # fmt: skip

    assert [n["actor"]["id"] for hop in ran.body["data"]["hops"] for n in hop] == ["iran"]


def test_ties_among_named_actors_are_asked_by_any_of_their_names(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "neighbours", "Hamas", *AS_OF, "--among", "Tehran,Moscow")

    found = {n["actor"]["id"] for hop in ran.body["data"]["hops"] for n in hop}
    assert found == {"iran", "russia"}


def test_a_relation_that_is_none_is_a_matter_of_usage(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "neighbours", "Hamas", "--relations", "back")

    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "Did you mean: backs?"


def test_only_what_began_lately_is_shown_when_asked_for(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "neighbours", "Iran", *AS_OF, "--since", "2024-07")

    [first, *_] = ran.body["data"]["hops"]
    claims = [claim for one in first for tie in one["ties"] for claim in tie["claims"]]
    assert claims
    assert all(claim["when"].startswith("2024-0") for claim in claims)


def test_since_is_a_day_a_month_or_a_year(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "neighbours", "Iran", "--since", "October")

    assert ran.code == 2
    assert "write it like 2024-07-31, 2024-07 or 2024" in " ".join(ran.err.split())


def test_an_actor_without_ties_has_no_result(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "neighbours", "Turkey", *AS_OF, "--format", "table")

    assert ran.code == 1
    assert "Nothing, by the claims that are known" in ran.out
    assert ran.out.count("That does not mean no: only what the sources here tell") == 1


def test_paths_cite_every_step(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "paths", "Washington", "Hamas", *AS_OF)

    assert ran.code == 0
    assert all(step["claims"] for path in ran.body["data"]["paths"] for step in path["steps"])


def test_a_page_of_paths_names_its_actors_and_sources(cli: Cli, gaza: str) -> None:
    told = cli("--store", gaza, "paths", "Joe Biden", "Hamas", *AS_OF, "--format", "table").out

    assert "Joe Biden – United States – Hamas" in told
    assert "Joe Biden heads United States, start unknown, ongoing [1: paragraph 15]" in told
    assert max(map(len, told.splitlines())) <= 80


def test_two_actors_that_nothing_connects_have_no_result(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "paths", "Turkey", "Hamas", *AS_OF, "--format", "table")

    assert ran.code == 1
    assert "There are ties at turkey: none; ties at hamas: backs 1" in ran.out
    assert ran.out.count("That does not mean no: only what the sources here tell") == 1


@pytest.mark.parametrize(
    "question", [("neighbours", "Hamas"), ("paths", "Iran", "Hamas"), ("influence", "Iran")]
)
def test_evidence_much_older_than_the_day_is_told_first_and_once(
    cli: Cli, gaza: str, question: tuple[str, ...]
) -> None:
    told = cli("--store", gaza, *question, "--as-of", "2026-11-22", "--format", "table").out

    whole = " ".join(told.split())
    before, _, _ = whole.partition(", as of 2026-11-22")
    assert "The latest evidence is 783 days older than the day asked about" in before
    assert whole.count("older than the day") == 1


def test_a_claim_that_no_source_makes_its_own_is_told_with_whose_word_it_is(
    cli: Cli, own: str
) -> None:
    def claimed(attributed_to: str | None, locator: str, *, confidence: str = "0.7") -> str:
        voice = () if attributed_to is None else ("--attributed-to", attributed_to)
        args = but(confidence=confidence)
        return proposed(cli, own, *args, "--locator", locator, *voice)

    def told(*options: str) -> str:
        asked = ("neighbours", "Haniyeh", "--among", "Iran", *AS_OF, "--format", "table", *options)
        return " ".join(cli("--store", own, *asked).out.split())

    table(cli, own, "accept", claimed("hamas", "paragraph 3"))
    assert "ongoing, according to Hamas [1: paragraph 3]" in told()
    table(cli, own, "accept", claimed("an envoy", "paragraph 4"))
    assert "ongoing, according to Hamas and an envoy [1: paragraphs 3, 4]" in told()
    table(cli, own, "accept", claimed(None, "paragraph 5", confidence="0.2"))
    assert "according to" not in told()
    assert "according to Hamas and an envoy [1: paragraphs 3, 4]" in told("--min-confidence", "0.5")
