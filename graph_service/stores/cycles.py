"""Python's search for reference cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsought() -> Iterator[None]:
    """Within, nobody looks for cycles in the whole process but by `seek_young`: millions of records
    come and go without one among them, and going through those at hand, again and again, takes a
    third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def seek_young() -> None:
    """Free the cycles among what is new since the last time: what a driver leaves of a transaction
    has a few, and they hold on to all that was sent."""
    gc.collect(0)
