"""What is hard to show looks considered: hostile, long and turned names, hubs, nothing, nobody."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.screen import Screen, screen
from tests.web.worlds import SOURCE, actor, claim, hostile_names, served_with, star

pytestmark = pytest.mark.slow

HOSTILE = 500
LONG = "An organisation whose name goes on and on " * 8
ARABIC, HEBREW = "حركة المقاومة", "ממשלת ישראל"


def test_five_hundred_hostile_names_are_names(eyes: Browser, tmp_path: Path) -> None:
    names = hostile_names(HOSTILE)
    assert len(set(names)) == HOSTILE
    with served_with(star(names), tmp_path) as served, screen(eyes, served) as shown:
        for id_ in ("a0", "a250", "a499"):
            shown.open(f"?question=neighbours&id={id_}&table=true")
            shown.open(f"?question=leverage&id=centre&chosen=over:{id_}")
        shown.open("?question=neighbours&id=centre&limit=200&table=true")
        shown.press("Show 100 more rows")
        assert len(shown.rows) == 200
        shown.field("Whom is tied to").fill("script")
        shown.page.get_by_role("option").first.wait_for()
        shown.press("Cite")
        shown.page.get_by_label("Footnote", exact=True).wait_for()

        assert shown.page.title() == "Ties of The centre · graph-service"
        assert shown.page.evaluate("typeof lost") == "undefined"
        assert set(shown.rows) <= {cut(name) for name in names}


def cut(name: str) -> str:
    """As a long name is shown."""
    return name if len(name) <= 160 else f"{name[:159]}…"


def test_names_of_any_direction_and_length_stay_in_their_place(
    eyes: Browser, tmp_path: Path
) -> None:
    world = star([ARABIC, HEBREW, LONG], centre="The centre")
    with served_with(world, tmp_path) as served, screen(eyes, served) as shown:
        shown.open("?question=neighbours&id=centre&table=true&chosen=a0~backs~centre")
        shown.details.get_by_text("page 1").wait_for()

        assert {ARABIC, HEBREW} <= set(shown.rows)
        assert all(
            tag == "BDI"
            for tag in shown.answer.locator(".title > *").evaluate_all(
                "all => all.map(one => one.tagName)"
            )
        )
        width = shown.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 1440


def test_a_hub_is_drawn_in_part_and_says_so(eyes: Browser, tmp_path: Path) -> None:
    world = star(f"Actor {number}" for number in range(2_000))
    with served_with(world, tmp_path) as served, screen(eyes, served) as shown:
        shown.open("?question=neighbours&id=centre")

        assert "50 actors, of 2,000 ties in all" in shown.answer.inner_text()
        shown.press("Draw more of them")
        shown.until(lambda: len(shown.table()) == 200)
        shown.field("Whom is tied to").fill("Actor")
        shown.page.get_by_text("type on").wait_for()


def test_a_store_without_a_claim_says_how_to_fill_it(eyes: Browser, tmp_path: Path) -> None:
    with served_with([], tmp_path) as served, screen(eyes, served) as shown:
        shown.open()

        assert shown.heading == "Nothing is in this store yet"
        assert "graph-service import native gaza-mediation" in shown.answer.inner_text()


def test_an_actor_without_a_tie_says_so(eyes: Browser, tmp_path: Path) -> None:
    with (
        served_with([actor("alone", "Somebody alone")], tmp_path) as served,
        screen(eyes, served) as shown,
    ):
        for question in ("neighbours&id=alone", "leverage&id=alone", "timeline&actors=alone"):
            shown.open(f"?question={question}")
            assert shown.answer.locator(".empty").inner_text()


def test_dissent_passages_and_speakers_are_shown_with_a_tie(eyes: Browser, tmp_path: Path) -> None:
    other = {**SOURCE, "id": "other", "title": "A paper that says otherwise", "origin": "other"}
    denial = {
        "source": "other", "locator": "line 7", "confidence": 0.7, "stance": "denied",
        "status": "accepted",
    }  # fmt: skip
    told = claim("a", "backs", "b", passage="A stands behind B.", attributed_to="A spokesperson")
    evidence = [*told["evidence"], denial]  # type: ignore[misc] # a list of pieces
    world = [
        SOURCE,
        other,
        actor("a", "Apland"),
        actor("b", "Beland"),
        {**told, "evidence": evidence},
    ]
    with served_with(world, tmp_path) as served, screen(eyes, served) as shown:
        shown.open("?question=neighbours&id=a&dates=possible&chosen=a~backs~b")
        shown.details.get_by_text("line 7").wait_for()

        text = shown.details.inner_text()
        assert "A stands behind B." in text
        assert "Said by A spokesperson" in text
        assert text.index("Denied by") < text.index("A paper that says otherwise")
        assert "disputed" in text


def test_an_unknown_actor_is_answered_with_who_may_be_meant(explorer: Screen) -> None:
    explorer.open("?question=leverage&id=hamaz&as_of=2024-09-30")
    assert explorer.heading == "This cannot be answered"
    explorer.press("hamas")
    explorer.until(lambda: explorer.heading == "Who has leverage over Hamas")

    assert "id=hamas" in explorer.page.url


def test_a_day_that_is_none_is_refused_in_words(explorer: Screen) -> None:
    explorer.open("?question=leverage&id=hamas&as_of=someday")

    assert explorer.heading == "This cannot be answered"
    assert "as_of" in explorer.answer.inner_text()


@pytest.mark.parametrize(
    "query", ["?question=gossip&id=hamas", "?question=leverage&id=hamas&mood=blue"]
)
def test_a_link_of_another_version_says_what_it_leaves_out(explorer: Screen, query: str) -> None:
    explorer.open(query)

    assert "this version of the page does not know" in explorer.answer.inner_text()


def test_a_question_that_misses_an_actor_asks_for_it(explorer: Screen) -> None:
    explorer.open("?question=mediators&between=israel")

    assert "Choose an actor for “And”" in explorer.answer.inner_text()
