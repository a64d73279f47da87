import pytest

from graph_service.bench.page_frames import Frames, rows_of, stillness

SCREEN_MS = 1000 / 60


def frames(redrawn: str) -> Frames:
    """Frames of a screen of 60 Hz: `x` where the picture is drawn anew, `.` where it is not."""
    return Frames([SCREEN_MS * at for at in range(len(redrawn))], [one == "x" for one in redrawn])


def test_frames_in_which_nothing_is_drawn_anew_are_no_pictures() -> None:
    every_fourth = frames("x...x...x...x")

    assert every_fourth.drawn == pytest.approx(15)
    assert every_fourth.usual == pytest.approx(15)
    assert every_fourth.slow == 100
    assert every_fourth.browser == pytest.approx(60)


def test_every_second_frame_of_a_screen_is_thirty_a_second_and_not_slow() -> None:
    assert frames("x.x.x.x").drawn == pytest.approx(30)
    assert frames("x.x.x.x").slow == 0


def test_a_halt_counts_in_the_pictures_a_second_and_not_at_the_median() -> None:
    halted = frames("xxxx" + "." * 30 + "xxxx")

    assert halted.drawn == pytest.approx(60 * 7 / 37)
    assert halted.usual == pytest.approx(60)
    assert halted.slow == pytest.approx(100 / 7)


@pytest.mark.parametrize("seen", ["", "....", "..x.."])
def test_a_picture_that_does_not_move_misses_its_goals(seen: str) -> None:
    rows = {row.name: row for row in rows_of("dragging", [frames(seen)])}

    assert rows["dragging, pictures"].met is False
    assert rows["dragging, later than 33 ms"].met is False


def test_the_rows_are_those_of_the_median_run_and_of_the_worst() -> None:
    runs = [frames("x...x...x"), frames("xxxxx"), frames("x.x.x")]
    rows = {row.name: row for row in rows_of("zooming", runs)}

    assert rows["zooming, pictures"].figure == pytest.approx(30)
    assert rows["zooming, pictures in the worst run"].figure == pytest.approx(15)
    assert rows["zooming, pictures in the worst run"].met is False
    assert rows["zooming, later than 33 ms"].figure == 0


def test_tasks_with_hardly_a_frame_between_them_are_one_halt() -> None:
    assert stillness([]) == 0
    assert stillness([(20, 300)]) == 300
    assert stillness([(100, 300), (410, 600), (5000, 700)]) == 910
    assert stillness([(100, 300), (600, 350)]) == 350
