"""What guides run at a click, run in a real Neo4j over the dossier."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from neo4j import Driver

from graph_service.api.guides import GUIDES
from tests.api.conftest import gaza_graph
from tests.api.writers import local
from tests.browser.guides import statements
from tests.neo4j.server import Neo4j

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

COMMAND = re.compile(
    r":(config autoComplete: false"
    r"|style http://localhost:8000/browser/style\.grass"
    r"|guide http://localhost:8000(?P<path>/browser/guides/\S+\.md(\?as_of=[0-9-]+)?))"
)
DAYS = ("2023-10-07", "2024-06-30", "2024-07-30", "2024-07-31", "2024-09-30", "2030-01-01")


@pytest.fixture
def driver(empty_neo4j: Neo4j) -> Iterator[Driver]:
    with empty_neo4j.driver() as driver:
        yield driver


@pytest.fixture
def service(empty_neo4j: Neo4j) -> Iterator[TestClient]:
    graph = gaza_graph(empty_neo4j.url)
    with local(graph) as client:
        yield client
    graph.close()


def drawn(driver: Driver, statement: str) -> list[str]:
    """The claims of the ties that a statement draws."""
    ties = driver.execute_query(statement, result_transformer_=lambda rows: rows.graph())
    return sorted(tie["claim"] for tie in ties.relationships)


def scene(guide: str, start: str) -> str:
    return next(found for found in statements(guide) if found.startswith(start))


def test_every_block_of_every_guide_runs_without_a_word_of_warning(
    service: TestClient, driver: Driver
) -> None:
    guides = [f"/browser/guides/{name}.md" for name in GUIDES]
    guides.append("/browser/guides/actors/hamas.md?as_of=2024-09-30")
    for guide in guides:
        found = statements(service.get(guide).text)
        assert found[0] == ":config autoComplete: false"
        for one in found:
            if one.startswith(":"):
                command = COMMAND.fullmatch(one)
                assert command, one
                assert service.get(command["path"] or "/").status_code == 200, one
            else:
                _, summary, _ = driver.execute_query(one)
                said = [status for status in summary.gql_status_objects if status.is_notification]
                assert not said, f"{guide}: {one}"


@pytest.mark.parametrize("day", DAYS)
def test_a_guide_draws_exactly_what_the_service_counts(
    service: TestClient, driver: Driver, day: str
) -> None:
    for actor in service.get("/v1/actors?limit=200").json()["data"]:
        asked = f"/v1/actors/{actor['id']}/{{}}?as_of={day}"
        around = service.get(asked.format("neighbours")).json()["data"]["hops"][0]
        counted = [claim["id"] for one in around for tie in one["ties"] for claim in tie["claims"]]
        guide = service.get(f"/browser/guides/actors/{actor['id']}.md?as_of={day}").text

        assert drawn(driver, scene(guide, "MATCH tie = (:Actor {id: ")) == sorted(counted)


@pytest.mark.parametrize("day", ["2024-06-30", "2024-09-30"])
def test_the_picture_of_leverage_is_what_its_strongest_paths_rest_on(
    service: TestClient, driver: Driver, day: str
) -> None:
    asked = f"/v1/actors/hamas/leverage?as_of={day}&limit=8&paths=2"
    data = service.get(asked).json()["data"]
    cited = {
        claim["id"]
        for entry in (*data["ranking"], *data["coercion"])
        for path in entry["paths"]
        for step in path["steps"]
        for claim in step["claims"]
    }
    guide = service.get(f"/browser/guides/actors/hamas.md?as_of={day}").text

    assert drawn(driver, scene(guide, "MATCH (c:Claim)")) == sorted(cited)


def test_a_day_of_the_tour_is_what_the_service_counts_about_everybody(
    service: TestClient, driver: Driver
) -> None:
    tour = statements(service.get("/browser/guides/tour.md").text)
    actors = [actor["id"] for actor in service.get("/v1/actors?limit=200").json()["data"]]
    for day in ("2024-06-30", "2024-09-30"):
        answers = [service.get(f"/v1/actors/{id_}/neighbours?as_of={day}").json() for id_ in actors]
        ties = [tie for a in answers for one in a["data"]["hops"][0] for tie in one["ties"]]
        counted = {claim["id"] for tie in ties for claim in tie["claims"]}
        statement = next(one for one in tie_statements(tour) if day in one)

        assert drawn(driver, statement) == sorted(counted)


def tie_statements(found: list[str]) -> list[str]:
    return [one for one in found if one.startswith("MATCH tie = (:Actor)-[r]->(:Actor)")]
