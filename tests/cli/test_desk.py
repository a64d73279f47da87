import re

import pytest

from graph_service.cli.desk import Format
from graph_service.cli.forms import LeverageForm
from graph_service.cli.questions import leverage
from tests.cli.conftest import desk, printed

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d(?:;\d+)*m")


def test_a_terminal_gets_a_table_and_a_pipe_gets_json() -> None:
    assert desk(terminal=True).shown_as(None) is Format.TABLE
    assert desk(terminal=False).shown_as(None) is Format.JSON


@pytest.mark.parametrize("terminal", [True, False])
def test_what_was_asked_for_wins(terminal: bool) -> None:
    assert desk(terminal=terminal).shown_as(Format.JSON) is Format.JSON
    assert desk(terminal=terminal).shown_as(Format.TABLE) is Format.TABLE


def test_progress_shows_on_a_terminal_and_is_silent_when_piped() -> None:
    shown, silent = desk(terminal=True), desk(terminal=False)
    for each in (shown, silent):
        with each.progress("taking in claims", 2) as bar:
            bar.move(1)

    assert "taking in claims" in printed(shown.err)
    assert printed(silent.err) == ""
    assert printed(shown.out) == ""


def test_no_colour_is_used_where_none_is_wanted(gaza: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    here = desk(gaza, terminal=True)

    leverage(here, LeverageForm(actor="Hamas", as_of="2024-09-30"))

    assert "Who has leverage over Hamas" in printed(here.out)
    assert not COLOUR.search(printed(here.out))
