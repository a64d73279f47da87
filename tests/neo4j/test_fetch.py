"""Getting what tests need: what is there is left alone, and what cannot be got is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.neo4j import installed

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


def fetch(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.neo4j.fetch"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def test_what_is_there_is_left_alone() -> None:
    again = fetch()

    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_what_may_not_be_installed_is_asked_for() -> None:
    refused = fetch(PATH="/nowhere")

    assert refused.returncode == 1
    assert refused.stderr.endswith(
        "sudo apt-get install --yes --no-install-recommends default-jre-headless chromium\n"
    )


def test_a_server_that_was_not_downloaded_is_a_failure_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    with pytest.raises(installed.Missing, match=r"make test.*python -m tests\.neo4j\.fetch"):
        installed.jars()


@pytest.mark.parametrize(
    ("told", "version"),
    [('openjdk version "17.0.15" 2025-04-15', 17), ('java version "1.8.0_392"', 1), ("no", 0)],
)
def test_the_version_of_java_is_read_from_what_it_says(
    tmp_path: Path, told: str, version: int
) -> None:
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
    java.chmod(0o755)

    assert installed.java_version(str(java)) == version
