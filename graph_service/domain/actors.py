"""Who acts: actors, their names and their dated aliases."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What kind of name an alias is."""

    NAME = "name"
    ACRONYM = "acronym"
    METONYM = "metonym"
    FORMER = "former"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an actor, valid from `since` to `until` (ISO prefixes) where they are given."""

    text: str
    scope: Scope = Scope.NAME
    lang: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Anybody who can act or be acted on; `id` is a stable slug, `kind` one of the ontology's.

    Places are not actors: "Moscow" is an alias of Russia with the scope metonym.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[Alias, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    description: str | None = None
