"""A service over the dossier, and a Chromium to look at it."""

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.api.conftest import app, client, graph
from tests.cli.served import Served, serving
from tests.web.screen import OPTIONS, Screen, screen

__all__ = ["app", "client", "graph"]


@pytest.fixture(scope="module")
def eyes(chromium: str) -> Iterator[Browser]:
    """One Chromium for a module. No longer than that: while it is driven, no other loop can run in
    this thread."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=OPTIONS) as browser,
    ):
        yield browser


@pytest.fixture(scope="session")
def gaza(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service over the first dossier."""
    from graph_service.client import open_graph

    folder = tmp_path_factory.mktemp("gaza")
    url = f"sqlite:{folder / 'gaza.sqlite'}"
    open_graph(url, dossier="gaza-mediation").close()
    with serving([sys.executable, "-m", "graph_service", "--store", url], folder) as served:
        yield served


@pytest.fixture
def explorer(eyes: Browser, gaza: Served) -> Iterator[Screen]:
    """A fresh tab of the explorer over the first dossier."""
    with screen(eyes, gaza) as shown:
        yield shown
