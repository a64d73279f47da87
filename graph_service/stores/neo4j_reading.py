"""The log as Neo4j gives it back, read many entries at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from graph_service.domain.errors import StoreCorrupt
from graph_service.stores.base import Entry, Kept, Line, Text
from graph_service.stores.damage import legible
from graph_service.stores.log import commitments_in
from graph_service.stores.neo4j import Row, Run
from graph_service.stores.sealing import keys_of, unseal

BATCH = 5_000


def line_of(row: Row) -> Line:
    """The line of a row."""
    with legible(lambda: f"entry {row['sequence']}"):
        return Line(*(row[name] for name in Line._fields))


def texts_of(run: Run, commitments: Sequence[str]) -> dict[str, Text]:
    """The texts behind commitments that are there, erased ones too."""
    rows = run("texts", commitments=commitments) if commitments else ()
    return {row["commitment"]: Text(row["commitment"], row["salt"], row["text"]) for row in rows}


def texts_behind(lines: Iterable[Line]) -> list[str]:
    """Every commitment in the payloads of these lines."""
    found: list[str] = []
    for line in lines:
        if '"commitment"' in line.payload:
            with legible(lambda: f"entry {line.sequence}"):  # noqa: B023 - used up within
                found += commitments_in(orjson.loads(line.payload))
    return found


def lines_about(run: Run, keys: Iterable[str]) -> dict[str, list[Line]]:
    """The entries about each of these, oldest first."""
    found = places_about(run, keys)
    wanted = sorted({place for places in found.values() for place in places})
    rows = run("entries_at", places=wanted) if wanted else ()
    lines = {line.sequence: line for line in map(line_of, rows)}
    with legible(lambda: "the lookup in the database"):
        return {key: [lines[place] for place in places] for key, places in found.items()}


def places_about(run: Run, keys: Iterable[str]) -> dict[str, list[int]]:
    """The places in the log of the entries about each of these, in order."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    if found:
        rows = run("places_about", **_by_label(found))
        found |= {row["key"]: sorted(row["places"]) for row in rows}
    return found


def lines_between(run: Run, after: int, until: int) -> list[Line]:
    """The next lines after a place, up to and including another; at most a batch."""
    rows = run("entries", after=after, until=until, limit=BATCH)
    return [line_of(row) for row in rows]


def entries_of(run: Run, lines: Sequence[Line]) -> list[Entry]:
    """The entries of these lines, their texts put back."""
    texts = texts_of(run, texts_behind(lines))
    return [unseal(line, texts.get) for line in lines]


def kept_between(run: Run, after: int, until: int) -> list[Kept]:
    """The same as they are kept, with their texts."""
    lines = lines_between(run, after, until)
    texts = texts_of(run, texts_behind(lines))
    return [Kept(line, tuple(_texts_of(line, texts))) for line in lines]


def _texts_of(line: Line, texts: Mapping[str, Text]) -> list[Text]:
    return [texts[one] for one in texts_behind([line]) if one in texts]


def entries_about(run: Run, keys: Sequence[str]) -> list[tuple[Entry, ...]]:
    """The entries about each of these, in their order, oldest first."""
    found = lines_about(run, keys)
    texts = texts_of(run, texts_behind(line for lines in found.values() for line in lines))
    return [tuple(unseal(line, texts.get) for line in found[key]) for key in keys]


class Neo4jWhole:
    """A log up to a place, to be verified; later entries may come meanwhile."""

    def __init__(self, run: Run, until: int) -> None:
        self._run = run
        self._until = until
        self._texts: dict[str, Text] = {}
        self._places: dict[str, list[int]] = {}

    def lines(self) -> Iterator[Line]:
        after = 0
        while after < self._until:
            batch = lines_between(self._run, after, self._until)
            if not batch:
                raise StoreCorrupt(
                    f"the log ends after entry {after}, and should at {self._until}: restore a "
                    "backup"
                )
            self._texts = texts_of(self._run, texts_behind(batch))
            self._places = places_about(self._run, _keys_of(batch))
            yield from batch
            after = batch[-1].sequence

    def find_text(self, commitment: str) -> Text | None:
        return self._texts.get(commitment)

    def is_about(self, key: str, sequence: int) -> bool:
        return sequence in self._places.get(key, ())

    def count_keys(self) -> int:
        [row] = self._run("count_keys", until=self._until)
        return int(row["found"])

    def count_texts(self) -> int:
        [row] = self._run("count_texts", until=self._until)
        return int(row["found"])


def _keys_of(lines: Iterable[Line]) -> set[str]:
    found: set[str] = set()
    for line in lines:
        with legible(lambda: f"entry {line.sequence}"):  # noqa: B023 - used up within
            found.update(keys_of(line.kind, orjson.loads(line.payload)))
    return found


def _by_label(keys: Iterable[str]) -> dict[str, list[str]]:
    """The keys as the lists of ids that `places_about` takes."""
    names = ("actors", "sources", "episodes", "claims", "evidence", "judgements")
    found: dict[str, list[str]] = {name: [] for name in names}
    for key in filter(_is_text, keys):
        name, id_ = _label_of(key)
        if name is not None:
            found[name].append(id_)
    return found


def _is_text(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which nothing is called by
        return False
    return True


_PLURALS = {
    "actor": "actors",
    "source": "sources",
    "episode": "episodes",
    "judgement": "judgements",
}


def _label_of(key: str) -> tuple[str | None, str]:
    noun, _, rest = key.partition(":")
    if rest:
        return _PLURALS.get(noun), rest
    return {"c_": "claims", "e_": "evidence"}.get(key[:2]), key
