"""Frames a second while the picture of the explorer is dragged and zoomed."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress, cycle, islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from graph_service.bench.report import RATE, Row

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST = 30.0
SLOW_MS = 1000 / LEAST + 0.5
"""Two frames of a screen of 60 Hz are 30 a second, give or take what the clock is off by."""
MOST_SLOW = 5.0
SWEEPS, MOVES = 4, 60
"""A drag goes there and back so often, with so many moves each; the next move is sent when the page
has handled the one before it."""
WHEEL, WHEEL_SPEED = 600, 800
"""How far a wheel is turned each time, and how far in a second, in pixels."""
BREATH_MS = 50
_WATCH = """() => {
  window.frames = []; window.redrawn = false;
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.redrawn ||= this.canvas.dataset.id === "layer2-node";
    return clear.apply(this, box);
  };
  const frame = now => {
    window.frames.push([now, window.redrawn]); window.redrawn = false; requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
_BEGIN = "() => { window.frames = []; window.redrawn = false; }"


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one act: when each was, in milliseconds, and whether the picture was drawn anew
    since the one before. The browser has frames without it as well, which show nothing new."""

    at: Sequence[float]
    redrawn: Sequence[bool]

    @property
    def drawn(self) -> float:
        """Pictures a second, from the first to the last one."""
        spans = self._spans()
        return 1000 * len(spans) / sum(spans) if spans else 0.0

    @property
    def usual(self) -> float:
        """Pictures a second at the median time between two."""
        return 1000 / median(self._spans()) if self._spans() else 0.0

    @property
    def slow(self) -> float:
        """Of a hundred pictures, how many came later than 33 ms after the one before; all, where
        there are none."""
        spans = self._spans()
        return 100 * sum(span > SLOW_MS for span in spans) / len(spans) if spans else 100.0

    @property
    def browser(self) -> float:
        """All frames of the browser, a second."""
        return 1000 * (len(self.at) - 1) / (self.at[-1] - self.at[0]) if len(self.at) > 1 else 0.0

    def _spans(self) -> list[float]:
        return [after - before for before, after in pairwise(compress(self.at, self.redrawn))]


def stillness(tasks: Sequence[tuple[float, float]]) -> float:
    """The longest that a page stood still, in milliseconds, by when its long tasks began and how
    long each took; whoever waits cannot tell two tasks from one where hardly a frame is between.

    >>> stillness([(0, 400), (410, 600), (5000, 700)])
    1010
    """
    longest, began, ended = 0.0, 0.0, -math.inf
    for at, taken in sorted(tasks):
        began = at if at - ended > BREATH_MS else began
        ended = at + taken
        longest = max(longest, ended - began)
    return longest


def rows_of(act: str, runs: Sequence[Frames]) -> Iterator[Row]:
    """What came of an act that was done several times."""
    drawn = [run.drawn for run in runs]
    yield Row(f"{act}, pictures", median(drawn), RATE, LEAST)
    yield Row(f"{act}, pictures in the worst run", min(drawn), RATE, LEAST)
    yield Row(f"{act}, pictures at the median", median(run.usual for run in runs), RATE)
    yield Row(f"{act}, later than 33 ms", median(run.slow for run in runs), "%", MOST_SLOW)
    yield Row(f"{act}, frames of the browser", median(run.browser for run in runs), RATE)


def dragged_and_zoomed(page: "Page", x: float, y: float) -> tuple[Frames, Frames]:
    """The frames of a drag that begins at that place, where no actor is, and those of a wheel."""
    page.evaluate(_WATCH)
    dragged = _watched(page, partial(_drag, page, x, y))
    page.wait_for_timeout(1000)
    return dragged, _watched(page, partial(_zoom, page, x + 300, y + 200))


def _watched(page: "Page", act: Callable[[], None]) -> Frames:
    page.evaluate(_BEGIN)
    act()
    seen = page.evaluate("window.frames")
    return Frames([at for at, _ in seen], [redrawn for _, redrawn in seen])


def _drag(page: "Page", x: float, y: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    for to in islice(cycle((1, 0)), SWEEPS):
        page.mouse.move(x + 500 * to, y + 300 * to, steps=MOVES)
    page.mouse.up()


def _zoom(page: "Page", x: float, y: float) -> None:
    """The browser itself turns the wheel, once a frame: from here it would be turned too rarely."""
    wheel = page.context.new_cdp_session(page)
    for way in islice(cycle((1, -1)), SWEEPS):
        wheel.send(
            "Input.synthesizeScrollGesture",
            {"x": x, "y": y, "yDistance": way * WHEEL, "speed": WHEEL_SPEED,
             "gestureSourceType": "mouse", "preventFling": True},
        )  # fmt: skip
    wheel.detach()
