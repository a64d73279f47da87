"""A file as it lies on a disk, plain, gzip or zstandard, read as bytes and never held whole."""

import gzip
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources.abc import Traversable
from io import BufferedReader, RawIOBase
from os import SEEK_END, PathLike
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, cast

from graph_service.domain.errors import InvalidRecord

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BLOCK = 1 << 18
MOST_SWOLLEN = 250
"""A file that gives more than so many bytes for each of its own is no data."""
SWOLLEN_FROM = 100_000_000
"""So many bytes are given before that is looked at."""

Place = str | PathLike[str] | Traversable | BinaryIO

_GZIP = b"\x1f\x8b"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_BROKEN = (EOFError, OSError, zlib.error, zstd.ZstdError)


class Packed:
    """An opened file: `size` is how many bytes it has as it lies, `done` how many were read.

    `unpacked` may be called again and again, each time from the start; one stream at a time.
    """

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self.size = stream.seek(0, SEEK_END)
        self._stream = stream
        stream.seek(0)
        self._head = stream.read(len(_ZSTANDARD))

    @property
    def is_packed(self) -> bool:
        """Whether it is compressed."""
        return self._head.startswith((_GZIP, _ZSTANDARD))

    @property
    def done(self) -> int:
        return min(self._stream.tell(), self.size)

    def unpacked(self) -> BinaryIO:
        """The content from its start; reading raises `InvalidRecord` where it is broken, or swells
        as no data does."""
        self._stream.seek(0)
        if not self.is_packed:
            return self._stream
        return cast(BinaryIO, BufferedReader(_Unpacked(self), BLOCK))

    def check(self) -> None:
        """Read a compressed file to its end, so that a broken one is known before anything is
        written; raises `InvalidRecord`."""
        if self.is_packed:
            stream = self.unpacked()
            while stream.read(BLOCK):
                pass

    def _opened(self) -> BinaryIO:
        if self._head.startswith(_GZIP):
            return cast(BinaryIO, gzip.GzipFile(fileobj=self._stream))
        return cast(BinaryIO, zstd.ZstdFile(self._stream))


class _Unpacked(RawIOBase):
    """What a compressed file holds."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._content = packed._opened()
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._content.read(len(view))
        except _BROKEN as error:
            raise InvalidRecord(
                f"the file cannot be read to its end: {error}; pack it anew, or unpack what is "
                "there and take that in"
            ) from error
        view[: len(data)] = data
        self._given += len(data)
        self._check_swollen()
        return len(data)

    def _check_swollen(self) -> None:
        if self._given > max(SWOLLEN_FROM, MOST_SWOLLEN * max(self._packed.done, 1)):
            raise InvalidRecord(
                f"the file swells to more than {MOST_SWOLLEN} times its size: unpack it, look at "
                "it, and take it in unpacked if it is right"
            )


@contextmanager
def opened(place: Place, name: str | None = None) -> Iterator[Packed]:
    """A path, a resource, a binary stream, or `-` for standard input; raises `InvalidRecord` where
    it cannot be read. What cannot be read twice is laid down in a temporary file first."""
    with ExitStack() as stack:
        stream = _stream(place, stack)
        if not stream.seekable():
            spool = stack.enter_context(tempfile.TemporaryFile())
            copyfileobj(stream, spool)
            stream = spool
        yield Packed(name or _name(place), stream)


def _stream(place: Place, stack: ExitStack) -> BinaryIO:
    if place == "-":
        return sys.stdin.buffer
    if isinstance(place, str | PathLike):
        return stack.enter_context(_file(Path(place)))
    if isinstance(place, Traversable):
        return cast(BinaryIO, stack.enter_context(place.open("rb")))
    return place


def _file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InvalidRecord(f"{path} cannot be read: {error.strerror}") from error


def _name(place: Place) -> str:
    if isinstance(place, str | PathLike):
        return Path(place).name
    return getattr(place, "name", "") or "a stream"
