"""The drawing outside of the explorer, in a real Chromium: the offline file, and the widget."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from graph_service.client import Client, open_graph
from graph_service.web import built
from tests.web.screen import findings
from tests.web.worlds import hostile_names, star

pytestmark = pytest.mark.slow

DAY = "2024-09-30"
# What anywidget does on the page of a notebook, as far as the widget can tell.
HARNESS = """<!doctype html><html lang="en"><title>A notebook</title>
<link rel="stylesheet" href="drawing.css"><main id="cell"></main>
<script type="module">
import widget from "./widget.js";
const heard = {}, state = {picture: PICTURE, chosen: [], day: ""};
window.model = {
  sent: [], saved: 0,
  get: name => state[name],
  set(name, value) { state[name] = value; (heard["change:" + name] ?? []).forEach(act => act()); },
  save_changes() { this.saved++; },
  send(message) { this.sent.push(message); },
  on(name, act) { (heard[name] ??= []).push(act); },
  off(name, act) { heard[name] = heard[name].filter(one => one !== act); },
};
window.clean = widget.render({model: window.model, el: document.getElementById("cell")});
</script></html>"""


@pytest.fixture(scope="module")
def gaza() -> Iterator[Client]:
    with open_graph("memory:", dossier="gaza-mediation") as graph:
        yield graph


@pytest.fixture
def page(eyes: Browser) -> Iterator[Page]:
    """A tab that complains to the test, and asks nobody."""
    with eyes.new_context(reduced_motion="reduce") as context:
        tab = context.new_page()
        wrong: list[str] = []
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        tab.on("dialog", lambda dialog: wrong.append(dialog.message))
        yield tab
        assert wrong == []


def test_a_file_opens_without_the_service(gaza: Client, page: Page, tmp_path: Path) -> None:
    file = gaza.leverage("Hamas", as_of=DAY).to_html(tmp_path / "answer.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.get_by_text("Table of ties").click()
    page.get_by_role("button", name="backs").click()

    told = page.locator(".gs-details").inner_text()
    assert "Iran backs Hamas (exceptional), start unknown, ongoing" in told
    assert "F: reliability cannot be judged" in told
    assert "up to entry 80" in page.locator("main").inner_text()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert findings(page) == []


def test_a_file_of_hostile_names_is_harmless(page: Page, tmp_path: Path) -> None:
    with open_graph("memory:") as graph:
        graph.propose(list(star(hostile_names(150))))
        file = graph.neighbours("centre", limit=150).to_html(tmp_path / "answer.html")
    page.goto(file.as_uri())
    page.get_by_text("Table of ties").click()
    rows = page.locator("tbody tr")
    rows.first.wait_for()

    assert rows.count() == 150
    assert page.evaluate("typeof lost") == "undefined"


@pytest.fixture
def notebook(gaza: Client, page: Page, tmp_path: Path) -> Iterator[Page]:
    """A page with a widget in it, as a notebook has it."""
    picture = json.dumps(gaza.neighbours("Hamas", as_of=DAY).picture())
    (tmp_path / "page.html").write_text(HARNESS.replace("PICTURE", picture), "utf-8")
    for name in ("widget.js", "drawing.css"):
        (tmp_path / name).write_bytes(built(name))
    handler = partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/page.html")
        page.get_by_text("Table of ties").click()
        yield page
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()


def test_what_is_chosen_in_the_widget_reaches_python(notebook: Page) -> None:
    notebook.get_by_role("button", name="backs").click()

    assert notebook.evaluate("model.get('chosen')") == ["iran~backs~hamas"]
    assert notebook.evaluate("model.saved") == 1


def test_what_python_chooses_is_shown_in_the_widget(notebook: Page) -> None:
    notebook.evaluate("model.set('chosen', ['iran~backs~hamas'])")

    assert "Iran backs Hamas" in notebook.locator(".gs-details").inner_text()


def test_the_widget_asks_python_for_more_of_an_actor(notebook: Page) -> None:
    notebook.get_by_role("button", name="Iran", exact=True).first.click()
    notebook.get_by_role("button", name="Draw all its ties").click()

    assert notebook.evaluate("model.sent") == [{"expand": "iran"}]


def test_the_slider_turns_time_back(notebook: Page) -> None:
    slider = notebook.get_by_label("Day")
    slider.focus()
    notebook.keyboard.press("ArrowLeft")

    assert notebook.evaluate("model.get('day')") < "2024-09-30"
    notebook.keyboard.press("ArrowRight")
    assert notebook.evaluate("model.get('day')") == ""


def test_a_picture_that_grew_is_drawn_anew(notebook: Page, gaza: Client) -> None:
    rows = notebook.locator("tbody tr")
    before = rows.count()
    view = gaza.neighbours("Hamas", as_of=DAY).view()
    view.expand("israel")
    notebook.evaluate("picture => model.set('picture', picture)", view.picture)

    assert rows.count() == len(view.picture["ties"]) > before


def test_a_widget_that_is_closed_lets_go(notebook: Page) -> None:
    notebook.evaluate("clean()")
    notebook.evaluate("model.set('chosen', [])")
