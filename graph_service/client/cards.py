"""Answers as a notebook shows them: a table with signs, dates and links, and where it stands."""

from collections.abc import Iterable, Iterator, Sequence

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
    in_words,
    signed,
    source_in_words,
    standing_in_words,
    two_decimals,
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
        self._sources: dict[str, CitedSource] = {}
        self._parts: list[Markup] = []

    def html(self) -> str:
        """All of it, with its sources, and where the answer stands."""
        sources = [self._source(n, cited) for n, cited in enumerate(self._sources.values(), 1)]
        standing = standing_in_words(self._meta, asking_possible=ASKING_POSSIBLE)
        rests = tag("div", *(tag("div", sentence) for sentence in standing), style=SOFT)
        return str(tag("div", *self._parts, tag("div", *sources, style=SOFT), rests, style=_BOX))

    def title(self, *parts: str) -> None:
        """What was asked."""
        self._parts.append(tag("div", *parts, style="font-weight:600;margin:.2em 0"))

    def line(self, text: str) -> None:
        """A sentence."""
        self._parts.append(tag("div", text, style="margin:.2em 0"))

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table, of so many rows as one can look over."""
        self._parts.append(table(headings, rows[:MOST_ROWS]))
        if len(rows) > MOST_ROWS:
            self.line(f"and {len(rows) - MOST_ROWS} more: see .df")

    def actor(self, id_: str) -> Markup:
        """What an actor is called."""
        return name(self._known.name(id_))

    def chain(self, actors: Iterable[str], between: str = " → ") -> Markup:
        """Actors in a row."""
        return joined([self.actor(actor) for actor in actors], between)

    def claims(self, claims: Sequence[CitedClaim], *, ends: bool = False) -> Markup:
        """Claims with sign, date and sources; with their `ends` where those are not plain."""
        told = [tag("div", *self._claim(claim, ends=ends)) for claim in claims[:MOST_CLAIMS]]
        if len(claims) > MOST_CLAIMS:
            told.append(tag("div", f"and {len(claims) - MOST_CLAIMS} more", style=SOFT))
        return joined(told)

    def _claim(self, claim: CitedClaim, *, ends: bool) -> Iterator[str]:
        relation = self._known.relation(claim.relation)
        yield glyph(relation.get("polarity", "0"))
        yield " "
        yield joined([self.actor(claim.subject), safe(" ")]) if ends else ""
        yield relation["label"]
        yield joined([safe(" "), self.actor(claim.object)]) if ends else ""
        event = relation.get("temporal") == Temporal.EVENT
        yield f", {in_words(claim.when, event=event)} "
        yield from (self._footnote(source) for source in claim.sources)
        if claim.denied_by:
            yield " denied by "
            yield from (self._footnote(source) for source in claim.denied_by)

    def _footnote(self, source: CitedSource) -> Markup:
        self._sources.setdefault(source.id, source)
        return safe(f"[{list(self._sources).index(source.id) + 1}]")

    def _source(self, number: int, cited: CitedSource) -> Markup:
        url = self._known.source(cited).url
        return tag("div", f"[{number}] ", link(source_in_words(cited), url))


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
        for place, entry in enumerate(entries, start=1)
    ]
    card.table(["#", "actor", value, *(["between"] if sure else []), "net", "strongest path"], rows)


def ties_table(card: Card, data: Neighbourhood) -> None:
    """Tie by tie, with sign, strength and evidence."""
    rows = [
        [str(hop), name(neighbour.actor.name), glyph(tie.sign), two_decimals(tie.strength),
         card.claims(tie.claims, ends=True)]
        for hop, ring in enumerate(data.hops, start=1)
        for neighbour in ring
        for tie in neighbour.ties
    ]  # fmt: skip
    card.table(["hop", "actor", "sign", "strength", "claims"], rows)


def paths_table(card: Card, data: Paths) -> None:
    """Path by path, with sign, strength and evidence."""
    rows = [
        [str(number), card.chain(path.actors, " – "), glyph(path.sign),
         two_decimals(path.strength),
         joined([card.claims(step.claims, ends=True) for step in path.steps])]
        for number, path in enumerate(data.paths, start=1)
    ]  # fmt: skip
    card.table(["#", "path", "sign", "strength", "claims"], rows)


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
    claims = [card.claims(step.claims, ends=len(path.steps) > 1) for step in path.steps]
    return joined([tag("div", card.chain(path.actors)), *claims])
