"""What goes to the browser: one page, small, of this service alone, under a strict policy."""

import gzip
import re

import pytest
from fastapi.testclient import TestClient

from graph_service.web import NotBuilt, built

PARTS = ("/explore/explore.js", "/explore/explore.css")
MOST_BYTES = 300_000


@pytest.mark.parametrize("path", ["/", "/explore", "/explore?question=leverage&id=hamas&new=1"])
def test_the_page_is_there_whatever_its_query_says(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.content == built("explore.html")


def test_the_page_with_all_its_parts_is_small(client: TestClient) -> None:
    sizes = [
        int(client.get(path, headers={"Accept-Encoding": "gzip"}).headers["content-length"])
        for path in ("/explore", *PARTS)
    ]

    assert sum(sizes) <= MOST_BYTES


@pytest.mark.parametrize("name", ["explore.html", "explore.js", "explore.css", "widget.js"])
def test_what_is_sent_compressed_is_the_same(name: str) -> None:
    assert gzip.decompress(built(f"{name}.gz")) == built(name)


@pytest.mark.parametrize("path", ["/explore", *PARTS])
def test_a_part_that_is_there_already_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_the_page_runs_nothing_but_its_own_files(client: TestClient) -> None:
    answer = client.get("/explore")
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.DOTALL)

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert [inline for _, inline in scripts if inline] == []
    assert "<style" not in answer.text
    assert not re.search(r"\son\w+=|style=", answer.text)


def test_the_page_and_its_style_name_no_other_host(client: TestClient) -> None:
    told = client.get("/explore").text + client.get("/explore/explore.css").text

    assert "http:" not in told
    assert "https:" not in told
    assert "//" not in told.replace("<!--", "").replace("*/", "")


def test_a_bundle_that_is_not_there_says_how_to_make_it() -> None:
    with pytest.raises(NotBuilt, match="hatch_build"):
        built("nothing.js")
