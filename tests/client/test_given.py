"""What may be given to the questions in Python."""

from graph_service.client import open_graph


def test_actors_may_be_given_one_by_one_or_in_a_list() -> None:
    with open_graph("memory:", dossier="gaza-mediation") as graph:
        for ask in (graph.timeline, graph.balance, graph.blocs):
            apart = ask("Hamas", "Israel", "Iran", as_of="2024-09-30").data
            assert ask(["Hamas", "Israel", "Iran"], as_of="2024-09-30").data == apart
