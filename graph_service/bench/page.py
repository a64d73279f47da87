"""`graph-service bench --page`: the explorer in a headless Chromium, on the dossier and at its limits.

What is measured is what somebody feels: when something is seen, when the answer is, and how many
frames a second there are while a picture of 400 actors and 1,500 ties is dragged and zoomed. Frames
are those of the browser; a drag that is not drawn counts as slow, since each move redraws.
"""

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from graph_service.bench.page_world import BOTH, STATE, crowd
from graph_service.bench.progress import Progress
from graph_service.bench.report import RATE, Row
from graph_service.domain.errors import InvalidQuestion
from graph_service.web import built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS = 5
SECONDS = 4.0
"""So long a picture is dragged, and so long it is zoomed."""
SLOW_MS = 1000 / 30
LEVERAGE = "?question=leverage&id=hamas&as_of=2024-09-30"
_PARTS = ("explore.html", "explore.js", "explore.css")
_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
_HOW = "--page needs Playwright and Chromium: pip install playwright, and on Debian apt install chromium"
_WATCH = """() => {
  window.seen = []; window.cleared = 0;
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.cleared++; return clear.apply(this, box);
  };
  const frame = now => { window.seen.push(now); window.last = requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""
_STOP = "() => { cancelAnimationFrame(window.last); return [window.seen, window.cleared]; }"
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def on_the_page(say: Progress) -> Iterator[Row]:
    """Everything that is measured in the browser. Raises `InvalidQuestion` without one."""
    yield Row("page: the page with its parts, compressed", weight() / 1000, "kB", 300)
    with TemporaryDirectory(prefix="graph-service-bench-") as name, _chromium() as chromium:
        with _served(Path(name) / "dossier.sqlite", dossier=True) as url:
            say("the page: opening the dossier")
            yield from _opened(chromium, url)
        with _served(Path(name) / "crowd.sqlite", dossier=False) as url:
            say(f"the page: {BOTH}")
            yield from _crowded(chromium, url)


def weight() -> int:
    """The bytes that the page and its parts take on the wire."""
    return sum(len(gzip.compress(built(part), 9, mtime=0)) for part in _PARTS)


def _opened(chromium: "Browser", url: str) -> Iterator[Row]:
    painted, answered = [], []
    for _ in range(RUNS):
        with _tab(chromium) as page:
            page.goto(f"{url}/explore{LEVERAGE}")
            page.locator("#list .items").first.wait_for()
            answered.append(float(page.evaluate("performance.now()")))
            painted.append(float(page.evaluate(_PAINT)))
    yield Row("page: first paint on the dossier, median", median(painted) / 1000, "s", 1)
    yield Row("page: first paint on the dossier, worst", max(painted) / 1000, "s", 1)
    yield Row("page: who has leverage over Hamas is listed, median", median(answered) / 1000, "s")


def _crowded(chromium: "Browser", url: str) -> Iterator[Row]:
    with _tab(chromium) as page:
        page.goto(f"{url}/explore{STATE}")
        page.locator("#list .items").first.wait_for()
        page.locator("body:not([aria-busy])").wait_for()
        yield Row(f"page: {BOTH} drawn", float(page.evaluate("performance.now()")) / 1000, "s")
        page.wait_for_timeout(1000)
        box = page.locator(".picture").bounding_box()
        if box is None:
            raise InvalidQuestion("the page shows no picture", parameter="page")
        x, y = box["x"] + 30, box["y"] + 30
        yield from _frames("dragging", *_watched(page, partial(_drag, page, x, y)))
        yield from _frames("zooming", *_watched(page, partial(_zoom, page, x, y)))


def _frames(act: str, seen: list[float], redrawn: int, moves: int) -> Iterator[Row]:
    spans = [after - before for before, after in pairwise(seen)]
    slow = sum(span > SLOW_MS for span in spans) / len(spans)
    yield Row(f"page: {act} {BOTH}, median frames", 1000 / median(spans), RATE, 30)
    yield Row(f"page: {act} {BOTH}, frames slower than 33 ms", 100 * slow, "%", 5)
    yield Row(f"page: {act} {BOTH}, canvases cleared a move", redrawn / moves, "times")


def _watched(page: "Page", act: Callable[[], int]) -> tuple[list[float], int, int]:
    """When there was a frame, in milliseconds; how often a canvas was drawn anew; how many moves
    were made."""
    page.evaluate(_WATCH)
    moves = act()
    frames, redrawn = page.evaluate(_STOP)
    return frames, redrawn, moves


def _drag(page: "Page", x: float, y: float) -> int:
    page.mouse.move(x, y)
    page.mouse.down()
    moves = _for_a_while(page, lambda at: page.mouse.move(x + at * 7 % 500, y + at * 5 % 300))
    page.mouse.up()
    return moves


def _zoom(page: "Page", x: float, y: float) -> int:
    page.mouse.move(x + 300, y + 200)
    return _for_a_while(page, lambda at: page.mouse.wheel(0, 60 if at // 10 % 2 else -60))


def _for_a_while(page: "Page", act: Callable[[int], Any]) -> int:
    start = float(page.evaluate("performance.now()"))
    moves = 0
    while float(page.evaluate("performance.now()")) - start < 1000 * SECONDS:
        moves += 1
        act(moves)
    return moves


@contextmanager
def _tab(chromium: "Browser") -> Iterator["Page"]:
    """A tab that has nothing from before."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield context.new_page()


@contextmanager
def _chromium() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise InvalidQuestion(_HOW, parameter="page") from None
    path = shutil.which("chromium")
    if path is None:
        raise InvalidQuestion(_HOW, parameter="page")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=list(_OPTIONS)) as browser,
    ):
        yield browser


@contextmanager
def _served(path: Path, *, dossier: bool) -> Iterator[str]:
    """A service in this process, over a file that is written first."""
    from graph_service.api.app import create_app
    from graph_service.api.server import Server, listening_socket, url_of
    from graph_service.dossiers import dossier as lines_of
    from graph_service.importers.native import read_native
    from graph_service.settings import Settings
    from graph_service.stores.graph import open_graph

    graph = open_graph(f"sqlite:{path}", create=True)
    records = (
        read_native(lines_of("gaza-mediation"), graph.ontology)
        if dossier
        else crowd(graph.ontology)
    )
    graph.write(records, by="bench")
    settings = Settings(store=f"sqlite:{path}", port=0)
    with listening_socket(settings) as listener:
        server = Server(create_app(graph, settings), settings)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield url_of(listener)
        finally:
            server.should_exit = True
            thread.join()
            graph.close()
