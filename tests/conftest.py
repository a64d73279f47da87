import os
from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import HealthCheck, settings

from graph_service.graph.view import Frame, View
from tests.neo4j.fixtures import chromium, empty_neo4j, neo4j, own_neo4j
from tests.stories import Story, index_view, naive_view

__all__ = ["chromium", "empty_neo4j", "neo4j", "own_neo4j"]

Fold = Callable[[Story, Frame], View]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("fast", max_examples=25, deadline=None, suppress_health_check=SLOW)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session", params=[naive_view, index_view], ids=["naive", "index"])
def fold(request: pytest.FixtureRequest) -> Fold:
    """How a story is folded into a view: every test that asks runs on each of them."""
    return cast(Fold, request.param)
