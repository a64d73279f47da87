import pytest

from graph_service.graph.view import CitedSource
from graph_service.queries.answers import Coverage, Meta
from graph_service.queries.words import (
    in_words,
    signed,
    source_in_words,
    standing_in_words,
    two_decimals,
)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2024", "2024"),
        ("2024-07", "July 2024"),
        ("2024-07-03", "3 July 2024"),
        ("[..2024-09]", "by September 2024"),
        ("2012/..", "since 2012, ongoing"),
        ("2012/", "since 2012, end unknown"),
        ("/2024-09", "start unknown, until September 2024"),
        ("/", "start unknown, end unknown"),
        ("/..", "start unknown, ongoing"),
        ("[..2023]/..", "begun by 2023, ongoing"),
        ("2012/[..2023]", "since 2012, ended by 2023"),
        ("2023-10/2024-02", "October 2023 to February 2024"),
    ],
)
def test_when_is_said_as_a_person_says_it(when: str, words: str) -> None:
    assert in_words(when) == words


def test_an_event_happened_between_its_two_dates() -> None:
    assert in_words("2023-10-07/2024-09", event=True) == "between 7 October 2023 and September 2024"


def test_people_see_two_decimals_and_never_a_round_nothing_or_certainty() -> None:
    assert [two_decimals(value) for value in (0.0, 0.0001, 0.005, 0.5, 0.9949, 0.9999)] == [
        "0.00", "<0.01", "0.01", "0.50", "0.99", ">0.99",
    ]  # fmt: skip


def test_a_difference_shows_its_sign_unless_it_is_nothing() -> None:
    assert [signed(value) for value in (0.25, -0.25, -0.001)] == ["+0.25", "-0.25", "0.00"]


def test_a_source_is_named_dated_and_judged() -> None:
    source = CitedSource("a1", "A commentary", None, "F")

    assert source_in_words(source) == "A commentary. undated. F: reliability cannot be judged"


def test_an_answer_of_a_store_that_is_away_says_how_old_it_is() -> None:
    nothing = Coverage(0, 0, 0, None, 0)
    meta = Meta("2024-09-30", None, 7, None, nothing, unread_since="2026-01-01T12:00:00Z")

    assert list(standing_in_words(meta, asking_possible="--dates possible")) == [
        "As of 2024-09-30, up to entry 7. It rests on no claims.",
        "The store does not answer: what was written since 2026-01-01T12:00:00Z is missing.",
    ]
