import json
from pathlib import Path

import apsw
import pytest

from graph_service.cli.copying import copy
from graph_service.cli.forms_copying import CopyForm
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.sealing import keys_of
from tests.cli.conftest import RECORDS, Cli, desk, printed
from tests.stores.telling import ONTOLOGY, actor


@pytest.fixture
def target(tmp_path: Path) -> str:
    """The URL of a copy that is not there yet."""
    return f"sqlite:{tmp_path / 'copy.sqlite'}"


def head_of(cli: Cli, url: str) -> str:
    return cli("verify", url).out.split()[1]


def erase_first_text(url: str) -> tuple[int, int]:
    """The first entry that has a text, and how many texts were erased of what it is about."""
    store = EmbeddedStore(Path(url.removeprefix("sqlite:")), ONTOLOGY)
    line = next(kept.line for kept in store.lines().kept if kept.texts)
    count = store.erase(keys_of(line.kind, json.loads(line.payload))[0])
    store.close()
    return line.sequence, count


def test_a_store_is_copied_with_everything_that_can_be_asked_of_it(
    cli: Cli, gaza: str, target: str
) -> None:
    ran = cli("copy", gaza, target)

    digest = head_of(cli, gaza)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"copied {RECORDS} entries, target at entry {RECORDS} (hash {digest[:12]}…)\n"
    assert cli("verify", target).out == cli("verify", gaza).out
    asked = ("leverage", "hamas", "--as-of", "2024-09-30")
    answers = [cli("--store", url, *asked).body["data"] for url in (gaza, target)]
    assert answers[0] == answers[1]
    exports = [cli("--store", url, "export", "native").out for url in (gaza, target)]
    assert exports[0] == exports[1]


def test_a_second_copy_says_that_there_is_nothing_to_copy(cli: Cli, gaza: str, target: str) -> None:
    cli("copy", gaza, target)

    ran = cli("copy", gaza, target)

    assert ran.code == 0
    assert ran.out.startswith(f"0 entries to copy, target at entry {RECORDS} (hash ")


def test_a_later_copy_brings_what_was_written_and_what_was_erased(
    cli: Cli, own: str, target: str
) -> None:
    cli("copy", own, target)
    store = EmbeddedStore(Path(own.removeprefix("sqlite:")), ONTOLOGY)
    store.append([actor("oman")], by="desk")
    store.close()
    _, erased = erase_first_text(own)

    ran = cli("copy", own, target)

    assert erased == 1
    assert ran.out.startswith(
        f"copied 1 entry, 1 text erased, target at entry {RECORDS + 1} (hash "
    )
    assert cli("verify", own, target).code == 0


def test_a_source_that_is_not_there_makes_no_target(cli: Cli, new_store: str, target: str) -> None:
    ran = cli("copy", new_store, target)

    assert ran.code == 4
    assert "there is no store at" in ran.err
    assert not Path(target.removeprefix("sqlite:")).exists()


def test_a_store_cannot_be_copied_to_itself(cli: Cli, gaza: str) -> None:
    ran = cli("copy", gaza, gaza.removeprefix("sqlite:"))

    assert ran.code == 2
    assert "no copy of itself" in ran.err


def test_a_target_of_its_own_is_refused_and_stays_as_it_is(
    cli: Cli, gaza: str, own: str, target: str
) -> None:
    cli("copy", gaza, target)
    before = cli("verify", own).out

    ran = cli("copy", gaza, own)

    assert ran.code == 3
    assert "from entry 1 on, and is no copy of it: copy into a store of its own" in ran.err
    assert cli("verify", own).out == before


def test_a_source_that_was_tampered_with_is_named_with_its_entry(
    cli: Cli, own: str, target: str
) -> None:
    file = apsw.Connection(own.removeprefix("sqlite:"))
    file.execute(
        "DROP TRIGGER entries_are_never_changed;"
        "UPDATE entries SET by = 'somebody else' WHERE sequence = 40;"
    )
    file.close()

    ran = cli("copy", own, target)

    assert ran.code == 4
    assert "in the log to be copied: entry 40 does not give its hash" in ran.err
    assert "backup" in ran.err


def test_copying_names_both_stores_and_takes_no_other(cli: Cli, gaza: str, target: str) -> None:
    assert cli("copy", gaza, target, "--store", "memory:").code == 2
    assert cli("copy", gaza).code == 2


def test_the_help_says_what_is_not_copied(cli: Cli) -> None:
    text = " ".join(cli("copy", "--help").out.split())

    assert "Keys that writes were given" in text
    assert "are not copied" in text


def test_a_copy_shows_at_a_terminal_how_far_it_is(gaza: str, target: str) -> None:
    piped, terminal = desk(terminal=False), desk(terminal=True)

    copy(piped, CopyForm(source=gaza, target=target))
    copy(terminal, CopyForm(source=gaza, target="memory:"))

    assert printed(piped.err) == ""
    assert "copying" in printed(terminal.err)
    assert f"0/{RECORDS}" in printed(terminal.err)


def test_verify_names_the_store_that_it_reads(cli: Cli, gaza: str) -> None:
    ran = cli("verify", gaza)

    assert ran.out == cli("--store", gaza, "verify").out
    assert ran.code == 0


def test_two_equal_stores_are_said_to_be_equal(cli: Cli, gaza: str, target: str) -> None:
    cli("copy", gaza, target)

    ran = cli("verify", gaza, target)

    line = cli("verify", gaza).out.strip()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [f"{line} {gaza}", f"{line} {target}", "they are equal"]


def test_a_store_that_is_behind_is_named(cli: Cli, own: str, target: str) -> None:
    cli("copy", own, target)
    cli("--store", own, "import", "native", "gaza-mediation")
    store = EmbeddedStore(Path(own.removeprefix("sqlite:")), ONTOLOGY)
    store.append([actor("oman"), actor("qatar-fund")], by="desk")
    store.close()

    for order in ((own, target), (target, own)):
        ran = cli("verify", *order)

        assert ran.code == 1
        assert ran.out.splitlines()[2:] == [f"{target} is behind by 2 entries"]


def test_the_first_entry_that_differs_is_named(cli: Cli, own: str, target: str) -> None:
    cli("copy", own, target)
    for url, name in ((own, "oman"), (target, "kuwait")):
        store = EmbeddedStore(Path(url.removeprefix("sqlite:")), ONTOLOGY)
        store.append([actor(name)], by="desk")
        store.close()

    ran = cli("verify", own, target)

    assert ran.code == 1
    assert ran.out.splitlines()[2:] == [f"they differ first at entry {RECORDS + 1}"]


def test_a_text_that_only_one_has_is_named(cli: Cli, own: str, target: str) -> None:
    cli("copy", own, target)
    entry, _ = erase_first_text(own)

    ran = cli("verify", target, own)

    assert ran.code == 1
    assert ran.out.splitlines()[2:] == [
        f"a text of entry {entry} is erased in {own}, not in {target}"
    ]


def test_of_two_stores_the_one_that_is_not_sound_is_named(cli: Cli, gaza: str, own: str) -> None:
    file = apsw.Connection(own.removeprefix("sqlite:"))
    file.execute("DELETE FROM texts")
    file.close()

    ran = cli("verify", gaza, own)

    assert ran.code == 4
    assert f"{own}: " in ran.err
