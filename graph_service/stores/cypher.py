"""The statements in `cypher/`, by name."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder() -> Traversable:
    """The folder `cypher`: in the package where it is installed, else in the tree beside it."""
    installed = files("graph_service").joinpath("cypher")
    return installed if installed.is_dir() else Path(__file__).parents[2] / "cypher"


@cache
def statement(name: str) -> str:
    """The text of `cypher/store/NAME.cypher`; raises `FileNotFoundError` where there is none.

    A name may be followed by a type of relationships, which is put in place of TYPE.
    """
    file, _, type_ = name.partition(" ")
    return folder().joinpath("store", f"{file}.cypher").read_text("utf-8").replace("TYPE", type_)
