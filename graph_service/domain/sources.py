"""Who says so: sources, where they come from and how far they are believed."""

from dataclasses import dataclass
from enum import StrEnum

from graph_service.domain.periods import Span, parse_published

_OWN = "\x1f"


class Reliability(StrEnum):
    """The Admiralty scale: A completely reliable … E unreliable, F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


@dataclass(frozen=True, slots=True)
class Source:
    """Something published. `origin` is the owner or agency behind it; `published` a dated interval."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    kind: str | None = None
    reliability: Reliability = Reliability.F
    origin: str | None = None
    language: str | None = None
    sha256: str | None = None

    @property
    def origin_or_self(self) -> str:
        """The origin; a source without one is its own origin, under a name that nobody can give."""
        return self.origin if self.origin is not None else f"{_OWN}{self.id}"

    def published_days(self) -> Span | None:
        """The possible days of publication, None when it is undated."""
        return None if self.published is None else parse_published(self.published)


def origin_shown(origin: str) -> str:
    """An origin as it is shown: a source without one is called by its id.

    >>> origin_shown(Source("paper", "The Paper").origin_or_self)
    'paper'
    """
    return origin.removeprefix(_OWN)
