"""What can be looked up as tools: actors, a claim with its evidence, sources, the ontology."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from graph_service.client.client import Client
from graph_service.client.errors import NotFound
from graph_service.domain.periods import Temporal
from graph_service.domain.sources import Source
from graph_service.mcp.telling import Said
from graph_service.queries.words import in_words
from graph_service.stores.history import EvidenceShown

Json = Mapping[str, Any]
FEW = 10


def search_actors(client: Client, given: Json) -> Said:
    """Actors whose name or alias is like a text, the best first."""
    found = list(islice(client.actors(given["q"], kind=given.get("kind")), given.get("limit", FEW)))
    lines = [
        f"{one.name} ({one.kind}), id {one.id}"
        + (f", also called {one.matched}" if one.matched not in (None, one.name) else "")
        for one in found
    ]
    nobody = f"Nobody is called {given['q']!r}, nor anything like it."
    data = {"actors": [{"id": one.id, "name": one.name, "kind": one.kind} for one in found]}
    return Said("\n".join(lines) or nobody, data)


def get_claim(client: Client, given: Json) -> Said:
    """A claim with all evidence for and against it, who says so, and its history."""
    claim = client.claim(given["id"])
    relation = client.ontology().relations[claim.relation]
    ends = {end: client.actor(end).name for end in (claim.subject, claim.object)}
    when = in_words(claim.when, event=relation.temporal == Temporal.EVENT)
    sources = {id_: client.source(id_) for id_ in {one.source for one in claim.evidence}}
    lines = [f"{ends[claim.subject]} {relation.label} {ends[claim.object]}, {when}: {claim.state}"]
    lines += [_evidence_told(one, sources[one.source]) for one in claim.evidence]
    lines += [f"history: {each.what} by {each.by} at {each.at}" for each in claim.history]
    data = {
        "id": claim.id,
        "subject": {"id": claim.subject, "name": ends[claim.subject]},
        "relation": {"id": claim.relation, "label": relation.label},
        "object": {"id": claim.object, "name": ends[claim.object]},
        "when": {"edtf": claim.when, "words": when},
        "state": str(claim.state),
        "evidence": [_evidence(one, sources[one.source]) for one in claim.evidence],
    }
    return Said("\n".join(lines), data)


def _evidence_told(one: EvidenceShown, source: Source) -> str:
    about = f"{source.title} ({source.published or 'undated'}, reliability {source.reliability})"
    parts = (
        f"- {one.stance} by {about}",
        one.locator or "no place given",
        f"confidence {one.confidence}",
        one.status,
        f"said by {one.attributed_to}" if one.attributed_to else "",
        f"“{one.passage}”" if one.passage else "",
    )
    return ", ".join(part for part in parts if part)


def _evidence(one: EvidenceShown, source: Source) -> dict[str, Any]:
    kept = (
        "id",
        "locator",
        "passage",
        "stance",
        "modality",
        "attributed_to",
        "confidence",
        "status",
    )
    about = {"id": source.id, "title": source.title, "url": source.url}
    return {name: getattr(one, name) for name in kept} | {"source": about}


def list_sources(client: Client, given: Json) -> Said:
    """The sources, with their dates and how far they are believed."""
    found = list(islice(client.sources(), given.get("limit", FEW)))
    lines = [
        f"{one.title}, id {one.id}, {one.published or 'undated'}, reliability {one.reliability}, "
        f"origin {one.origin}"
        for one in found
    ]
    data = {
        "sources": [
            {"id": one.id, "title": one.title, "published": one.published, "url": one.url,
             "reliability": str(one.reliability), "origin": one.origin}
            for one in found
        ]
    }  # fmt: skip
    return Said("\n".join(lines) or "No source is known.", data)


def describe_ontology(client: Client, given: Json) -> Said:
    """What kinds, families and relations there are, or all that is known of one relation."""
    ontology = client.ontology()
    asked = given.get("relation")
    if asked is None:
        relations = {
            code: {"label": one.label, "inverse": one.inverse, "family": one.family}
            for code, one in ontology.relations.items()
        }
        lines = [
            f"{code}: {one.label}. {one.definition}" for code, one in ontology.relations.items()
        ]
        data = {"kinds": list(ontology.kinds), "relations": relations}
        return Said("\n".join(["Relations (code: label. definition):", *lines]), data)
    if asked not in ontology.relations:
        near = [code for code in ontology.relations if asked.lower() in code]
        raise NotFound(f"no relation {asked!r} is known", suggestions=near)
    one = ontology.relations[asked]
    every = len(ontology.kinds)
    ends = f"From {_kinds(one.ends.subject, every)} to {_kinds(one.ends.object, every)}"
    text = (
        f"{asked}: {one.label} (the other way: {one.inverse}). {one.definition} {ends}. It is "
        f"{'an event' if one.temporal == Temporal.EVENT else 'a state'} of the family {one.family}."
    )
    return Said(text, {"id": asked, "label": one.label, "inverse": one.inverse,
                       "family": one.family, "temporal": str(one.temporal),
                       "definition": one.definition})  # fmt: skip


def _kinds(kinds: Sequence[str], every: int) -> str:
    return "any kind" if len(kinds) == every else ", ".join(kinds)
