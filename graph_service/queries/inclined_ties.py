"""A tie between two actors as answers about friends and foes tell it: alignment and evidence."""

from dataclasses import dataclass

from graph_service.domain.ontology import Ontology
from graph_service.graph.view import Citation, View
from graph_service.queries.answers import CitedClaim, cited
from graph_service.queries.explain import missing
from graph_service.queries.inclination import Inclined, factors
from graph_service.queries.ties import Sign

MOST_CLAIMS = 5


@dataclass(frozen=True, slots=True)
class InclinedTie:
    """The alignment of two actors (ids, sorted), its sign, the latest of the claims that make it,
    friendly and hostile, with how many there are, and what they leave to be wished for."""

    actors: tuple[str, str]
    alignment: float
    sign: Sign
    claims: tuple[CitedClaim, ...]
    claims_available: int
    missing: tuple[str, ...]


def inclined_tie(view: View, ties: Inclined, place: int, citations: list[Citation]) -> InclinedTie:
    """The tie at a place, told; the claims shown are added to `citations`."""
    a, b = int(ties.one[place]), int(ties.other[place])
    claims = inclining(view, a, b, inclining_relations(view.ontology))
    latest = sorted(claims, key=lambda claim: (-claim.begins, claim.id))[:MOST_CLAIMS]
    citations += latest
    one, other = sorted(map(view.actors.id, (a, b)))
    value = float(ties.alignment[place])
    return InclinedTie(
        actors=(one, other),
        alignment=value,
        sign=Sign.PLUS if value > 0 else Sign.MINUS if value < 0 else Sign.NEUTRAL,
        claims=tuple(map(cited, latest)),
        claims_available=len(claims),
        missing=missing(claims),
    )


def inclining_relations(ontology: Ontology) -> frozenset[str]:
    """The relations that make for friendship or hostility."""
    counted = zip(ontology.relations.items(), factors(ontology).tolist(), strict=True)
    return frozenset(name for (name, one), factor in counted if one.hostility > 0 or factor > 0)


def inclining(view: View, a: int, b: int, relations: frozenset[str]) -> list[Citation]:
    """The live claims between two actors in these relations."""
    return [claim for claim in view.citations(a, b) if claim.relation in relations]
