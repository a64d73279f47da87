"""Guides, style and favourites for Neo4j Browser: the files of `cypher/browser/` made ready for it.

A guide is Markdown; what stands in a fenced block runs at a click, in the analyst's own database.
So only ids, days and numbers are written into a statement, which cannot end it, and names never are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph_service.domain.errors import NotFound
from graph_service.domain.periods import day
from graph_service.graph.view import View
from graph_service.queries.budget import Budget
from graph_service.queries.leverage import Entry, leverage
from graph_service.queries.neighbours import neighbours
from graph_service.queries.words import two_decimals
from graph_service.stores.cypher import folder

ADDRESS = "http://localhost:8000"
"""How the files name the service, so that they can be used as they are."""
MOST_DRAWN = 300
_MOST_RANKED = 8
_PATHS_OF_EACH = 2
_ACTOR = "actor"
GUIDES = ("tour", "leverage", "sources", "dates")
_MARK = re.compile("«([a-z_]+)»")
_GAP = "&#160;" * 3
_STATEMENT = """\
```cypher
MATCH (c:Claim)
WHERE c.id IN [{claims}]
MATCH (c)-[:SUBJECT]->(s:Actor), (c)-[:OBJECT]->(o:Actor)
MATCH tie = (:Actor {{id: s.goes_by}})-[{{claim: c.id}}]-(:Actor {{id: o.goes_by}})
RETURN tie
```"""


@dataclass(frozen=True, slots=True)
class Guide:
    """One actor as one view shows it, and the service that tells of it."""

    view: View
    actor: str
    service: str
    budget: Budget

    def text(self) -> str:
        """The guide, as Markdown; raises `NotFound`."""
        name = self.view.actors.name(self.view.actors.code(self.actor))
        as_of = day(self.view.frame.as_of)
        marks = {
            "id": self.actor,
            "as_of": as_of,
            "name": plain(name),
            "title": f"{in_title(name)}, {as_of}",
            "ties": self._ties(),
            "leverage": self._leverage(),
        }
        return _filled(_read(_ACTOR).replace(ADDRESS, self.service), marks)

    def _ties(self) -> str:
        answer = neighbours(self.view, self.actor, limit=MOST_DRAWN, budget=self.budget)
        met = [one for hop in answer.data.hops for one in hop]
        drawn = sum(len(tie.claims) for one in met for tie in one.ties)
        if drawn > MOST_DRAWN or (answer.page is not None and answer.page.next_cursor is not None):
            return f"More than {MOST_DRAWN}; that many are drawn."
        if not met:
            return (
                "Nothing in the graph counts on that day: there is nothing to draw, but what has "
                "faded to nothing."
            )
        return (
            f"The service answers with **{_count(len(met) + 1, 'node')}, "
            f"{_count(drawn, 'relationship')}**, and the panel beside the picture should say the "
            "same; it shows more where something was told since, or has faded to nothing by then."
        )

    def _leverage(self) -> str:
        answer = leverage(
            self.view,
            self.actor,
            limit=_MOST_RANKED,
            paths=_PATHS_OF_EACH,
            budget=self.budget,
        )
        held = [one for one in (*answer.data.ranking, *answer.data.coercion) if one.paths]
        if not held:
            return "Nobody in the graph has any on that day."
        parts = [_ranking(held), _drawing(held)]
        if answer.data.one_origin:
            parts.insert(0, "**All of this comes from one origin.**")
        if answer.meta.truncated is not None:
            parts.insert(0, f"Not whole: {plain(answer.meta.truncated)}.")
        return "\n\n".join(parts)


def _ranking(held: list[Entry]) -> str:
    each = {one.actor.id: one for one in held}.values()
    rows = [
        f"| {plain(one.actor.name)}{_GAP} | {two_decimals(one.leverage)} "
        f"| {two_decimals(one.coercion)} |"
        for one in sorted(each, key=lambda one: (-one.leverage, -one.coercion, one.actor.id))
    ]
    return "\n".join([f"| who | influence{_GAP} | coercion |", "|---|---|---|", *rows])


def _drawing(held: list[Entry]) -> str:
    steps = [step for one in held for path in one.paths for step in path.steps]
    claims = dict.fromkeys(claim.id for step in steps for claim in step.claims)
    drawn = ", ".join(f"'{id_}'" for id_ in list(claims)[:MOST_DRAWN])
    told = f"What the strongest paths rest on: **{_count(len(claims), 'claim')}**, each a tie"
    if len(claims) > MOST_DRAWN:
        told += f"; {MOST_DRAWN} are drawn"
    return f"{told}.\n\n{_STATEMENT.format(claims=drawn)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def guide(name: str, service: str) -> str:
    """A guide that ships with the product; raises `NotFound`."""
    if name not in GUIDES:
        raise NotFound("guide", name, suggestions=GUIDES)
    return _read(name).replace(ADDRESS, service)


def style() -> str:
    """The colours of actors by kind and of ties by sign, in GraSS."""
    return folder().joinpath("browser", "style.grass").read_text("utf-8")


def plain(text: str) -> str:
    """A text as itself in Markdown, whatever is in it: what is no letter, digit or space stands as
    a reference, which begins and ends nothing, in Markdown or in HTML.

    >>> plain("O'Neil [x](y)")
    'O&#39;Neil &#91;x&#93;&#40;y&#41;'
    """
    words = " ".join(text.split())
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in words)


def in_title(text: str) -> str:
    """A text in the title of a guide, where no references are read: what could end it is left out.

    >>> in_title("O'Neil </title>")
    "O'Neil title"
    """
    return " ".join(re.sub(r"[^\w ,.'’-]", " ", text).split())


def _read(name: str) -> str:
    return folder().joinpath("browser", f"{name}.md").read_text("utf-8")


def _filled(text: str, marks: Mapping[str, str]) -> str:
    # In one pass, so that what is filled in is not looked at again.
    return _MARK.sub(lambda found: marks[found[1]], text)
