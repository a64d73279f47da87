"""Answers as pictures: what a notebook or an offline file draws, in words and without the service."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from graph_service.client.known import Known
from graph_service.client.plain import shown
from graph_service.domain.periods import Temporal, When, day_or_none
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim
from graph_service.queries.words import claim_in_words, in_words, source_in_words

MOST_ACTORS = 400
"""More than this nobody reads, and no screen draws smoothly."""
_STRENGTH = 0.3

Json = dict[str, Any]


def picture_of(
    claims: Iterable[CitedClaim],
    known: Known,
    *,
    actors: Iterable[str],
    heading: str,
    standing: Iterable[str],
) -> Json:
    """What is drawn of these claims: `nodes`, the actors, those named first before the ends of
    claims, at most `MOST_ACTORS`; `ties`, one for each relation between two of them, with its
    claims; `heading` and `standing`, the words around it; `undrawn`, how many actors are left out.
    """
    found = list(claims)
    first = list(actors)
    ends = (end for claim in found for end in (claim.subject, claim.object))
    everybody = list(dict.fromkeys((*first, *ends)))
    drawn = set(everybody[:MOST_ACTORS])
    ties: dict[str, Json] = {}
    for claim in found:
        if {claim.subject, claim.object} <= drawn:
            tie = ties.setdefault(tie_of(claim), _tie(claim, known.relation(claim.relation)))
            tie["claims"].append(_claim(claim, known))
    return {
        "heading": heading,
        "standing": list(standing),
        "nodes": [_node(id_, known, focus=id_ in first[:1]) for id_ in everybody[:MOST_ACTORS]],
        "ties": list(ties.values()),
        "undrawn": max(0, len(everybody) - MOST_ACTORS),
    }


def tie_of(claim: CitedClaim) -> str:
    """The id of the tie that a claim is drawn as, the same as in the explorer."""
    return f"{claim.subject}~{claim.relation}~{claim.object}"


def _node(id_: str, known: Known, *, focus: bool) -> Json:
    actor = known.actor(id_)
    mark = "focus" if focus else ""
    return {"id": id_, "name": shown(actor.name), "kind": actor.kind, "mark": mark}


def _tie(claim: CitedClaim, relation: Mapping[str, Any]) -> Json:
    return {
        "id": tie_of(claim),
        "from": claim.subject,
        "to": claim.object,
        "label": shown(relation["label"]),
        "sign": relation.get("polarity", "0"),
        "directed": not relation.get("symmetric", False),
        "strength": _STRENGTH,
        "mark": "",
        "claims": [],
    }


def _claim(claim: CitedClaim, known: Known) -> Json:
    relation = known.relation(claim.relation)
    event = relation.get("temporal") == Temporal.EVENT
    days = When.parse(claim.when).days()
    label = shown(relation["label"])

    def name_of(id_: str) -> str:
        return shown(known.name(id_))

    return {
        "id": claim.id,
        "said": claim_in_words(claim, label, event=event, name_of=name_of),
        "when": in_words(claim.when, event=event),
        "since": day_or_none(days.earliest),
        "until": day_or_none(days.latest),
        "sources": [_source(source, known) for source in claim.sources],
        "denied_by": [_source(source, known) for source in claim.denied_by],
    }


def _source(cited: CitedSource, known: Known) -> Json:
    about = source_in_words(replace(cited, title="")).removeprefix(". ")
    return {"title": shown(cited.title), "about": about, "url": known.source(cited).url}
