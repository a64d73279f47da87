"""The explorer in a real Chromium, as somebody uses it: by roles and names, not by its markup."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from tests.cli.served import Served

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    # Whoever asks anybody else for anything is to fail.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
WIDE, NARROW = {"width": 1440, "height": 860}, {"width": 390, "height": 844}
PATIENCE_MS = 20_000
AXE = (
    Path(__file__).parents[2]
    / "graph_service" / "web" / "node_modules" / "axe-core" / "axe.min.js"
)  # fmt: skip


@dataclass
class Screen:
    """A tab: the page, and everything that it complained of or asked others for."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def open(self, query: str = "") -> "Screen":
        """The explorer at a state, when its answer is there."""
        self.page.goto(f"{self.url}/explore{query}")
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until what was asked is answered and drawn."""
        self.page.locator("body:not([aria-busy]) #list > *").first.wait_for()

    @property
    def answer(self) -> Locator:
        """The answer."""
        return self.page.locator("#list")

    @property
    def details(self) -> Locator:
        """What stands behind what is chosen."""
        return self.page.locator("#details")

    @property
    def rows(self) -> list[str]:
        """What the rows of the answer are called."""
        return self.answer.locator(".items .title").all_inner_texts()

    @property
    def heading(self) -> str:
        """What is answered."""
        return self.answer.locator("h1").inner_text()

    def row(self, name: str) -> Locator:
        """A row of the answer."""
        return self.answer.locator(".items button", has_text=name).first

    def press(self, name: str) -> None:
        """Click on the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def field(self, label: str) -> Locator:
        """Where an actor is looked for."""
        return self.page.get_by_role("combobox", name=label)

    def ask(self, words: str) -> None:
        """Ask in plain words."""
        self.page.get_by_label("A question in plain words").fill(words)
        self.press("Ask")

    def table(self) -> list[str]:
        """The rows of the table."""
        return self.page.locator("#table tbody tr").all_inner_texts()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds. The policy of the page forbids what Playwright would do."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not holds():
            assert time.monotonic() < end, "it does not come"
            self.page.wait_for_timeout(50)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "the server responded with a status of" not in text:
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.foreign.append(url)


@contextmanager
def screen(
    chromium: Browser, served: Served, size: dict[str, int] | None = None, scheme: str = "light"
) -> Iterator[Screen]:
    """A fresh tab; in the end nothing was complained of, and nobody else asked for anything."""
    with chromium.new_context(
        viewport=size or WIDE,  # type: ignore[arg-type] # a dict
        color_scheme=scheme,  # type: ignore[arg-type] # a text
        reduced_motion="reduce",
        accept_downloads=True,
        locale="en-GB",
    ) as context:
        shown = Screen(context.new_page(), served.url)
        yield shown
        assert shown.complaints == []
        assert shown.foreign == []


def findings(page: Page) -> list[str]:
    """What axe finds that keeps people out: serious or critical."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
