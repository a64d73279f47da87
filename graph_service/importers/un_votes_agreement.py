"""How far two voters agree, counted on sets of roll calls.

A set of roll calls is one whole number with a bit for each, so that a pair of voters is compared by
a few operations on whole numbers, however many votes they have in common.
"""

from typing import NamedTuple


class Votes(NamedTuple):
    """The roll calls on which somebody voted yes, no, or abstained."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def cast(self) -> int:
        """All of them."""
        return self.yes | self.no | self.abstain


class Agreement(NamedTuple):
    """How two voters voted on the roll calls on which both did: `votes` is how many those are,
    `alike` and `opposed` how many of them; the rest is an abstention against a vote.

    `share` is the index of agreement: alike and half the rest, by all votes (Lijphart 1963,
    *American Political Science Review* 57(4)).

    `beyond_chance` is what of it is more than chance would give: Scott's pi with linear weights,
    1 for full agreement and 0 for what two voters reach who draw their votes from the frequencies
    of the pair. In the General Assembly most votes are yes, so that any two share most votes; see
    Häge 2011, "Choice or Circumstance?", *Political Analysis* 19(3). It is None where both only
    ever voted in one way, which tells nothing.
    """

    votes: int
    alike: int
    opposed: int
    share: float
    beyond_chance: float | None


def agreement(one: Votes, other: Votes, *, least: float = 0.0) -> Agreement | None:
    """The agreement of two voters; None where they have no vote in common, or a share below `least`.

    >>> a = agreement(Votes(yes=0b0111, no=0b1000), Votes(yes=0b0011, no=0b1000, abstain=0b0100))
    >>> a.votes, a.alike, a.opposed, a.share, round(a.beyond_chance, 3)
    (4, 3, 0, 0.875, 0.704)
    """
    votes = (one.cast & other.cast).bit_count()
    if not votes:
        return None
    alike = (one.yes & other.yes | one.no & other.no | one.abstain & other.abstain).bit_count()
    opposed = (one.yes & other.no | one.no & other.yes).bit_count()
    share = (votes + alike - opposed) / (2 * votes)
    if share < least:
        return None
    by_chance = _by_chance(one, other, votes)
    beyond = None if by_chance is None else (share - by_chance) / (1 - by_chance)
    return Agreement(votes, alike, opposed, share, beyond)


def _by_chance(one: Votes, other: Votes, votes: int) -> float | None:
    """The share of two voters who draw from the frequencies of the pair; None where it is 1."""
    both = one.cast & other.cast
    yes = (one.yes & both).bit_count() + (other.yes & both).bit_count()
    no = (one.no & both).bit_count() + (other.no & both).bit_count()
    of = 2 * votes
    abstain = of - yes - no
    # Disagreement: 1 for yes against no, one half for an abstention against either.
    apart = 2 * yes * no + yes * abstain + no * abstain
    return 1 - apart / (of * of) if apart else None
