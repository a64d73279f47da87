"""What an assistant is told: an answer in words with its sources, and the same as small data in
which every code has its label."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_service.client.answers import Answer
from graph_service.client.frames import Row
from graph_service.client.known import Known
from graph_service.client.rankings import InfluenceAnswer, LeverageAnswer
from graph_service.client.telling import Telling, tell_path
from graph_service.domain.periods import Temporal
from graph_service.queries.answers import CitedClaim
from graph_service.queries.influence import Ranked
from graph_service.queries.words import in_words, signed, two_decimals

MOST_TEXT = 8_000
"""Characters of the text of an answer; what is more is left out, and said to be."""
MOST_DATA = 16_000
"""Characters of its data, written as JSON."""
LONGEST_FOOTNOTE = 2_000
_DIGITS = 4

Many = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Said:
    """What a tool says: a text, and data that says the same."""

    text: str
    data: Mapping[str, Any] = field(default_factory=dict)


def said(answer: Answer[Any], *, before: Sequence[str] = ()) -> Said:
    """An answer for an assistant; `before` are lines that come first."""
    body = _told(answer)
    text = body if len(body) <= MOST_TEXT else _cut(body, answer)
    return Said("\n".join([*before, text]), _data(answer))


def _told(answer: Answer[Any]) -> str:
    if isinstance(answer, LeverageAnswer | InfluenceAnswer):
        return _ranking(answer)
    return answer.explain()


def _ranking(answer: LeverageAnswer | InfluenceAnswer) -> str:
    text = Telling(answer._known, answer.meta)
    text.line(f"{answer._question()}, as of {answer.meta.as_of}:")
    lists: Mapping[str, Sequence[Ranked]] = {
        "leverage": answer.ranking,
        "coercion": answer.coercion,
    }
    for group, entries in lists.items():
        if not entries:
            text.line(f"Nobody is told to have {group}.")
        for place, entry in enumerate(entries, start=1):
            value = two_decimals(getattr(entry, group))
            net = f", net {signed(entry.net)}" if group == "leverage" else ""
            text.line(f"{text.name(entry.actor.id)}: {group} {value}{net}")
            for path in entry.paths[:1]:
                tell_path(text, place, path)
    text.line("Values are an index from 0 to 1, not probabilities.")
    return text.text()


def _cut(body: str, answer: Answer[Any]) -> str:
    """As many lines as there is room for; the sources stand in the footnote."""
    room, kept = MOST_TEXT, []
    for line in body.splitlines():
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    left = len(body.splitlines()) - len(kept)
    kept.append(f"… {left} more lines are left out: ask for less (limit, relations, since, by).")
    return "\n".join([*kept, str(answer.cite())[:LONGEST_FOOTNOTE]])


def _data(answer: Answer[Any]) -> dict[str, Any]:
    rows = [_row(row, answer._known) for row in answer.rows()]
    claims = [_claim(claim, answer._known) for claim in answer.claims]
    most = max(len(rows), len(claims))
    while len(json.dumps(data := _first(most, rows, claims, answer))) > MOST_DATA and most:
        most //= 2
    return data


def _first(most: int, rows: Many, claims: Many, answer: Answer[Any]) -> dict[str, Any]:
    """The data with so many rows and claims at most, and how many are not shown."""
    return {
        "asked": answer._question(),
        "standing": _standing(answer),
        "rows": rows[:most],
        "claims": claims[:most],
        "cite": str(answer.cite())[:LONGEST_FOOTNOTE],
        "not_shown": {
            "rows": max(0, len(rows) - most),
            "claims": max(0, len(claims) - most),
        },
        "next_cursor": answer.next_cursor,
    }


def _standing(answer: Answer[Any]) -> dict[str, Any]:
    meta, coverage = answer.meta, answer.meta.coverage
    return {
        "as_of": meta.as_of,
        "known_at": meta.known_at,
        "sequence": meta.sequence,
        "claims": coverage.claims,
        "sources": coverage.sources,
        "origins": coverage.origins,
        "held_back": coverage.held_back,
        "one_origin": getattr(answer.data, "one_origin", None),
        "inferred": getattr(answer.data, "inferred", False),
        "truncated": meta.truncated,
    }


def _row(row: Row, known: Known) -> dict[str, Any]:
    shown = {name: _plain(value) for name, value in row.items() if value not in (None, "")}
    if isinstance(relation := row.get("relation"), str):
        shown["relation_label"] = known.relation(relation)["label"]
    return shown


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, _DIGITS)
    return value if isinstance(value, bool | int) else str(value)


def _claim(claim: CitedClaim, known: Known) -> dict[str, Any]:
    relation = known.relation(claim.relation)
    event = relation.get("temporal") == Temporal.EVENT
    return {
        "id": claim.id,
        "subject": {"id": claim.subject, "name": known.name(claim.subject)},
        "relation": {"id": claim.relation, "label": relation["label"]},
        "object": {"id": claim.object, "name": known.name(claim.object)},
        "when": {"edtf": claim.when, "words": in_words(claim.when, event=event)},
        "state": str(claim.state),
        "modality": str(claim.modality),
        "sources": [
            {
                "id": one.id,
                "title": one.title,
                "published": one.published,
                "reliability": one.reliability,
            }
            for one in claim.sources
        ],
        "denied_by": [{"id": one.id, "title": one.title} for one in claim.denied_by],
    }
