"""Taking out a part of the graph, as a method of a client."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from graph_service.client.given import Day, Names, Time, as_day, as_names
from graph_service.client.questions import Questions


class Exporting(Questions):
    """What can be taken out, in formats that other programs read."""

    def export(  # noqa: PLR0913 - the parameters of an export, as every edge spells them
        self,
        format: str,
        to: str | PathLike[str] | BinaryIO,
        *,
        actors: Names | None = None,
        among: Names | None = None,
        relations: Names | None = None,
        families: Names | None = None,
        since: Day | None = None,
        until: Day | None = None,
        as_of: Day | None = None,
        known_at: Time | None = None,
        dates: str | None = None,
        min_confidence: float | None = None,
        sources: Names | None = None,
        states: Names | None = None,
    ) -> None:
        """Write the graph, or the part of it that is asked for, to a file or a binary stream, as
        `native`, `csv`, `graphml`, `gexf`, `node-link`, `cytoscape`, `ftm` or `cypher`.

        `actors` stand at one end of a claim, `among` at the other; `since` and `until` say when it
        began; without `as_of` claims of any time are written. `docs/exporting.md` says what each
        format cannot carry. A file is there only once it is whole.

        >>> from io import BytesIO
        >>> stream = BytesIO()
        >>> graph.export("native", stream, actors="Tehran", relations="backs")
        >>> stream.getvalue().count(b'"record":"claim"')
        1
        """
        asked = {
            "format": format,
            "actors": self._all(actors),
            "among": self._all(among),
            "relations": relations,
            "families": families,
            "since": as_day(since),
            "until": as_day(until),
            "as_of": as_day(as_of),
            "known_at": known_at,
            "dates": dates,
            "min_confidence": min_confidence,
            "sources": sources,
            "states": states,
        }
        with self._connection.stream("/v1/export", **asked) as blocks:
            if isinstance(to, str | PathLike):
                _write_file(Path(to), blocks)
            else:
                to.writelines(blocks)

    def _all(self, names: Names | None) -> list[str] | None:
        return None if names is None else [self.resolve(name) for name in as_names(names)]


def _write_file(path: Path, blocks: Iterator[bytes]) -> None:
    # Under another name until it is whole, so that half a file is never taken for an export.
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.writelines(blocks)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
