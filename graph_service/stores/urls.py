"""Stores by URL: `sqlite:PATH` (or just a path) and `memory:`."""

import re
from pathlib import Path

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.ontology import Ontology
from graph_service.stores.base import Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.log import Surroundings
from graph_service.stores.memory import MemoryStore

SCHEMES = ("sqlite:PATH", "memory:")

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
    if scheme != "sqlite":
        raise InvalidQuestion(
            f"there is no store like {url.split('//')[0]}: a store is named by one of "
            + ", ".join(SCHEMES),
            parameter="store",
            suggestions=SCHEMES,
        )
    path = _path(url, rest)
    return EmbeddedStore(path, ontology, create=create, read_only=read_only, around=around)


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
