"""Who counts as which state, by nothing but dicts and loops, for the naive view."""

from collections.abc import Mapping

from graph_service.domain.ontology import End, Ontology
from graph_service.graph.corroboration import Tie
from graph_service.graph.roll import Roll

FAR = float("inf")


def states_of(strengths: Mapping[Tie, float], roll: Roll, ontology: Ontology) -> dict[str, str]:
    """The state that each actor counts as, by the strengths of all ties between actors."""
    ways = _ways(strengths, ontology)
    kinds = {id_: roll.kind(roll.code(id_)) for id_ in roll}
    steps = {id_: 0.0 if kinds[id_] == "state" else FAR for id_ in roll}
    for _ in kinds:
        for actor, onward in ways.items():
            if kinds[actor] not in ("state", "unknown"):
                steps[actor] = 1 + min(steps[principal] for principal in onward)
    return {id_: _followed(id_, ways, steps) for id_ in roll if 0 < steps[id_] < FAR}


def _ways(strengths: Mapping[Tie, float], ontology: Ontology) -> dict[str, dict[str, float]]:
    """For whom each actor acts, and by how strong a tie."""
    ways: dict[str, dict[str, float]] = {}
    for (subject, relation, object_), strength in strengths.items():
        folds = ontology.relations[relation].folds
        if folds is not None:
            ends = (subject, object_) if folds is End.SUBJECT else (object_, subject)
            onward = ways.setdefault(ends[0], {})
            onward[ends[1]] = max(round(strength, 9), onward.get(ends[1], 0.0))
    return ways


def _followed(
    actor: str, ways: Mapping[str, Mapping[str, float]], steps: Mapping[str, float]
) -> str:
    """The state at the end of an actor's way."""
    while steps[actor] > 0:
        nearer = {p: s for p, s in ways[actor].items() if steps[p] == steps[actor] - 1}
        actor = min(nearer, key=lambda principal: (-nearer[principal], principal))
    return actor
