"""What holds of the Dockerfile as it is written."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest

from tests.docker.dockerfile import DOCKERFILE, ROOT, is_sent, our_steps, pinned, sent_files


def lint(path: Path) -> subprocess.CompletedProcess[str]:
    """A Dockerfile as hadolint finds it; even a hint is a fault."""
    program = Path(sys.executable).with_name("hadolint")
    command = [str(program), "--no-color", str(path)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_linter_finds_nothing() -> None:
    checked = lint(DOCKERFILE)

    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("FROM python:3.13.15-slim-trixie AS build", "FROM python:latest AS build", "DL3007"),
        ("USER 10001:10001", "USER graph", "DL3066"),
        ("RUN pip wheel", "RUN cd / && pip wheel", "DL3003"),
        ('CMD ["serve"]', "CMD serve", "DL3025"),
    ],
)
def test_the_linter_refuses_what_is_bad(good: str, bad: str, rule: str, tmp_path: Path) -> None:
    text = DOCKERFILE.read_text("utf-8")
    assert good in text
    path = tmp_path / "Dockerfile"
    path.write_text(text.replace(good, bad, 1), "utf-8")

    checked = lint(path)

    assert checked.returncode != 0
    assert rule in checked.stdout


def test_both_stages_start_from_one_python_pinned_to_the_patch() -> None:
    images = {step.text.split()[0] for step in our_steps("FROM")}

    assert len(images) == 1
    assert all(pinned(image) for image in images)
    assert [pinned(image) for image in ("python:3.13-slim", "python", "neo4j:latest")] == [None] * 3


def test_it_runs_as_somebody_with_a_number_who_is_not_root() -> None:
    (user,) = our_steps("USER")

    assert [int(part) > 0 for part in user.text.split(":")] == [True, True]


def test_it_listens_to_others_and_lets_nobody_write_until_told() -> None:
    given = our_steps("ENV")[-1].named()

    assert (given["GRAPH_SERVICE_HOST"], given["GRAPH_SERVICE_READ_ONLY"]) == ("0.0.0.0", "true")
    assert json.loads(our_steps("CMD")[0].text) == ["serve"]


def test_all_that_is_kept_lies_in_the_volume() -> None:
    given = our_steps("ENV")[-1].named()

    assert [step.text for step in our_steps("VOLUME")] == ["/data"]
    assert our_steps("WORKDIR")[-1].text == "/data"
    assert given["GRAPH_SERVICE_STORE"].startswith("sqlite:/data/")
    assert given["XDG_CACHE_HOME"].startswith("/data/")


def test_the_labels_say_what_the_project_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    labels = {
        name.rpartition(".")[2]: value
        for step in our_steps("LABEL")
        for name, value in step.named().items()
    }

    said = {"title": "name", "description": "description", "licenses": "license"}
    assert labels == {label: project[name] for label, name in said.items()}


def test_a_build_is_sent_what_is_copied_and_nothing_more() -> None:
    copied = [
        source
        for step in our_steps("COPY")
        if not step.text.startswith("--from=")
        for source in step.text.split()[:-1]
    ]
    sent = list(sent_files(ROOT))

    assert {path.parts[0] for path in sent} == set(copied)
    assert PurePosixPath("cypher/README.md") in sent
    assert not any(path.suffix == ".pyc" for path in sent)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("docker/secrets/password", False),
        (".git/config", False),
        ("graph.sqlite.keys", False),
        ("graph_service/keys.py", True),
        ("graph_service/__pycache__/keys.cpython-313.pyc", False),
        ("LICENSE", True),
    ],
)
def test_no_secret_is_sent_to_a_build(path: str, sent: bool) -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()

    assert is_sent(PurePosixPath(path), rules) is sent
