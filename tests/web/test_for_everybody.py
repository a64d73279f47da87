"""The explorer without a mouse, for screen readers, on a phone, by day and by night."""

import pytest
from playwright.sync_api import Browser

from tests.cli.served import Served
from tests.web.screen import NARROW, WIDE, Screen, findings, screen

pytestmark = pytest.mark.slow

DAY = "as_of=2024-09-30"
STATES = (
    "",
    f"?question=leverage&id=hamas&{DAY}&chosen=over:iran&table=true",
    f"?question=neighbours&id=hamas&{DAY}&chosen=iran&table=true",
    f"?question=paths&from=us-congress&to=hamas&{DAY}",
    f"?question=mediators&between=israel,hamas&{DAY}&chosen=russia",
    "?question=changes&actor=hamas&from=2023-10-01&to=2024-09-30",
    f"?question=timeline&actors=israel,hamas&{DAY}",
    "?question=leverage&id=hamaz",
)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(
    eyes: Browser, gaza: Served, size: dict[str, int], scheme: str
) -> None:
    with screen(eyes, gaza, size, scheme) as shown:
        for state in STATES:
            shown.open(state)
            shown.page.wait_for_timeout(300)

            assert findings(shown.page) == [], state


@pytest.mark.parametrize("state", STATES)
def test_a_phone_shows_all_of_it_without_scrolling_sideways(
    eyes: Browser, gaza: Served, state: str
) -> None:
    with screen(eyes, gaza, NARROW) as shown:
        shown.open(state)

        assert shown.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_from_question_to_source_by_keyboard_alone(explorer: Screen) -> None:
    keyboard = explorer.open().page.keyboard
    keyboard.press("/")
    keyboard.type("who has leverage over Hamas as of 30 September 2024?")
    keyboard.press("Enter")
    explorer.until(lambda: explorer.heading == "Who has leverage over Hamas")
    reach(explorer, "document.activeElement.dataset.item === 'over:iran'")
    keyboard.press("Enter")
    explorer.details.get_by_text("paragraph 3").wait_for()
    assert focused(explorer, "document.activeElement.dataset.item === 'over:iran'")
    reach(explorer, "document.activeElement.textContent === 'Table of ties'")
    keyboard.press("Enter")
    reach(explorer, "document.activeElement.closest('#table td') !== null")
    keyboard.press("Enter")
    explorer.until(lambda: "~" in explorer.page.url)
    explorer.details.get_by_text("confidence").first.wait_for()
    keyboard.press("Escape")

    explorer.until(lambda: "chosen" not in explorer.page.url)


def focused(explorer: Screen, holds: str) -> bool:
    return bool(explorer.page.evaluate(holds))


def reach(explorer: Screen, holds: str, most: int = 150) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if focused(explorer, holds):
            return
        explorer.page.keyboard.press("Tab")
    raise AssertionError(f"the focus never comes to where {holds}")


def test_the_picture_is_walked_pinned_and_zoomed_by_keys(explorer: Screen) -> None:
    explorer.open(f"?question=neighbours&id=hamas&{DAY}")
    explorer.page.locator(".frame").focus()
    keyboard = explorer.page.keyboard
    for arrow in ("ArrowRight", "ArrowUp"):
        keyboard.press(arrow)
    explorer.until(lambda: "chosen=" in explorer.page.url)
    keyboard.press("p")
    explorer.until(lambda: "pins=" in explorer.page.url)
    for key in ("+", "-", "0", "Shift+ArrowLeft"):
        keyboard.press(key)
    keyboard.press("p")

    explorer.until(lambda: "pins=" not in explorer.page.url)


def test_an_answer_is_announced(explorer: Screen) -> None:
    explorer.open(f"?question=leverage&id=hamas&{DAY}")

    told = explorer.page.locator("#live").inner_text()
    assert told == "Who has leverage over Hamas: Iran, Russia, United States and 28 more"


def test_the_table_and_the_picture_keep_step(explorer: Screen) -> None:
    explorer.open(f"?question=neighbours&id=hamas&{DAY}&table=true")
    explorer.press("backs")
    explorer.until(lambda: "chosen=iran~backs~hamas" in explorer.page.url)

    row = explorer.page.locator("#table tr[aria-current]")
    assert "Iran" in row.inner_text()
