"""The votes of a file, by window of years and state, as sets of roll calls."""

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.intake import Intake
from graph_service.importers.spells import REPEATED, whole
from graph_service.importers.spells_states import States, gone_called
from graph_service.importers.un_votes_agreement import Votes
from graph_service.importers.un_votes_calls import RollCall, RollCalls

COLUMNS = ("rcid", "country", "country_code", "vote")
MOST_VOTERS = 1000
"""The Assembly has not had 250 members in all; a table with more voters than this is none of it."""

_VOTES = {"yes": 0, "no": 1, "abstain": 2, "1": 0, "3": 1, "2": 2}
"""Where a vote stands in `Votes`, in words and as the Voting Data number them."""
_NONE = frozenset({"", "absent", "na", "8", "9"})
_NUMBERED = {"Yugoslavia": 345, "Federal Republic of Germany": 260}
"""Members whom the name does not tell, by their number after Gleditsch and Ward."""


class Cast:
    """All votes by window and state, with the number of votes of each window and the line of the
    first of them."""

    def __init__(self, intake: Intake, calls: RollCalls) -> None:
        self.rows: dict[int, int] = {}
        self.line: dict[int, int] = {}
        self._intake = intake
        self._calls = calls
        self._states = States(intake.actors, "gw")
        self._found: dict[tuple[str, str, int], str] = {}
        self._voters: set[tuple[str, str]] = set()
        self._votes: dict[int, dict[str, list[int]]] = {}

    def row(self, cells: list[str], line: int) -> None:
        """Note a vote."""
        number, country, code, how = cells
        call = self._calls.find(whole(number, "rcid"))
        place = _VOTES.get(how.casefold())
        if place is None:
            self._pass_over(how)
            return
        votes = self._votes_of(country, code, call)
        if (votes[0] | votes[1] | votes[2]) & call.bit:
            self._intake.skip(REPEATED)
            return
        votes[place] |= call.bit
        self.line.setdefault(call.window, line)
        self.rows[call.window] = self.rows.get(call.window, 0) + 1

    def windows(self) -> list[int]:
        """The windows in which there are votes, by their first year."""
        return sorted(self.rows)

    def votes(self, window: int) -> dict[str, Votes]:
        """The votes of a window by state, in the order of the ids."""
        return {state: Votes(*votes) for state, votes in sorted(self._votes[window].items())}

    def _pass_over(self, how: str) -> None:
        if how.casefold() not in _NONE:
            raise InvalidRecord(f"{how[:20]!r} is no vote: yes, no and abstain are", field="vote")
        self._intake.skip("no vote was cast")

    def _votes_of(self, country: str, code: str, call: RollCall) -> list[int]:
        key = (country, code, call.year)
        state = self._found.get(key)
        if state is None:
            self._check_number(country, code)
            state = self._found[key] = self._state(country, code, call.year)
        window = self._votes.setdefault(call.window, {})
        return window.setdefault(state, [0, 0, 0])

    def _check_number(self, country: str, code: str) -> None:
        self._voters.add((country, code))
        if len(self._voters) > MOST_VOTERS:
            self._voters.discard((country, code))
            raise InvalidRecord(
                f"there are more than {MOST_VOTERS:,} voters: these are no votes of states",
                field="country",
            )

    def _state(self, country: str, code: str, year: int) -> str:
        book = self._intake.actors
        if country in _NUMBERED:
            return self._states.by_number(_NUMBERED[country], year, "country")
        gone = gone_called(country, year)
        if gone is not None:
            return book.actor(gone.name, "state", key=code or country, aliases=gone.also)
        ids = {"iso2": code} if code else {}
        return book.actor(country, "state", key=code or country, ids=ids)
