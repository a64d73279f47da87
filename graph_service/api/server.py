"""The service on a socket: bounded connections, and an orderly end within seconds."""

import contextlib
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from graph_service.api.app import Also, create_app
from graph_service.api.protocol import bounded_by
from graph_service.settings import Settings
from graph_service.stores.graph import Graph

BACKLOG = 2048


def serve(
    graph: Graph,
    settings: Settings,
    *,
    announce: Callable[[str], None] | None = None,
    also: Also | None = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what is under way (`stop_seconds`) and return.

    `announce` is called with the URL once the socket is bound; `also` is what else is answered.
    Raises `OSError` where it cannot
    be. The graph stays open.
    """
    with listening_socket(settings) as listener:
        if announce is not None:
            announce(url_of(listener))
        Server(create_app(graph, settings, also=also), settings).run(sockets=[listener])


def listening_socket(settings: Settings) -> socket.socket:
    """A socket bound to the host and port of the settings."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    # Inherited by every connection. Without it an answer, which is written in two parts, waits
    # 40 ms for the client to confirm the first one.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def url_of(listener: socket.socket) -> str:
    """The URL that reaches this socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """uvicorn with our protocol; it ends by returning, so that whoever called it can clean up."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        config = uvicorn.Config(
            app,
            http=bounded_by(settings),
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=settings.keep_alive_seconds,
            timeout_graceful_shutdown=settings.stop_seconds,
            h11_max_incomplete_event_size=settings.header_limit,
        )
        super().__init__(config)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while serving. uvicorn raises them again afterwards, which would end the
        process before the store is closed."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()
