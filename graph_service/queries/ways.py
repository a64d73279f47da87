"""How steps are taken: by influence and by coercion, over which families (`docs/method.md` §3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.ontology import STICKS, Ontology
from graph_service.queries.dependence import StepWeights

ALL = "all"
INFLUENCE = "influence"
COERCION = "coercion"


@dataclass(frozen=True, slots=True)
class Way:
    """What steps weigh: the `last` one into a target, and those in the `middle` before it."""

    middle: StepWeights
    last: StepWeights


def ways(ontology: Ontology, channels: str | frozenset[str] | None = None) -> Mapping[str, Way]:
    """The ways of influence and of coercion.

    `channels` restricts the last step of influence to some channels; "all" takes every family at
    every step; None takes all that are not sticks. Raises `InvalidQuestion` for other channels.
    """
    _check(ontology, channels)
    soft = ontology.families_of(ontology.soft_channels)
    every = frozenset(ontology.families)
    chosen = soft if channels is None else every
    if isinstance(channels, frozenset):
        chosen = ontology.families_of(channels)
    transmitted = StepWeights(ontology, soft, transmitted=True)
    middle = StepWeights(ontology, every, transmitted=True) if channels == ALL else transmitted
    sticks = ontology.families_of(frozenset({STICKS}))
    return {
        INFLUENCE: Way(middle, StepWeights(ontology, chosen, transmitted=False)),
        COERCION: Way(transmitted, StepWeights(ontology, sticks, transmitted=False)),
    }


def _check(ontology: Ontology, channels: str | frozenset[str] | None) -> None:
    if isinstance(channels, str):
        known = channels == ALL
    else:
        known = channels is None or (bool(channels) and channels <= set(ontology.channels))
    if not known:
        raise InvalidQuestion(
            f"channels is {ALL!r} or some of {', '.join(ontology.channels)}", parameter="channels"
        )
