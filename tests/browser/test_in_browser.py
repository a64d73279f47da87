"""An analyst opens Neo4j Browser by the link of an answer, and sees what the answer says."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, sync_playwright

from graph_service.api.guides import style
from graph_service.domain.ontology import load_ontology
from graph_service.stores.drawing import kind_label, relationship_type
from tests.api.conftest import gaza_graph
from tests.browser.grass import parse
from tests.browser.window import OPTIONS, Window
from tests.cli.served import serving
from tests.neo4j.server import Neo4j, running

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

JUNE, SEPTEMBER = "2024-06-30", "2024-09-30"
CONFIG, STYLE, CHECK = (
    ":config autoComplete: false",
    ":style http",
    "MATCH (a:Actor)-[r]->(b:Actor)",
)
TIES = "MATCH tie = (:Actor {id: "
EVERYBODY = "MATCH tie = (:Actor)-[r]->(:Actor)"
SIZE = {"width": 1440, "height": 760}
PICTURE = Path(__file__).parents[2] / "docs" / "neo4j-browser.png"
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class World:
    """A service over the dossier in a Neo4j, and the Chromium of whoever looks at it."""

    neo4j: Neo4j
    http: httpx2.Client
    chromium: Browser


@pytest.fixture(scope="module")
def server(neo4j: Neo4j, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """The server of this worker; one of our own where a borrowed one does not tell where its
    Browser is."""
    if neo4j.http:
        neo4j.wipe()
        yield neo4j
    else:
        with running(tmp_path_factory.mktemp("neo4j")) as own:
            yield own


@pytest.fixture(scope="module")
def world(
    server: Neo4j, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USERNAME", server.username)
        patch.setenv("NEO4J_PASSWORD", server.password)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        gaza_graph(server.url).close()
        setting = f"GRAPH_SERVICE_NEO4J_BROWSER={server.http}/browser/"
        program = ["env", setting, sys.executable, "-m", "graph_service", "--store", server.url]
        with (
            serving(program, tmp_path_factory.mktemp("service")) as served,
            httpx2.Client(base_url=served.url, timeout=30) as http,
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=chromium, args=OPTIONS) as browser,
        ):
            yield World(server, http, browser)


@pytest.fixture
def window(world: World) -> Iterator[Window]:
    """A Browser that nobody has used before."""
    with world.chromium.new_context(viewport=SIZE) as context:  # type: ignore[arg-type] # a dict
        yield Window(context.new_page())


def opened(world: World, window: Window, actor: str, as_of: str) -> Window:
    """Browser, opened by the link that the answer about an actor carries."""
    answer = world.http.get(f"/v1/actors/{actor}", params={"as_of": as_of}).raise_for_status()
    window.open(answer.json()["data"]["neo4j_browser"], world.neo4j.password)
    return window


def opened_at(world: World, window: Window, guide: str) -> Window:
    """Browser, opened at a guide that ships."""
    link = world.http.get("/v1/actors/hamas").json()["data"]["neo4j_browser"]
    window.open(f"{link.partition('actors%2F')[0]}{guide}.md", world.neo4j.password)
    return window


def answered(world: World, actor: str, as_of: str) -> list[str]:
    """The claims that the service counts around an actor on a day."""
    asked = {"as_of": as_of, "limit": "200"}
    data = world.http.get(f"/v1/actors/{actor}/neighbours", params=asked).json()["data"]
    ties = [tie for one in data["hops"][0] for tie in one["ties"]]
    return [claim["id"] for tie in ties for claim in tie["claims"]]


def looks(world: World, claims: list[str]) -> Counter[tuple[str, str]]:
    """How the ties of these claims are to be drawn: colour of its line, label."""
    sheet = parse(style())
    with world.neo4j.driver() as driver:
        rows = driver.execute_query(
            "MATCH (:Actor)-[r]->(:Actor) WHERE r.claim IN $claims RETURN type(r), r.label",
            claims=claims,
        ).records
    return Counter((sheet[f"relationship.{type_}"]["color"], label) for type_, label in rows)


def is_cut_from(caption: str, label: str) -> bool:
    return label.startswith(caption.removesuffix("…").rstrip())


def test_the_link_opens_a_guide_that_draws_what_the_service_answers(
    world: World, window: Window
) -> None:
    opened(world, window, "hamas", JUNE)
    told = answered(world, "hamas", JUNE)
    window.next_slide()
    untold = window.draw(TIES)
    window.page.get_by_text("Previous", exact=True).click()
    window.run(CONFIG)
    window.run(STYLE)
    window.next_slide()
    drawn = window.draw(TIES)

    assert len(told) == 4
    # Without the first step Browser draws what began later, too: that is what it is for.
    assert len(untold.lines) > len(told)
    assert len(drawn.lines) == len(told)
    wanted = looks(world, told)
    assert Counter(colour for colour, _ in drawn.lines) == Counter(c for c, _ in wanted.elements())
    for colour, caption in drawn.lines:
        assert any(colour == c and is_cut_from(caption, label) for c, label in wanted)


def test_a_tour_is_drawn_by_kind_and_by_sign(world: World, window: Window) -> None:
    sheet, ontology = parse(style()), load_ontology()
    opened_at(world, window, "tour")
    window.run(CONFIG)
    window.run(STYLE)
    window.next_slide()
    everybody = window.draw("MATCH (a:Actor)")
    for _ in range(2):
        window.next_slide()
    ties = window.draw(EVERYBODY)

    actors = world.http.get("/v1/actors", params={"limit": "200"}).json()["data"]
    kinds = Counter(sheet[f"node.{kind_label(actor['kind'])}"]["color"] for actor in actors)
    assert Counter(colour for colour, _ in everybody.circles) == kinds
    assert everybody.lines == ()
    claims = [claim for actor in actors for claim in answered(world, actor["id"], SEPTEMBER)]
    assert len(ties.lines) == len(set(claims))
    signs = {
        sheet[f"relationship.{relationship_type(name)}"]["color"]: relation.polarity
        for name, relation in ontology.relations.items()
    }
    assert {signs[colour] for colour, _ in ties.lines} == {"+", "-", "0"}


def test_the_first_slide_shows_whether_lines_are_added(world: World, window: Window) -> None:
    opened(world, window, "iran", SEPTEMBER)
    before = window.draw(CHECK)
    window.run(CONFIG)
    after = window.draw(CHECK)

    assert len(before.circles) == len(after.circles) == 2
    assert len(before.lines) >= 1
    assert after.lines == ()


def test_leverage_is_drawn_with_the_claims_that_it_rests_on(world: World, window: Window) -> None:
    """The picture of README, written anew where `UPDATE_PICTURES` is set."""
    opened(world, window, "hamas", SEPTEMBER)
    window.run(CONFIG)
    window.run(STYLE)
    for _ in range(2):
        window.next_slide()
    shown = window.guide()
    drawn = window.draw("MATCH (c:Claim)")

    assert "Iran" in shown
    assert f"{len(drawn.lines)} claims" in shown
    assert {"Hamas", "Iran", "Qatar", "Egypt"} <= {caption for _, caption in drawn.circles}
    if os.environ.get("UPDATE_PICTURES"):
        window.picture(PICTURE)
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
    assert PICTURE.stat().st_size < MOST_BYTES


def test_a_name_is_shown_as_it_is_and_does_nothing(world: World, window: Window) -> None:
    name = "<img src=x onerror=alert(1)> ``` </title> --- {1+1} \\u0060 [x](javascript:alert(1))"
    actors = [{"record": "actor", "id": id_, "kind": "state", "name": name} for id_ in ("x", "y")]
    source = {"record": "source", "id": "s", "title": name, "published": "1990-01-01"}
    claim = {"record": "claim", "subject": "y", "relation": "arms", "object": "x",
             "when": "1990-01-01",
             "evidence": [{"source": "s", "confidence": 0.9, "status": "accepted"}]}  # fmt: skip
    world.http.post("/v1/records", json=[*actors, source, claim]).raise_for_status()

    opened(world, window, "x", "1990-06-30")
    window.run(CONFIG)
    first = window.guide()
    window.next_slide()
    drawn = window.draw(TIES)

    assert name in first
    assert len(drawn.lines) == 1
    assert window.dialogs == []
    assert not any(url.endswith("/x") for url in window.asked)


def test_favourites_are_taken_in_when_they_are_dropped_on_browser(
    world: World, window: Window
) -> None:
    opened(world, window, "hamas", SEPTEMBER)
    window.drop("favourites.zip", world.http.get("/browser/favourites.zip").content)
    window.page.get_by_test_id("navigationFavorites").click()
    window.page.get_by_test_id("expandFolder-Graph service").click()
    window.page.get_by_text("Who has leverage over an actor").first.click()
    frames = window.page.get_by_test_id("frame")
    shown = frames.count()
    window.page.get_by_test_id("editor-Run").click()
    window.wait_for_more(frames, shown, "the favourite")
    table = frames.first.get_by_role("table")
    table.wait_for()

    assert "Iran" in table.inner_text()
