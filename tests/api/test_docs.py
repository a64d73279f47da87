import re
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from graph_service.api.describe import EXAMPLES
from graph_service.api.problems import KINDS, Kind


class Reader(HTMLParser):
    """What a page links to, what can be linked to in it, and which tags it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes |= found.keys()
        self.links |= {found["href"] or ""} if "href" in found else set()
        self.ids |= {found["id"] or ""} if "id" in found else set()


@pytest.fixture
def page(client: TestClient) -> Reader:
    return Reader(client.get("/docs").text)


def test_the_page_shows_every_route_parameter_and_problem(client: TestClient, app: FastAPI) -> None:
    text = client.get("/docs").text

    for path, methods in app.openapi()["paths"].items():
        assert path in text
        for operation in methods.values():
            assert all(f"<code>{p['name']}</code>" in text for p in operation.get("parameters", ()))
    assert all(kind.uri in text for kind in KINDS)


def test_the_page_needs_nothing_from_elsewhere(page: Reader) -> None:
    assert not page.tags & {"script", "link", "img", "iframe", "form", "object", "embed"}
    assert not any(name.startswith("on") or name in ("style", "src") for name in page.attributes)
    assert all(link.startswith(("/", "#")) for link in page.links)


def test_its_policy_allows_its_own_style_and_no_script(client: TestClient) -> None:
    policy = client.get("/docs").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script" not in policy


def test_its_examples_can_be_followed(client: TestClient, page: Reader, app: FastAPI) -> None:
    examples = {
        example
        for methods in app.openapi()["paths"].values()
        for operation in methods.values()
        for example in operation.get(EXAMPLES, ())
    }

    assert examples <= page.links
    assert all(client.get(link).status_code == 200 for link in page.links if link[0] == "/")
    assert all(link[1:] in page.ids for link in page.links if link[0] == "#")


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_type_of_a_problem_leads_to_what_it_means(client: TestClient, kind: Kind) -> None:
    target = client.get(kind.uri, follow_redirects=False).headers["location"]
    path, _, fragment = target.partition("#")

    assert path == "/docs"
    assert re.search(f'id="{fragment}"', client.get(path).text)


def test_the_page_says_what_each_parameter_takes(client: TestClient) -> None:
    text = client.get("/docs").text

    assert "<code>certain</code> | <code>possible</code>, else <code>certain</code>" in text
    assert "<code>true</code> | <code>false</code>, else <code>false</code>" in text
    assert "a whole number, 1–3, else <code>3</code>" in text
