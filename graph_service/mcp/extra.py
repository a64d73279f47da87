"""What to say where the SDK is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sdk() -> Iterator[None]:
    """Around an import of the SDK: says how to install what is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{error.name} is needed: pip install 'graph-service[mcp]'", name=error.name
        ) from None
