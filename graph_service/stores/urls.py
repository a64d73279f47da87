"""Stores by URL: `sqlite:PATH` (or just a path), `memory:`, and `neo4j://HOST` or `bolt://HOST`.

Who speaks to a Neo4j is told by the environment: `NEO4J_USERNAME`, and `NEO4J_PASSWORD` or
`NEO4J_PASSWORD_FILE`.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from graph_service.domain.errors import InvalidQuestion, StoreRefused
from graph_service.domain.ontology import Ontology
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.log import Surroundings
from graph_service.stores.memory import MemoryStore

if TYPE_CHECKING:
    from graph_service.stores.neo4j import Address

SCHEMES = ("sqlite:PATH", "memory:", "neo4j://HOST", "bolt://HOST")
NEO4J = frozenset(f"{name}{safe}" for name in ("neo4j", "bolt") for safe in ("", "+s", "+ssc"))

# A scheme has two letters or more, so that a Windows drive is a path.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(.*)", re.DOTALL)


def open_store(
    url: str,
    ontology: Ontology,
    *,
    create: bool = True,
    read_only: bool = False,
    around: Surroundings | None = None,
) -> Store:
    """The store that a URL names; raises `InvalidQuestion` for a URL that names none, and
    `StoreError` where it cannot be opened."""
    scheme, rest = _parts(url)
    if scheme == "memory" and rest in ("", "//"):
        return MemoryStore(ontology, around=around)
    if scheme in NEO4J:
        # Loading the driver takes as long as a quarter of a command that does not need it.
        from graph_service.stores.neo4j_store import Neo4jStore

        address = address_of(url, os.environ)
        folder = kept_index(address, os.environ)
        return Neo4jStore(
            address, ontology, create=create, read_only=read_only, around=around, folder=folder
        )
    if scheme != "sqlite":
        raise InvalidQuestion(
            f"there is no store like {url.split('//')[0]}: a store is named by one of "
            + ", ".join(SCHEMES),
            parameter="store",
            suggestions=SCHEMES,
        )
    path = _path(url, rest)
    return EmbeddedStore(path, ontology, create=create, read_only=read_only, around=around)


def address_of(url: str, environ: Mapping[str, str]) -> "Address":
    """Where a URL of a Neo4j leads, and as whom we go there; the database is named in its path.

    >>> address_of("neo4j://graph.example.org/claims", {"NEO4J_PASSWORD": "…"}).database
    'claims'
    """
    try:
        parts = urlsplit(url)
        named = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidQuestion(f"{url!r} is no address: {error}", parameter="store") from error
    if named[0] is None:
        raise InvalidQuestion(f"{url!r} names no host: write bolt://HOST", parameter="store")
    if "@" in parts.netloc:
        raise InvalidQuestion(
            "a password does not belong into a URL, which is shown: set NEO4J_USERNAME and "
            "NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE",
            parameter="store",
        )
    from graph_service.stores.neo4j import Address

    uri = urlunsplit((parts.scheme, parts.netloc, "", parts.query, ""))
    database = parts.path.strip("/") or None
    return Address(uri, database, environ.get("NEO4J_USERNAME", "neo4j"), _password(environ))


def _password(environ: Mapping[str, str]) -> str:
    path = environ.get("NEO4J_PASSWORD_FILE")
    if path is None or "NEO4J_PASSWORD" in environ:
        return environ.get("NEO4J_PASSWORD", "")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreRefused(f"the password cannot be read from {path}: {error}") from error


def kept_index(address: "Address", environ: Mapping[str, str]) -> Path | None:
    """Where the index over a Neo4j is kept on this machine: in the folder for what can be made
    anew, `XDG_CACHE_HOME`."""
    parts = urlsplit(address.uri)
    url = f"{parts.hostname}:{parts.port or 7687}/{address.database or ''}"
    place = environ.get("XDG_CACHE_HOME") or Path("~/.cache")
    name = hashlib.sha256(url.encode()).hexdigest()[:32]
    try:
        return Path(place).expanduser() / "graph-service" / f"{name}.index"
    except RuntimeError:  # nobody's home is known
        return None


def file_of(url: str) -> Path | None:
    """The file that a URL names, None where it names no file."""
    scheme, rest = _parts(url)
    return _path(url, rest) if scheme == "sqlite" else None


def _parts(url: str) -> tuple[str, str]:
    match = _SCHEME.fullmatch(url)
    return (match[1].lower(), match[2]) if match else ("sqlite", url)


def _path(url: str, rest: str) -> Path:
    if rest.startswith("//"):
        rest = rest[2:]
        if not rest.startswith("/"):
            raise InvalidQuestion(
                f"{url} names a host: write sqlite:PATH, or sqlite:///PATH from the root",
                parameter="store",
            )
    if not rest.strip() or "\0" in rest:
        raise InvalidQuestion(f"{url!r} names no file: write sqlite:PATH", parameter="store")
    return Path(rest).expanduser()
