"""What a notebook shows: readable, and safe whatever others have written into names and titles."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any

import httpx2
import pytest

from graph_service.client import Client
from graph_service.client.answers import Answer
from graph_service.client.cards import MOST_ROWS
from graph_service.client.local import transport_of
from graph_service.client.markup import link
from graph_service.client.plain import shown
from tests.api.conftest import gaza_graph
from tests.client.proposals import SOURCE, claim

DAY = "2024-09-30"
ELEMENTS = {"div", "table", "tr", "th", "td", "bdi", "span", "a"}
ATTRIBUTES = {"style", "title", "role", "href", "rel", "target"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></table><iframe srcdoc='x'>",
    "&lt;b&gt; &amp;",
    "<!-- <style>*{display:none}</style>",
    "javascript:alert(1)",
    "\u202eesrever\u2066",
    "![x](javascript:alert(1)) $\\href{javascript:alert(1)}{x}$",
    "\x1b[2J\n\rforged line\x00",
    "x" * 10_000,
]
FOR_PEOPLE = {"name", "title", "url", "publisher", "locator", "label", "inverse", "missing"}
ACTING = set("\u202e\u2066\x1b\r\x00")


class Seen(HTMLParser):
    """Everything that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


class Forging(httpx2.BaseTransport):
    """Puts a text in the place of every text for people; what a service lets in is no matter."""

    def __init__(self, carrier: httpx2.BaseTransport, text: str) -> None:
        self.carrier = carrier
        self.text = text

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        reply = self.carrier.handle_request(request)
        return httpx2.Response(reply.status_code, json=self.forged(reply.json()))

    def forged(self, value: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            return {name: self.forged(inside, name) for name, inside in value.items()}
        if isinstance(value, list):
            return [self.forged(inside, key) for inside in value]
        return self.text if key in FOR_PEOPLE else value

    def close(self) -> None:
        self.carrier.close()


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def forged(request: pytest.FixtureRequest) -> Iterator[Client]:
    """A client of a service that says something hostile wherever it can."""
    transport = Forging(transport_of(gaza_graph()), request.param)
    with Client("http://localhost", transport=transport) as client:
        yield client


def test_no_text_becomes_an_element_or_an_attribute(forged: Client) -> None:
    shows = (
        forged.leverage("hamas", as_of=DAY),
        forged.influence("iran", as_of=DAY),
        forged.neighbours("hamas", hops=2, as_of=DAY),
        forged.paths("us-congress", "hamas", as_of=DAY),
        forged.actors(),
        forged.sources(),
        forged.claims(),
    )

    for html in (show._repr_html_() for show in shows):
        seen = Seen(html)
        assert seen.elements <= ELEMENTS
        assert seen.attributes <= ATTRIBUTES
        assert seen.links == []
        assert seen.open == []
        assert not ACTING & set(seen.text)
        assert len(html) < 100_000


def test_no_text_acts_on_a_terminal(forged: Client) -> None:
    answers = (
        forged.leverage("hamas", as_of=DAY),
        forged.neighbours("hamas", as_of=DAY),
        forged.paths("us-congress", "hamas", as_of=DAY),
    )

    for answer in answers:
        for told in (answer.explain(), answer.cite(), repr(answer)):
            assert not ACTING & set(told)
            assert "\nforged" not in told


@pytest.mark.parametrize(
    "url",
    [
        *(f"{scheme}:{rest}" for scheme, rest in product(("javascript", "data", "JaVaScRiPt"),
                                                        ("alert(1)", "//example.org/%0aalert(1)"))),
        "java\nscript:alert(1)", " https://example.org", "https://exa mple.org", "https://",
        "//example.org", "file:///etc/passwd", "https://[", "http://x\u202e.org",
        "https://example.org/" + "a" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_place_on_the_web_is_no_link(url: str) -> None:
    assert Seen(link("title", url)).elements == {"bdi"}


def test_a_link_leads_to_the_source_and_tells_it_nothing() -> None:
    html = link("A title", 'https://example.org/?a=1&b="2"')

    assert Seen(html).links == ['https://example.org/?a=1&b="2"']
    assert 'rel="noopener noreferrer"' in html


def test_a_card_says_on_what_it_rests_and_shows_signs_by_glyph(here: Client) -> None:
    seen = Seen(here.leverage("Hamas", as_of=DAY)._repr_html_())

    assert "All of this rests on one source: nothing here is corroborated." in seen.text
    assert "Who has leverage over Hamas, as of 2024-09-30" in seen.text
    assert "▲ Iran backs Hamas (exceptional), start unknown, ongoing [1: paragraph 3]" in seen.text
    assert "As of 2024-09-30, up to entry" in seen.text


def claims_told(answer: Answer[Any]) -> list[str]:
    """What the explanation says of claims, and of what there is to doubt in them."""
    lines = [line.strip() for line in answer.explain().splitlines()]
    return [line for line in lines if " [1" in line or line.startswith("but: ")]


def test_a_card_never_turns_a_claim_round(here: Client) -> None:
    seen = Seen(here.leverage("Israel", by="Russia", as_of=DAY)._repr_html_())

    assert "Russia → Israel" in seen.text
    assert "● Israel asks mediation of Russia, between 7 October 2023" in seen.text


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graph.leverage("Hamas", by="Iran", as_of=DAY),
        lambda graph: graph.influence("Iran", as_of=DAY),
        lambda graph: graph.neighbours("Hamas", among=["Iran", "Russia", "Qatar"], as_of=DAY),
        lambda graph: graph.paths("US Congress", "Hamas", as_of=DAY),
        lambda graph: graph.paths("Iran", "Hamas", as_of=DAY, known_at="2040-01-01"),
    ],
)
def test_a_card_says_of_a_claim_what_the_explanation_says(
    ask: Callable[[Client], Answer[Any]], here: Client
) -> None:
    answer = ask(here)
    seen = Seen(answer._repr_html_())

    assert claims_told(answer)
    assert [told for told in claims_told(answer) if told not in seen.text] == []


def test_a_card_says_who_denies_a_claim_and_where(own: Client) -> None:
    denial = SOURCE | {"id": "denial", "title": "A denial made up for this example"}
    doubted = claim(relation="mediates")
    doubted["evidence"][0] |= {"modality": "intended", "outcome": "stalled"}
    against = {"source": "denial", "locator": "page <9>", "confidence": 0.9, "stance": "denied"}
    doubted["evidence"].append(against)
    own.decide(own.propose([SOURCE, denial, doubted]).evidence, "accepted")
    seen = Seen(own.neighbours("Turkey", among=["Hamas"], as_of=DAY)._repr_html_())

    assert (
        "Turkey mediates with Hamas (disputed, intended, stalled), since 2023, ongoing "
        "[1: page 3], denied by [2: page <9>]" in seen.text
    )


def test_a_long_title_never_hides_how_far_a_source_is_believed(own: Client) -> None:
    source = SOURCE | {"title": "long " * 99, "publisher": "Example Press"}
    own.decide(own.propose([source, claim()]).evidence, "accepted")
    seen = Seen(own.leverage("Hamas", by="turkey", as_of=DAY)._repr_html_())

    assert "[1] Example Press. long long" in seen.text
    assert "…. 15 September 2024. C: fairly reliable" in seen.text


def test_only_what_a_card_shows_is_cited_below_it(own: Client) -> None:
    for number in range(MOST_ROWS + 2):
        actor = {"record": "actor", "id": f"a{number}", "kind": "state", "name": f"A {number}"}
        source = SOURCE | {"id": f"s{number}", "title": f"Report {number}"}
        told = claim(f"a{number}", object="turkey")
        told["evidence"] = [told["evidence"][0] | {"source": f"s{number}"}]
        own.decide(own.propose([actor, source, told]).evidence, "accepted")
    seen = Seen(own.neighbours("Turkey", relations="backs", as_of=DAY)._repr_html_())

    assert "and 2 more: see .df" in seen.text
    assert seen.text.count(". 15 September 2024. C: ") == MOST_ROWS


def test_names_of_other_scripts_stay_as_they_are() -> None:
    assert shown("حماس می\u200cگوید") == "حماس می\u200cگوید"
