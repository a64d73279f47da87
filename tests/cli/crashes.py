"""A service that is killed in the middle of writes, and writers who send again what was not answered.

Every bundle issues a source of its own three times, under the titles A, B and A, and tells a claim
on it. Written once it makes four entries; written twice it makes two more, since B is news again.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from graph_service.settings import DEFAULT_STORE
from graph_service.stores.embedded import EmbeddedStore
from tests.cli.served import start, wait_until_ready
from tests.stores.telling import ONTOLOGY, nouns

PROGRAM = (sys.executable, "-m", "graph_service")
TITLES = ("A", "B", "A")
SENT_ANYWAY = 10


@dataclass(slots=True, eq=False)
class Write:
    """One write as its writer knows it; `answer` is None until it was acknowledged."""

    path: str
    body: Any
    key: str
    answer: dict[str, Any] | None = None

    def send(self, url: str, *, keyed: bool) -> bool:
        """Send it, perhaps again, and answer whether it was a replay; raises `OSError` or
        `HTTPException` where nobody answers."""
        headers = {"Content-Type": "application/json"}
        if keyed:
            headers["Idempotency-Key"] = self.key
        request = Request(url + self.path, json.dumps(self.body).encode(), headers)
        with urlopen(request, timeout=30) as response:
            answer = json.load(response)
            replayed: bool = response.headers.get("Idempotency-Replayed") == "true"
        assert not keyed or self.answer in (None, answer), "a replay answers what was answered"
        self.answer = answer
        return replayed


@dataclass(slots=True)
class Crashes:
    """Several writers, a service that dies under them, everything that they sent, how often that
    was not answered, and how often it turned out to have been done."""

    folder: Path
    keyed: bool
    draw: random.Random
    writes: list[Write] = field(default_factory=list)
    lost: int = 0
    replays: int = 0
    numbers: "count[int]" = field(default_factory=count)

    @property
    def store(self) -> Path:
        return self.folder / DEFAULT_STORE.removeprefix("sqlite:")

    def run(self, kills: int, writers: int) -> None:
        """Kill the service so many times while these many write; at last send everything again
        that was not answered, and some that was."""
        store = EmbeddedStore(self.store, ONTOLOGY)
        store.append(nouns(), by="desk")
        store.close()
        for _ in range(kills):
            with living(self.folder) as url:
                self._send_again(url)
                threads = [
                    threading.Thread(target=self._write, args=(url,)) for _ in range(writers)
                ]
                for thread in threads:
                    thread.start()
                time.sleep(self.draw.uniform(0.05, 0.35))
            for thread in threads:
                thread.join()
        with living(self.folder) as url:
            self._send_again(url)

    def _write(self, url: str) -> None:
        with suppress(OSError, HTTPException):
            while True:
                told = self._sent(url, "/v1/records", _bundle(next(self.numbers)))
                decided = {"evidence": told["data"]["evidence"], "verdict": "accepted"}
                self._sent(url, "/v1/decisions", decided)

    def _sent(self, url: str, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        write = Write(path, body, f"write-{next(self.numbers)}")
        self.writes.append(write)
        write.send(url, keyed=self.keyed)
        return write.answer

    def _send_again(self, url: str) -> None:
        lost = [write for write in self.writes if write.answer is None]
        done = [write for write in self.writes if write.answer is not None]
        self.lost += len(lost)
        for write in (*lost, *self.draw.sample(done, min(SENT_ANYWAY, len(done)))):
            self.replays += write.send(url, keyed=self.keyed)


@contextmanager
def living(folder: Path) -> Iterator[str]:
    """The URL of a service over the store in a folder, killed without warning at the end."""
    process, served = start(PROGRAM, folder)
    try:
        wait_until_ready(process, served)
        yield served.url
    finally:
        process.kill()
        process.wait(timeout=30)


def _bundle(number: int) -> list[dict[str, Any]]:
    source = {"record": "source", "id": f"paper-{number}", "published": "2024-09-01"}
    claim = {
        "record": "claim", "subject": "iran", "relation": "arms", "object": "hamas",
        "when": "2024-05-01", "evidence": [{"source": f"paper-{number}", "confidence": 0.8}],
    }  # fmt: skip
    return [*(source | {"title": title} for title in TITLES), claim]
