"""A guess written down as a mapping in TOML, with what is unsure as comments, to be mended by hand."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology
from graph_service.importers.guessing import Guess, guess
from graph_service.importers.mapping import DATES, FIELDS, SKIP, TableMapping
from graph_service.importers.packed import Packed
from graph_service.importers.sheets import Layout, open_sheet
from graph_service.importers.table_columns import located, places_of
from graph_service.importers.table_dates import Orders
from graph_service.importers.table_words import Words

MOST_WORDS = 200
"""So many words of a column are listed, the usual ones first."""
_MOST_HELD = 10_000

_NEEDED = ("subject", "relation", "object")
_KIND_COLUMNS = ("subject_kind", "object_kind")


def proposed(packed: Packed, layout: Layout, ontology: Ontology) -> str:
    """A mapping for a table, to be read by `read_mapping`; raises `InvalidRecord` where the file is
    none."""
    found = guess(packed, layout, ontology)
    seen = _Seen(packed, found, layout.encoding)
    words = Words(ontology, TableMapping({}))
    parts = (
        _head(packed.name, found),
        _whole(found, layout, seen),
        _columns(found),
        _constants(found),
        _relations(seen, words, ontology),
        _kinds(seen, words),
    )
    return "\n".join(line for part in parts for line in part)


class _Seen:
    """The words that stand in a table, and whether its dates are plain."""

    def __init__(self, packed: Packed, found: Guess, encoding: str) -> None:
        self.relations: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.orders = Orders()
        layout, preview = located(packed, found.mapping, encoding)
        sheet = open_sheet(packed, layout, lambda *_: None)
        places = places_of(sheet.header, found.mapping, preview.unreadable or {})
        dates = [places[name] for name in DATES if name in places]
        kinds = [places[name] for name in _KIND_COLUMNS if name in places]
        relation = places.get("relation")
        for row in sheet:
            for place in dates:
                self.orders.add(row[place])
            _count(self.kinds, (row[place] for place in kinds))
            _count(self.relations, () if relation is None else (row[relation],))


def _count(words: Counter[str], cells: Iterable[str]) -> None:
    for cell in cells:
        text = " ".join(cell.split())
        if text and (text in words or len(words) < _MOST_HELD):
            words[text] += 1


def _head(name: str, found: Guess) -> Iterator[str]:
    yield f"# How {_comment(name)} is read; every key is described in docs/spreadsheets.md."
    yield "# What stands behind a # is not in force: take the # away where it is right."
    missing = [field for field in _NEEDED if field not in found.mapping.columns]
    if missing:
        yield f"# To be said before it can be read: {', '.join(missing)}."
    yield ""


def _whole(found: Guess, layout: Layout, seen: _Seen) -> Iterator[str]:
    mapping = found.mapping
    if found.sheets:
        others = "".join(f", {name}" for name in found.sheets[1:])
        yield f"sheet = {_quoted(found.sheets[0])}" + (
            f"  # not{_comment(others)[1:]}" if others else ""
        )
    if mapping.header_row is not None:
        yield f"header_row = {mapping.header_row}"
    if layout.encoding != "utf-8":
        yield f"encoding = {_quoted(layout.encoding)}"
    if layout.separator is not None:
        yield f"separator = {_quoted(layout.separator)}"
    if seen.orders.order is not None:
        yield f'dates = "{seen.orders.order}"  # as in 03/04/2024; other dates here show it'
    elif seen.orders.is_in_doubt:
        yield '# dates = "day-first"  # or "month-first": 03/04/2024 may be two days, and is refused'
    yield '# no_end = "ongoing"  # where an end is empty it goes on; else its end is unknown'
    yield f'default_kind = "{mapping.default_kind}"  # of actors that are new and have no kind here'
    yield ""


def _columns(found: Guess) -> Iterator[str]:
    yield "[columns]"
    for name in FIELDS:
        column = found.mapping.columns.get(name)
        perhaps = found.perhaps.get(name)
        if column is not None:
            yield f"{name} = {_quoted(column)}"
        elif perhaps is not None:
            yield f"# {name} = {_quoted(perhaps)}  # perhaps"
        elif name in _NEEDED:
            yield f'# {name} = "…"  # which column?'
    left = [cell for cell in found.unused if cell not in found.perhaps.values()]
    if left:
        yield f"# not used: {', '.join(_comment(_quoted(cell)) for cell in left)}"
    yield ""


def _constants(found: Guess) -> Iterator[str]:
    yield "[constants]  # what holds for every row, where its cell is empty"
    columns = found.mapping.columns
    if "relation" not in columns:
        yield '# relation = "…"  # where all rows tell of one relation'
    if not {"source", "source_url"} & set(columns):
        yield '# source = "…"  # where it was taken from; else the file itself is the source'
    if "source_published" not in columns:
        yield '# source_published = "2024-09"  # needed where a start or an end is unknown'
    yield ""


def _relations(seen: _Seen, words: Words, ontology: Ontology) -> Iterator[str]:
    yield f'[relations]  # what the words of the table mean; "{SKIP}" leaves such rows out'
    for word, _ in seen.relations.most_common(MOST_WORDS):
        try:
            meant = words.relation(word)
        except InvalidRecord:
            near = words.near(word)
            perhaps = f"  # or: {', '.join(near[1:])}" if near[1:] else ""
            yield f"# {_quoted(word)} = {_quoted(near[0] if near else '…')}{perhaps}"
        else:
            if meant is not None:
                yield f"{_quoted(word)} = {_quoted(meant.word)}"
    yield from _cut(seen.relations)
    yield "# A relation is written by its id, its label, or, with the ends swapped, by its inverse:"
    for relation in ontology.relations.values():
        inverse = "" if relation.symmetric else f" / {relation.inverse}"
        yield f"#   {relation.label}{inverse}"
    yield ""


def _kinds(seen: _Seen, words: Words) -> Iterator[str]:
    if not seen.kinds:
        return
    yield "[kinds]  # what the words for kinds of actors mean"
    for word, _ in seen.kinds.most_common(MOST_WORDS):
        try:
            yield f"{_quoted(word)} = {_quoted(words.kind(word))}"
        except InvalidRecord:
            yield f'# {_quoted(word)} = "…"'
    yield from _cut(seen.kinds)
    yield ""


def _cut(words: Mapping[str, int]) -> Iterator[str]:
    if len(words) > MOST_WORDS:
        yield f"# and {len(words) - MOST_WORDS:,} more words, which are rarer"


def _quoted(text: str) -> str:
    """A text in quotes as TOML and JSON both have it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    """A text that cannot end a comment."""
    return "".join(character if character.isprintable() else "?" for character in text)
