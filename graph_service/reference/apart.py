"""Actors of a list beside those written by hand, so that no name leads to two whom nobody meant to
share it."""

from collections import Counter
from collections.abc import Iterable

from graph_service.domain.actors import Actor
from graph_service.names.folding import fold_name


def joined(told: Iterable[Actor], listed: Iterable[Actor]) -> list[Actor]:
    """Those written by hand, and of a list those who have every name to themselves. Who is called
    as somebody written by hand is that one, and told of already."""
    whole, more = list(told), list(listed)
    taken = {folded for actor in whole for folded in _folded(actor)}
    bearing = Counter(folded for actor in more for folded in _folded(actor))
    alone = (
        actor
        for actor in more
        if all(bearing[folded] == 1 and folded not in taken for folded in _folded(actor))
    )
    return whole + list(alone)


def _folded(actor: Actor) -> set[str]:
    return {fold_name(text) for text in (actor.name, *(alias.text for alias in actor.aliases))}
