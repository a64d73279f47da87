"""What the dossier has no case of: dissent, decisions, other days, actors that are one."""

from typing import Any

import pytest
from neo4j import Record

from graph_service.domain.claims import ClaimRecord, Decision, Status
from graph_service.domain.identity import Judgement, Verdict
from tests.explore.asking import Explored
from tests.stories import Story
from tests.worlds import vocabulary

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

DAY = "2024-09-30"


def story() -> Story:
    return Story(vocabulary()).source("wire", published="2024-01-01", origin="agency")


def tell(explored: Explored, told: Story) -> None:
    explored.tell([record for record in told.records if not isinstance(record, Judgement)])
    explored.tell([record for record in told.records if isinstance(record, Judgement)])


def ids(told: Story) -> list[str]:
    """The claims in the order of the story, each once."""
    records = (record for record in told.records if isinstance(record, ClaimRecord))
    return list(dict.fromkeys(record.claim.id for record in records))


def relations(row: Record) -> list[str]:
    return sorted(tie["relation"] for tie in row["ties"])


def test_who_says_so_and_who_denies_it_stand_side_by_side(explored: Explored) -> None:
    told = (
        story()
        .says("iran", "arms", "hamas", when="2023-05", attributed_to="mossad")
        .says("iran", "funds", "hamas", when="2023-06")
        .source("ministry", published="2024-02-01")
        .denies("iran", "arms", "hamas", when="2023-05")
        .denies("iran", "trains", "hamas", when="2023-07")
    )
    tell(explored, told)

    rows = explored.ask("dissent", actor="iran")

    assert {(row["tie"].split(" ")[0], row["standing"]) for row in rows} == {
        ("arms", "disputed"),
        ("trains", "denied"),
    }
    told_of = {row["standing"]: (row["says"], row["denies"]) for row in rows}
    assert told_of["disputed"] == (["wire (words of mossad)"], ["ministry"])
    assert told_of["denied"] == ([], ["ministry"])
    (tie,) = [row for row in explored.ask("timeline", one="iran", other="hamas") if row["disputed"]]
    assert tie["claim"] == ids(told)[0]


def test_what_waits_comes_first_and_what_was_decided_last_next(explored: Explored) -> None:
    told = (
        story()
        .says("iran", "arms", "hamas", when="2023-05", coder="old")
        .says("iran", "funds", "hamas", when="2023-06", status="proposed", coder="late")
        .at("2024-12-01")
        .says("iran", "trains", "hamas", when="2023-07", status="proposed", coder="early")
    )
    tell(explored, told)
    (piece,) = explored.graph.claim(ids(told)[0]).record.evidence
    decision = Decision(piece.id, Status.RETRACTED, "curator", reason="Misread.")
    explored.graph.write([decision], by="curator")

    rows = explored.ask("decisions", limit=3)

    assert [(row["status"], row["tie"]) for row in rows] == [
        ("proposed", "trains"),
        ("proposed", "funds"),
        ("retracted", "arms"),
    ]
    assert (rows[2]["by"], rows[2]["reason"], rows[2]["state"]) == (
        "curator",
        "Misread.",
        "retracted",
    )
    assert len(explored.ask("decisions", limit=2)) == 2
    assert explored.ask("scene", actor="iran", as_of=DAY)[0]["ties"] == []


def around_iran() -> Story:
    """Ties of Iran of other days, and such as never count."""
    return (
        story()
        .says("iran", "backs", "hamas", when="2012/..")
        .says("president", "heads", "iran", when="2021-08-03/2024-05-19")
        .says("successor", "heads", "iran", when="2024-07-28/..")
        .says("iran", "arms", "syria", when="2024-11-01")
        .says("iran", "funds", "syria", when="2023", status="proposed")
        .says("iran", "hosts", "syria", when="2020/..", status="rejected")
        .says("iran", "supplies", "syria", when="2020/..", modality="hypothetical")
        .says("hamas", "meets", "successor", when="2024-08-01")
        .says("syria", "meets", "iraq", when="2024-08-01")
        .says("iran", "patron_of", "yemen", status="retracted", retracted_at="2025-06-01T00:00:00Z")
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-05-18", ["backs", "heads"]),
        ("2024-05-19", ["backs"]),
        (DAY, ["backs", "heads", "meets"]),
        ("2024-11-01", ["arms", "backs", "heads", "meets"]),
    ],
)
def test_a_scene_shows_a_day_and_nothing_of_other_days(
    explored: Explored, day: str, expected: list[str]
) -> None:
    tell(explored, around_iran())

    (row,) = explored.ask("scene", actor="iran", as_of=day)

    assert relations(row) == expected


def test_actors_that_are_one_are_asked_about_by_any_of_their_ids(explored: Explored) -> None:
    told = (
        story()
        .says("iran", "backs", "hamas", when="2012/..")
        .says("tehran", "arms", "hamas", when="2024-05-01")
        .says("tehran", "meets", "iran", when="2024-05-01")
        .judged("iran", "tehran")
    )
    tell(explored, told)

    for name in ("iran", "tehran"):
        (row,) = explored.ask("scene", actor=name, as_of=DAY)
        assert relations(row) == ["arms", "backs"]
        assert len(explored.ask("neighbours", actor=name, as_of=DAY)) == 2
        (one,) = explored.ask("shortest_paths", **{"from": name, "to": "hamas", "as_of": DAY})
        assert one["actors"] == ["iran", "hamas"]
        assert one["ties"] == [["arms", "backs"]]
    (held,) = explored.ask("leverage", target="hamas", as_of=DAY)
    assert (held["actor"], held["sources"]) == ("iran", 1)


def test_judged_apart_again_they_are_two(explored: Explored) -> None:
    told = story().says("iran", "backs", "hamas").says("tehran", "arms", "hamas", when="2024-05-01")
    tell(explored, told.judged("iran", "tehran"))
    explored.graph.write([Judgement("iran", "tehran", Verdict.DIFFERENT)], by="curator")

    assert [row["actor"] for row in explored.ask("leverage", target="hamas", as_of=DAY)] == [
        "tehran",
        "iran",
    ]


def mediation() -> Story:
    told = story().episode("talks").episode("other")
    for party in ("a", "b"):
        told.says("egypt", "mediates", party, when="2024-01-15/..", episode="talks", outcome="live")
        told.says("qatar", "mediates", party, when="2024-01-15/2024-03-01", episode="talks")
        told.says("oman", "mediates", party, when="2025-01-15/..", episode="talks")
    return (
        told.says("turkey", "mediates", "a", when="2024-01-15/..", episode="talks")
        .says("turkey", "mediates", "b", when="2024-01-15/..", episode="other")
        .says("egypt", "arms", "a", when="2024-02-01")
        .says("b", "asks_mediation_of", "egypt", when="2024-02-01")
        .says("a", "arms", "egypt", when="2024-02-01")
    )


def test_a_mediator_works_for_both_in_one_episode_and_what_it_holds_is_told(
    explored: Explored,
) -> None:
    tell(explored, mediation())

    rows = {
        row["mediator"]: row for row in explored.ask("mediators", one="a", other="b", as_of=DAY)
    }

    # What ended in March fades and still counts; Oman had not begun, Turkey worked in two episodes.
    assert rows.keys() == {"Egypt", "Qatar"}
    assert rows["Egypt"]["outcomes"] == ["live"]
    assert first_words(rows["Egypt"]["over_one"]) == ["arms"]
    assert first_words(rows["Egypt"]["over_other"]) == ["asks"]
    assert rows["Qatar"]["over_one"] == rows["Qatar"]["over_other"] == []


def first_words(labels: list[Any]) -> list[str]:
    return [label.split(" ")[0].rstrip(",") for label in labels]


def test_two_origins_are_no_single_source_and_two_papers_of_one_agency_are(
    explored: Explored,
) -> None:
    told = (
        story()
        .says("iran", "backs", "hamas")
        .says("iran", "arms", "hamas", when="2024-05-01")
        .source("paper", published="2024-01-02", origin="agency")
        .says("iran", "backs", "hamas")
        .source("ministry", published="2024-01-03")
        .says("iran", "arms", "hamas", when="2024-05-01")
    )
    tell(explored, told)

    (row,) = explored.ask("single_source", actor="hamas", as_of=DAY)

    assert (row["origin"], sorted(row["sources"])) == ("agency", ["paper", "wire"])
    assert row["claims"] == ids(told)[:1]


def test_a_name_full_of_quotes_and_a_note_are_only_texts(explored: Explored) -> None:
    odd = "x'}) DETACH DELETE n // \"`\\u0060\n"
    tell(explored, story().actor("odd", name=odd).says("iran", "backs", "odd"))

    assert explored.ask("leverage", target="odd", as_of=DAY)
    (row,) = explored.ask("neighbours", actor="iran", as_of=DAY)
    assert row["name"] == odd
    assert explored.ask("neighbours", actor=odd, as_of=DAY) == []
