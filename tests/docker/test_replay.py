"""The image as its users get it, but for the engine: its install steps replayed, and run."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.cli.served import free_port
from tests.docker.dockerfile import ROOT
from tests.docker.replay import Image, healthy, served

QUESTION = ("ask", "who has leverage over Hamas as of 30 September 2024", "--format", "json")
STATEMENT = """
from graph_service.stores.cypher import folder, statement
print(folder())
print(statement("head"), end="")
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dossier(image: Image) -> Image:
    """The image, with the dossier in its volume."""
    code, printed = image.run("import", "native", "gaza-mediation")
    assert code == 0, printed
    return image


def written(place: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in place.rglob("*")}


def test_every_step_is_taken_but_the_one_that_makes_the_user(image: Image) -> None:
    (left_out,) = image.left_out

    made = f"useradd --uid {image.user.split(':')[0]} "
    assert made in left_out.text
    assert "install -d -o graph -g graph -m 700 /data" in left_out.text


def test_of_the_build_only_the_installed_program_is_left(image: Image) -> None:
    assert sorted(path.name for path in image.root.iterdir()) == ["data", "opt"]
    assert not (image.root / "opt" / "graph-service" / "bin" / "pip").exists()


def test_the_volume_can_be_written_and_what_is_installed_cannot(image: Image) -> None:
    place = image.root / "opt" / "graph-service"
    known = next(place.rglob("ontology.toml"))

    assert image.execute("touch", f"{image.root}/data/probe") == (0, "")
    assert "Permission denied" in image.execute("touch", f"{place}/probe")[1]
    assert "Permission denied" in image.execute("touch", str(known))[1]


def test_the_program_says_its_version_and_that_all_is_well(dossier: Image) -> None:
    code, printed = dossier.run("--version")
    examined, findings = dossier.run("doctor")

    assert (code, printed.split()[0]) == (0, "graph-service")
    assert (examined, "WRONG" in findings) == (0, False), findings


def test_the_dossier_answers_who_has_leverage(dossier: Image) -> None:
    code, printed = dossier.run(*QUESTION)

    assert code == 0, printed
    assert '"id":"iran"' in printed


def test_statements_are_read_from_the_installed_package(image: Image) -> None:
    code, printed = image.execute("python", "-c", STATEMENT)
    place, _, text = printed.partition("\n")

    assert code == 0, printed
    assert Path(place).is_relative_to(image.root / "opt" / "graph-service")
    assert text == (ROOT / "cypher" / "store" / "head.cypher").read_text("utf-8")


def test_it_serves_is_healthy_and_ends_when_it_is_told(dossier: Image) -> None:
    port = str(free_port())
    before = written(dossier.root / "opt")
    assert healthy(dossier, GRAPH_SERVICE_PORT=port) != 0

    with served(dossier, GRAPH_SERVICE_PORT=port) as process:
        assert healthy(dossier, GRAPH_SERVICE_PORT=port) == 0
        os.kill(process.pid, signal.SIGTERM)
        printed = process.communicate(timeout=15)[0]

    assert f"Listening on http://0.0.0.0:{port}" in printed
    assert process.returncode in (0, -signal.SIGTERM), printed
    assert written(dossier.root / "opt") == before


def test_nobody_may_write_before_there_is_a_key(dossier: Image) -> None:
    asked = {"GRAPH_SERVICE_PORT": str(free_port()), "GRAPH_SERVICE_READ_ONLY": "false"}
    code, printed = dossier.run("serve", **asked)
    assert (code, "needs a key for writing" in " ".join(printed.split())) == (3, True), printed

    code, printed = dossier.run("keys", "add", "desk", "--scope", "write")
    assert (code, "gs_" in printed) == (0, True)
    with served(dossier, **asked):
        assert healthy(dossier, **asked) == 0
    kept = json.loads((dossier.root / "data" / "graph.sqlite.keys").read_text("utf-8"))
    assert [key["name"] for key in kept["keys"]] == ["desk"]
