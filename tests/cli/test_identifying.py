from pathlib import Path

from tests.cli.conftest import Cli


def test_a_seat_leads_to_its_state_with_the_reason(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "resolve", "the Kremlin", "--format", "table")
    assert (ran.code, ran.out) == (0, 'russia: "the Kremlin" stands for Russia (since 1918)\n')


def test_a_name_of_nobody_is_answered_with_those_that_come_near(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "resolve", "Netanyahoo", "--format", "table")
    assert ran.code == 1
    assert ran.out.startswith('nobody is called "Netanyahoo"\n  benjamin-netanyahu (person): ')


def test_a_kind_that_is_none_is_refused_with_the_one_that_is_meant(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "resolve", "Iran", "--kind", "staat")
    assert ran.code == 2
    assert "Did you mean: state?" in ran.err


def test_nobody_may_be_one_in_the_dossier(cli: Cli, gaza: str) -> None:
    assert cli("--store", gaza, "candidates").code == 1


def test_pairs_are_proposed_until_they_are_judged(cli: Cli, tmp_path: Path) -> None:
    own = f"sqlite:{tmp_path / 'graph.sqlite'}"
    told = tmp_path / "told.jsonl"
    told.write_text(
        '{"record":"actor","id":"iran","kind":"state","name":"Iran"}\n'
        '{"record":"actor","id":"irn","kind":"state","name":"IRAN"}\n'
    )
    cli("--store", own, "import", "native", str(told))
    ran = cli("--store", own, "candidates", "--format", "table")
    assert (ran.code, ran.out) == (0, "0.75 iran irn: both are called Iran\n")
    [pair] = cli("--store", own, "candidates", "irn").body
    assert (pair["left"], pair["right"], pair["against"]) == ("iran", "irn", [])
    cli("--store", own, "judge", "iran", "irn", "different")
    assert cli("--store", own, "candidates").code == 1


def test_a_question_takes_a_seat_on_the_days_on_which_it_was_one(cli: Cli, gaza: str) -> None:
    then = cli("--store", gaza, "neighbours", "St. Petersburg", "--as-of", "1900-01-01")
    now = cli("--store", gaza, "neighbours", "St. Petersburg", "--as-of", "2024-09-30")
    assert then.body["data"]["actor"]["id"] == "russia"
    assert now.code == 1
    assert "and not on 2024-09-30" in now.err
    assert "Did you mean: russia?" in now.err
