"""Excel workbooks (.xlsx): one sheet is read, row by row, in bounded memory.

Values are what was last shown: of a formula its result. What a file says of its own size is not
believed, no entity is expanded, and of its parts only those that are needed are unpacked.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from posixpath import basename, dirname, join, normpath
from typing import Any, BinaryIO, cast
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import Refuse
from graph_service.importers.packed import BLOCK, MOST_SWOLLEN, SWOLLEN_FROM, Packed
from graph_service.importers.sheets import Numbered, seekable
from graph_service.importers.sheets_excel_cells import SheetReader, column_of
from graph_service.importers.sheets_excel_parts import (
    Links,
    Merged,
    Named,
    Sheets,
    Styles,
    Texts,
    feed,
)

MOST_DIRECTORY = 4_000_000
MOST_OF_A_PART = 100_000_000
"""Bytes, unpacked, of any part but a sheet; the texts that cells share are held."""
MOST_MERGED = 100_000

_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, RuntimeError, SAXException,
    DefusedXmlException, ValueError,
)  # fmt: skip
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"'
)


class Workbook:
    """A workbook and the sheet of it that is read: the one that is named, else the first that is
    not hidden. `names` are those of all that are not hidden, the one that is read first.

    Raises `InvalidRecord` where it is no workbook, or such as no office writes. To be closed.
    """

    def __init__(self, packed: Packed, sheet: str | None = None) -> None:
        self._stack = ExitStack()
        self.names: tuple[str, ...] = ()
        self._texts, self._styles, self._place = Texts(), Styles(), ""
        try:
            self._open(packed, sheet)
        except _BROKEN as error:
            self.close()
            raise InvalidRecord(f"the workbook is broken or no .xlsx: {_said(error)}") from error
        except InvalidRecord:
            self.close()
            raise

    def rows(self, refuse: Refuse = lambda *_: None) -> Iterator[Numbered]:
        """The rows of the sheet that have anything, each as long as its last cell that is filled;
        the workbook is closed after the last."""
        try:
            cells = SheetReader(self._texts.texts, self._styles, self._merged(), refuse)
            with self._part(self._place, is_sheet=True) as stream:
                for _ in feed(stream, cells):
                    yield from cells.drained()
        except _BROKEN as error:
            raise InvalidRecord(f"the workbook is broken: {_said(error)}") from error
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._stack.close()

    def _open(self, packed: Packed, sheet: str | None) -> None:
        stream = seekable(packed, self._stack)
        self._archive = self._stack.enter_context(zipfile.ZipFile(cast(Any, _Guarded(stream))))
        _check_kind(self._archive.namelist())
        main = self._links("").of("officeDocument")[0]
        sheets, links = Sheets(), self._links(main)
        self._read(main, sheets)
        self._styles.starts_1904 = sheets.starts_1904
        chosen = _chosen(sheets.sheets, links.places("worksheet"), sheet)
        self.names, self._place = chosen
        for kind, reader in (("sharedStrings", self._texts), ("styles", self._styles)):
            for place in links.of(kind)[:1]:
                self._read(place, reader)

    def _links(self, part: str) -> Links:
        links = Links(partial(_target, part))
        self._read(join(dirname(part), "_rels", f"{basename(part)}.rels"), links)
        return links

    def _read(self, place: str, reader: Named) -> None:
        with self._part(place) as stream:
            for _ in feed(stream, reader):
                pass

    def _part(self, place: str, *, is_sheet: bool = False) -> BinaryIO:
        told = self._archive.getinfo(place)
        most = max(SWOLLEN_FROM, MOST_SWOLLEN * told.compress_size) if is_sheet else MOST_OF_A_PART
        if told.file_size > most:
            raise InvalidRecord(
                f"{place} in the workbook has {told.file_size:,} bytes, more than is read: save "
                "the sheet as CSV"
            )
        return cast(BinaryIO, self._archive.open(told))

    def _merged(self) -> Merged:
        """The cells that are merged downwards; the file tells of them only after all rows."""
        merged = Merged()
        with self._part(self._place, is_sheet=True) as stream:
            for column, first, last in _merges(stream):
                merged.add(column_of(column.decode()), int(first), int(last))
        return merged


def _merges(stream: BinaryIO) -> Iterator[Sequence[bytes]]:
    rest, number = b"", 0
    while block := stream.read(BLOCK):
        text, end = rest + block, 0
        for match in _MERGED.finditer(text):
            end, number = match.end(), number + 1
            if number > MOST_MERGED:
                raise InvalidRecord("the sheet has too many merged cells: save it as CSV")
            yield match.groups()
        rest = text[max(end, len(text) - 300) :]


class _Guarded:
    """A file of which nobody may ask so much at once as no list of parts has."""

    def __init__(self, stream: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable
        self._read = stream.read

    def read(self, size: int = -1) -> bytes:
        if size > MOST_DIRECTORY:
            raise InvalidRecord("the workbook has more parts than any that an office writes")
        return self._read(size)


def _check_kind(names: Sequence[str]) -> None:
    if "xl/workbook.bin" in names:
        raise InvalidRecord("this is a binary workbook (.xlsb): save it as .xlsx or as CSV")
    if "mimetype" in names:
        raise InvalidRecord("this is an OpenDocument file: save the sheet as .xlsx or as CSV")
    if "[Content_Types].xml" not in names:
        raise InvalidRecord("this is a ZIP file and no Excel workbook: unpack it first")


def _chosen(
    sheets: Sequence[tuple[str, str, bool]], places: Mapping[str, str], wanted: str | None
) -> tuple[tuple[str, ...], str]:
    """The names of the sheets that can be seen, the chosen one first, and the part it stands in."""
    there = {name: places[id_] for name, id_, _ in sheets if id_ in places}
    seen = [name for name, _, hidden in sheets if not hidden and name in there]
    if not seen if wanted is None else wanted not in there:
        raise InvalidRecord(
            f"the workbook has no sheet {wanted!r}" if wanted else "the workbook shows no sheet",
            field="sheet",
            suggestions=list(there)[:10],
        )
    name = seen[0] if wanted is None else wanted
    return (name, *(other for other in seen if other != name)), there[name]


def _target(part: str, target: str) -> str:
    return target[1:] if target.startswith("/") else normpath(join(dirname(part), target))


def _said(error: BaseException) -> str:
    if isinstance(error, DefusedXmlException):
        return "it has a document type or entities, which no workbook has"
    return (str(error) or type(error).__name__)[:200]
