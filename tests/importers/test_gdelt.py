"""GDELT events: layouts, actors by their codes, sites as sources."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.gdelt import FORMAT
from tests.importers import icews
from tests.importers.events import (
    adds_up,
    events,
    evidence,
    kinds,
    small,
    source_of,
    state_of,
    ties,
)
from tests.importers.intake import Taken, taken

IRAN = ("IRN", "TEHRAN", "IRN")
QATAR = ("QAT", "DOHA", "QAT")
URL = "https://www.gulf-daily.example/2018/06/story.html"


def actor(*cells: str, types: tuple[str, ...] = (), belief: str = "", group: str = "") -> list[str]:
    """The ten cells of an actor."""
    code, name, country = cells
    padded = (*types, "", "", "")[:3]
    return [code, name, country, group, belief, "", "", *padded]


def row(
    first: list[str] | None = None,
    second: list[str] | None = None,
    *,
    code: str = "040",
    date: str = "20180601",
    url: str = URL,
    width: int = 61,
) -> str:
    """A line of a table of so many columns."""
    one, two = first or actor(*IRAN), second or actor(*QATAR)
    cells = ["7", date, date[:6], date[:4], "2018.4", *one, *two, "1", code, code[:3], code[:2]]
    cells += ["1", "1.0", "4", "2", "4", "-1.5"]
    geo = (width - len(cells) - 1) if width == 57 else width - len(cells) - 2
    cells += ["0"] * geo + ["20180602"] + ([url] if width > 57 else [])
    assert len(cells) == width
    return "\t".join(cells) + "\n"


def took(*rows: str) -> Taken:
    """The rows taken into an empty graph."""
    return taken(FORMAT, "".join(rows))


def test_an_event_cites_the_site_and_the_article() -> None:
    graph = took(row()).graph
    assert events(graph) == {("iran", "meets", "qatar", "2018-06-01")}
    (piece,) = evidence(graph)
    assert (piece.locator, piece.confidence) == (URL, 0.45)
    source = source_of(graph, piece)
    assert (source.id, source.origin, source.reliability) == (
        "gdelt-gulf-daily.example", "gulf-daily.example", "F",
    )  # fmt: skip


@pytest.mark.parametrize("width", [57, 58, 61])
def test_both_versions_and_the_older_files_are_read_without_a_header(width: int) -> None:
    graph = took(row(width=width)).graph
    assert events(graph) == {("iran", "meets", "qatar", "2018-06-01")}


def test_a_file_that_names_no_article_cites_the_data_set_and_the_event() -> None:
    graph = took(row(width=57)).graph
    (piece,) = evidence(graph)
    assert (piece.source, piece.locator) == ("gdelt-2018-unnamed", "event 7")
    assert source_of(graph, piece).origin == "gdelt"


def test_a_header_is_read_where_there_is_one_with_either_name_of_the_day() -> None:
    parts = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    sides = [f"Actor{side}{part}" for side in (1, 2) for part in parts]
    cells = ["7", "20180601", *actor(*IRAN), *actor(*QATAR), "040", URL]
    for name in ("SQLDATE", "Day"):
        header = ",".join(["GLOBALEVENTID", name, *sides, "EventCode", "SOURCEURL"])
        graph = taken(FORMAT, f"{header}\n{','.join(cells)}\n").graph
        assert events(graph) == {("iran", "meets", "qatar", "2018-06-01")}


def test_roles_of_a_country_are_called_as_icews_calls_them() -> None:
    graph = took(
        row(actor("IRNGOV", "PRESIDENT", "IRN", types=("GOV",))),
        row(actor("IRNGOVMIL", "ARMY", "IRN", types=("GOV", "MIL"))),
        row(actor("IRNCOP", "POLICE", "IRN", types=("COP",))),
        row(actor("IRNLEG", "MAJLIS", "IRN", types=("LEG",))),
        row(actor("IRNCVL", "VILLAGER", "IRN", types=("CVL",))),
        row(actor("IRNREB", "REBEL", "IRN", types=("REB",))),
    ).graph
    assert {told[0] for told in events(graph)} == {
        "government-iran", "military-iran", "police-iran", "legislature-iran", "citizen-iran",
        "armed-rebel-iran",
    }  # fmt: skip
    assert {(tie[0], tie[1]) for tie in ties(graph)} == {
        ("government-iran", "heads"), ("military-iran", "part_of"), ("police-iran", "part_of"),
        ("legislature-iran", "organ_of"), ("citizen-iran", "organ_of"),
    }  # fmt: skip


def test_both_data_sets_have_one_actor_for_the_same_role() -> None:
    first = icews.took(icews.row(("Military (Iran)", "Military", "Iran"))).graph
    soldiers = actor("IRNMIL", "TROOPS", "IRN", types=("MIL",))
    taken(FORMAT, row(soldiers), first)
    assert events(first) == {
        ("military-iran", "meets", "qatar", "2018-06-01"),
    }
    assert len(evidence(first)) == 2


def test_groups_are_called_by_their_own_names_whatever_words_the_text_had() -> None:
    graph = took(
        row(actor("HMS", "HAMAS LEADER", "", group="HMS", types=("REB",)), code="193"),
        row(actor("HMS", "ISLAMIST MOVEMENT", "", group="HMS", types=("REB",)), code="190"),
        row(actor("ZZZ", "SOME GROUP", "", group="ZZZ"), code="190"),
    ).graph
    assert {told[0] for told in events(graph)} == {"hamas", "some-group"}


def test_communities_in_a_country_are_not_the_country() -> None:
    graph = took(row(actor("IRQKUR", "KURD", "IRQ", belief="KUR"))).graph
    assert kinds(graph)["Kurd (Iraq)"] == "people"
    assert ties(graph) == set()


def test_rows_without_country_or_group_are_skipped_as_nobody() -> None:
    told = took(
        row(actor("COP", "POLICE", "", types=("COP",))),
        row(actor("", "", "")),
        row(actor("AFR", "AFRICA", "AFR")),
    )
    assert told.summary.skipped == {"no identified actor": 3}


def test_wrong_cells_are_refused_with_line_and_field() -> None:
    told = took(row(), row(date="20180230"), row(date="99999999"), row(code="---"), "a\tb\n")
    assert [(found.line, found.field) for found in told.refused] == [
        (2, "SQLDATE"), (3, "SQLDATE"), (4, "EventCode"), (5, None),
    ]  # fmt: skip
    assert len(events(told.graph)) == 1


def test_codes_that_lost_their_zeros_are_restored_or_refused() -> None:
    told = took(row(code="40"), row(code="12"), row(code="112"))
    assert {found[1] for found in events(told.graph)} == {"meets", "denounces"}
    assert "may be 12 or 012" in told.refused[0].reason


def test_addresses_without_a_site_and_very_long_ones_do_no_harm() -> None:
    told = took(row(url="BBC Monitoring"), row(url="https://x.example/" + "a" * 3_000))
    assert [piece.source for piece in evidence(told.graph)] == ["gdelt-bbc-monitoring"]
    assert [found.field for found in told.refused] == ["locator"]


def test_another_table_is_refused_as_a_whole_saying_what_is_wanted() -> None:
    with pytest.raises(InvalidRecord, match="57, 58, 61"):
        taken(FORMAT, "a,b,c\n1,2,3\n")


def test_the_same_file_twice_changes_nothing() -> None:
    text = row() + row(actor("IRNMIL", "ARMY", "IRN", types=("MIL",)), code="190")
    once = taken(FORMAT, text)
    before = state_of(once.graph)
    assert taken(FORMAT, text, once.graph).summary.entries == 0
    assert state_of(once.graph) == before


CELL = st.sampled_from(["", "IRN", "GOV", "040", "12", "QAT", "20180601", "http://", "://"])


@given(st.lists(st.lists(CELL | st.text(max_size=5), min_size=61, max_size=61), max_size=15))
@settings(max_examples=60)
def test_odd_rows_are_refused_or_skipped_and_the_counts_add_up(rows: list[list[str]]) -> None:
    text = row() + "".join("\t".join(cells) + "\n" for cells in rows)
    assert adds_up(small(FORMAT, text))


@given(st.binary(max_size=400))
@settings(max_examples=25)
def test_odd_bytes_after_a_row_are_refused_line_by_line(data: bytes) -> None:
    assert adds_up(small(FORMAT, row().encode() + data))
