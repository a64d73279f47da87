"""Makes the reference set anew: ``python -m graph_service.reference.generate FOLDER``.

FOLDER holds the lists named in `provenance.md`, each under a licence that lets it be given on. What
is written by hand stands in the TOML files beside this script.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from graph_service.domain.actors import Actor
from graph_service.domain.records import dump_record
from graph_service.reference.apart import joined
from graph_service.reference.leaders import leaders
from graph_service.reference.others import leaders_by_hand, others
from graph_service.reference.parliaments import parliaments
from graph_service.reference.scripts import in_other_scripts
from graph_service.reference.states import states

HERE = Path(__file__).parent
FILE = "actors.jsonl"
PROVENANCE = "provenance.md"
COUNTS = "<!-- counts -->"


def actors(data: Path) -> list[Actor]:
    """Every actor of the set, by id."""
    countries = list(states(data, told("states")))
    persons = told("leaders")
    by_hand = [
        *countries,
        *others(told("others")),
        *parliaments(countries, told("parliaments")),
        *leaders_by_hand(persons),
    ]
    codes = {dict(state.ids).get("iso3", ""): state.name for state in countries}
    listed = leaders(data, codes, persons["mistaken"])
    every = in_other_scripts(joined(by_hand, listed), told("scripts"))
    return sorted(every, key=lambda each: each.id)


def told(name: str) -> dict[str, Any]:
    """What is written by hand."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def lines(found: Iterable[Actor]) -> bytes:
    """Actors as native records, one a line."""
    return b"".join(
        orjson.dumps(dump_record(actor), option=orjson.OPT_APPEND_NEWLINE) for actor in found
    )


def counted(text: str, found: Iterable[Actor]) -> str:
    """The text with the table between its two marks made anew: how many actors of each kind."""
    before, _, after = text.split(COUNTS)
    kinds = Counter(actor.kind for actor in found)
    rows = [f"| {kind} | {kinds[kind]:,} |" for kind in sorted(kinds)]
    table = "\n".join(["| kind | actors |", "|---|---|", *rows, f"| all | {kinds.total():,} |"])
    return f"{before}{COUNTS}\n\n{table}\n\n{COUNTS}{after}"


def main(folder: str, into: Path = HERE) -> None:
    """Write the set, and how many there are of each kind, beside this script."""
    found = actors(Path(folder))
    (into / FILE).write_bytes(lines(found))
    text = (HERE / PROVENANCE).read_text("utf-8")
    (into / PROVENANCE).write_text(counted(text, found), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
