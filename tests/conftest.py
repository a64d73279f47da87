import os
import signal
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from graph_service.graph.view import Frame, View
from tests.neo4j.fixtures import chromium, empty_neo4j, neo4j, own_neo4j
from tests.stores.kept import embedded_view, neo4j_views
from tests.stories import Story, index_view, naive_view

__all__ = ["chromium", "empty_neo4j", "neo4j", "own_neo4j"]

Fold = Callable[[Story, Frame], View]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("fast", max_examples=25, deadline=None, suppress_health_check=SLOW)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_configure() -> None:
    """Let programs that tests start be interrupted, even where the tests run in the background of a
    shell, which has them and all their children ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


WAYS: dict[str, Fold] = {"naive": naive_view, "index": index_view, "embedded": embedded_view}


@pytest.fixture(
    scope="session",
    params=[
        "naive",
        "index",
        pytest.param("embedded", marks=pytest.mark.slow),
        pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.slow]),
    ],
)
def fold(request: pytest.FixtureRequest) -> Iterator[Fold]:
    """How a story is folded into a view: every test that asks runs on each of them."""
    if request.param == "neo4j":
        with neo4j_views(request.getfixturevalue("neo4j")) as view:
            yield view
    else:
        yield WAYS[request.param]
