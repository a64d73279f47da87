"""Neo4j Browser in a real Chromium, as an analyst uses it."""

import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    # Browser asks for fonts and reports on itself elsewhere: there is no elsewhere here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
PATIENCE = 60.0
STILL = 2.0
"""So many seconds a picture has to stay as it is before it counts as drawn."""

_CIRCLES = """all => all.map(one => [
  one.querySelector('circle.b-outline').getAttribute('fill'),
  [...one.querySelectorAll('text.caption')].map(line => line.textContent.trim()).join(' ')])"""
_LINES = """all => all.map(one => [
  one.querySelector('path').getAttribute('fill'),
  (one.querySelector('text')?.textContent ?? '').trim()])"""
_DROP = """([name, bytes]) => {
  const dropped = new DataTransfer()
  dropped.items.add(new File([new Uint8Array(bytes)], name))
  const inside = document.querySelector('.filedrop') ?? document.body
  for (const kind of ['dragenter', 'dragover', 'drop'])
    inside.dispatchEvent(new DragEvent(kind, {bubbles: true, dataTransfer: dropped}))
}"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: its circles and its lines, each as (fill, caption). Browser cuts captions that do
    not fit and ends them in `…`."""

    circles: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]


class Window:
    """One window of Browser. `dialogs` are those that popped up, `asked` every URL asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialogs: list[str] = []
        self.asked: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("dialog", lambda dialog: self.dialogs.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, link: str, password: str) -> None:
        """Follow a link to Browser, and type the password."""
        self.page.goto(link)
        self.page.get_by_test_id("password").fill(password)
        self.page.get_by_test_id("connect").click()
        self.page.get_by_text("You are connected").first.wait_for()

    def guide(self) -> str:
        """What the slide shows."""
        return self.page.locator(".slide").first.inner_text()

    def next_slide(self) -> None:
        """Turn the page of the guide."""
        self.page.get_by_text("Next", exact=True).click()

    def run(self, start: str) -> Locator:
        """Click on the triangle of the block of this slide that begins so; answers the frame with
        the result."""
        frames = self.page.get_by_test_id("frame")
        shown = frames.count()
        block = self.page.locator("pre.runnable", has_text=start).first
        block.locator("i").click()
        self.wait_for_more(frames, shown, start)
        return frames.first

    def wait_for_more(self, frames: Locator, shown: int, asked: str) -> None:
        """Wait until more frames are shown than there were."""
        end = time.monotonic() + PATIENCE
        while frames.count() <= shown:
            assert time.monotonic() < end, f"{asked} is not answered"
            self.page.wait_for_timeout(50)

    def draw(self, start: str) -> Drawn:
        """Run a block that draws, and wait until nothing is added to the picture any more."""
        picture = self.run(start).locator("svg.neod3viz")
        picture.wait_for()
        circles, lines = picture.locator("g.node"), picture.locator("g.relationship")
        last, since, end = (-1, -1), time.monotonic(), time.monotonic() + PATIENCE
        while time.monotonic() - since < STILL:
            now = circles.count(), lines.count()
            if now != last:
                last, since = now, time.monotonic()
            assert time.monotonic() < end, "the picture does not come to rest"
            self.page.wait_for_timeout(100)
        return Drawn(
            tuple(map(tuple, circles.evaluate_all(_CIRCLES))),
            tuple(map(tuple, lines.evaluate_all(_LINES))),
        )

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file on the window."""
        self.page.evaluate(_DROP, [name, list(content)])

    def picture(self, path: Path) -> None:
        """The window as it is seen, without Browser's word on statistics and its legend, which
        hides a part of the graph."""
        word = self.page.locator("span", has_text="To help make Neo4j Browser better")
        word.locator("xpath=following-sibling::*[1]").click()
        self.page.mouse.move(0, 0)
        frame = self.page.get_by_test_id("frame").first
        frame.get_by_label("Collapse the node properties display").click()
        frame.get_by_label("zoom-to-fit").click()
        self.page.mouse.move(0, 0)
        frame.evaluate("one => one.scrollIntoView()")
        self.page.wait_for_timeout(STILL * 1000)
        self.page.screenshot(path=path)
