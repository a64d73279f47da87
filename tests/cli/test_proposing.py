import re
from pathlib import Path

import pytest

from graph_service.cli.forms_writing import ProposeForm
from graph_service.cli.proposing import propose
from tests.cli.conftest import Cli, desk_at_terminal, entries, printed
from tests.cli.proposals import CLAIM, but

NEW_SOURCE = ("--source", "wire", "--source-title", "A wire", "--published", "2024-08")


def test_a_claim_by_options_is_proposed_and_nothing_rests_on_it(cli: Cli, own: str) -> None:
    before = cli("--store", own, "leverage", "Haniyeh", "--as-of", "2024-09-30").body

    ran = cli("--store", own, "propose", *CLAIM, "--locator", "paragraph 3", "--by", "anna")

    assert ran.code == 0
    assert set(ran.body) == {"data", "meta"}
    assert ran.body["meta"]["sequence"] == 81
    [claim], [piece] = ran.body["data"]["claims"], ran.body["data"]["evidence"]
    told = cli("--store", own, "claim", claim).body["data"]
    assert (told["subject"], told["object"], told["state"]) == (
        "iran",
        "ismail-haniyeh",
        "proposed",
    )
    assert [(e["id"], e["locator"], e["status"]) for e in told["evidence"]] == [
        (piece, "paragraph 3", "proposed")
    ]
    assert told["history"][0]["by"] == "anna"
    after = cli("--store", own, "leverage", "Haniyeh", "--as-of", "2024-09-30").body
    assert after["data"] == before["data"]


def test_a_table_counts_what_was_taken_and_says_the_claim_in_words(own: str) -> None:
    here = desk_at_terminal(own)
    form = ProposeForm(
        subject="Iran", relation="backs", object="Hamas", when="2024-07/..",
        source="article-2024-09", confidence=0.7, locator="paragraph 3",
    )  # fmt: skip

    assert propose(here, form) == 0
    assert propose(here, form) == 0

    told = re.sub(r"\x1b\[[\d;]*m", "", printed(here.out))
    assert "1 taken, 0 known already, up to entry 81" in told
    assert "0 taken, 1 known already, up to entry 81" in told
    assert "Iran backs Hamas, since July 2024, ongoing" in told
    assert re.search(r"e_\w{26} \[article-2024-09, paragraph 3\] 0\.70", told)
    assert "graph-service decide accept ID" in told


def test_what_was_decided_before_is_told_as_it_stands_with_what_can_be_done(
    cli: Cli, own: str
) -> None:
    asked = ("--store", own, "propose", *CLAIM, "--locator", "paragraph 3", "--format", "table")
    waiting = cli(*asked).out
    [piece] = re.findall(r"e_\w{26}", waiting)
    assert cli("--store", own, "decide", "accept", piece).code == 0
    accepted = cli(*asked).out
    assert cli("--store", own, "decide", "retract", piece, "--reason", "misread").code == 0
    retracted, rehearsed = cli(*asked).out, cli(*asked, "--dry-run").out
    elsewhere = cli(*asked, "--locator", "paragraph 4").out

    assert "Nothing rests on it" in waiting
    assert re.search(r"it was accepted on \d{4}-\d\d-\d\d\n", accepted)
    for told in (retracted, rehearsed):
        assert re.search(r"it was retracted on \d{4}-\d\d-\d\d, because: misread\n", told)
        assert "to propose it anew, cite another place (locator) or name another coder" in told
    assert "Nothing rests on it" not in accepted + retracted + rehearsed
    assert "1 taken, 0 known already" in elsewhere
    assert "Nothing rests on it" in elsewhere


def test_a_new_source_and_new_actors_come_with_their_claim(cli: Cli, own: str) -> None:
    ran = cli(
        "--store", own, "propose", *but(subject="Hill Front"), *NEW_SOURCE,
        "--new-actor", "hill-front:armed_group:Hill Front", "--reliability", "B",
    )  # fmt: skip

    assert ran.code == 0
    assert ran.body["meta"]["sequence"] == 83
    told = cli("--store", own, "claim", *ran.body["data"]["claims"], "--format", "table").out
    assert "Hill Front backs Ismail Haniyeh" in told
    assert "[wire] A wire. August 2024. B: usually reliable" in told


def test_a_dry_run_checks_and_writes_nothing(cli: Cli, own: str) -> None:
    good = cli("--store", own, "propose", *CLAIM, *NEW_SOURCE, "--dry-run", "--format", "table")
    bad = cli("--store", own, "propose", *CLAIM, "--dry-run", "--relation", "part_of")

    assert good.code == 0
    assert "2 would be taken, 0 known already; nothing written" in good.out
    assert "Iran backs Ismail Haniyeh" in good.out
    assert bad.code == 3
    assert entries(cli, own) == "80"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"subject": "Atlantis"}, "subject: no actor 'Atlantis' is known: add one with --new-ac"),
        ({"object": "Netanjahu"}, "Did you mean: benjamin-netanyahu?"),
        ({"relation": "bakcs"}, "Did you mean: backs"),
        ({"relation": "backed by"}, "'backed by' is 'backs' read from its object"),
        ({"when": "July 2024"}, "when: 'July 2024' is not a date"),
        ({"when": "2024-13"}, "when: '2024-13' is not in the calendar"),
        ({"when": "2024/2023"}, "when: '2024/2023' ends before it starts"),
        ({"relation": "meets"}, "an event happens on some day"),
        ({"confidence": "1"}, "confidence: confidence is a number above 0 and at most 0.95"),
        ({"source": "article-2024-10"}, "Did you mean: article-2024-09?"),
        ({"source": "rumour"}, "--source-title"),
        ({"episode": "gaza-talk"}, "[[episode]]"),
        ({"subject": "Haniyeh"}, "cannot stand at both ends"),
        ({"relation": "organ_of"}, "and the subject of organ_of is one of"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    cli: Cli, own: str, changes: dict[str, str], says: str
) -> None:
    ran = cli("--store", own, "propose", *but(**changes))

    assert ran.code == 3
    assert says in ran.err
    assert entries(cli, own) == "80"


def test_a_relation_may_be_called_by_its_label(cli: Cli, own: str) -> None:
    ran = cli("--store", own, "propose", *but(relation="is a patron of"))

    assert cli("--store", own, "claim", *ran.body["data"]["claims"]).body["data"]["relation"] == (
        "patron_of"
    )


def test_a_name_that_two_actors_have_is_refused_with_both(cli: Cli, own: str) -> None:
    both = cli(
        "--store", own, "propose", *but(subject="the Front"), "--new-actor",
        "hill-front:armed_group:The Front", "--new-actor", "lake-front:party:The Front",
    )  # fmt: skip
    shadowed = cli(
        "--store", own, "propose", *CLAIM, "--new-actor", "tehran-city:organisation:Tehran"
    )

    assert (both.code, shadowed.code) == (3, 3)
    assert "'the Front' may mean hill-front or lake-front: give the id" in both.err
    assert "'Tehran' may mean iran or tehran-city: give the id" in shadowed.err


def test_an_alias_of_two_known_actors_is_refused_with_both_and_the_id_is_taken(
    cli: Cli, own: str, tmp_path: Path
) -> None:
    file = tmp_path / "actors.jsonl"
    file.write_text(
        "".join(
            f'{{"record":"actor","id":"{id_}","kind":"party","name":"{id_} party",'
            '"aliases":[{"text":"The Party"}]}\n'
            for id_ in ("red", "blue")
        )
    )
    assert cli("--store", own, "propose", str(file)).code == 0

    meant = cli("--store", own, "propose", *but(subject="The Party"))
    named = cli("--store", own, "propose", *but(subject="red"))

    assert meant.code == 3
    assert "subject: 'The Party' may mean blue or red: give the id" in meant.err
    assert named.code == 0


def test_a_known_source_is_not_written_over_in_passing(cli: Cli, own: str) -> None:
    ran = cli("--store", own, "propose", *CLAIM, "--source-title", "Another title")

    assert ran.code == 3
    assert "source 'article-2024-09' is known and says something else" in ran.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "say what is proposed"),
        (CLAIM[:4], "a claim needs --object, --when, --source, --confidence"),
        ((*CLAIM, "claims.jsonl"), "give files or --subject, not both"),
        ((*CLAIM, "--publisher", "The Gazette"), "--source-title"),
        ((*CLAIM, "--new-actor", "hill-front"), "ID:KIND:NAME"),
        ((*CLAIM, "--stance", "doubted"), "denied"),
        (("nowhere.jsonl",), "nowhere.jsonl: No such file"),
    ],
)
def test_a_slip_of_the_pen_is_a_matter_of_usage(
    cli: Cli, own: str, args: tuple[str, ...], says: str
) -> None:
    ran = cli("--store", own, "propose", *args)

    assert ran.code == 2
    assert says in ran.err


def test_a_key_makes_a_retry_the_same_write(cli: Cli, own: str) -> None:
    first = cli("--store", own, "propose", *CLAIM, "--idempotency-key", "desk-1")
    again = cli("--store", own, "propose", *CLAIM, "--idempotency-key", "desk-1")
    other = cli("--store", own, "propose", *but(when="2024/.."), "--idempotency-key", "desk-1")

    assert (first.code, again.code, other.code) == (0, 0, 3)
    assert again.body == first.body
    assert entries(cli, own) == "81"


def test_nothing_is_proposed_to_a_store_that_is_not_there(cli: Cli, new_store: str) -> None:
    ran = cli("--store", new_store, "propose", *CLAIM)

    assert ran.code == 4
    assert "gaza-mediation" in ran.err
    assert not Path(new_store.removeprefix("sqlite:")).exists()
