"""Each view of the explorer on the dossier, as an analyst sees it."""

import pytest

from tests.web.screen import Screen

pytestmark = pytest.mark.slow

DAY = "as_of=2024-09-30"
LEVERAGE = f"?question=leverage&id=hamas&{DAY}"


def test_who_has_leverage_is_ranked_beside_the_picture(explorer: Screen) -> None:
    explorer.open(LEVERAGE)

    assert explorer.heading == "Who has leverage over Hamas"
    assert explorer.rows[:3] == ["Iran", "Russia", "United States"]
    assert "0.35" in explorer.row("Iran").inner_text()
    assert "nothing here is corroborated" in explorer.answer.inner_text()
    assert "As of 30 September 2024" in explorer.answer.inner_text()


def test_intervals_and_tiers_come_after_the_ranking(explorer: Screen) -> None:
    explorer.open(LEVERAGE)

    explorer.row("Iran").get_by_text("tier 1").wait_for()
    assert "between 0.00 and 0.52" in explorer.row("Iran").inner_text()


def test_a_row_lights_its_path_and_shows_its_evidence(explorer: Screen) -> None:
    explorer.open(LEVERAGE)
    explorer.row("Iran").click()

    explorer.details.get_by_text("paragraph 3").wait_for()
    told = explorer.details.inner_text()
    assert "Iran backs Hamas (exceptional)" in told
    assert "start unknown, ongoing" in told
    assert "F: reliability cannot be judged" in told
    assert "one origin only" in told
    assert "chosen=over:iran" in explorer.page.url


def test_influence_goes_the_other_way(explorer: Screen) -> None:
    explorer.open(f"?question=influence&id=iran&{DAY}")

    assert explorer.heading == "Over whom Iran has leverage"
    assert explorer.rows[0] == "Hamas"


def test_ties_grow_by_a_click_and_shrink_by_undo(explorer: Screen) -> None:
    explorer.open(f"?question=neighbours&id=iran&{DAY}")
    before = explorer.table()
    explorer.page.locator(".frame").focus()
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        explorer.page.keyboard.press(arrow)
    explorer.page.keyboard.press("Enter")
    explorer.until(lambda: "grown=" in explorer.page.url)
    explorer.until(lambda: len(explorer.table()) > len(before))
    explorer.press("Undo")

    explorer.until(lambda: explorer.table() == before)


def test_a_click_on_an_actor_in_the_picture_draws_its_ties(explorer: Screen) -> None:
    explorer.open(f"?question=neighbours&id=iran&{DAY}")
    box = explorer.page.locator(".picture").bounding_box()
    assert box is not None
    # Whoever stands first stands in the middle of a picture that is made anew.
    found = False
    for dx in range(-400, 401, 16):
        explorer.page.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2)
        if "chosen=" in explorer.page.url:
            found = True
            break

    assert found


def test_paths_between_two_actors_are_listed_and_drawn(explorer: Screen) -> None:
    explorer.open(f"?question=paths&from=us-congress&to=hamas&{DAY}")

    assert explorer.rows[0] == "US Congress – United States – Hamas"
    explorer.row("US Congress").click()
    explorer.details.get_by_text("paragraph").first.wait_for()
    assert "US Congress → United States" in explorer.details.inner_text()


def test_mediators_show_bias_record_and_leverage(explorer: Screen) -> None:
    explorer.open(f"?question=mediators&between=israel,hamas&{DAY}")

    assert explorer.heading == "Who could mediate between Israel and Hamas"
    assert explorer.rows[:2] == ["Russia", "United States"]
    told = explorer.row("Russia").inner_text()
    assert "bias 0.00, record 0.40" in told


def test_changes_between_two_days_name_their_causes(explorer: Screen) -> None:
    explorer.open("?question=changes&actor=hamas&from=2023-10-01&to=2024-09-30")

    assert explorer.heading == "What changed for Hamas from 1 October 2023 to 30 September 2024"
    groups = explorer.answer.locator("h2").all_inner_texts()
    assert groups == ["Claims: added", "Leverage that moved"]
    assert "Iran over Hamas +0.35" in explorer.rows
    assert "10 claims do not count then" in explorer.answer.inner_text()


def test_the_timeline_is_in_the_order_of_time(explorer: Screen) -> None:
    explorer.open(f"?question=timeline&actors=israel,hamas&{DAY}")

    assert explorer.rows[0] == "7 October 2023: Hamas attacks Israel"


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("alignment&between=israel,russia", "How aligned the two are"),
        ("comparison&between=iran,russia", "How the two compare"),
        ("balance", "Who does not go together"),
        ("blocs", "Who stands with whom against whom"),
        ("brokers", "Through whom others have influence"),
        ("coverage&actor=hamas", "What the graph does not know"),
    ],
)
def test_the_other_questions_show_what_they_rest_on(
    explorer: Screen, question: str, heading: str
) -> None:
    explorer.open(f"?question={question}&{DAY}")

    assert explorer.heading == heading
    assert explorer.rows
    assert explorer.table()


def test_what_is_inferred_is_said_to_be(explorer: Screen) -> None:
    explorer.open(f"?question=latent&id=hamas&{DAY}")

    assert "inferred" in explorer.heading
    assert "no source says so" in explorer.answer.inner_text()
