"""What claims belong together: talks, a war, a crisis."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Episode:
    """A named episode; the claims of one mediation all carry its id."""

    id: str
    kind: str
    name: str
    when: str
