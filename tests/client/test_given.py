"""What may be given to the questions in Python."""

from graph_service.client import open_graph


def test_actors_may_be_given_one_by_one_or_in_a_list() -> None:
    with open_graph("memory:", dossier="gaza-mediation") as graph:
        for ask in (graph.timeline, graph.balance, graph.blocs):
            apart = ask("Hamas", "Israel", "Iran", as_of="2024-09-30").data
            assert ask(["Hamas", "Israel", "Iran"], as_of="2024-09-30").data == apart


def test_a_table_of_alignment_names_the_two_and_one_of_a_timeline_its_episodes() -> None:
    with open_graph("memory:", dossier="gaza-mediation") as graph:
        aligned = graph.alignment("Iran", "Israel", as_of="2024-09-30").df
        told = graph.timeline("Qatar", as_of="2024-09-30").df

    assert set(zip(aligned["one"], aligned["other"], strict=True)) == {("iran", "israel")}
    named = told["episode_name"].dropna().unique().tolist()
    assert named == [
        "Ceasefire and hostage talks between Israel and Hamas led by the United States"
    ]
