import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran, entries

NOUNS = [
    {"record": "source", "id": "s", "title": "S", "published": "2024-01"},
    {"record": "actor", "id": "a", "kind": "state", "name": "Aland"},
    {"record": "actor", "id": "b", "kind": "state", "name": "Beland"},
]
CLAIM = {"record": "claim", "subject": "a", "relation": "funds", "object": "b", "when": "2024-01",
         "evidence": [{"source": "s", "confidence": 0.8}]}  # fmt: skip


def file_of(folder: Path, name: str, *records: object) -> str:
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


def with_evidence(**fields: object) -> dict[str, object]:
    return {**CLAIM, "evidence": [{"source": "s", "confidence": 0.8, **fields}]}


def test_files_need_each_other_in_any_order(cli: Cli, new_store: str, tmp_path: Path) -> None:
    claims = file_of(tmp_path, "claims.jsonl", CLAIM)
    nouns = file_of(tmp_path, "nouns.jsonl", *NOUNS)

    ran = cli("--store", new_store, "propose", claims, nouns, "--format", "table")

    assert ran.code == 0
    assert "4 taken, 0 known already, up to entry 4" in ran.out
    assert "Aland funds Beland, January 2024" in ran.out


def test_one_bad_line_and_nothing_of_any_file_is_taken(
    cli: Cli, new_store: str, tmp_path: Path
) -> None:
    nouns = file_of(tmp_path, "nouns.jsonl", *NOUNS)
    claims = file_of(tmp_path, "claims.jsonl", CLAIM, CLAIM | {"object": "c"})

    ran = cli("--store", new_store, "propose", nouns, claims)

    assert ran.code == 3
    assert "claims.jsonl: line 2, object: no actor 'c' is known" in ran.err
    assert entries(cli, new_store) == "0"


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (with_evidence(status="accepted"), "line 1, evidence[0].status: this evidence is accepted"),
        (with_evidence(status="rejected"), "graph-service import native"),
        (
            {"record": "decision", "evidence": "e_x", "verdict": "accepted", "by": "anna"},
            "graph-service decide --file",
        ),
        (
            {"record": "judgement", "left": "a", "right": "b", "verdict": "same"},
            "graph-service judge",
        ),
    ],
    ids=["accepted", "rejected", "decision", "judgement"],
)
def test_what_is_decided_is_refused_with_who_takes_it(
    cli: Cli, new_store: str, tmp_path: Path, record: dict[str, object], says: str
) -> None:
    nouns = file_of(tmp_path, "nouns.jsonl", *NOUNS)
    decided = file_of(tmp_path, "decided.jsonl", record)

    ran = cli("--store", new_store, "propose", nouns, decided)

    assert ran.code == 3
    assert says in ran.err
    assert entries(cli, new_store) == "0"


def test_standard_input_is_taken_like_a_file(
    cli: Cli, new_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(*records: object) -> Ran:
        lines = "".join(json.dumps(record) + "\n" for record in records)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        return cli("--store", new_store, "propose", "-", "--idempotency-key", "desk-1")

    first, again, other = given(*NOUNS, CLAIM), given(*NOUNS, CLAIM), given(*NOUNS)

    assert (first.code, again.code, other.code) == (0, 0, 3)
    assert first.body == again.body
    assert "desk-1" in other.err


def test_a_dry_run_over_files_counts_what_is_new_and_writes_nothing(
    cli: Cli, new_store: str, tmp_path: Path
) -> None:
    nouns = file_of(tmp_path, "nouns.jsonl", *NOUNS)
    twice = file_of(tmp_path, "claims.jsonl", CLAIM, CLAIM)
    assert cli("--store", new_store, "propose", nouns).code == 0

    ran = cli("--store", new_store, "propose", nouns, twice, "--dry-run", "--format", "table")

    assert ran.code == 0
    assert "1 would be taken, 4 known already; nothing written" in ran.out
    assert entries(cli, new_store) == "3"


def test_a_dry_run_makes_no_store(cli: Cli, new_store: str, tmp_path: Path) -> None:
    assert cli("--store", new_store, "propose", file_of(tmp_path, "n", *NOUNS), "--dry-run").code
    assert not Path(new_store.removeprefix("sqlite:")).exists()
