"""Answers as graphs of networkx: actors as nodes, an edge for each claim."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graph_service.client.extra import extra
from graph_service.client.known import Known
from graph_service.domain.periods import When, day_or_none
from graph_service.queries.answers import CitedClaim

if TYPE_CHECKING:
    import networkx


def graph_of(
    claims: Iterable[CitedClaim],
    known: Known,
    *,
    actors: Iterable[str],
    about: Mapping[str, object],
) -> "networkx.MultiDiGraph[str]":
    """The claims as edges, keyed by their ids; `about` describes the graph as a whole.

    Attributes are plain and none is None, so that every writer of networkx takes them: several
    ids stand in one text with commas, and what is not known is left out.
    """
    with extra():
        import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph(**_plain(about))
    found = list(claims)
    ends = (end for claim in found for end in (claim.subject, claim.object))
    for id_ in dict.fromkeys((*actors, *ends)):
        actor = known.actor(id_)
        graph.add_node(id_, name=actor.name, kind=actor.kind)
    for claim in found:
        relation = known.relation(claim.relation)
        graph.add_edge(claim.subject, claim.object, key=claim.id, **_attributes(claim, relation))
    return graph


def _attributes(claim: CitedClaim, relation: Mapping[str, object]) -> dict[str, Any]:
    days = When.parse(claim.when).days()
    return _plain(
        {
            "claim": claim.id,
            "relation": claim.relation,
            "family": relation.get("family"),
            "sign": relation.get("polarity"),
            "symmetric": relation.get("symmetric"),
            "when": claim.when,
            "since": day_or_none(days.earliest),
            "until": day_or_none(days.latest),
            "state": claim.state,
            "modality": claim.modality,
            "strength": claim.strength,
            "outcome": claim.outcome,
            "sources": ",".join(source.id for source in claim.sources),
            "denied_by": ",".join(source.id for source in claim.denied_by) or None,
        }
    )


def _plain(attributes: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }
