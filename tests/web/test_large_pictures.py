"""The most that a picture shows, and the words for what it does not."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph_service.bench.page_world import STATE, crowd_lines
from tests.web.screen import WIDE, screen
from tests.web.worlds import served_with

pytestmark = pytest.mark.slow


def test_a_crowd_is_drawn_up_to_the_limit_and_the_rest_is_counted(
    eyes: Browser, tmp_path: Path
) -> None:
    with served_with(crowd_lines(), tmp_path) as served, screen(eyes, served) as shown:
        shown.open(STATE)

        told = shown.page.locator("#picture-told").inner_text()
        assert "400 actors and 1,500 ties drawn" in told
        note = shown.answer.get_by_text("Not drawn: 1 actor and 100 ties").bounding_box()
        assert note is not None
        assert note["y"] + note["height"] < WIDE["height"]
        assert len(shown.table()) == 200
        shown.page.get_by_text("Table of ties").click()
        shown.press("Show 1,300 more rows")
        shown.until(lambda: len(shown.table()) == 1500)
