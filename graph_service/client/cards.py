"""Answers as a notebook shows them: a table with signs, dates and links, and where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph_service.client.footnotes import Footnotes
from graph_service.client.known import Known
from graph_service.client.markup import SOFT, Markup, joined, link, name, safe, table, tag
from graph_service.client.telling import ASKING_POSSIBLE
from graph_service.domain.periods import Temporal
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Meta
from graph_service.queries.influence import Ranked
from graph_service.queries.leverage import Entry
from graph_service.queries.neighbours import Neighbourhood
from graph_service.queries.paths import Paths
from graph_service.queries.words import (
    SIGNS,
    signed,
    source_in_words,
    standing_in_words,
    two_decimals,
    weighed_in_words,
)

MOST_ROWS = 10
MOST_CLAIMS = 3

# Blue and vermilion differ for nearly every eye, and stand out from white and from black alike.
_COLOURS = {"+": "#2f7fd1", "-": "#d9480f", "0": "#808080", "mixed": "#a0522d"}
_GLYPHS = {"+": "▲", "-": "▼", "0": "●", "mixed": "◆"}
_BOX = "max-width:60rem;line-height:1.4;margin:.4em 0"


class Card:
    """A card being made; sources are cited by number and listed at its end."""

    def __init__(self, known: Known, meta: Meta) -> None:
        self._known = known
        self._meta = meta
        self._notes = Footnotes(known, meta)
        self._parts: list[Markup] = []

    def html(self) -> str:
        """All of it, with its sources, and where the answer stands."""
        sources = [self._source(number, cited) for number, cited in self._notes.cited()]
        standing = standing_in_words(self._meta, asking_possible=ASKING_POSSIBLE)
        rests = tag("div", *(tag("div", sentence) for sentence in standing), style=SOFT)
        return str(tag("div", *self._parts, tag("div", *sources, style=SOFT), rests, style=_BOX))

    def title(self, *parts: str) -> None:
        """What was asked."""
        self._parts.append(tag("div", *parts, style="font-weight:600;margin:.2em 0"))

    def line(self, text: str) -> None:
        """A sentence."""
        self._parts.append(tag("div", text, style="margin:.2em 0"))

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, of: int) -> None:
        """A table of the first rows, `of` so many."""
        self._parts.append(table(headings, rows))
        if of > len(rows):
            self.line(f"and {of - len(rows)} more: see .df")

    def actor(self, id_: str) -> Markup:
        """What an actor is called."""
        return name(self._known.name(id_))

    def chain(self, actors: Iterable[str], between: str = " → ") -> Markup:
        """Actors in a row."""
        return joined([self.actor(actor) for actor in actors], between)

    def claims(self, claims: Sequence[CitedClaim], missing: Sequence[str] = ()) -> Markup:
        """Claims as they were made, with sign, date and sources, and what there is to doubt."""
        told = [tag("div", *self._claim(claim)) for claim in claims[:MOST_CLAIMS]]
        if len(claims) > MOST_CLAIMS:
            told.append(tag("div", f"and {len(claims) - MOST_CLAIMS} more", style=SOFT))
        if missing:
            doubts = joined([safe(doubt) for doubt in missing], ", ")
            told.append(tag("div", "but: ", doubts, style=SOFT))
        return joined(told)

    def _claim(self, claim: CitedClaim) -> Iterator[str]:
        relation = self._known.relation(claim.relation)
        event = relation.get("temporal") == Temporal.EVENT
        yield glyph(relation.get("polarity", "0"))
        yield " "
        yield self.actor(claim.subject)
        yield f" {relation['label']} "
        yield self.actor(claim.object)
        yield f"{weighed_in_words(claim, event=event)} "
        yield from (tag("bdi", note) for note in self._notes.asserting(claim))
        if claim.denied_by:
            yield ", denied by "
            yield from (tag("bdi", note) for note in self._notes.denying(claim))

    def _source(self, number: int, cited: CitedSource) -> Markup:
        source = self._known.source(cited)
        publisher = [name(source.publisher)] if source.publisher else []
        title = joined([*publisher, link(cited.title, source.url)], ". ")
        # The title is cut for itself, so that a long one never costs what follows it.
        return tag("div", f"[{number}] ", title, source_in_words(replace(cited, title="")))


def glyph(sign: str) -> Markup:
    """A sign by form and by colour, and in words for those who hear it."""
    style = f"color:{_COLOURS[sign]}"
    return tag("span", _GLYPHS[sign], style=style, title=SIGNS[sign], role="img")


def ranked_table(card: Card, entries: Sequence[Ranked], value: str) -> None:
    """Who stands where, by what, and the strongest path with its evidence."""
    sure = any(isinstance(entry, Entry) and entry.interval for entry in entries)
    rows = [
        [
            str(place),
            name(entry.actor.name),
            _bar(getattr(entry, value)),
            *([_range(entry)] if sure else []),
            _net(entry.net),
            _strongest(card, entry),
        ]
        for place, entry in enumerate(entries[:MOST_ROWS], start=1)
    ]
    headings = ["#", "actor", value, *(["between"] if sure else []), "net", "strongest path"]
    card.table(headings, rows, of=len(entries))


def ties_table(card: Card, data: Neighbourhood) -> None:
    """Tie by tie, with sign, strength and evidence."""
    ties = [
        (hop, neighbour.actor, tie)
        for hop, ring in enumerate(data.hops, start=1)
        for neighbour in ring
        for tie in neighbour.ties
    ]
    rows = [
        [str(hop), name(actor.name), glyph(tie.sign), two_decimals(tie.strength),
         card.claims(tie.claims)]
        for hop, actor, tie in ties[:MOST_ROWS]
    ]  # fmt: skip
    card.table(["hop", "actor", "sign", "strength", "claims"], rows, of=len(ties))


def paths_table(card: Card, data: Paths) -> None:
    """Path by path, with sign, strength and evidence."""
    rows = [
        [str(number), card.chain(path.actors, " – "), glyph(path.sign),
         two_decimals(path.strength),
         joined([card.claims(step.claims, step.missing) for step in path.steps])]
        for number, path in enumerate(data.paths[:MOST_ROWS], start=1)
    ]  # fmt: skip
    card.table(["#", "path", "sign", "strength", "claims"], rows, of=len(data.paths))


def _bar(value: float) -> Markup:
    width = f"width:{max(value, 0):.0%};height:3px;background:currentColor;opacity:.5"
    return joined([safe(two_decimals(value)), tag("div", style=width)])


def _net(net: float) -> Markup:
    told = signed(net)
    sign = "0" if told == "0.00" else told[0]
    return tag("span", _GLYPHS[sign], " ", told, style=f"color:{_COLOURS[sign]};white-space:nowrap")


def _range(entry: Ranked) -> str:
    if not isinstance(entry, Entry) or entry.interval is None:
        return ""
    low, high = map(two_decimals, entry.interval)
    return f"{low} – {high}" if entry.tier is None else f"{low} – {high}, tier {entry.tier}"


def _strongest(card: Card, entry: Ranked) -> Markup:
    if not entry.paths:
        return safe("")
    path = entry.paths[0]
    claims = [card.claims(step.claims, step.missing) for step in path.steps]
    return joined([tag("div", card.chain(path.actors)), *claims])
