"""What to say where an optional library is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def extra() -> Iterator[None]:
    """Around an import of a library of the extra `client`: says how to install what is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{error.name} is needed: pip install 'graph-service[client]'", name=error.name
        ) from None
