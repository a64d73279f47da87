"""The fast ground under ties and paths, against networkx on generated columns."""

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.ontology import load_ontology
from graph_service.graph.naive import NaiveView, Roll
from graph_service.graph.view import Frame, Links, View
from graph_service.queries.reach import near, shortest, two_hops
from graph_service.queries.ties import TieFilters, wanted
from tests.conftest import Fold
from tests.queries.brute import with_hubs
from tests.stories import Story, frame
from tests.worlds import World, worlds

TODAY = frame("2024-09-30")
Edges = list[tuple[int, int]]


class Drawn(NaiveView):
    """A view of nothing but ties drawn between so many actors, with a limit for hubs."""

    def __init__(self, count: int, edges: Edges, hub_ties: int = 1000) -> None:
        ontology = with_hubs(load_ontology(), hub_ties)
        super().__init__(ontology, TODAY, actors=[], sources=[], claims=[])
        ends = sorted({(a, b) for x, y in edges for a, b in ((x, y), (y, x))})
        at = np.array([a for a, _ in ends], np.int32)
        self.__dict__["links"] = Links(
            start=np.searchsorted(at, np.arange(count), "left").astype(np.int32),
            stop=np.searchsorted(at, np.arange(count), "right").astype(np.int32),
            other=np.array([b for _, b in ends], np.int32),
            relation=np.zeros(len(ends), np.uint8),
            outward=np.ones(len(ends), np.bool_),
            strength=np.full(len(ends), 0.5),
        )
