"""The same methods give the same answers over HTTP and in this process."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph_service.client import AskAnswer, Client, Listing, Written
from graph_service.client.answers import Answer
from tests.client.proposals import PROPOSAL

DAY = date(2024, 9, 30)
CLAIM = "c_zmkik5n6mvssngcsh2bbwykulm"

CALLS: dict[str, Callable[[Client], Any]] = {
    "leverage": lambda graph: graph.leverage("Hamas", channels=["carrots"], as_of=DAY),
    "influence": lambda graph: graph.influence("Tehran", as_of=DAY),
    "neighbours": lambda graph: graph.neighbours(
        "Hamas", hops=2, among=["Iran", "Russia"], sign="+", as_of=DAY
    ),
    "paths": lambda graph: graph.paths("US Congress", "Hamas", k=2, as_of=DAY),
    "ask": lambda graph: graph.ask("Who has leverage over Hamas as of 30 September 2024?"),
    "resolve": lambda graph: graph.resolve("Moscow"),
    "actors": lambda graph: graph.actors(kind="state"),
    "actor": lambda graph: graph.actor("Tehran").aliases,
    "claims": lambda graph: graph.claims(actor="Hamas"),
    "claim": lambda graph: graph.claim(CLAIM).evidence[0].locator,
    "sources": lambda graph: graph.sources(),
    "source": lambda graph: graph.source("article-2024-09"),
    "episodes": lambda graph: graph.episodes(),
    "episode": lambda graph: graph.episode(graph.episodes()[0].id),
    "ontology": lambda graph: graph.ontology(),
    "judgements": lambda graph: [(each.left, each.verdict) for each in graph.judgements()],
    "propose": lambda graph: graph.propose(PROPOSAL),
    "decide": lambda graph: graph.decide(
        graph.propose(PROPOSAL).evidence, "accepted", reason="read"
    ),
    "judge": lambda graph: graph.judge("iran", "russia", "different", reason="two states"),
}


def plain(answer: object) -> object:
    """What can be compared: data and where it stands."""
    if isinstance(answer, AskAnswer):
        return answer.data, plain(answer.answer)
    if isinstance(answer, Answer):
        return answer.data, answer.meta
    if isinstance(answer, Written):
        return answer.claims, answer.evidence
    return list(answer) if isinstance(answer, Listing) else answer


def test_every_method_is_compared() -> None:
    methods = {name for name in dir(Client) if not name.startswith("_")} - {"close"}

    assert set(CALLS) == methods


@pytest.mark.parametrize("method", CALLS)
def test_a_method_answers_the_same_both_ways(method: str, here: Client, there: Client) -> None:
    call = CALLS[method]

    assert plain(call(here)) == plain(call(there))


def test_a_link_asks_for_the_very_answer_on_that_day(there: Client, here: Client) -> None:
    answer = there.leverage("Hamas", limit=2)

    assert answer.link is not None
    assert answer.link.endswith(f"/v1/actors/hamas/leverage?limit=2&as_of={answer.meta.as_of}")
    assert answer.cite().endswith(answer.link)
    assert here.leverage("Hamas").link is None
