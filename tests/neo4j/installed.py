"""Where the things are that tests need and pip cannot bring: Java, Neo4j and Chromium."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

POM = Path(__file__).with_name("pom.xml")
OLDEST_JAVA = 17
DEPENDENCY = "{http://maven.apache.org/POM/4.0.0}dependency"


class Missing(Exception):
    """Something is not installed; the message says how to get it."""


def cache() -> Path:
    """The folder that keeps downloads from one run of the tests to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "graph-service-tests"


def release() -> Path:
    """The folder of the pinned server; it exists if and only if all of its jars are there."""
    dependencies = ElementTree.parse(POM).iter(DEPENDENCY)
    names = (f"{dependency[1].text}-{dependency[2].text}" for dependency in dependencies)
    return cache() / "-".join(names)


def class_path(folder: Path) -> str:
    """What Java finds Neo4j's classes by."""
    return f"{folder / 'lib'}/*"


def archive(folder: Path) -> Path:
    """The classes as Java keeps them in memory, which saves it reading them at every start."""
    return folder / "classes.jsa"


def jars() -> Path:
    """The folder of the pinned server; raises `Missing` where it was not downloaded."""
    if not release().is_dir():
        raise Missing(_advice(f"Neo4j is not in {release()}"))
    return release()


def java() -> str:
    """A Java that Neo4j runs on; raises `Missing` where there is none."""
    path = shutil.which("java")
    if path is None or java_version(path) < OLDEST_JAVA:
        raise Missing(_advice(f"Java {OLDEST_JAVA} or later is not installed"))
    return path


def java_version(path: str) -> int:
    """Its major version; 0 where it does not say one, 1 for those up to 8."""
    command = [path, "-version"]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def maven() -> str:
    """The program that downloads jars; raises `Missing` where it is not installed."""
    return _program("mvn", "Maven")


def chromium_browser() -> str:
    """The path of Chromium; raises `Missing` where it is not installed."""
    return _program("chromium", "Chromium")


def _program(command: str, name: str) -> str:
    path = shutil.which(command)
    if path is None:
        raise Missing(_advice(f"{name} is not installed"))
    return path


def _advice(what: str) -> str:
    return f"{what}: `make test` gets it, and so does `python -m tests.neo4j.fetch`"
