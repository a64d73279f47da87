"""What guides say, and what no name in them can do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient

from graph_service.api.guides import GUIDES, in_title, plain
from graph_service.stores.graph import Graph, open_graph
from tests.api.conftest import gaza_graph
from tests.api.test_browser import HAMAS
from tests.api.writers import Json, local
from tests.browser.guides import left_out, statements

HOSTILE = [
    'O\'Neil "the" `tick`',
    "\\u0060) RETURN 1 //",
    "]) DETACH DELETE n //",
    "a --- b -| - |- c -| | |- d",
    "```cypher MATCH (n) DETACH DELETE n ```",
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "[x](javascript:alert(1)) | cell | **bold** # head",
    "«id» «leverage»",
    "&lt;b&gt; &#96; http://localhost:8000/",
]


@contextmanager
def told_of(name: str) -> Iterator[TestClient]:
    """A service that knows an actor of this name, to whom somebody is tied."""
    graph = open_graph("memory:")
    ends = [{"record": "actor", "id": "x", "kind": "state", "name": name},
            {"record": "actor", "id": "y", "kind": "state", "name": name}]  # fmt: skip
    source = {"record": "source", "id": "s", "title": name, "published": "2024-01-01"}
    with local(graph) as client:
        client.post("/v1/records", json=[*ends, source, told("y", "x")]).raise_for_status()
        yield client
    graph.close()


def told(subject: str, object_: str) -> Json:
    evidence = [{"source": "s", "confidence": 0.9, "status": "accepted"}]
    return {"record": "claim", "subject": subject, "relation": "arms", "object": object_,
            "when": "2024-01-01", "evidence": evidence}  # fmt: skip


def slides(text: str) -> list[str]:
    """The slides of a guide, as Browser splits it."""
    return re.split(r"\r?\n---\r?\n", text)


def test_a_guide_says_what_the_service_answers(client: TestClient) -> None:
    around = client.get("/v1/actors/hamas/neighbours?as_of=2024-09-30&limit=200").json()["data"]
    text = client.get(HAMAS).text

    met = around["hops"][0]
    drawn = sum(len(tie["claims"]) for one in met for tie in one["ties"])
    assert f"**{len(met) + 1} nodes, {drawn} relationships**" in text
    assert "| Iran&#160;&#160;&#160; | 0.35 | 0.00 |" in text
    assert "All of this comes from one origin." in text
    assert not re.search("[«»]", text)


def test_a_guide_is_as_of_a_day(client: TestClient) -> None:
    june = client.get("/browser/guides/actors/hamas.md?as_of=2024-06-30").text
    today = client.get("/browser/guides/actors/hamas.md").text

    assert "counts_from <= date('2024-06-30')" in june
    assert "2024-09-30" not in june
    assert "counts_from <= date('2026-11-22')" in today


def test_where_nothing_counts_a_guide_says_so(client: TestClient) -> None:
    text = client.get("/browser/guides/actors/hamas.md?as_of=1900-01-01").text

    assert "there is nothing to draw" in text
    assert "Nobody in the graph has any on that day." in text


def test_a_guide_says_where_more_is_tied_than_is_drawn() -> None:
    graph = open_graph("memory:")
    ids = ["x", *(f"y{number}" for number in range(301))]
    actors = [{"record": "actor", "id": id_, "kind": "state", "name": id_} for id_ in ids]
    source = {"record": "source", "id": "s", "title": "S", "published": "2024-01-01"}
    claims = [told("x", other) for other in ids[1:]]
    with local(graph) as client:
        client.post("/v1/records", json=[*actors, source, *claims]).raise_for_status()
        text = client.get("/browser/guides/actors/x.md?as_of=2024-06-30").text
    graph.close()

    assert "More than 300; that many are drawn." in text
    assert "LIMIT 300" in text


def test_a_guide_that_ran_out_of_time_says_so_and_is_not_kept(graph: Graph) -> None:
    with local(graph, question_seconds=1e-9) as client:
        answer = client.get(HAMAS)

    assert "\nNot whole: " in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_changes_nothing_in_a_guide_but_itself(name: str) -> None:
    with told_of(name) as hostile, told_of("Somebody") as harmless:
        path = "/browser/guides/actors/x.md?as_of=2024-06-30"
        text, other = hostile.get(path).text, harmless.get(path).text

    assert statements(text) == statements(other)
    assert len(slides(text)) == len(slides(other))
    assert text.replace(plain(name), "Somebody").splitlines()[1:] == other.splitlines()[1:]
    assert text.splitlines()[0].count("<") == 2


def test_browser_reads_the_whole_of_every_guide(client: TestClient) -> None:
    assert left_out("WHERE x.y > 0 AND one.giver = step.giver") == [" one.giver = step.giver"]
    for path in (*(f"/browser/guides/{name}.md" for name in GUIDES), HAMAS):
        assert left_out(client.get(path).text) == []


@pytest.mark.parametrize("text", [*HOSTILE, "a\nb\r\n---\r\nc", "\x00\x1b[31m", "\u202e\u2028x"])
def test_a_text_in_markdown_is_letters_digits_and_references(text: str) -> None:
    assert re.fullmatch(r"(\w| |&#\d+;)*", plain(text).replace("_", ""))
    assert not re.search(r"[<>&()\[\]\n\r`«»]", in_title(text))


def test_only_ids_and_days_are_written_into_statements() -> None:
    """So that no name, title or reason can end a statement, or begin another."""
    text = gaza_guide("hamas")
    written = re.sub(r"'[A-Za-z0-9][A-Za-z0-9._:~-]*'", "'…'", "\n".join(statements(text)))
    other = gaza_guide("egypt")
    same = re.sub(r"'[A-Za-z0-9][A-Za-z0-9._:~-]*'", "'…'", "\n".join(statements(other)))

    one_list = re.compile(r"\['…'(, '…')*\]")
    addresses = re.compile(r"actors/\w+\.md")
    alike = [addresses.sub("…", one_list.sub("[…]", each)) for each in (written, same)]
    assert alike[0] == alike[1]


def gaza_guide(actor: str) -> str:
    graph = gaza_graph()
    with local(graph) as client:
        text = client.get(f"/browser/guides/actors/{actor}.md?as_of=2024-09-30").text
    graph.close()
    return text
