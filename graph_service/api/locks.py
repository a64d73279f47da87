"""Locks between processes: held on files, and given back by the system when a process ends."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PAUSE = 0.02


def hold(path: Path) -> BinaryIO:
    """Make the file and hold it, until what is answered is closed or the process ends; raises
    `BlockingIOError` where somebody holds it, and `OSError` where it cannot be made."""
    stream = path.open("a+b")
    try:
        _lock(stream, shared=False)
    except BaseException:
        stream.close()
        raise
    return stream


def is_held(path: Path) -> bool:
    """Whether a process that lives holds the file."""
    try:
        with path.open("r+b") as stream:
            # Shared, so that two who look at once do not take each other for the holder.
            _lock(stream, shared=True)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def alone(path: Path, *, give_up: Callable[[], bool] = lambda: False) -> Iterator[bool]:
    """Wait until nobody else holds the file, and hold it within; False where `give_up` said so
    first."""
    while not give_up():
        try:
            stream = hold(path)
        except BlockingIOError:
            time.sleep(PAUSE)
            continue
        with stream:
            yield True
        return
    yield False


def _lock(stream: BinaryIO, *, shared: bool) -> None:
    if sys.platform == "win32":
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error
    else:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(stream, kind | fcntl.LOCK_NB)
