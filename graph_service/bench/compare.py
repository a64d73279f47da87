"""Whether two engines answered alike: the same everywhere but for rounding."""

from collections.abc import Mapping, Sequence

from graph_service.bench.networkx_answer import Plain, Ranked
from graph_service.bench.questions import TOLERANCE, Tie
from graph_service.queries.leverage import Entry, LeverageOver


def same_ties(left: Mapping[Tie, float], right: Mapping[Tie, float], minimum: float) -> bool:
    """Whether the ties are the same, with equal strengths; one on the very edge of the filter may
    be in either."""
    return all(
        abs(left.get(tie, minimum) - right.get(tie, minimum)) <= TOLERANCE
        for tie in left.keys() | right.keys()
    )


def same_leverage(answer: LeverageOver, peer: tuple[Sequence[Ranked], Sequence[Ranked]]) -> bool:
    """Whether both rankings agree in everything: values, paths, steps and the claims cited."""
    return alike(
        [list(map(_of_product, answer.ranking)), list(map(_of_product, answer.coercion))],
        [list(map(_of_peer, ranking)) for ranking in peer],
    )


def same_influence(answer: LeverageOver, peer: Sequence[Plain]) -> bool:
    """Whether the ranking by influence agrees in actors, values and paths."""
    return alike(
        [
            [entry.actor.id, entry.leverage, [[p.actors, p.kind, p.weight] for p in entry.paths]]
            for entry in answer.ranking
        ],
        [[one.actor, one.leverage, [list(path) for path, _ in one.ways]] for one in peer],
    )


def alike(left: object, right: object) -> bool:
    """Whether two values of plain types are equal, numbers up to rounding.

    >>> alike({"a": [1.0, "x"]}, {"a": [1.0 + 1e-12, "x"]})
    True
    """
    match left, right:
        case float(), float():
            return abs(left - right) <= TOLERANCE
        case Mapping(), Mapping():
            return left.keys() == right.keys() and all(alike(left[k], right[k]) for k in left)
        case list() | tuple(), list() | tuple():
            return len(left) == len(right) and all(map(alike, left, right))
    return left == right


def _of_product(entry: Entry) -> list[object]:
    paths = [
        [
            path.actors,
            path.kind,
            path.weight,
            path.share,
            [
                [
                    step.value,
                    step.families,
                    [(claim.id, tuple(s.id for s in claim.sources)) for claim in step.claims],
                ]
                for step in path.steps
            ],
        ]
        for path in entry.paths
    ]
    values = [entry.leverage, entry.coercion, entry.net, entry.exclusivity, entry.channels]
    return [entry.actor.id, *values, paths]


def _of_peer(entry: Ranked) -> list[object]:
    paths = [
        [
            *way.path,
            way.share,
            [[step.value, step.families, list(step.claims)] for step in way.steps],
        ]
        for way in entry.ways
    ]
    values = [entry.leverage, entry.coercion, entry.net, entry.exclusivity, entry.channels]
    return [entry.actor, *values, paths]
