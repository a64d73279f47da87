"""What the columns of a table hold, guessed by their names and, where names say two things, by what
stands in them. Only what is plain is taken; the rest is proposed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from rapidfuzz import fuzz, process

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology
from graph_service.importers.mapping import FIELDS, TableMapping, check_mapping
from graph_service.importers.packed import Packed
from graph_service.importers.sheets import Layout, open_sheet, preview
from graph_service.importers.table_columns import once, shown
from graph_service.importers.table_dates import period
from graph_service.importers.table_words import Words, folded, spellings

SAMPLE = 200
"""So many rows are looked at to see what a column holds."""
NEARLY = 85.0
MOSTLY = 0.6

_PAIRS = ((("from", "to"), ("start", "end")), (("source", "target"), ("subject", "object")))


@dataclass(frozen=True, slots=True)
class Guess:
    """How a table may be read: the mapping of what is plain, columns that `perhaps` hold a field,
    the whole header, and the names of the sheets, the one that is read first."""

    mapping: TableMapping
    header: tuple[str, ...]
    perhaps: Mapping[str, str]
    sheets: tuple[str, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that are not taken for anything."""
        used = set(self.mapping.columns.values())
        return tuple(cell for cell in self.header if cell and cell not in used)

    def checked(self) -> TableMapping:
        """The mapping, if a table can be read with it; raises `InvalidRecord` saying how to make
        one."""
        try:
            return check_mapping(self.mapping)
        except InvalidRecord as error:
            missing = (error.field or "").rpartition(".")[2]
            raise InvalidRecord(
                f"no column is plainly the {missing}; the table has: {shown(self.header)}; "
                "graph-service import table FILE --guess proposes a mapping in which it can be said",
                field=missing,
            ) from None


def guess(packed: Packed, layout: Layout, ontology: Ontology) -> Guess:
    """How a table may be read; raises `InvalidRecord` where the file is none."""
    seen = preview(packed, layout)
    if not seen.rows:
        raise InvalidRecord("the table is empty")
    scores = [(_score(cells), line) for line, cells in seen.rows]
    best = max(score for score, _ in scores)
    header_row = layout.header_row or next(line for score, line in scores if score == best)
    sheet = open_sheet(packed, replace(layout, header_row=header_row), lambda *_: None)
    rows = list(islice(sheet, SAMPLE))
    unreadable = seen.unreadable or {}
    there = {cell: place for cell, place in once(sheet.header).items() if cell not in unreadable}
    sample = {cell: [row[place].strip() for row in rows] for cell, place in there.items()}
    columns = _columns(sample, Words(ontology, TableMapping({})))
    first = seen.rows[0][0]
    mapping = TableMapping(
        columns,
        sheet=layout.sheet,
        header_row=header_row if layout.header_row or header_row != first else None,
        separator=layout.separator,
    )
    left = {cell: values for cell, values in sample.items() if cell not in columns.values()}
    return Guess(mapping, tuple(sheet.header), _perhaps(left, columns), seen.names)


def _score(cells: Sequence[str]) -> int:
    known = {word for words in spellings()["columns"].values() for word in words}
    return sum(folded(cell) in {*known, "from", "to"} for cell in once(cells))


def _columns(sample: Mapping[str, Sequence[str]], words: Words) -> dict[str, str]:
    """The columns that are plainly named, or plainly hold relations."""
    left = {folded(cell): cell for cell in sample}
    holds = {word for word, cell in left.items() if _holds_relations(sample[cell], words)}
    # A column called so may be of anything: it is one of relations only if it holds some.
    vague = {"type", "label"} - holds
    found = _pairs(left, sample)
    for name in FIELDS:
        known = (word for word in spellings()["columns"][name] if word not in vague)
        spelling = next((word for word in known if word in left), None)
        if name not in found and spelling is not None and not _excluded(name, found):
            found[name] = left.pop(spelling)
    if "relation" not in found:
        holding = [cell for word, cell in left.items() if word in holds]
        if len(holding) == 1:
            found["relation"] = holding[0]
    found |= _kinds(left.values(), found, sample, words)
    return {name: found[name] for name in FIELDS if name in found}


def _kinds(
    left: Collection[str],
    found: Mapping[str, str],
    sample: Mapping[str, Sequence[str]],
    words: Words,
) -> dict[str, str]:
    """Columns called kind or type that hold kinds: each is of the actor whose column it follows."""
    cells = list(sample)
    before = dict(pairwise(cells))
    kinds: dict[str, str] = {}
    for end in ("subject", "object"):
        cell = before.get(found.get(end, ""), "")
        is_free = f"{end}_kind" not in found and cell in left
        is_named = folded(cell) in ("kind", "type")
        if is_free and is_named and _are_mostly(sample[cell], _tells(words.kind)):
            kinds[f"{end}_kind"] = cell
    return kinds


def _excluded(name: str, found: Mapping[str, str]) -> bool:
    """Whether another column says already when it was."""
    return name in ("start", "end") and "when" in found


def _pairs(left: dict[str, str], sample: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What stands under names that say something only together."""
    found: dict[str, str] = {}
    for (one, other), fields in _PAIRS:
        if one not in left or other not in left:
            continue
        if one == "source" and any(word in left for word in ("subject", "who", "actor")):
            continue
        if one == "from" and not _holds_dates([*sample[left[one]], *sample[left[other]]]):
            fields = ("subject", "object")
        found |= {fields[0]: left.pop(one), fields[1]: left.pop(other)}
    return found


def _perhaps(left: Mapping[str, Sequence[str]], columns: Mapping[str, str]) -> dict[str, str]:
    """Columns named nearly like a field that has none yet."""
    every = {word: name for name, words in spellings()["columns"].items() for word in words}
    free = {word: name for word, name in every.items() if name not in columns and len(word) > 2}
    found: dict[str, str] = {}
    for cell in (cell for cell, values in left.items() if any(values)):
        near = process.extractOne(folded(cell), list(free), scorer=fuzz.ratio, score_cutoff=NEARLY)
        if near is not None:
            found.setdefault(free[near[0]], cell)
    if "when" not in {*columns, *found} and not {"start", "end"} & {*columns, *found}:
        dated = [cell for cell, values in left.items() if _holds_dates(values)]
        found |= {"when": dated[0]} if dated else {}
    return found


def _holds_dates(values: Sequence[str]) -> bool:
    def is_date(text: str) -> bool:
        try:
            return bool(period(text))
        except InvalidRecord as error:
            return "two days" in error.message

    return _are_mostly(values, is_date)


def _holds_relations(values: Sequence[str], words: Words) -> bool:
    return _are_mostly(values, _tells(words.relation))


def _tells(read: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether a text can be read so."""

    def is_read(text: str) -> bool:
        try:
            return read(text) is not None
        except InvalidRecord:
            return False

    return is_read


def _are_mostly(values: Sequence[str], holds: Callable[[str], bool]) -> bool:
    told = [text for text in values if text]
    return bool(told) and sum(map(holds, told)) >= MOSTLY * len(told)
