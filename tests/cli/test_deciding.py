import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, claim_of, entries, proposed, table, waiting
from tests.cli.proposals import but


def test_what_waits_is_listed_oldest_first_with_who_recorded_it(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    body = cli("--store", own, "decide", "--list").body
    shown = table(cli, own, "--list").out

    assert [each["evidence"]["id"] for each in body["data"]] == pieces
    assert {each["recorded_by"] for each in body["data"]} == {"anna"}
    assert body["meta"]["total"] == {"value": 3, "relation": "eq"}
    assert body["meta"]["sequence"] == 83
    assert "3 pieces of evidence wait for a decision, up to entry 83" in shown
    assert "denied by [article-2024-09, paragraph 4] 0.70" in " ".join(shown.split())
    assert "recorded by anna at 20" in shown


def test_what_waits_can_be_narrowed_to_an_actor_and_to_a_few(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    assert waiting(cli, own, "--actor", "Moscow") == pieces[2:]
    assert waiting(cli, own, "--limit", "1") == pieces[:1]
    assert "and 2 more" in table(cli, own, "--list", "--limit", "1").out
    assert cli("--store", own, "decide", "--list", "--actor", "Qatar").code == 1


def test_what_waits_for_an_actor_waits_under_all_its_ids(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    args = but(subject="Persia", source="article-2024-09")
    persia = proposed(cli, own, *args, "--new-actor", "persia:state:Persia")
    assert cli("--store", own, "judge", "iran", "persia", "same").code == 0

    assert waiting(cli, own, "--actor", "Persia") == [*pieces[:2], persia]
    assert waiting(cli, own, "--actor", "iran") == [*pieces[:2], persia]
    assert cli("--store", own, "claim", persia).body["data"]["subject"] == "persia"


def test_a_decision_tells_the_state_of_the_claim_before_and_after(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    first = table(cli, own, "accept", pieces[0])
    second = table(cli, own, "accepted", pieces[1], "--by", "ben")
    again = table(cli, own, "accept", pieces[0])

    assert (first.code, second.code, again.code) == (0, 0, 0)
    assert "Iran backs Ismail Haniyeh, start unknown, ongoing: proposed → accepted" in first.out
    assert f"{pieces[0]} accepted" in first.out
    assert "accepted → disputed" in " ".join(second.out.split())
    assert "decided so already" in again.out
    assert waiting(cli, own) == pieces[2:]


def test_a_decision_on_a_claim_is_one_on_all_evidence_that_it_fits(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    claim = claim_of(cli, own, pieces[0])
    assert cli("--store", own, "decide", "reject", pieces[1]).code == 0

    accepted = cli("--store", own, "decide", "accept", claim)
    again = cli("--store", own, "decide", "accept", claim)
    retracted = cli("--store", own, "decide", "retract", claim, "--reason", "withdrawn")

    assert accepted.body["data"] == {"claims": [claim], "evidence": [pieces[0]]}
    assert again.body == accepted.body
    assert retracted.body["data"]["evidence"] == [pieces[0]]
    told = cli("--store", own, "claim", claim).body["data"]
    assert {e["id"]: e["status"] for e in told["evidence"]} == {
        pieces[0]: "retracted",
        pieces[1]: "rejected",
    }


def test_both_pieces_of_a_claim_are_decided_in_one_write_that_had_seen_it(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    claim = claim_of(cli, own, pieces[0])

    ran = cli("--store", own, "decide", "accept", claim, pieces[2], "--expected", "83")

    assert ran.code == 0
    assert ran.body["data"]["evidence"] == pieces
    assert waiting(cli, own) == []


def test_a_lost_update_is_refused_and_says_what_came_between(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    assert cli("--store", own, "decide", "reject", pieces[0], "--reason", "hearsay").code == 0

    ran = cli("--store", own, "decide", "accept", pieces[2], pieces[1], "--expected", "83")

    assert ran.code == 3
    assert "After entry 83, 1 change:" in ran.err
    assert f"desk rejected {pieces[0]}: hearsay" in ran.err
    assert waiting(cli, own) == pieces[1:]


def test_evidence_that_was_decided_otherwise_meanwhile_is_refused(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    assert cli("--store", own, "decide", "reject", pieces[0]).code == 0

    ran = cli("--store", own, "decide", "accept", pieces[0])

    assert ran.code == 3
    assert f"evidence {pieces[0]} is rejected and cannot become accepted" in ran.err
    assert "to propose it anew, cite another place (locator) or name another coder" in ran.err


def test_a_retraction_has_a_reason(cli: Cli, own: str, pieces: list[str]) -> None:
    assert cli("--store", own, "decide", "accept", pieces[0]).code == 0

    ran = cli("--store", own, "decide", "retract", pieces[0])

    assert ran.code == 3
    assert "a retraction has a reason: say why" in ran.err


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("retract", "{claim}", "--reason", "x"), 3, "has no accepted evidence that could be ret"),
        (("akcept", "{0}"), 2, "Did you mean: accept?"),
        (("accept",), 2, "the ids of evidence or claims"),
        ((), 2, "give a verdict and ids"),
        (("accept", "{0}", "--list"), 2, "give a verdict and ids"),
        (("accept", "e_nobody"), 1, "no evidence 'e_nobody' is known"),
        (("accept", "c_nobody"), 1, "no claim 'c_nobody' is known"),
        (("accept", "nonsense"), 1, "Ids look like e_… (evidence) and c_… (claims): graph-service"),
        (("--list", "--actor", "Atlantis"), 3, "no actor 'Atlantis' is known"),
        (("--file", "nowhere.jsonl"), 2, "nowhere.jsonl: No such file"),
    ],
)
def test_what_cannot_be_decided_says_why(
    cli: Cli, own: str, pieces: list[str], args: tuple[str, ...], code: int, says: str
) -> None:
    claim = claim_of(cli, own, pieces[0])

    ran = cli("--store", own, "decide", *(arg.format(*pieces, claim=claim) for arg in args))

    assert ran.code == code
    assert says in ran.err
    assert entries(cli, own) == "83"


def test_decisions_come_from_a_file_one_a_line(
    cli: Cli, own: str, pieces: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"evidence": pieces[:2], "verdict": "accepted", "expected": 83},
        {"record": "decision", "evidence": pieces[2], "verdict": "rejected", "by": "carl"},
    ]
    text = "\n\n".join(map(json.dumps, lines)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))

    ran = cli("--store", own, "decide", "--file", "-", "--by", "dora")

    assert ran.code == 0
    assert ran.body["data"]["evidence"] == pieces
    told = cli("--store", own, "claim", pieces[2]).body["data"]
    assert told["evidence"][0]["decided_by"] == "carl"
    assert told["history"][-1]["by"] == "dora"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"evidence": "e_nobody", "verdict": "accepted"}', "line 2: evidence: no evidence"),
        ('{"evidence": "{0}", "verdict": "approved"}', "line 2, verdict: 'approved' is none of"),
        ('{"evidence": "{0}", "verdict": "retracted"}', "line 2, reason: a retraction has a rea"),
        ('{"record": "actor", "id": "a", "kind": "state", "name": "A"}', "line 2"),
        ("accept", "line 2: this is no JSON"),
        ("[]", "line 2: a decision is a JSON object, not a list"),
    ],
)
def test_one_wrong_line_and_nothing_is_decided(
    cli: Cli, own: str, pieces: list[str], tmp_path: Path, line: str, says: str
) -> None:
    file = tmp_path / "decisions.jsonl"
    good = json.dumps({"evidence": pieces[0], "verdict": "accepted"})
    file.write_text(f"{good}\n{line.replace('{0}', pieces[1])}\n")

    ran = cli("--store", own, "decide", "--file", str(file))

    assert ran.code == 3
    assert says in ran.err
    assert waiting(cli, own) == pieces


def test_a_key_makes_a_retry_the_same_decision(cli: Cli, own: str, pieces: list[str]) -> None:
    claim = claim_of(cli, own, pieces[0])
    asked = (
        "--store",
        own,
        "decide",
        "accept",
        claim,
        "--expected",
        "83",
        "--idempotency-key",
        "k",
    )

    first, again = cli(*asked), cli(*asked)

    assert (first.code, again.code) == (0, 0)
    assert first.body == again.body
    assert cli(*asked, "--reason", "another").code == 3
