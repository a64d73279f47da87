from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.settings import Settings
from graph_service.stores.graph import open_graph
from tests.cli.conftest import Cli, proposed, table
from tests.cli.proposals import CLAIM


def test_a_claim_is_the_same_on_the_command_line_as_over_http(cli: Cli, own: str) -> None:
    id_ = "c_zmkik5n6mvssngcsh2bbwykulm"
    graph = open_graph(own)

    with TestClient(create_app(graph, Settings())) as client:
        over_http = client.get(f"/v1/claims/{id_}").json()
    graph.close()

    assert cli("--store", own, "claim", id_).body == over_http


def test_a_claim_is_told_with_evidence_for_and_against_and_its_history(
    cli: Cli, own: str, pieces: list[str]
) -> None:
    table(cli, own, "accept", *pieces[:2], "--by", "ben", "--reason", "two desks agree")

    told = cli("--store", own, "claim", pieces[0], "--format", "table").out

    for line in (
        "Iran backs Ismail Haniyeh, start unknown, ongoing",
        ": disputed",
        "For it",
        "Against it",
        f"{pieces[0]} accepted",
        "[article-2024-09, paragraph 4], confidence 0.70",
        "because: two desks agree",
        "What happened",
        "ben accepted",
        "[article-2024-09] Commentary on",
        "Up to entry 85.",
    ):
        assert line in told


def test_whose_word_a_source_reports_is_told_by_name(cli: Cli, own: str) -> None:
    piece = proposed(cli, own, *CLAIM, "--locator", "p 3", "--attributed-to", "iran")
    waiting = cli("--store", own, "claim", piece, "--format", "table").out
    table(cli, own, "accept", piece)

    told = cli("--store", own, "claim", piece, "--format", "table").out

    assert "confidence 0.70, attributed to Iran" in waiting
    assert "according to" not in waiting
    assert "Iran backs Ismail Haniyeh, start unknown, ongoing, according to Iran\n" in told


def test_what_nobody_claims_is_no_result(cli: Cli, own: str) -> None:
    for id_ in ("c_nobody", "e_nobody", "nobody"):
        ran = cli("--store", own, "claim", id_)

        assert ran.code == 1
        assert "decide --list" in ran.err
