"""How the page comes into a wheel: bundled at the build, or not built at all."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "graph_service" / "web"

pytestmark = pytest.mark.slow


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the page is made of, with the libraries that are there, and nothing built yet."""
    web = tmp_path / "graph_service" / "web"
    web.mkdir(parents=True)
    shutil.copy2(ROOT / "hatch_build.py", tmp_path)
    for name in ("src", "node_modules"):
        shutil.copytree(WEB / name, web / name, symlinks=True)
    for name in ("package.json", "package-lock.json", "tsconfig.json", ".npmrc"):
        shutil.copy2(WEB / name, web)
    return tmp_path


def build(checkout: Path) -> subprocess.CompletedProcess[str]:
    hook = (
        "import hatch_build as b; "
        "b.PageHook('.', {}, None, None, '.', 'wheel').initialize('standard', {})"
    )
    return subprocess.run(
        [sys.executable, "-c", hook], cwd=checkout, capture_output=True, text=True, check=False
    )


def test_a_build_makes_every_part_of_the_page(checkout: Path) -> None:
    built = build(checkout)

    assert built.returncode == 0, built.stderr
    names = {file.name for file in (checkout / "graph_service" / "web" / "built").iterdir()}
    assert names == {file.name for file in (WEB / "built").iterdir()}


def test_a_build_is_the_same_every_time(checkout: Path) -> None:
    build(checkout)

    made = checkout / "graph_service" / "web" / "built"
    assert {f.name: f.read_bytes() for f in made.iterdir()} == {
        f.name: f.read_bytes() for f in (WEB / "built").iterdir()
    }


def test_a_wheel_without_the_page_is_not_built(checkout: Path) -> None:
    (checkout / "graph_service" / "web" / "src" / "page.ts").write_text("import './nowhere';")
    built = build(checkout)

    assert built.returncode != 0
    assert "the page cannot be bundled" in built.stderr


def test_the_lock_file_names_no_host() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text("utf-8"))

    assert lock["packages"]
    assert not any("resolved" in package for package in lock["packages"].values())


def test_nothing_of_others_is_kept_in_the_repository() -> None:
    kept = subprocess.run(
        ["git", "ls-files", "graph_service/web"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not [name for name in kept if "node_modules" in name or "/built/" in name]
