"""The fast ground under ties and paths, against networkx on drawn graphs."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.ontology import load_ontology
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import Frame
from graph_service.queries.reach import least_strengths, near, shortest, two_hops
from graph_service.queries.ties import TieFilters, wanted
from tests.queries.brute import with_hubs
from tests.stories import Story, frame, index_view
from tests.worlds import World, frames, worlds

TODAY = frame("2024-09-30")
ACTORS = tuple(f"n{number:02}" for number in range(30))


@st.composite
def graphs(draw: st.DrawFn) -> "nx.Graph[str]":
    """Thirty actors, some with many ties: two stars and whatever else."""
    ends = st.sampled_from(ACTORS)
    edges = draw(st.lists(st.tuples(ends, ends), min_size=5, max_size=60))
    for centre in ACTORS[:2]:
        spokes = draw(st.sets(ends, max_size=28))
        edges += [(centre, spoke) for spoke in sorted(spokes)]
    graph: nx.Graph[str] = nx.Graph([(a, b) for a, b in edges if a != b])
    graph.add_nodes_from(ACTORS)
    return graph


def view_of(graph: "nx.Graph[str]", hub_ties: int = 1000) -> NaiveView:
    story = Story(with_hubs(load_ontology(), hub_ties))
    for id_ in ACTORS:
        story.actor(id_)
    for a, b in graph.edges:
        story.says(a, "cooperates_with", b, when="2024-09-01")
    return story.view()


def codes(view: NaiveView, *ids: str) -> list[int]:
    return [view.actors.code(id_) for id_ in ids]


def without_hubs(graph: "nx.Graph[str]", hub_ties: int, *ends: str) -> "nx.Graph[str]":
    hubs = [id_ for id_ in graph if graph.degree(id_) > hub_ties and id_ not in ends]
    return nx.restricted_view(graph, hubs, [])


@given(graphs(), st.sampled_from((3, 8, 1000)))
def test_two_hops_reach_the_neighbours_of_neighbours_but_not_behind_a_hub(
    graph: "nx.Graph[str]", hub_ties: int
) -> None:
    view = view_of(graph)

    for id_ in ("n00", "n02"):
        first = set(graph[id_])
        behind = {far for one in first if graph.degree(one) <= hub_ties for far in graph[one]}
        found = two_hops(view, view.actors.code(id_), hub_ties=hub_ties).tolist()
        assert found == sorted(codes(view, *(first | behind) - {id_}))


@given(graphs(), st.sampled_from((3, 8, 1000)))
def test_the_shortest_path_is_as_short_as_networkx_finds_it(
    graph: "nx.Graph[str]", hub_ties: int
) -> None:
    view = view_of(graph, hub_ties)

    for target in ACTORS[1:]:
        path = shortest(view, *codes(view, "n00", target), hops=30)
        lengths = possible_lengths(graph, "n00", target, hub_ties)
        assert (path is None) == (not lengths)
        if path is not None:
            ids = [view.actors.id(code) for code in path]
            assert (ids[0], ids[-1], len(ids) - 1) == ("n00", target, min(lengths))
            assert all(graph.has_edge(a, b) for a, b in pairwise(ids))


def possible_lengths(graph: "nx.Graph[str]", a: str, b: str, hub_ties: int) -> list[int]:
    """How long the shortest paths are: around every hub, and over one that both are tied to."""
    around = without_hubs(graph, hub_ties, a, b)
    found = [len(nx.shortest_path(around, a, b)) - 1] if nx.has_path(around, a, b) else []
    return [*found, 2] if set(graph[a]) & set(graph[b]) else found


@given(graphs(), st.integers(0, 3))
def test_no_path_is_longer_than_the_hops_allowed(graph: "nx.Graph[str]", hops: int) -> None:
    view = view_of(graph)

    for target in ACTORS[1:]:
        within = shortest(view, *codes(view, "n00", target), hops=hops)
        whole = shortest(view, *codes(view, "n00", target), hops=30)
        assert within == (whole if whole is not None and len(whole) <= hops + 1 else None)


def test_a_path_from_an_actor_to_itself_is_that_actor() -> None:
    view = view_of(nx.Graph([("n00", "n01")]))

    assert shortest(view, 0, 0) == (0,)


def test_a_hub_that_both_ends_are_tied_to_connects_them() -> None:
    star = nx.Graph([("n00", other) for other in ACTORS[1:9]] + [("n01", "n20")])
    view = view_of(star, hub_ties=4)

    assert shortest(view, *codes(view, "n01", "n02")) == tuple(codes(view, "n01", "n00", "n02"))
    assert shortest(view, *codes(view, "n20", "n02")) is None
    assert shortest(view, *codes(view, "n20", "n00")) == tuple(codes(view, "n20", "n01", "n00"))


@given(worlds(), frames(), st.sampled_from((None, "+", "-", "0")), st.sampled_from((0.0, 0.2, 0.5)))
def test_the_ties_near_an_actor_are_those_of_the_sign_that_are_strong_enough(
    world: World, where: Frame, sign: str | None, least: float
) -> None:
    view = index_view(world.story(), where)
    names = tuple(view.ontology.relations)
    relations = wanted(view, TieFilters(sign=sign)).relation

    for code in range(len(view.actors)):
        places = range(view.links.start.item(code), view.links.stop.item(code))
        assert near(view, code, least_strengths(relations, least)).tolist() == [
            place
            for place in places
            if view.links.strength.item(place) >= least
            and sign
            in (None, view.ontology.relations[names[view.links.relation.item(place)]].polarity)
        ]


def test_an_actor_without_ties_has_nobody_near() -> None:
    view = view_of(nx.Graph([("n00", "n01")]))
    alone = view.actors.code("n29")

    assert near(view, alone).tolist() == []
    assert two_hops(view, alone).tolist() == []
    assert shortest(view, alone, 0) is None
    assert shortest(view, 0, alone) is None


@pytest.mark.parametrize("hub_ties", [3, 1000])
def test_of_equally_short_paths_the_same_one_is_always_chosen(hub_ties: int) -> None:
    diamond = nx.Graph([(a, b) for a in ("n00", "n09") for b in ("n03", "n05", "n04")])
    backwards = nx.Graph([(a, b) for a in ("n09", "n00") for b in ("n05", "n04", "n03")])

    paths = {
        shortest(view, *codes(view, "n00", "n09"))
        for view in (view_of(diamond, hub_ties), view_of(backwards, hub_ties))
    }

    assert len(paths) == 1
