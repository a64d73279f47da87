import json
from pathlib import Path

import pytest

from graph_service import reference
from graph_service.dossiers import dossier
from tests.cli.conftest import RECORDS, Cli


def test_importing_twice_changes_nothing(cli: Cli, new_store: str) -> None:
    first = cli("--store", new_store, "import", "native", "gaza-mediation")
    again = cli("--store", new_store, "import", "native", "gaza-mediation")

    assert (first.code, again.code) == (0, 0)
    assert f"{RECORDS} taken" in first.err + first.out
    assert f"0 taken, {RECORDS} known already" in again.err + again.out


def test_a_file_is_taken_in_like_a_dossier(cli: Cli, new_store: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(dossier("gaza-mediation").read_bytes())

    assert cli("--store", new_store, "import", "native", str(path)).code == 0
    assert cli("--store", new_store, "leverage", "Hamas", "--as-of", "2024-09-30").code == 0


def test_the_reference_set_is_taken_in_by_its_name(cli: Cli, new_store: str) -> None:
    ran = cli("--store", new_store, "import", "native", "reference")

    assert ran.code == 0
    assert f"reference: {len(reference.load())} taken, 0 known already" in ran.out


def test_what_was_exported_can_be_taken_in_again(
    cli: Cli, gaza: str, new_store: str, tmp_path: Path
) -> None:
    path = tmp_path / "export.jsonl"
    assert cli("--store", gaza, "export", "native", "--output", str(path)).code == 0

    assert cli("--store", new_store, "import", "native", str(path), "--keep-history").code == 0
    assert cli("--store", new_store, "export", "native").out == path.read_text("utf-8")


def test_export_goes_to_standard_output(cli: Cli, gaza: str) -> None:
    ran = cli("--store", gaza, "export", "native")

    assert len(ran.out.splitlines()) == RECORDS
    assert ran.err == ""


def test_a_refused_line_is_named_and_nothing_of_the_file_is_kept(
    cli: Cli, new_store: str, tmp_path: Path
) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"record":"actor","id":"iran","kind":"state","name":"Iran"}\n{"record":1}\n')

    ran = cli("--store", new_store, "import", "native", str(path))

    assert ran.code == 3
    assert "claims.jsonl: line 2, record:" in ran.err
    assert cli("--store", new_store, "export", "native").out == ""


def test_a_file_that_is_not_there_is_a_matter_of_usage(cli: Cli, new_store: str) -> None:
    ran = cli("--store", new_store, "import", "native", "gaza-mediaton")

    assert ran.code == 2
    assert ran.err.splitlines() == [
        "graph-service: gaza-mediaton: there is no such file or dossier",
        "Did you mean: gaza-mediation?",
    ]


@pytest.mark.parametrize("verb", ["import", "export"])
def test_a_format_that_is_not_known_is_a_matter_of_usage(cli: Cli, verb: str) -> None:
    assert cli(verb, "natife").code == 2


def test_evidence_that_is_only_proposed_is_counted_apart(cli: Cli, tmp_path: Path) -> None:
    lines = [
        {"record": "source", "id": "s", "title": "S", "published": "2024-01"},
        {"record": "actor", "id": "a", "kind": "state", "name": "A"},
        {"record": "actor", "id": "b", "kind": "state", "name": "B"},
        {"record": "claim", "subject": "a", "relation": "funds", "object": "b", "when": "2024-01",
         "evidence": [{"source": "s", "confidence": 0.8}]},
    ]  # fmt: skip
    file = tmp_path / "own.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))

    told = cli("--store", f"sqlite:{tmp_path / 'own.sqlite'}", "import", "native", str(file)).out

    assert "4 taken" in told
    assert "1 piece of evidence only proposed" in told
