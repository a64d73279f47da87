"""`graph-service bench --page`: the explorer in a headless Chromium, on the dossier and at its limits.

What is measured is what somebody feels: when something is seen, when the answer is, how long the page
stands still, and how many pictures a second there are while one of 400 actors and 1,500 ties is
dragged and zoomed. Frames of the browser in which the picture is not drawn anew do not count as such.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from graph_service.bench.page_frames import Frames, dragged_and_zoomed, rows_of, stillness
from graph_service.bench.page_world import BOTH, STATE, crowd
from graph_service.bench.progress import Progress
from graph_service.bench.report import Row
from graph_service.domain.errors import InvalidQuestion

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS, CROWDED_RUNS = 7, 5
"""How often the dossier is opened, and the crowd; each once in a quick run."""
LEVERAGE = "?question=leverage&id=hamas&as_of=2024-09-30"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
_HOW = "--page needs Playwright and Chromium: pip install playwright, and on Debian apt install chromium"
_NOTE_TASKS = """window.tasks = [];
new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(task => [task.startTime, task.duration])))
  .observe({ type: "longtask", buffered: true });"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_DRAWN = """new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
_WEIGHT = """["navigation", "resource"].flatMap(type => performance.getEntriesByType(type))
  .filter(part => new URL(part.name).pathname.startsWith("/explore"))
  .reduce((sum, part) => sum + part.encodedBodySize, 0)"""


def on_the_page(say: Progress, *, quick: bool = False) -> Iterator[Row]:
    """Everything that is measured in the browser. Raises `InvalidQuestion` without one."""
    with TemporaryDirectory(prefix="graph-service-bench-") as name, _chromium() as chromium:
        with _served(Path(name) / "dossier.sqlite", dossier=True) as url:
            say(f"the page: opening the dossier{_load()}")
            yield from _opened(chromium, url, 1 if quick else RUNS)
        with _served(Path(name) / "crowd.sqlite", dossier=False) as url:
            say(f"the page: {BOTH}{_load()}")
            yield from _crowded(chromium, url, 1 if quick else CROWDED_RUNS)
        say(f"the page: done{_load()}")


def _load() -> str:
    """What else the machine does, since all of this depends on it."""
    return f", at a load of {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def _opened(chromium: "Browser", url: str, runs: int) -> Iterator[Row]:
    painted, answered, weight = [], [], 0.0
    for _ in range(runs):
        with _tab(chromium) as page:
            answered.append(_drawn(page, f"{url}/explore{LEVERAGE}") / 1000)
            painted.append(float(page.evaluate(_PAINT)) / 1000)
            weight = float(page.evaluate(_WEIGHT))
    yield Row("page: the page with its parts, as transferred", weight / 1000, "kB", 300)
    yield from _seconds("first paint on the dossier", painted, 1)
    yield from _seconds("who has leverage over Hamas is drawn", answered)


def _crowded(chromium: "Browser", url: str, runs: int) -> Iterator[Row]:
    drawn, still = [], []
    frames: list[tuple[Frames, Frames]] = []
    for _ in range(runs):
        with _tab(chromium) as page:
            drawn.append(_drawn(page, f"{url}/explore{STATE}") / 1000)
            page.wait_for_timeout(1000)
            still.append(stillness(page.evaluate("window.tasks")) / 1000)
            frames.append(dragged_and_zoomed(page, *_corner(page)))
    yield from _seconds(f"{BOTH} drawn", drawn)
    yield from _seconds(f"{BOTH}, longest that the page stands still", still, 2)
    for act, each in zip(("dragging", "zooming"), zip(*frames, strict=True), strict=True):
        yield from rows_of(f"page: {act} {BOTH}", each)


def _drawn(page: "Page", url: str) -> float:
    """The milliseconds until an answer is listed and drawn."""
    page.goto(url)
    page.locator("#list .items").first.wait_for()
    page.locator("body:not([aria-busy])").wait_for()
    return float(page.evaluate(_DRAWN))


def _corner(page: "Page") -> tuple[float, float]:
    """A place in the picture where no actor is."""
    box = page.locator(".picture").bounding_box()
    if box is None:
        raise InvalidQuestion("the page shows no picture", parameter="page")
    return box["x"] + 30, box["y"] + 30


def _seconds(name: str, taken: Sequence[float], goal: float | None = None) -> Iterator[Row]:
    yield Row(f"page: {name}, median", median(taken), "s", goal)
    yield Row(f"page: {name}, worst", max(taken), "s", goal)


@contextmanager
def _tab(chromium: "Browser") -> Iterator["Page"]:
    """A tab that has nothing from before."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(_NOTE_TASKS)
        yield page


@contextmanager
def _chromium() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise InvalidQuestion(_HOW, parameter="page") from None
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = next(filter(None, map(shutil.which, (*_NAMES, own))), None)
        if path is None:
            raise InvalidQuestion(_HOW, parameter="page")
        with playwright.chromium.launch(executable_path=path, args=list(_OPTIONS)) as browser:
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
