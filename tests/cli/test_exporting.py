import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_service.cli.exporting import NOTHING
from graph_service.exporters.formats import FORMATS
from tests.cli.conftest import Cli
from tests.zstandard import zstd


def test_a_part_of_the_graph_is_written_by_names_of_actors(cli: Cli, gaza: str) -> None:
    ran = cli(
        "--store", gaza, "export", "csv", "--actors", "Tehran,Hamas", "--among", "Iran,Hamas",
        "--relations", "backs", "--as-of", "2024-09-30",
    )  # fmt: skip

    assert ran.code == 0
    header, row = ran.out.splitlines()
    assert header.startswith("claim,evidence,subject,")
    assert ",iran,Iran,state,backs,hamas,Hamas,armed_group," in row


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_cannot_carry_is_said_on_standard_error(
    cli: Cli, gaza: str, name: str
) -> None:
    ran = cli("--store", gaza, "export", name)

    assert ran.code == 0
    assert ran.err.strip() == FORMATS[name].cannot_carry


@pytest.mark.parametrize(
    ("suffix", "unpacked"), [(".gz", gzip.decompress), (".zst", zstd.decompress), ("", bytes)]
)
def test_the_end_of_the_name_says_how_a_file_is_packed(
    cli: Cli, gaza: str, tmp_path: Path, suffix: str, unpacked: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / f"graph.graphml{suffix}"

    assert cli("--store", gaza, "export", "graphml", "-o", str(file)).code == 0
    data = file.read_bytes()
    assert cli("--store", gaza, "export", "graphml", "-o", str(file)).code == 0

    assert unpacked(data).decode() == cli("--store", gaza, "export", "graphml").out
    assert file.read_bytes() == data
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_selected_is_no_result_and_leaves_no_file(
    cli: Cli, gaza: str, tmp_path: Path
) -> None:
    file = tmp_path / "graph.csv"

    ran = cli("--store", gaza, "export", "csv", "--since", "2030", "-o", str(file))

    assert ran.code == 1
    assert ran.err.strip() == NOTHING
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_stays_where_nothing_is_selected(
    cli: Cli, gaza: str, tmp_path: Path
) -> None:
    file = tmp_path / "graph.csv"
    file.write_text("before")

    cli("--store", gaza, "export", "csv", "--since", "2030", "-o", str(file))

    assert file.read_text() == "before"


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("graphlm",), 2, "Did you mean: graphml?"),
        (("csv", "--relations", "bakcs"), 2, "Did you mean: backs"),
        (("csv", "--actors", "Atlantis"), 1, "no actor 'Atlantis' is known"),
        (("csv", "--sources", "article-2024"), 1, "Did you mean: article-2024-09?"),
        (("csv", "--until", "2024-13"), 2, "until: '2024-13' is not in the calendar"),
        (("csv", "-o", "/nowhere/graph.csv"), 2, "/nowhere/graph.csv"),
    ],
)
def test_what_cannot_be_exported_is_said(
    cli: Cli, gaza: str, args: tuple[str, ...], code: int, says: str
) -> None:
    ran = cli("--store", gaza, "export", *args)

    assert ran.code == code
    assert says in ran.err


def test_native_records_are_everything_unless_states_are_named(cli: Cli, own: str) -> None:
    everything = cli("--store", own, "export", "native").out
    accepted = cli("--store", own, "export", "native", "--states", "accepted").out

    assert len(accepted.splitlines()) < len(everything.splitlines())
    assert cli("--store", own, "export", "native", "--states", "all").out == everything
