"""The client: everything that the service answers and takes, in Python."""

from types import TracebackType
from typing import Self

import httpx2

from graph_service.client.connection import Connection
from graph_service.client.errors import Refused
from graph_service.client.exporting import Exporting
from graph_service.client.importing import Importing
from graph_service.client.patience import Patience
from graph_service.client.progress import Progress, where_somebody_looks
from graph_service.client.writing import Writing

SECONDS = 30.0


class Client(Exporting, Writing, Importing):
    """Asks and writes at a service over HTTP; `open_graph` gives the same over a graph in this
    process.

    `key` is what the service gives to those who may write. An answer has `timeout` seconds to
    come; what breaks meanwhile is tried again, with `patience`. Closed by `with`, by `close`, or
    when nobody holds it any more. Calls that take longer than a moment say so on a terminal.

    ``Client("http://127.0.0.1:8000").leverage("Hamas", as_of="2024-09-30")``
    """

    def __init__(
        self,
        url: str,
        *,
        key: str | None = None,
        timeout: float = SECONDS,
        patience: Patience | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise Refused(f"{url!r} is no URL of a service: write it like http://127.0.0.1:8000")
        if key is not None and not (key.isascii() and key.isprintable()):
            raise Refused("this is no key: a key is like gs_…, in one line")
        http = httpx2.Client(
            base_url=url,
            headers={} if key is None else {"Authorization": f"Bearer {key}"},
            timeout=timeout,
            transport=transport,
            follow_redirects=True,
        )
        self._connection = Connection(
            http,
            has_url=transport is None,
            patience=patience or Patience(),
            progress=Progress(where_somebody_looks()),
        )
        self._name = url

    def close(self) -> None:
        """Give back what it holds; a graph in this process is closed."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Client of {self._name}>"
