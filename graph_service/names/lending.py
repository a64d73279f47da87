"""What an actor of a graph may be called besides, lent by the reference set and never written."""

from collections.abc import Iterable

from graph_service.domain.actors import Actor
from graph_service.names.folding import fold_name
from graph_service.names.index import Names


class Lender:
    """Lends names and identifiers of the reference set to the actors that they are true of: those
    of the same id and kind that share a name with it."""

    def __init__(self, reference: Iterable[Actor] = ()) -> None:
        self._reference = {actor.id: actor for actor in reference}

    def names(self, actors: Iterable[Actor]) -> Names:
        """The names of all these actors, with what is lent to them."""
        names = Names()
        for actor in actors:
            self.put(actor, names)
        return names

    def put(self, actor: Actor, names: Names) -> None:
        """Take an actor in among the names, with what is lent to it."""
        names.put(actor, self._lent(actor))

    def _lent(self, actor: Actor) -> Actor | None:
        there = self._reference.get(actor.id)
        if there is None or there.kind != actor.kind or _names(actor).isdisjoint(_names(there)):
            return None
        return there


def _names(actor: Actor) -> set[str]:
    return {fold_name(text) for text in (actor.name, *(alias.text for alias in actor.aliases))}
