"""The parts of an Excel workbook beside its cells: sheets, links, shared texts, styles."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import BinaryIO, Protocol
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import create_parser  # type: ignore[import-untyped]

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import LONGEST_LINE

STEP = 1 << 16

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_BUILT_IN = {
    14: "day", 15: "day", 16: "day", 17: "month", 22: "day",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "day"),
}  # fmt: skip


class Attributes(Protocol):
    """What stands in a tag, by name."""

    def get(self, name: str, alternative: str = "", /) -> str: ...

    def keys(self) -> Collection[str]: ...

    def __getitem__(self, name: str, /) -> str: ...


class Named(ContentHandler):
    """Reads one part: is told of elements by their names without a prefix, and of their texts."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] | None = None
        self._length = 0

    def startElement(self, name: str, attrs: Attributes) -> None:  # type: ignore[override] # enough of it
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:
        self.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        if self._said is not None:
            self._length += len(content)
            if self._length > LONGEST_LINE:
                raise InvalidRecord(f"a text has more than {LONGEST_LINE:,} characters")
            self._said.append(content)

    def listen(self) -> None:
        """Keep the text that comes."""
        self._said, self._length = [], 0

    def heard(self) -> str:
        """The text since then."""
        said, self._said = self._said or (), None
        return "".join(said)

    def begin(self, name: str, attrs: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


def feed(stream: BinaryIO, reader: Named) -> Iterator[None]:
    """Have a part read, step by step; a document type and entities are refused."""
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(reader)
    while block := stream.read(STEP):
        parser.feed(block)
        yield
    parser.close()
    yield


class Links(Named):
    """Which parts a part refers to: kind, id and place."""

    def __init__(self, target: Callable[[str], str]) -> None:
        super().__init__()
        self._target = target
        self._links: list[tuple[str, str, str]] = []

    def begin(self, name: str, attrs: Attributes) -> None:
        if name == "Relationship" and attrs.get("TargetMode", "") != "External":
            kind = attrs["Type"].rpartition("/")[2]
            self._links.append((kind, attrs["Id"], self._target(attrs["Target"])))

    def of(self, kind: str) -> list[str]:
        """The places of this kind."""
        return [place for each, _, place in self._links if each == kind]

    def places(self, kind: str) -> dict[str, str]:
        """The places of this kind by their id."""
        return {id_: place for each, id_, place in self._links if each == kind}


class Sheets(Named):
    """The sheets of a workbook in their order: name, id of the link, and whether it is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.starts_1904 = False

    def begin(self, name: str, attrs: Attributes) -> None:
        if name == "workbookPr":
            self.starts_1904 = attrs.get("date1904", "") in ("1", "true")
        elif name == "sheet":
            link = next(attrs[key] for key in attrs.keys() if key.endswith(":id"))  # noqa: SIM118
            self.sheets.append((attrs["name"], link, attrs.get("state", "visible") != "visible"))


class Texts(Named):
    """The texts that cells share, in their order, without their phonetic readings."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._aside = False

    def begin(self, name: str, attrs: Attributes) -> None:
        if name == "rPh":
            self._aside = True
        elif name == "t" and not self._aside:
            self.listen()

    def end(self, name: str) -> None:
        if name == "rPh":
            self._aside = False
        elif name == "t" and not self._aside:
            self._parts.append(self.heard())
        elif name == "si":
            self.texts.append("".join(self._parts))
            self._parts.clear()


class Styles(Named):
    """How the styles of cells show dates: `shown` says of each whether to the day, the month or the
    year, and None where it shows no date."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str | None] = []
        self.starts_1904 = False
        self._formats = dict[int, str | None](_BUILT_IN)
        self._within = False

    def begin(self, name: str, attrs: Attributes) -> None:
        if name == "numFmt":
            self._formats[int(attrs["numFmtId"])] = precision_of(attrs.get("formatCode", ""))
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self.shown.append(self._formats.get(int(attrs.get("numFmtId", "0"))))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._within = False


def precision_of(code: str) -> str | None:
    """What a format of numbers shows of a date: the day, the month, the year, or no date.

    >>> precision_of("[$-409]d-mmm-yy;@"), precision_of("mmm yyyy"), precision_of("h:mm")
    ('day', 'month', None)
    """
    letters = set(_QUOTED.sub("", code.lower()).partition(";")[0])
    if "d" in letters:
        return "day"
    if "y" in letters:
        return "month" if "m" in letters else "year"
    return None


class Merged:
    """Cells that are merged downwards: those below the first have what stands in it."""

    def __init__(self) -> None:
        self._beginning: dict[int, list[tuple[int, int]]] = {}
        self._going_on: dict[int, tuple[int, str]] = {}

    def add(self, column: int, first: int, last: int) -> None:
        """The cells of a column from the first row to the last are one."""
        if last > first:
            self._beginning.setdefault(first, []).append((column, last))

    def fill(self, row: int, cells: dict[int, str]) -> None:
        """Fill the empty cells of a row; rows come in their order."""
        for column, (last, text) in list(self._going_on.items()):
            if row > last:
                del self._going_on[column]
            elif text:
                cells.setdefault(column, text)
        for column, last in self._beginning.pop(row, ()):
            self._going_on[column] = (last, cells.get(column, ""))
