"""Services that the explorer meets: one that goes away, one that is private."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph_service.client import Client, open_graph
from tests.cli.served import environment, start, wait_until_ready
from tests.web.screen import screen

pytestmark = pytest.mark.slow

LEVERAGE = "?question=leverage&id=hamas&as_of=2024-09-30"


def test_a_service_that_goes_away_is_waited_for(eyes: Browser, tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'gaza.sqlite'}"
    open_graph(url, dossier="gaza-mediation").close()
    program = [sys.executable, "-m", "graph_service", "--store", url]
    process, served = start(program, tmp_path)
    wait_until_ready(process, served)
    with screen(eyes, served) as shown:
        shown.open(LEVERAGE)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        shown.press("Ties")
        shown.until(lambda: shown.heading == "The service does not answer")
        port = served.url.rpartition(":")[2]
        again = subprocess.Popen(
            [*program, "serve", "--port", port], cwd=tmp_path, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            shown.until(lambda: shown.heading == "Ties of Hamas")
        finally:
            shown.complaints.clear()
            again.send_signal(signal.SIGINT)
            again.wait(timeout=30)


def test_a_private_service_asks_for_a_key(eyes: Browser, tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'gaza.sqlite'}"
    open_graph(url, dossier="gaza-mediation").close()
    program = [sys.executable, "-m", "graph_service", "--store", url]
    made = subprocess.run(
        [*program, "keys", "add", "reader", "--scope", "read"],
        cwd=tmp_path, env=environment(), check=True, capture_output=True, text=True,
    )  # fmt: skip
    key = next(word for word in made.stdout.split() if word.startswith("gs_"))
    process, served = start(["env", "GRAPH_SERVICE_PRIVATE=true", *program], tmp_path)
    try:
        wait_until_ready(process, served)
        with screen(eyes, served) as shown:
            shown.open(LEVERAGE)
            assert shown.heading == "This service asks for a key"
            shown.page.get_by_label("Key", exact=True).fill(key)
            shown.press("Use it")
            shown.until(lambda: shown.heading == "Who has leverage over Hamas")

            assert key not in shown.page.url
        with Client(served.url, key=key) as client:
            assert client.leverage("hamas").data.ranking
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
