from pathlib import Path

import pytest

from graph_service.cli.deciding import decide
from graph_service.cli.forms_writing import DecideForm
from tests.cli.conftest import Cli, Edits, desk_at_terminal, entries, kept, waiting


def test_lines_that_are_changed_are_decided_and_the_rest_waits(
    cli: Cli, own: str, pieces: list[str], editor: Edits
) -> None:
    forms = editor(
        "first, second, third = [line for line in text.splitlines() if line.startswith('skip')]\n"
        "text = '\\n'.join([first.replace('skip', 'accept'), '',\n"
        "    third.replace('skip', 'r'), '    hearsay', '  of hearsay', second])"
    )

    ran = cli("--store", own, "decide", "--edit", "--by", "ben")

    assert ran.code == 0
    assert ran.body["data"]["evidence"] == [pieces[0], pieces[2]]
    assert waiting(cli, own) == [pieces[1]]
    told = cli("--store", own, "claim", pieces[2]).body["data"]["evidence"][0]
    assert (told["status"], told["decided_by"], told["reason"]) == (
        "rejected",
        "ben",
        "hearsay\nof hearsay",
    )
    form = (forms / "0").read_text("utf-8")
    assert "after entry 83" in form
    assert (
        f"skip {pieces[0]} Iran backs Ismail Haniyeh, start unknown, ongoing "
        "[article-2024-09, paragraph 3] 0.70\n" in form
    )


def test_nothing_is_decided_where_a_claim_changed_while_the_form_was_open(
    cli: Cli, own: str, pieces: list[str], editor: Edits, tmp_path: Path
) -> None:
    editor(
        "import subprocess\n"
        f"subprocess.run([sys.executable, '-m', 'graph_service', '--store', {own!r}, 'decide',\n"
        f"    'reject', {pieces[1]!r}, '--by', 'carl', '--reason', 'hearsay'], check=True)\n"
        "text = text.replace('skip e', 'accept e')"
    )

    ran = cli("--store", own, "decide", "--edit")

    assert ran.code == 3
    assert "After entry 83, 1 change:" in ran.err
    assert f"carl rejected {pieces[1]}: hearsay" in ran.err
    assert waiting(cli, own) == [pieces[0], pieces[2]]
    [path] = kept(tmp_path)
    assert f"What was typed is kept in {path}" in ran.err


@pytest.mark.parametrize(
    ("program", "says"),
    [
        (
            "text = text.replace('skip e', 'aprove e', 1)",
            "'aprove' is none of skip, accept, reject",
        ),
        ("text = text.replace('skip e', 'retract e', 1)", "'retract' is none of skip"),
        ("text = text.replace('skip e_', 'accept f_', 1)", "names no evidence that waits here"),
        ("text += '    because\\n'", "'because' is a reason without a decision"),
        ("text = '    because\\n' + text", "'because' is a reason without a decision"),
        ("text += text", "stands twice in the form"),
        ("text += 'accept\\n'", "names no evidence that waits here"),
    ],
)
def test_a_wrong_form_is_opened_again_with_the_reason(
    own: str, pieces: list[str], editor: Edits, program: str, says: str
) -> None:
    forms = editor(program, "text = ''")

    assert decide(desk_at_terminal(own), DecideForm(edit=True)) == 1
    assert says in (forms / "1").read_text("utf-8").splitlines()[0]


def test_a_form_in_which_all_is_skipped_decides_nothing(
    cli: Cli, own: str, pieces: list[str], editor: Edits, tmp_path: Path
) -> None:
    editor("text = text.replace('skip e', 's e', 1)")

    ran = cli("--store", own, "decide", "--edit")

    assert ran.code == 1
    assert entries(cli, own) == "83"
    assert kept(tmp_path) == []


def test_where_nothing_waits_no_editor_is_opened(cli: Cli, own: str, editor: Edits) -> None:
    forms = editor("pass")

    assert cli("--store", own, "decide", "--edit").code == 1
    assert list(forms.iterdir()) == []
