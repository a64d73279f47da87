import pytest

from graph_service.stores.graph import open_graph
from tests.cli.conftest import Cli
from tests.stores.telling import actor, claim, nouns


@pytest.fixture
def store(new_store: str) -> str:
    graph = open_graph(new_store)
    persia = actor("persia", aliases=[{"text": "Pars"}])
    graph.write([*nouns(), persia, actor("parthia")], by="desk")
    graph.write([claim(status="accepted"), claim("persia", "funds", status="accepted")], by="desk")
    graph.close()
    return new_store


def test_two_actors_are_made_one_and_the_command_says_what_became_of_it(
    cli: Cli, store: str
) -> None:
    ran = cli("--store", store, "judge", "Pars", "Iran", "same", "--by", "ada", "--format", "table")

    assert ran.code == 0
    assert ran.out.splitlines() == [
        "persia and iran are judged to be the same.",
        "Both go by the id iran.",
        "persia goes by iran from now on.",
        "1 claim moved along; what was recorded is as it was.",
        "To take it back: graph-service judge persia iran unsure",
    ]
    around = cli("--store", store, "neighbours", "Hamas", "--as-of", "2024-09-30").body
    assert [one["actor"]["id"] for one in around["data"]["hops"][0]] == ["iran"]


def test_a_judgement_is_taken_back_by_the_command_that_it_names(cli: Cli, store: str) -> None:
    done = cli("--store", store, "judge", "persia", "iran", "same", "--reason", "one seat").body
    _, *undo = done["data"]["undo"].split()

    undone = cli("--store", store, *undo, "--format", "table")

    assert done["data"]["canonical"] == {"persia": "iran", "iran": "iran"}
    assert (done["data"]["new"], done["data"]["claims"]) == (True, 1)
    assert "persia goes by its own id from now on." in undone.out
    assert "1 claim moved" in undone.out
    leverage = cli("--store", store, "leverage", "persia", "--as-of", "2024-09-30", "--by", "iran")
    assert leverage.body["data"]["target"]["id"] == "persia"


def test_making_one_of_two_kinds_is_warned_of_with_the_way_back(cli: Cli, store: str) -> None:
    judged = [
        cli("--store", store, "judge", left, right, verdict)
        for left, right, verdict in (
            ("persia", "hamas", "different"), ("persia", "hamas", "same"), ("persia", "iran", "same"),
        )
    ]  # fmt: skip

    assert [ran.code for ran in judged] == [0, 0, 0]
    different, warned, alike = (ran.err for ran in judged)
    assert (different, alike) == ("", "")
    assert warned == (
        "graph-service: persia is of the kind state, hamas of the kind armed_group: if they are "
        "not one, take it back with graph-service judge persia hamas unsure\n"
    )


def test_judging_the_same_again_is_said_to_be_nothing_new(cli: Cli, store: str) -> None:
    judge = ("--store", store, "judge", "persia", "iran", "same", "--format", "table")
    cli(*judge)

    assert "as before: nothing is new" in cli(*judge).out


def test_actors_that_others_make_one_stay_one_and_it_is_said(cli: Cli, store: str) -> None:
    for pair in (("persia", "iran"), ("parthia", "persia"), ("iran", "parthia")):
        assert cli("--store", store, "judge", *pair, "same").code == 0

    told = cli("--store", store, "judge", "iran", "parthia", "unsure", "--format", "table").out

    assert "They are still one, through persia and iran." in told
    refused = cli("--store", store, "judge", "iran", "parthia", "different")
    assert refused.code == 3
    assert "undo one of these judgements first" in refused.err


def test_a_name_that_means_nobody_or_two_comes_with_ids(cli: Cli, store: str) -> None:
    nobody = cli("--store", store, "judge", "Persya", "iran", "same")
    itself = cli("--store", store, "judge", "iran", "Iran", "same")

    assert (nobody.code, itself.code) == (1, 2)
    assert "Did you mean: persia" in nobody.err


def test_before_it_was_known_an_actor_is_asked_about_by_its_own_id(cli: Cli, store: str) -> None:
    cli("--store", store, "judge", "persia", "iran", "same")

    ran = cli("--store", store, "neighbours", "Pars", "--known-at", "2020-01-01")

    assert ran.body["data"]["actor"]["id"] == "persia"
