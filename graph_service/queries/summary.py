"""A summary of an actor's ties: how many there are of each relation, each way."""

from collections import Counter
from dataclasses import dataclass

from graph_service.domain.ontology import Relation
from graph_service.graph.view import View


@dataclass(frozen=True, slots=True)
class TieCount:
    """How many actors one actor is tied to by a relation. `direction` is `out` where the actor is
    the subject, `in` where it is the object, `both` where the relation is symmetric."""

    relation: str
    family: str | None
    direction: str
    count: int


def ties_of(view: View, actor: str) -> tuple[TieCount, ...]:
    """The live ties of the actor with this id, counted, in the order of the ontology; raises
    `NotFound`."""
    code = view.actors.code(actor)
    links = view.links
    here = slice(int(links.start[code]), int(links.stop[code]))
    counted = Counter(zip(links.relation[here].tolist(), links.outward[here].tolist(), strict=True))
    relations = tuple(view.ontology.relations.items())
    return tuple(
        _tie_count(relations[place], outward, counted[place, outward])
        for place, outward in sorted(counted, key=lambda tie: (tie[0], not tie[1]))
    )


def _tie_count(relation: tuple[str, Relation], outward: bool, count: int) -> TieCount:
    name, meaning = relation
    direction = "both" if meaning.symmetric else "out" if outward else "in"
    return TieCount(name, meaning.family or None, direction, count)


def relations_around(view: View, code: int) -> dict[str, int]:
    """How many live ties of each relation there are at the actor with this code."""
    names = list(view.ontology.relations)
    here = slice(int(view.links.start[code]), int(view.links.stop[code]))
    counted = Counter(view.links.relation[here].tolist())
    return {names[place]: counted[place] for place in sorted(counted)}
