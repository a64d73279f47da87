"""Disks that misbehave or keep count, put below SQLite as file systems of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

Name = str | apsw.URIFilename | None


class Disk(apsw.VFS):
    """A disk that counts how often somebody waits for it, and fails to write while `broken`, or
    at one time, `fails_in` calls from now."""

    def __init__(self) -> None:
        self.base = apsw.vfs_names()[0]
        self.waits = 0
        self.broken = False
        self.fails_in = -1
        self.failure: apsw.Error = apsw.IOError("the disk is gone")
        super().__init__("disk", self.base, makedefault=True)

    def xOpen(self, name: Name, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)

    def strain(self) -> None:
        """One more call that could fail."""
        self.fails_in -= 1
        if self.broken or self.fails_in == 0:
            raise self.failure


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Name, flags: list[int]) -> None:
        super().__init__(disk.base, name, flags)
        self._disk = disk

    def xSync(self, flags: int) -> None:
        self._disk.waits += 1
        self._disk.strain()  # and no more: nobody pulls the plug in these tests

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.strain()
        super().xWrite(data, offset)


class Unwritable(apsw.VFS):
    """A disk on which a store may be read only, as without the permission to write."""

    def __init__(self) -> None:
        self.base = apsw.vfs_names()[0]
        super().__init__("unwritable", self.base, makedefault=True)

    def xOpen(self, name: Name, flags: list[int]) -> apsw.VFSFile:
        if flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            flags[0] &= ~(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
            flags[0] |= apsw.SQLITE_OPEN_READONLY
            flags[1] |= apsw.SQLITE_OPEN_READONLY
        return apsw.VFSFile(self.base, name, flags)


@contextmanager
def below(disk: apsw.VFS) -> Iterator[None]:
    """Every file is opened on this disk meanwhile."""
    try:
        yield
    finally:
        disk.unregister()
