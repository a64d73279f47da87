"""Roll calls of the General Assembly of the United Nations, as evidence of who is aligned with whom.

Taken are votes by roll call (`rcid`, `country`, `country_code`, `vote`) with the list of roll calls
(`rcid`, `date`, `unres`), as they are made from the *United Nations General Assembly Voting Data*;
see Bailey, Strezhnev and Voeten 2017, *Journal of Conflict Resolution* 61(2). The list is named by
the wish `roll_calls`, unless the votes are dated themselves (a column `date`).

For each calendar year (or window of years) every pair of states that voted together often enough
is compared, and a pair that agrees far more than chance would have it is told as `aligned_with`: an
observation of that year, with the share of agreement and the number of votes. What is held is the
list of roll calls, and three bits for each of them and each state.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.intake import Intake, Row
from graph_service.importers.packed import Packed, opened
from graph_service.importers.running import Format
from graph_service.importers.spells_tables import header_of, rows_of
from graph_service.importers.un_votes_agreement import Agreement, Votes, agreement
from graph_service.importers.un_votes_calls import RollCalls, roll_calls
from graph_service.importers.un_votes_cast import COLUMNS, Cast
from graph_service.importers.un_votes_terms import WISHES, Terms

RELIABILITY = Reliability.B
"""Votes are on record; the table of them is compiled by scholars."""
CONFIDENCE = 0.6
"""That states which vote alike share a line is a conclusion: the most that a hedge may have."""
MOST_CITED = 12


class Cited:
    """Which resolutions a claim cites: of those on which the two voted alike, first the ones on
    which fewest others voted so."""

    def __init__(self, resolutions: Sequence[str], votes: Iterable[Votes]) -> None:
        self._resolutions = resolutions
        counted = [[0] * len(resolutions) for _ in range(3)]
        for voter in votes:
            for how, cast in zip(counted, voter, strict=True):
                for bit in _bits(cast):
                    how[bit] += 1
        ways = ((how, bit) for how in range(3) for bit in range(len(resolutions)))
        self._rarest = sorted(ways, key=lambda way: (counted[way[0]][way[1]], way[1]))

    def by(self, one: Votes, other: Votes, found: Agreement) -> str:
        """The resolutions as the place of a claim, at most so many by name."""
        alike = [mine & theirs for mine, theirs in zip(one, other, strict=True)]
        rarest = (bit for how, bit in self._rarest if alike[how] >> bit & 1)
        named = dict.fromkeys(self._resolutions[bit] for bit in islice(rarest, MOST_CITED))
        rest = found.alike - MOST_CITED
        more = f" and {rest:,} more" if rest > 0 else ""
        return (
            f"alike on {', '.join(named)}{more}; opposed on {found.opposed:,}; "
            f"beyond chance {found.beyond_chance:.2f}"
        )


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """For each window of years a row that stands for its votes, and one for each aligned pair."""
    terms = Terms.wished(intake.wishes.more)
    calls = _roll_calls(packed, intake, terms)
    cast = Cast(intake, calls)
    yield from rows_of(packed, intake, COLUMNS, cast.row)
    for window in cast.windows():
        yield Row(cast.line[window], (), cast.rows[window])
        votes = cast.votes(window)
        cited = Cited(calls.resolutions[window], votes.values())
        for record in _aligned(intake, terms, terms.period(window), votes, cited):
            yield Row(cast.line[window], (record,), 0)


def _roll_calls(packed: Packed, intake: Intake, terms: Terms) -> RollCalls:
    place = intake.wishes.more.get("roll_calls")
    if place is not None:
        with opened(place) as listed:
            return roll_calls(listed, intake, terms.window)
    if "date" in header_of(packed, intake):
        return roll_calls(packed, intake, terms.window)
    raise InvalidRecord(
        "the votes have no dates: name the list of roll calls too, as roll_calls "
        "(a table with rcid, date and unres)",
        field="roll_calls",
    )


def _aligned(
    intake: Intake, terms: Terms, when: When, votes: dict[str, Votes], cited: Cited
) -> Iterator[ClaimRecord]:
    """The pairs of a window that agree enough, by their ids."""
    source = intake.source(source_of(intake, when))
    for one, other in combinations(votes, 2):
        # Beyond chance no pair agrees more than it agrees at all.
        found = agreement(votes[one], votes[other], least=terms.agreement)
        if found is not None and terms.met(found):
            yield intake.told(
                intake.claim(one, "aligned_with", other, when),
                source,
                intake.confidence(CONFIDENCE),
                cited.by(votes[one], votes[other], found),
                amount=round(found.share, 4),
                unit=f"share of {found.votes} votes",
            )


def source_of(intake: Intake, when: When) -> Source:
    """The roll calls of a window as a source, dated by it."""
    years = when.text.replace("/", "-")
    return Source(
        f"un-ga-votes-{years}",
        f"Roll calls of the United Nations General Assembly, {years}",
        publisher="United Nations General Assembly Voting Data",
        url="https://doi.org/10.7910/DVN/LEJUQZ",
        published=when.text,
        kind="data",
        reliability=intake.reliability(RELIABILITY),
        origin="un-general-assembly",
    )


def _bits(number: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


FORMAT = Format(
    name="un-votes",
    title="Roll calls of the UN General Assembly, as evidence of alignment (csv).",
    scheme="un",
    read=read,
    coder="import/un-votes",
    more=WISHES,
    files=("roll_calls",),
)
