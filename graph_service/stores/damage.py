"""What damage looks like from within: errors of many sorts, which leave the stores as one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph_service.domain.errors import GraphError, StoreCorrupt, StoreError

DAMAGE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, GraphError)


def unreadable(what: str, error: Exception) -> StoreCorrupt:
    """The error of a store in which `what` makes no sense."""
    reason = f"{type(error).__name__}: {error}"
    return StoreCorrupt(
        f"{what} cannot be read ({reason}): run graph-service verify, and restore a backup"
    )


@contextmanager
def legible(what: Callable[[], str]) -> Iterator[None]:
    """Within, nothing is read but what is stored: that it makes no sense is `StoreCorrupt`."""
    try:
        yield
    except StoreError:
        raise
    except DAMAGE as error:
        raise unreadable(what(), error) from error
