"""Answers as pictures: what a widget draws and gives back, and a file that needs nobody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_service.client import Client, GraphServiceError, open_graph
from graph_service.client.pictures import MOST_ACTORS
from tests.web.worlds import star

DAY = "2024-09-30"


@pytest.fixture(scope="module")
def gaza() -> Iterator[Client]:
    with open_graph("memory:", dossier="gaza-mediation") as graph:
        yield graph


def test_a_picture_holds_every_claim_that_is_cited_once(gaza: Client) -> None:
    answer = gaza.leverage("Hamas", as_of=DAY)
    picture = answer.picture()

    drawn = [claim["id"] for tie in picture["ties"] for claim in tie["claims"]]
    assert sorted(drawn) == sorted(claim.id for claim in answer.claims)
    assert picture["heading"] == "Who has leverage over Hamas, as of 30 September 2024"
    assert {node["id"] for node in picture["nodes"]} >= {"hamas", "iran"}
    assert [node["id"] for node in picture["nodes"] if node["mark"] == "focus"] == ["hamas"]


def test_a_claim_is_told_with_its_dates_and_sources(gaza: Client) -> None:
    picture = gaza.neighbours("Hamas", as_of=DAY, relations="backs").picture()
    [tie] = picture["ties"]
    [claim] = tie["claims"]

    assert (tie["sign"], tie["label"], tie["directed"]) == ("+", "backs", True)
    assert claim["said"] == "Iran backs Hamas (exceptional), start unknown, ongoing"
    assert claim["sources"][0]["about"].endswith("F: reliability cannot be judged")


@pytest.mark.parametrize(
    "question",
    ["leverage", "influence", "neighbours", "latent", "coverage", "changes", "timeline"],
)
def test_every_answer_can_be_looked_at(gaza: Client, tmp_path: Path, question: str) -> None:
    answer = getattr(gaza, question)("Hamas", as_of=DAY)

    assert answer.view().picture == answer.picture()
    assert answer.to_html(tmp_path / "file.html").stat().st_size > 100_000


def test_a_question_in_words_can_be_looked_at(gaza: Client, tmp_path: Path) -> None:
    asked = gaza.ask("who has leverage over Hamas as of 30 September 2024?")
    assert asked.view().picture["ties"]
    assert asked.to_html(tmp_path / "file.html").exists()

    with pytest.raises(GraphServiceError, match="future"):
        gaza.ask("will Israel attack Iran?").view()


def test_what_is_chosen_is_read_back_as_a_table(gaza: Client) -> None:
    view = gaza.leverage("Hamas", as_of=DAY).view()
    assert sorted(view.df["claim"]) == sorted(
        claim["id"] for tie in view.picture["ties"] for claim in tie["claims"]
    )
    view.chosen = ["iran~backs~hamas"]

    assert view.df[["subject_name", "relation", "object_name", "sign"]].values.tolist() == [
        ["Iran", "backs", "Hamas", "+"]
    ]


def test_an_actor_is_expanded_from_the_picture(gaza: Client) -> None:
    view = gaza.neighbours("Iran", as_of=DAY).view()
    before = {tie["id"] for tie in view.picture["ties"]}
    # As the widget's button does.
    view._handle_custom_msg({"expand": "hamas"}, [])

    after = {tie["id"] for tie in view.picture["ties"]}
    assert before < after
    assert "qatar~mediates~hamas" in after
    assert len(view.claims) == len(after)


def test_where_widgets_do_not_run_the_table_is_shown(gaza: Client) -> None:
    answer = gaza.leverage("Hamas", as_of=DAY)
    shown, _ = answer.view()._repr_mimebundle_()

    assert shown["text/html"] == answer._repr_html_()
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_what_is_too_much_for_a_picture_is_counted() -> None:
    with open_graph("memory:") as graph:
        graph.propose(list(star(f"Actor {number}" for number in range(500))))
        answers = [graph.neighbours("centre", limit=200)]
        while answers[-1].next_cursor:
            answers.append(graph.neighbours("centre", limit=200, cursor=answers[-1].next_cursor))
        claims = [claim for answer in answers for claim in answer.claims]
        picture = answers[0].picture(and_=claims)

    assert len(picture["nodes"]) == MOST_ACTORS
    assert picture["undrawn"] == 501 - MOST_ACTORS
    drawn = {node["id"] for node in picture["nodes"]}
    assert all({tie["from"], tie["to"]} <= drawn for tie in picture["ties"])


def test_a_file_allows_its_own_script_alone(gaza: Client, tmp_path: Path) -> None:
    page = gaza.leverage("Hamas", as_of=DAY).to_html(tmp_path / "file.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None

    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r'(?:src|href)="', page[: page.index("<script>")])
    assert "up to entry 80" in page
