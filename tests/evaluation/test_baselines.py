"""What others would score by, beside the definitions in networkx."""

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from graph_service.evaluation.baselines import pagerank

TIES = st.integers(2, 6).flatmap(
    lambda count: arrays(float, (count, count), elements=st.sampled_from([0.0, 0.0, 0.2, 1.0]))
)


@given(TIES)
def test_the_personalised_pagerank_stays_as_it_is_under_the_google_matrix(
    ties: NDArray[np.float64],
) -> None:
    found = pagerank(ties)

    graph = nx.from_numpy_array(ties, create_using=nx.DiGraph)
    for start in graph:
        google = nx.google_matrix(graph, personalization={start: 1.0})
        assert np.allclose(found[start] @ google, found[start])
        assert np.isclose(found[start].sum(), 1)
