"""The folder in which the imports into a store are kept, so that every worker can tell of them."""

import errno
import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from graph_service.api.locks import alone, hold, is_held
from graph_service.domain.errors import StoreError, StoreFull, StoreReadOnly
from graph_service.stores.urls import file_of

KEPT_SECONDS = 7 * 86_400
"""So long a file is kept after it last changed."""
PREFIX = "graph-service-imports-"
_ALIVE = ".alive"
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_OTHERS_MAY_WRITE = 0o022


def folder_of(store_url: str) -> Path | None:
    """Where imports into a store are kept: beside its file, else in the system's folder for
    temporary files; None for a store that is gone with its process.

    >>> folder_of("sqlite:graph.sqlite").name
    'graph.sqlite.imports'
    """
    path = file_of(store_url)
    if path is not None:
        return path.with_name(f"{path.name}.imports")
    if store_url.startswith("memory:"):
        return None
    whose = os.getuid() if hasattr(os, "getuid") else "all"
    name = hashlib.sha256(store_url.encode()).hexdigest()[:32]
    return Path(tempfile.gettempdir()) / f"{PREFIX}{whose}" / name


class Folder:
    """The folder, as one process uses it. It is made when there is something to be kept.

    Every process that has imports holds a file in it. Raises `StoreFull`, `StoreReadOnly` and
    `StoreError` for what the system does not let it do.
    """

    def __init__(self, store_url: str) -> None:
        self.owner = secrets.token_hex(8)
        self._path = folder_of(store_url)
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._held: BinaryIO | None = None

    def open(self) -> None:
        """Make sure that it is there and that this process is known to live, and throw away what
        was kept long enough."""
        with told():
            if self._held is None:
                self._make()
                self._held = hold(self.file(f"{self.owner}{_ALIVE}"))
            self._clean()

    def file(self, name: str) -> Path:
        """A file in it; nowhere, as long as nothing was kept."""
        return Path(os.devnull, name) if self._path is None else self._path / name

    def spool(self) -> BinaryIO:
        """A file without a name, for what is sent: it is gone when it is closed, however."""
        with told():
            return cast(BinaryIO, tempfile.TemporaryFile(dir=self._path, buffering=0))

    def replace(self, name: str, data: bytes) -> None:
        """Keep this as the file of that name, in the place of an older one."""
        fresh = self.file(f"{name}.{self.owner}")
        with told():
            fresh.write_bytes(data)
            fresh.replace(self.file(name))

    def read(self, name: str) -> bytes | None:
        """What the file of that name holds, None where there is none."""
        with told(), suppress(FileNotFoundError, NotADirectoryError):
            return self.file(name).read_bytes()
        return None

    @contextmanager
    def alone(self, name: str, *, give_up: Callable[[], bool] = lambda: False) -> Iterator[bool]:
        """Wait until nobody else is within this, in whatever process; False where `give_up` says
        so before."""
        with told(), alone(self.file(f"{name}.lock"), give_up=give_up) as is_ours:
            yield is_ours

    def is_alive(self, owner: str) -> bool:
        """Whether the process of that name is still there."""
        return is_held(self.file(f"{owner}{_ALIVE}"))

    def close(self) -> None:
        """Give back what is held; what only this process knew is gone."""
        if self._held is not None:
            self._held.close()
            self._held = None
            self.file(f"{self.owner}{_ALIVE}").unlink(missing_ok=True)
        if self._own is not None:
            self._own.cleanup()
            self._own = self._path = None

    def _make(self) -> None:
        if self._path is None:
            self._own = tempfile.TemporaryDirectory(prefix=PREFIX)
            self._path = Path(self._own.name)
        elif self._path.parent.name.startswith(PREFIX):
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            _check_ours(self._path.parent)
        self._path.mkdir(mode=0o700, exist_ok=True)

    def _clean(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for path in self.file("").iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < oldest and not self._is_needed(path):
                    path.unlink()

    def _is_needed(self, path: Path) -> bool:
        """A lock, or what a process holds that lives."""
        return path.suffix == ".lock" or (path.suffix == _ALIVE and is_held(path))


@contextmanager
def told() -> Iterator[None]:
    """What the system refuses, in the words of a store."""
    try:
        yield
    except OSError as error:
        kind = StoreError
        if error.errno in _FULL:
            kind = StoreFull
        elif error.errno in _FORBIDDEN:
            kind = StoreReadOnly
        raise kind(f"the imports cannot be kept: {error}") from error


def _check_ours(folder: Path) -> None:
    # Whoever makes the folder first, where everybody may make one, could read what we keep there.
    stat = folder.lstat()
    if os.name == "posix" and (stat.st_uid != os.getuid() or stat.st_mode & _OTHERS_MAY_WRITE):
        raise StoreError(f"{folder} belongs to somebody else, or others may write to it: remove it")
