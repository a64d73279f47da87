"""Get what the tests need and pip cannot bring: Java, Neo4j and Chromium.

`make test` runs this before the tests; what is there already is left alone.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.neo4j import installed
from tests.neo4j.server import running


def main() -> None:
    """Install and download what is missing; ends with a sentence where that cannot be."""
    try:
        with alone(installed.cache()):
            get_packages()
            get_jars()
            archive_classes()
    except installed.Missing as error:
        sys.exit(str(error))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process is at work in the folder, and keep others waiting."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def missing_packages() -> list[str]:
    """What Debian has to bring, by the names of its packages."""
    wanted: dict[str, Callable[[], object]] = {
        "default-jre-headless": installed.java,
        "maven": lambda: installed.release().is_dir() or installed.maven(),
        "chromium": installed.chromium_browser,
    }
    return [package for package, find in wanted.items() if is_missing(find)]


def is_missing(find: Callable[[], object]) -> bool:
    try:
        find()
    except installed.Missing:
        return True
    return False


def get_packages() -> None:
    """Install what is missing; raises `Missing` where only somebody else may."""
    packages = missing_packages()
    if not packages:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise installed.Missing(
            f"The tests need Java 17, Maven and Chromium: sudo {' '.join(install)}"
        )
    say(f"installing {', '.join(packages)}")
    run(["apt-get", "-qq", "update"])
    run([*install, "-qq", "-o", "DPkg::Lock::Timeout=300"])
    still = missing_packages()
    if still:
        raise installed.Missing(f"Debian's {', '.join(still)} did not bring what the tests need")


def get_jars() -> None:
    """Download the pinned server; its folder appears when all of it has come."""
    folder = installed.release()
    if folder.is_dir():
        return
    say(f"downloading {folder.name} into {folder.parent}")
    with tempfile.TemporaryDirectory(dir=folder.parent) as coming:
        whole = Path(coming) / folder.name
        goal = "dependency:copy-dependencies"
        command = [installed.maven(), "--batch-mode", "--quiet", "--strict-checksums"]
        run([*command, f"--file={installed.POM}", goal, f"-DoutputDirectory={whole / 'lib'}"])
        whole.rename(folder)


def archive_classes() -> None:
    """Let Java write down what it loads, so that every later start takes half as long. An archive
    of another Java is of no use to it."""
    folder = installed.release()
    archive = installed.archive(folder)
    java = Path(installed.java()).resolve()
    if archive.exists() and archive.stat().st_mtime > java.stat().st_ctime:
        return
    say("starting Neo4j for the first time")
    archive.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as coming:
        written = Path(coming) / archive.name
        with running(
            Path(coming) / "home", java=(f"-XX:ArchiveClassesAtExit={written}",)
        ) as server:
            server.stop()
        written.replace(archive)


def run(command: list[str]) -> None:
    """Run a program quietly; raises `Missing` with its last words where it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        words = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise installed.Missing(f"{' '.join(command)} failed:\n{words}")


def say(what: str) -> None:
    sys.stderr.write(f"{what} …\n")


if __name__ == "__main__":
    main()
