"""Codes of coded events, and what becomes of those that a spreadsheet has spoilt."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import load_ontology
from graph_service.importers.cameo import (
    CameoCodes,
    CameoLabels,
    Meaning,
    PloverTypes,
    codes_by_label,
    has_lost_zeros,
    labels_by_code,
)

ONTOLOGY = load_ontology()
CODES = sorted(labels_by_code())


@pytest.mark.parametrize(
    ("code", "relation"),
    [
        ("040", "meets"), ("045", "mediates"), ("051", "endorses"), ("057", "agrees_with"),
        ("0256", "demands_of"), ("028", "asks_mediation_of"), ("172", "sanctions"),
        ("1721", "coerces"), ("181", "coerces"), ("182", "attacks"), ("0811", "concedes_to"),
    ],
)  # fmt: skip
def test_the_most_specific_prefix_decides(code: str, relation: str) -> None:
    assert CameoCodes(ONTOLOGY)[code].relation == relation


def test_statements_and_investigations_are_skipped() -> None:
    codes = CameoCodes(ONTOLOGY)
    assert codes["010"] == Meaning("010", skipped="a mere statement (CAMEO 01)")
    assert codes["091"].skipped == "an investigation (CAMEO 09)"


def test_every_code_of_the_list_has_a_relation_or_is_skipped() -> None:
    codes = CameoCodes(ONTOLOGY)
    without = [code for code in CODES if codes[code].relation is None]
    assert without == [code for code in CODES if codes[code].skipped is not None]


@given(st.sampled_from(CODES))
def test_a_spoilt_code_means_what_it_meant_or_is_refused(code: str) -> None:
    spoilt = CameoCodes(ONTOLOGY, have_lost_zeros=True)
    with contextlib.suppress(InvalidRecord):
        assert spoilt[str(int(code))] == CameoCodes(ONTOLOGY)[code]
        assert spoilt[f"{int(code)}.0"] == CameoCodes(ONTOLOGY)[code]


def test_only_ten_to_twenty_cannot_be_told_from_codes_with_a_zero_before() -> None:
    spoilt, unclear = CameoCodes(ONTOLOGY, have_lost_zeros=True), []
    for code in CODES:
        try:
            assert spoilt[str(int(code))].code == code
        except InvalidRecord:
            unclear.append(code)
    assert {int(code) for code in unclear} == set(range(10, 21))


def test_a_code_that_may_be_either_of_two_is_refused_with_both() -> None:
    with pytest.raises(InvalidRecord, match="12 may be 12 or 012"):
        CameoCodes(ONTOLOGY, have_lost_zeros=True)["12"]
    assert CameoCodes(ONTOLOGY)["12"].relation == "denounces"


def test_codes_that_cannot_stand_as_they_are_are_restored_in_any_file() -> None:
    codes = CameoCodes(ONTOLOGY)
    assert [codes[raw].code for raw in ("40", "57", "211", "190", "111", "4")] == [
        "040", "057", "0211", "190", "111", "04",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "lost"),
    [
        (["112", "190", "40"], True),
        (["190.0", "36.0"], True),
        (["112", "036", "40"], False),
        (["10", "112", "190"], False),
        ([], False),
    ],
)
def test_the_first_sure_sign_tells_of_lost_zeros(codes: list[str], *, lost: bool) -> None:
    assert has_lost_zeros(codes) is lost


@given(st.text(max_size=8))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidRecord):
        assert CameoCodes(ONTOLOGY)[text].relation in (None, *ONTOLOGY.relations)


def test_a_code_that_is_in_no_list_has_no_relation() -> None:
    assert CameoCodes(ONTOLOGY)["9999"] == Meaning("9999")


def test_each_label_has_one_code() -> None:
    labels = [label.casefold() for found in labels_by_code().values() for label in found]
    assert len(labels) == len(set(labels)) == len(codes_by_label())


def test_labels_mean_what_their_codes_mean() -> None:
    labels = CameoLabels(ONTOLOGY)
    assert labels["Make a visit"] == labels["host a visit"]._replace(code="042")
    assert labels["Reduce or stop material aid"].relation == "sanctions"
    assert labels["Consider policy option"].skipped is not None
    assert labels["Sing a song"] == Meaning("Sing a song")


def test_a_file_of_nothing_but_unknown_labels_fills_no_memory() -> None:
    labels = CameoLabels(ONTOLOGY)
    found = {labels[f"label {number}"].code for number in range(21_000)}
    assert "further labels" in found
    assert len(labels) <= 20_000


@pytest.mark.parametrize(
    ("cells", "relation"),
    [
        (("AID", "", "military"), "arms"),
        (("AID", "", "economic; military"), "arms"),
        (("aid", "", ""), "funds"),
        (("ASSAULT", "abduct", "military"), "coerces"),
        (("COERCE", "restrict", ""), "sanctions"),
        (("ACCUSE", "disapprove", ""), "denounces"),
    ],
)
def test_plover_is_read_by_mode_then_context_then_type(
    cells: tuple[str, str, str], relation: str
) -> None:
    assert PloverTypes(ONTOLOGY)[cells].relation == relation


def test_investigations_of_plover_are_skipped_and_unknown_types_counted() -> None:
    types = PloverTypes(ONTOLOGY)
    assert types["ACCUSE", "investigate", ""].skipped is not None
    assert types["SING", "", ""] == Meaning("SING")
    with pytest.raises(InvalidRecord, match="no event type"):
        types["12", "", ""]
