"""Names of actors of the reference set in other languages and scripts, written by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph_service.domain.actors import Actor, Alias
from graph_service.reference.states import distinct


def in_other_scripts(
    actors: Iterable[Actor], told: Mapping[str, Sequence[tuple[str, str]]]
) -> Iterator[Actor]:
    """The actors with these names added, which are `told` by id: the language and the name."""
    for actor in actors:
        aliases = (Alias(text, lang=lang) for lang, text in told.get(actor.id, ()))
        every = distinct(actor.name, (*actor.aliases, *aliases))
        yield replace(actor, aliases=tuple(every))
