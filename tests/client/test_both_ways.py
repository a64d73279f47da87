"""The same methods give the same answers over HTTP and in this process."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from graph_service.client import AskAnswer, Client, Listing, Written
from graph_service.client.answers import Answer
from graph_service.dossiers import dossier
from graph_service.importers.reports import Report, Tally
from tests.client.proposals import PROPOSAL

DAY = date(2024, 9, 30)
DOSSIER = str(dossier("gaza-mediation"))
CLAIM = "c_zmkik5n6mvssngcsh2bbwykulm"

CALLS: dict[str, Callable[[Client], Any]] = {
    "leverage": lambda graph: graph.leverage("Hamas", channels=["carrots"], as_of=DAY),
    "influence": lambda graph: graph.influence("Tehran", as_of=DAY),
    "neighbours": lambda graph: graph.neighbours(
        "Hamas", hops=2, among=["Iran", "Russia"], sign="+", as_of=DAY
    ),
    "paths": lambda graph: graph.paths("US Congress", "Hamas", k=2, as_of=DAY),
    "mediators": lambda graph: graph.mediators("Israel", "Hamas", one_sided=True, as_of=DAY),
    "timeline": lambda graph: graph.timeline("Hamas", "Moscow", limit=5, as_of=DAY),
    "changes": lambda graph: graph.changes("Russia", "Israel", from_="2023-10-01", to=DAY),
    "alignment": lambda graph: graph.alignment("Tehran", "Hamas", step="month", as_of=DAY),
    "comparison": lambda graph: graph.comparison("Iran", "Russia", limit=3, as_of=DAY),
    "balance": lambda graph: graph.balance("Iran", "Israel", "Hamas", as_of=DAY),
    "blocs": lambda graph: graph.blocs(size=50, as_of=DAY),
    "brokers": lambda graph: graph.brokers("Hamas", limit=3, as_of=DAY),
    "coverage": lambda graph: graph.coverage("Hamas", as_of=DAY),
    "latent": lambda graph: graph.latent("Hamas", as_of=DAY),
    "ask": lambda graph: graph.ask("Who has leverage over Hamas as of 30 September 2024?"),
    "resolve": lambda graph: graph.resolve("Moscow"),
    "meant": lambda graph: graph.meant("the Kremlin", as_of="2024-09-30"),
    "candidates": lambda graph: graph.candidates("Iran"),
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
    "export": lambda graph: exported(graph, "ftm", actors="Tehran,Hamas", until=DAY),
    "propose": lambda graph: graph.propose(PROPOSAL),
    "decide": lambda graph: graph.decide(
        graph.propose(PROPOSAL).evidence, "accepted", reason="read"
    ),
    "import_file": lambda graph: taken_in(graph).relations,
    "import_report": lambda graph: told_of(
        graph, graph.import_file(DOSSIER, "native", dry_run=True)
    ),
    "judge": lambda graph: graph.judge("iran", "russia", "different", reason="two states"),
}


def taken_in(graph: Client) -> Tally:
    found = graph.import_file(DOSSIER, "native", dry_run=True).summary
    assert found is not None
    return found


def told_of(graph: Client, report: Report) -> tuple[object, ...]:
    again = graph.import_report(report.id)
    assert again == report
    return again.format, again.name, again.state, again.rows, again.problem


def exported(graph: Client, format_: str, **asked: Any) -> bytes:  # noqa: ANN401 - parameters
    stream = BytesIO()
    graph.export(format_, stream, **asked)
    return stream.getvalue()


AT_STATES: dict[str, Callable[[Client, str | None], Answer[Any]]] = {
    "leverage": lambda graph, fold: graph.leverage("Hamas", as_of=DAY, fold=fold),
    "leverage by": lambda graph, fold: graph.leverage(
        "benjamin-netanyahu", by="US Congress", as_of=DAY, fold=fold
    ),
    "influence": lambda graph, fold: graph.influence("Iran", as_of=DAY, fold=fold),
    "neighbours": lambda graph, fold: graph.neighbours("Hamas", hops=2, as_of=DAY, fold=fold),
    "paths": lambda graph, fold: graph.paths("US Congress", "Iran", as_of=DAY, fold=fold),
    "mediators": lambda graph, fold: graph.mediators("Israel", "Hamas", as_of=DAY, fold=fold),
    "timeline": lambda graph, fold: graph.timeline("Israel", as_of=DAY, fold=fold),
    "changes": lambda graph, fold: graph.changes("Israel", from_="2024-01-01", to=DAY, fold=fold),
    "alignment": lambda graph, fold: graph.alignment("Israel", "Hamas", as_of=DAY, fold=fold),
    "comparison": lambda graph, fold: graph.comparison("Israel", "Iran", as_of=DAY, fold=fold),
    "balance": lambda graph, fold: graph.balance(as_of=DAY, fold=fold),
    "blocs": lambda graph, fold: graph.blocs(as_of=DAY, fold=fold),
    "brokers": lambda graph, fold: graph.brokers("Israel", as_of=DAY, fold=fold),
    "coverage": lambda graph, fold: graph.coverage("Israel", as_of=DAY, fold=fold),
}
"""Every question, which may be asked at the level of states."""


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


@pytest.mark.parametrize("question", AT_STATES)
def test_at_the_level_of_states_a_question_is_answered_the_same_both_ways(
    question: str, here: Client, there: Client
) -> None:
    ask = AT_STATES[question]
    answer = ask(here, "state")

    assert plain(answer) == plain(ask(there, "state"))
    assert plain(ask(here, "none")) == plain(ask(here, None))
    assert answer.data != ask(here, None).data
    assert answer.meta.level is not None
    assert answer.meta.level.fold == "state"
    assert ask(here, None).meta.level is None
    assert "At the level of states: " in answer.explain()
    link = ask(there, "state").link
    assert link is not None
    assert "fold=state" in link


def test_a_link_asks_for_the_very_answer_on_that_day(there: Client, here: Client) -> None:
    answer = there.leverage("Hamas", limit=2)

    assert answer.link is not None
    assert answer.link.endswith(f"/v1/actors/hamas/leverage?limit=2&as_of={answer.meta.as_of}")
    assert answer.cite().endswith(answer.link)
    assert here.leverage("Hamas").link is None
