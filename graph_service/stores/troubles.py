"""What the errors of SQLite mean, and what to do about them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from graph_service.domain.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnavailable,
)

_TROUBLES: tuple[tuple[tuple[type[apsw.Error], ...], type[StoreError], str], ...] = (
    (
        (apsw.BusyError, apsw.LockedError),
        StoreUnavailable,
        "another program has been writing to {path} for too long: nothing was written, try again",
    ),
    (
        (apsw.FullError,),
        StoreFull,
        "no room is left for {path}: nothing of this write was kept, free some space and repeat it",
    ),
    (
        (apsw.ReadOnlyError, apsw.PermissionsError, apsw.AuthError),
        StoreReadOnly,
        "{path} can be read, not written: check its permissions and those of its directory",
    ),
    (
        (apsw.CorruptError, apsw.NotADBError, apsw.SQLError),
        StoreCorrupt,
        "{path} is damaged, or was never a store: restore it from a backup, or name another file",
    ),
    (
        (apsw.CantOpenError,),
        StoreUnavailable,
        "{path} cannot be opened: its directory must be writable, as SQLite keeps two files beside",
    ),
    (
        (apsw.IOError,),
        StoreUnavailable,
        "the disk failed under {path}: the write was not acknowledged, check the disk and repeat it",
    ),
    ((apsw.ConnectionClosedError,), StoreUnavailable, "{path} was closed: open it again"),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Within, every error of SQLite is a `StoreError` that says what to do."""
    try:
        yield
    except apsw.Error as error:
        for kinds, trouble, advice in _TROUBLES:
            if isinstance(error, kinds):
                raise trouble(f"{advice.format(path=path)} ({error})") from error
        raise StoreError(f"SQLite refuses {path}: {error}") from error
