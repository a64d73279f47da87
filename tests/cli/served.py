"""The service in a process of its own, on a free port, stopped at the end."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens, and the file that its output goes to."""

    url: str
    log: Path

    def printed(self) -> str:
        return self.log.read_text("utf-8")


def environment() -> dict[str, str]:
    """That of this process, without the settings of whoever runs the tests."""
    own = {name: value for name, value in os.environ.items() if "GRAPH_SERVICE" not in name}
    return {**own, "COLUMNS": "80"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(program: Sequence[str], folder: Path) -> Iterator[Served]:
    """`program serve` (`make run` takes its port from PORT), ready to answer."""
    process, served = start(program, folder)
    try:
        wait_until_ready(process, served)
        yield served
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def start(program: Sequence[str], folder: Path) -> tuple[subprocess.Popen[bytes], Served]:
    """The process, leader of its own group, and where it will listen."""
    port = free_port()
    asked = [] if "make" in program else ["serve", "--port", str(port)]
    served = Served(f"http://127.0.0.1:{port}", folder / "served.log")
    with served.log.open("wb") as log:
        process = subprocess.Popen(
            [*program, *asked],
            cwd=folder,
            env={**environment(), "PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return process, served


def wait_until_ready(process: subprocess.Popen[bytes], served: Served) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"it ended before it served:\n{served.printed()}")
        try:
            with urlopen(f"{served.url}/readyz", timeout=5):
                return
        # A worker that only starts lets its connections wait.
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"it does not serve:\n{served.printed()}")
