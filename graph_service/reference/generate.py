"""Makes the reference set anew: ``python -m graph_service.reference.generate FOLDER``.

FOLDER holds the lists named in `provenance.md`, each under a licence that lets it be given on. What
is written by hand stands in the TOML files beside this script.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import orjson

from graph_service.domain.actors import Actor
from graph_service.domain.records import dump_record
from graph_service.reference.states import states

HERE = Path(__file__).parent
FILE = "actors.jsonl"


def actors(data: Path) -> Iterator[Actor]:
    """Every actor of the set, in no order."""
    yield from states(data, told("states"))


def told(name: str) -> dict[str, object]:
    """What is written by hand."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def lines(data: Path) -> Iterator[bytes]:
    """The set as native records, one a line, by id."""
    for actor in sorted(actors(data), key=lambda each: each.id):
        yield orjson.dumps(dump_record(actor), option=orjson.OPT_APPEND_NEWLINE)


def main(folder: str) -> None:
    """Write the set beside this script."""
    (HERE / FILE).write_bytes(b"".join(lines(Path(folder))))


if __name__ == "__main__":
    main(sys.argv[1])
