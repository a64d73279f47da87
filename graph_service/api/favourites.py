"""Analysts' questions as Neo4j Browser keeps them: favourites, each with its values in place."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from graph_service.stores.explorations import Exploration

FOLDER = "Graph service"
_PARAMETER = re.compile(r"\$([A-Za-z_]+)")
_THEN = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows, so that equal files are equal bytes."""


def runnable(question: Exploration) -> str:
    """The statement with its values in place of its parameters, so that it asks what it shows.

    Parameters that somebody set in Browser earlier would ask another question without saying so.
    """
    return _with_values(question.text, question.parameters)


def favourite(question: Exploration) -> str:
    """A favourite: Browser lists it by its first line."""
    about = "".join(f"// {line}\n" for line in question.about.splitlines())
    told = _with_values(about, question.parameters)
    return f"// {question.title}\n{told}{runnable(question)}\n"


def favourites(questions: Iterable[Exploration]) -> bytes:
    """Every question in one zip file, for Browser to take in when it is dropped on its window."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for question in questions:
            entry = zipfile.ZipInfo(f"{FOLDER}/{question.name}.cypher", _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, favourite(question))
    return file.getvalue()


def _with_values(text: str, values: Mapping[str, Any]) -> str:
    return _PARAMETER.sub(lambda found: json.dumps(values[found[1]], ensure_ascii=False), text)
