"""Reads the columns of a view back into plain dictionaries, for tests that compare and compute."""

from graph_service.graph.view import View


def masses(view: View) -> dict[tuple[str, str], dict[str, float]]:
    """S_f(x→y) as `masses[x, y][f]`."""
    supply, names = view.supply, list(view.ontology.families)
    return {
        (view.actors.id(int(supply.source[tie])), view.actors.id(y)): {
            names[supply.family[n]]: float(supply.mass[n])
            for n in range(int(supply.first[tie]), int(supply.last[tie]))
        }
        for y in range(len(view.actors))
        for tie in range(int(supply.start[y]), int(supply.stop[y]))
    }


def gates(view: View) -> dict[tuple[str, str], float]:
    """g(x,y) of every tie with mass."""
    supply = view.supply
    return {
        (view.actors.id(int(supply.source[tie])), view.actors.id(y)): float(supply.gate[tie])
        for y in range(len(view.actors))
        for tie in range(int(supply.start[y]), int(supply.stop[y]))
    }


def strengths(view: View) -> dict[tuple[str, str, str, bool], float]:
    """The strength of every link as `strengths[at, relation, other, outward]`."""
    links, names = view.links, list(view.ontology.relations)
    return {
        (
            view.actors.id(at),
            names[links.relation[n]],
            view.actors.id(int(links.other[n])),
            bool(links.outward[n]),
        ): float(links.strength[n])
        for at in range(len(view.actors))
        for n in range(int(links.start[at]), int(links.stop[at]))
    }


def mass(view: View, x: str, y: str) -> float:
    """All that x supplies y with."""
    return sum(masses(view).get((x, y), {}).values())


def strength(view: View, subject: str, relation: str, object_: str) -> float:
    """The strength of one tie, 0 where there is none."""
    return strengths(view).get((subject, relation, object_, True), 0.0)
