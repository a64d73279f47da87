"""README's pictures of the explorer, and that it shows what they show."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cli.served import Served
from tests.web.screen import Screen, screen

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs"
DAY = "as_of=2024-09-30"
SIZE = {"width": 1280, "height": 760}
MOST_BYTES = 300_000
SHOWN = {
    "explorer-leverage": (f"?question=leverage&id=hamas&{DAY}&chosen=over:iran", "paragraph 3"),
    "explorer-mediators": (f"?question=mediators&between=israel,hamas&{DAY}&chosen=russia", "paragraph 9"),
    "explorer-ties": (f"?question=neighbours&id=hamas&{DAY}&chosen=iran~backs~hamas&table=true", "paragraph 3"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_shows_an_answer_with_its_evidence(
    eyes: Browser, gaza: Served, name: str
) -> None:
    """Written anew where `UPDATE_PICTURES` is set."""
    state, evidence = SHOWN[name]
    with screen(eyes, gaza, SIZE) as shown:
        shown.open(state)
        shown.details.get_by_text(evidence).first.wait_for()
        picture = DOCS / f"{name}.png"
        if os.environ.get("UPDATE_PICTURES"):
            _take(shown, picture)

    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < MOST_BYTES


def _take(shown: Screen, picture: Path) -> None:
    shown.page.mouse.move(0, 0)
    shown.page.wait_for_timeout(1500)
    shown.page.screenshot(path=picture)
