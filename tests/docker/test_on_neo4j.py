"""What the compose file puts together, but for the engine: the image on a real Neo4j, and Browser."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.window import OPTIONS, PATIENCE, Window
from tests.cli.served import free_port
from tests.docker.compose import first_step, service, settings
from tests.docker.replay import Image, healthy, served
from tests.neo4j.server import OwnNeo4j, running

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

SHOW = "SHOW SETTINGS YIELD name, value WHERE name STARTS WITH 'browser.' RETURN name, value"
KEPT = "name => JSON.parse(window.localStorage.getItem(name))"


@dataclass(frozen=True, slots=True)
class Composed:
    """Both services, ready: the image as a container of it would be called, and the database."""

    image: Image
    around: dict[str, str]
    neo4j: OwnNeo4j
    url: str

    def read(self, path: str) -> str:
        with urlopen(self.url + path, timeout=10) as reply:
            return str(reply.read().decode())


def configured(port: int) -> dict[str, str]:
    """The settings that Neo4j is given, where the service is published on this port."""
    return settings(service("neo4j", PORT=str(port))["environment"])


def surroundings(image: Image, neo4j: OwnNeo4j, port: int) -> dict[str, str]:
    """The environment of the service, but for where things are here."""
    told = {k: image.placed(v) for k, v in service("graph-service")["environment"].items()}
    secret = image.root.with_name("password")
    secret.write_text(f"{neo4j.password}\n", "utf-8")
    here = {"NEO4J_PASSWORD_FILE": str(secret), "GRAPH_SERVICE_STORE": neo4j.url}
    assert here.keys() <= told.keys()
    return told | here | {"GRAPH_SERVICE_PORT": str(port)}


@pytest.fixture(scope="module")
def composed(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    port = free_port()
    lines = [f"{name}={value}" for name, value in configured(port).items()]
    with running(tmp_path_factory.mktemp("neo4j"), *lines) as neo4j:
        around = surroundings(image, neo4j, port)
        code, printed = image.run("import", "native", "gaza-mediation", **around)
        assert code == 0, printed
        with served(image, **around):
            yield Composed(image, around, neo4j, f"http://localhost:{port}")


def kept(window: Window, name: str) -> dict[str, Any]:
    """What Browser keeps under a name, as soon as there is anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found: dict[str, Any] | None = window.page.evaluate(KEPT, name)
        if found is not None:
            return found
        window.page.wait_for_timeout(100)
    raise AssertionError(f"Browser keeps no {name}")


def test_neo4j_takes_the_settings_for_browser(composed: Composed) -> None:
    with composed.neo4j.driver() as driver:
        shown = {row["name"]: row["value"] for row in driver.execute_query(SHOW).records}

    told = configured(int(composed.around["GRAPH_SERVICE_PORT"]))
    assert shown == {name: told[name] for name in told if name.startswith("browser.")}


def test_neo4j_does_not_start_with_a_setting_that_is_none(tmp_path: Path) -> None:
    refused = pytest.raises(AssertionError, match=r"browser\.post_connect_command")
    with refused, running(tmp_path, "browser.post_connect_command=help"):
        pass


def test_the_service_answers_from_neo4j_and_is_healthy(composed: Composed) -> None:
    ranking = json.loads(composed.read("/v1/actors/hamas/leverage?as_of=2024-09-30"))

    assert ranking["data"]["ranking"][0]["actor"]["id"] == "iran"
    assert healthy(composed.image, **composed.around) == 0


def test_browser_opens_with_the_tour_in_the_style(composed: Composed, chromium: str) -> None:
    link = re.findall(r"http://localhost:7474/browser/\S+", first_step(4))[0]
    link = link.replace("http://localhost:7474", composed.neo4j.http)
    link = link.replace("localhost:7687", composed.neo4j.url.rpartition("/")[2])
    slide = re.findall("^# (.+)$", composed.read("/browser/guides/tour.md"), re.MULTILINE)[0]

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=OPTIONS) as browser,
    ):
        window = Window(browser.new_page())
        window.open(link, composed.neo4j.password)
        window.page.locator(".slide", has_text=slide).first.wait_for()

        assert "node.State" in kept(window, "neo4j.grass")
        assert kept(window, "neo4j.settings")["autoComplete"] is False
