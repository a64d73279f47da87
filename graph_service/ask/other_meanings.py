"""What sentences mean that ask of two, of many or of time: each section is the question of its name."""

from collections.abc import Callable, Mapping

from graph_service.ask.mentions import Mention
from graph_service.ask.patterns import Bound
from graph_service.ask.unaskable import Unaskable

Parameters = dict[str, str]
_TWO = "It is asked of two actors, and names {}."
_ONE = "It is asked of one actor, and names several: ask for each by itself."


def _named(bound: Bound) -> tuple[Mention, ...]:
    return (*bound.subject, *bound.object)


def _pair(bound: Bound) -> Parameters:
    named = _named(bound)
    if len(named) != 2:
        raise Unaskable(_TWO.format("one" if len(named) == 1 else "more"))
    return {"between": ",".join(one.actor for one in named)}


def _several(bound: Bound) -> Parameters:
    named = _named(bound)
    return {"actors": ",".join(one.actor for one in named)} if named else {}


def _balance(bound: Bound) -> Parameters:
    found = _several(bound)
    if len(_named(bound)) in (1, 2):
        raise Unaskable("Tensions are asked of three actors or more, or of all.")
    return found


def _timeline(bound: Bound) -> Parameters:
    found = _several(bound)
    return found | {"together": "true"} if len(_named(bound)) > 1 else found


def _changes(bound: Bound) -> Parameters:
    match _named(bound):
        case (one,):
            return {"actor": one.actor}
        case (one, other):
            return {"actor": one.actor, "other": other.actor}
    raise Unaskable(_TWO.format("none" if not _named(bound) else "more"))


def _one_as(name: str, *, needed: bool = False) -> Callable[[Bound], Parameters]:
    def meant(bound: Bound) -> Parameters:
        named = _named(bound)
        if len(named) > 1 or (needed and not named):
            raise Unaskable(_ONE)
        return {name: named[0].actor} if named else {}

    return meant


OTHERS: Mapping[str, Callable[[Bound], Parameters]] = {
    "mediators": _pair,
    "timeline": _timeline,
    "changes": _changes,
    "alignment": _pair,
    "balance": _balance,
    "blocs": _several,
    "brokers": _one_as("over"),
    "comparison": _pair,
    "coverage": _one_as("actor"),
    "latent": _one_as("id", needed=True),
}
"""The parameters of each of these questions, from who is named."""

LEARNED = "learned"
"""The section of what became known: changes between two states of knowledge."""

SINCE: Mapping[str, str] = {
    "neighbours": "since",
    "timeline": "since",
    "alignment": "since",
    "changes": "from",
}
"""The questions that can be asked since a day, with the parameter that takes it."""

THROUGH_TIME = frozenset({"timeline", "changes"})
"""The questions that a period bounds on both sides."""

TAKES: Mapping[str, frozenset[str]] = {
    name: frozenset({"fold"}) if name in ("alignment", "blocs") else frozenset({"limit", "fold"})
    for name in OTHERS
} | {"mediators": frozenset({"limit", "fold", "belligerents"})}
