"""Graphs that ship with the product: files of native records, one a dossier."""

from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph_service.domain.errors import NotFound

_SUFFIX = ".jsonl"


def names() -> tuple[str, ...]:
    """The dossiers there are, sorted.

    >>> "gaza-mediation" in names()
    True
    """
    found = (file.name for file in files("graph_service.dossiers").iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


def dossier(name: str) -> Traversable:
    """The file of native records of a dossier; raises `NotFound` with the names there are."""
    known = names()
    if name not in known:
        near = get_close_matches(name, known, n=2) or known
        raise NotFound("dossier", name, suggestions=near)
    return files("graph_service.dossiers").joinpath(name + _SUFFIX)
