"""Which claims are joined as relationships, between whom, and what these say."""

from datetime import date
from typing import Any

import pytest

from tests.stores.drawn import accepted, draw, source
from tests.stores.telling import claim


def test_an_accepted_claim_is_one_relationship_from_its_subject_to_its_object() -> None:
    row = draw(accepted("backs", when="2012/.."))

    assert row["tie"] == {
        "type": "BACKS",
        "from": "iran",
        "to": "hamas",
        "properties": {
            "claim": row["id"], "relation": "backs", "family": "patronage", "sign": "+",
            "since": date(2012, 12, 31), "until": None, "counts_from": date(2012, 12, 31),
            "counts_until": None, "when": "2012/..", "disputed": False, "source": "paper",
            "sources": 1, "label": "backs, since 2012, ongoing", "episode": None,
        },
    }  # fmt: skip


def test_a_claim_keeps_its_ends_as_told_and_is_drawn_between_those_they_go_by() -> None:
    row = draw(accepted(), ends=("persia", "movement"))

    assert (row["tie"]["from"], row["tie"]["to"]) == ("persia", "movement")
    assert (row["subject"], row["object"]) == ("iran", "hamas")
    assert (row["properties"]["subject"], row["properties"]["object"]) == ("iran", "hamas")


def test_a_claim_between_two_who_are_one_is_not_drawn() -> None:
    assert draw(accepted(), ends=("iran", "iran"))["tie"] is None


@pytest.mark.parametrize(
    ("state", "drawn", "told"),
    [
        ("accepted", True, [{"status": "accepted"}]),
        ("accepted", True, [{"status": "accepted", "modality": "demanded"}]),
        ("accepted", True, [{"status": "accepted"}, {"stance": "denied"}]),
        ("disputed", True, [{"status": "accepted"}, {"status": "accepted", "stance": "denied"}]),
        ("denied", False, [{"status": "accepted", "stance": "denied"}]),
        ("denied", False, [{"status": "accepted", "stance": "denied"}, {}]),
        ("proposed", False, [{}]),
        ("rejected", False, [{"status": "rejected"}]),
        ("retracted", False, [{"status": "retracted", "retracted_at": "2026-01-02T00:00:00Z"}]),
    ],
)
def test_only_what_is_accepted_or_disputed_is_drawn(
    state: str, drawn: bool, told: list[dict[str, Any]]
) -> None:
    row = draw(*(claim(locator=f"row {n}", **one) for n, one in enumerate(told)))

    assert row["properties"]["state"] == state
    assert (row["tie"] is not None) == drawn
    if drawn:
        assert row["tie"]["properties"]["disputed"] == (state == "disputed")


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("backs (exceptional), ongoing", {"when": "/..", "strength": "exceptional"}),
        ("backs (demanded)", {"when": "/", "modality": "demanded"}),
        ("backs, until July 2024", {"when": "/2024-07"}),
        ("backs, begun by 2023, ongoing", {"when": "[..2023]/.."}),
        ("attacks, 1 April 2024", {"relation": "attacks", "when": "2024-04-01"}),
        (
            "mediates with (stalled), since October 2023",
            {"relation": "mediates", "when": "2023-10/", "outcome": "stalled"},
        ),
        (
            "meets, between 1 April 2024 and May 2024",
            {"relation": "meets", "when": "2024-04-01/2024-05"},
        ),
    ],
)
def test_a_label_says_in_few_words_what_is_known(label: str, told: dict[str, Any]) -> None:
    row = draw(accepted(**{"relation": "backs"} | told))

    assert row["properties"]["label"] == row["tie"]["properties"]["label"] == label


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("arms (proposed, weak)", [{"strength": "weak"}]),
        ("arms (denied, intended)", [{"status": "accepted", "stance": "denied"}, {"modality": "intended"}]),
        ("arms (denied)", [{"status": "accepted", "stance": "denied", "strength": "weak"}]),
        ("arms", [{"status": "accepted", "modality": "demanded"}, {"status": "accepted"}]),
        ("arms", [{"status": "accepted", "strength": "weak"}, {"status": "accepted"}]),
        ("arms", [{"status": "accepted"}, {"strength": "weak", "modality": "demanded"}]),
        ("arms (disputed, strong)", [
            {"status": "accepted", "strength": "strong"},
            {"status": "accepted", "stance": "denied", "strength": "weak"},
        ]),
    ],
)  # fmt: skip
def test_a_label_is_marked_with_what_its_assertions_agree_on(
    label: str, told: list[dict[str, Any]]
) -> None:
    row = draw(*(claim(locator=f"row {n}", **one) for n, one in enumerate(told)))

    assert row["properties"]["label"] == f"{label}, 1 May 2024"


def test_a_relationship_names_the_best_of_its_sources() -> None:
    told = [accepted(source=id_) for id_ in ("a", "b", "c", "d", "e")]
    denied = claim(source="best", stance="denied", status="accepted")
    known = {
        "a": source("a", title="A paper", reliability="B"),
        "b": source("b", title="Late", reliability="A", published="2024-09-02"),
        "c": source("c", title="First", reliability="A", published="2024-08"),
        "d": source("d", title="As early", reliability="A", published="2024-08-31"),
        "e": source("e", title="Undated", reliability="A", published=None),
        "best": source("best", title="Denies", reliability="A", published="2020"),
    }

    tie = draw(*told[::-1], denied, known=known)["tie"]["properties"]

    assert (tie["source"], tie["sources"], tie["disputed"]) == ("First", 5, True)


def test_a_source_that_says_it_twice_is_one_source() -> None:
    row = draw(accepted(locator="page 1"), accepted(locator="page 2"))

    assert row["tie"]["properties"]["sources"] == 1
    assert len(row["evidence"]) == 2
