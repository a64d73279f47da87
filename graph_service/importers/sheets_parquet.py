"""Parquet files, read batch by batch; pyarrow comes with `pip install 'graph-service[parquet]'`."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from math import isnan
from typing import Any

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.lines import LONGEST_LINE, Refuse
from graph_service.importers.packed import Packed
from graph_service.importers.sheets import Numbered, seekable

ROWS_AT_ONCE = 1_000
MOST_COLUMNS = 16_384
LARGEST_GROUP = 1_000_000_000
"""Bytes of a group of rows, unpacked."""


class ParquetTable:
    """A Parquet file: `header` are its columns, `unreadable` those that hold more than one value or
    none that can be written, with why. Raises `InvalidRecord` where it is none."""

    def __init__(self, packed: Packed) -> None:
        parquet, self._broken = _pyarrow()
        self._stack = ExitStack()
        try:
            self._file = parquet.ParquetFile(
                seekable(packed, self._stack),
                buffer_size=1 << 20,
                thrift_string_size_limit=1 << 24,
                thrift_container_size_limit=1 << 20,
            )
            schema = self._file.schema_arrow
        except self._broken as error:
            self.close()
            raise _wrong(error) from error
        self.header: list[str] = list(schema.names)
        self.unreadable = {
            field.name: f"it holds {field.type}, and a cell holds one value"
            for field in schema
            if _is_nested(field.type)
        }
        self._check(self._file.metadata)

    def rows(self, refuse: Refuse = lambda *_: None) -> Iterator[Numbered]:
        """The header as row 1, then the rows; cells of columns that cannot be read are empty."""
        yield 1, self.header
        number = 1
        read = [name for name in self.header if name not in self.unreadable]
        try:
            for batch in self._file.iter_batches(ROWS_AT_ONCE, columns=read, use_threads=False):
                columns = {name: batch.column(name).to_pylist() for name in read}
                empty = [None] * batch.num_rows
                for values in zip(*(columns.get(name, empty) for name in self.header), strict=True):
                    number += 1
                    cells = [_text(value) for value in values]
                    if sum(map(len, cells)) > LONGEST_LINE:
                        refuse(number, f"the row has more than {LONGEST_LINE:,} characters", None)
                    else:
                        yield number, cells
        except self._broken as error:
            raise _wrong(error) from error
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._stack.close()

    def _check(self, told: Any) -> None:  # noqa: ANN401 - pyarrow's metadata
        if len(self.header) > MOST_COLUMNS:
            raise InvalidRecord(f"the table has more than {MOST_COLUMNS:,} columns")
        if len(set(self.header)) < len(self.header):
            raise InvalidRecord(
                "two columns of the table have one name: give them names of their own"
            )
        sizes = (told.row_group(place).total_byte_size for place in range(told.num_row_groups))
        if max(sizes, default=0) > LARGEST_GROUP:
            raise InvalidRecord(
                f"a group of rows has more than {LARGEST_GROUP:,} bytes: write the file with smaller "
                "row groups"
            )


def _pyarrow() -> tuple[Any, tuple[type[BaseException], ...]]:
    try:
        import pyarrow  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError as error:
        raise InvalidRecord(
            "reading Parquet takes pyarrow: pip install 'graph-service[parquet]', or save the table "
            "as CSV"
        ) from error
    return parquet, (pyarrow.ArrowException, OSError, ValueError, OverflowError)


def _wrong(error: BaseException) -> InvalidRecord:
    return InvalidRecord(f"the Parquet file cannot be read: {str(error)[:200]}")


def _is_nested(type_: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
    from pyarrow import types

    return bool(types.is_nested(type_) or types.is_binary(type_) or types.is_large_binary(type_))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if isnan(value):  # so an empty cell is kept among numbers
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()[:10]
        case _:
            return str(value)
