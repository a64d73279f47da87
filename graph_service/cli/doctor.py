"""What a healthy installation and store look like, looked at one by one."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from graph_service.domain.errors import GraphError, OntologyError
from graph_service.domain.ontology import load_ontology
from graph_service.graph.snapshot import load
from graph_service.stores.graph import Graph, open_graph
from graph_service.stores.keeping import stamp_at
from graph_service.stores.sqlite import sqlite_version

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 54)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and what to do where it is wrong."""

    text: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is to be done."""
        return not self.remedy


def examine(store: str) -> Iterator[Finding]:
    """Look at the installation, then at the store."""
    yield _version("Python", sys.version_info[:3], OLDEST_PYTHON, "install a later Python")
    yield _version("SQLite", sqlite_version(), OLDEST_SQLITE, "pip install --upgrade apsw")
    yield from _requirements()
    yield _ontology()
    yield from _store(store)


def _version(name: str, found: tuple[int, ...], oldest: tuple[int, ...], remedy: str) -> Finding:
    text = f"{name} {'.'.join(map(str, found))}"
    if found >= oldest:
        return Finding(text)
    return Finding(f"{text} is older than {'.'.join(map(str, oldest))}", remedy)


def _requirements() -> Iterator[Finding]:
    try:
        named = metadata.requires("graph-service") or []
    except metadata.PackageNotFoundError:
        yield Finding("graph-service itself is not installed", "pip install --editable .")
        return
    needed = [requirement for requirement in named if "extra ==" not in requirement]
    missing = [requirement for requirement in needed if not _is_installed(requirement)]
    for requirement in missing:
        yield Finding(f"{requirement} is not installed", f"pip install '{requirement}'")
    yield Finding(f"{len(needed) - len(missing)} of {len(needed)} libraries are installed")


def _is_installed(requirement: str) -> bool:
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    return any(metadata.distributions(name=name))


def _ontology() -> Finding:
    try:
        ontology = load_ontology()
    except (OSError, ValueError, OntologyError) as error:
        return Finding(f"the ontology cannot be read: {error}", "install graph-service again")
    return Finding(
        f"ontology {ontology.version}: {len(ontology.relations)} relations, "
        f"{len(ontology.families)} families"
    )


def _store(url: str) -> Iterator[Finding]:
    try:
        graph = open_graph(url, create=False)
    except GraphError as error:
        yield Finding(f"{url} cannot be opened", error.message)
        return
    try:
        head = graph.store.head()
        yield Finding(f"{graph.store.url}: {head.sequence} entries, last hash {head.hash[:12]}…")
        if graph.store.read_only:
            yield Finding("the store can be read, not written", "check the file's permissions")
        yield from _snapshot(graph)
    finally:
        graph.close()


def _snapshot(graph: Graph) -> Iterator[Finding]:
    folder = graph.store.snapshot_folder
    if folder is None:
        return
    kept = load(folder, graph.ontology, lambda at: stamp_at(graph.store, at))
    if kept is None:
        yield Finding("no index is kept beside the store: commands read the log from its start")
    else:
        yield Finding(f"an index is kept beside the store, up to entry {kept.sequence}")
