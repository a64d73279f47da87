"""The terms on which voters that agree count as aligned, and how a user wishes for others."""

from collections.abc import Mapping
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.importers.un_votes_agreement import Agreement

WISHES = (
    (
        "roll_calls",
        "the file with the date and the resolution of each roll call (rcid, date, unres)",
    ),
    ("window", "how many calendar years are compared together (1)"),
    ("votes", "how many votes a pair has in common at least (10)"),
    ("agreement", "how far a pair agrees beyond chance at least, above 0 and up to 1 (0.8)"),
)


class Terms(NamedTuple):
    """How many years make a window, and from how many common votes and which agreement beyond
    chance a pair in it is aligned.

    From .8 agreement is "almost perfect" in the words of Landis and Koch 1977, *Biometrics* 33(1);
    some 5 % of all pairs reach that in a year. The mere share would say little: two thirds of all
    pairs have more than four fifths.
    """

    window: int = 1
    votes: int = 10
    agreement: float = 0.8

    @classmethod
    def wished(cls, more: Mapping[str, str]) -> "Terms":
        """The terms with what the user wishes otherwise; raises `InvalidRecord`."""
        usual = cls()
        return cls(
            int(_number(more, "window", usual.window, most=100)),
            int(_number(more, "votes", usual.votes, most=100_000)),
            _number(more, "agreement", usual.agreement, most=1),
        )

    def met(self, found: Agreement) -> bool:
        """Whether such a pair is aligned."""
        beyond = found.beyond_chance
        return found.votes >= self.votes and beyond is not None and beyond >= self.agreement

    def period(self, first: int) -> When:
        """A window by its first year: one year as an observation, several as a spell."""
        last = first + self.window - 1
        return When.parse(f"{first:04}" if self.window == 1 else f"{first:04}/{last:04}")


def _number(more: Mapping[str, str], name: str, usual: float, *, most: float) -> float:
    try:
        value = float(more.get(name, usual))
    except ValueError:
        value = 0
    is_whole = value == int(value) if abs(value) < 1e9 else False
    if not 0 < value <= most or not (is_whole or name == "agreement"):
        kind = "a number" if name == "agreement" else "a whole number"
        raise InvalidRecord(f"{name} is {kind} above 0 and up to {most:,}", field=name)
    return value
