"""Whether two actors are one: judgements that can be undone."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph_service.domain.errors import Conflict


class Verdict(StrEnum):
    """What a judgement says of two actors."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody's judgement on whether `left` and `right` are one actor; a later one on the same two
    replaces it. `by` and `at` are None until a store has stamped them."""

    left: str
    right: str
    verdict: Verdict
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two actors, in no order."""
        return frozenset((self.left, self.right))


class Identities:
    """Which actors are one, by the last judgement on every pair.

    Those that a chain of `same` connects are one. That no two of them are judged different is
    seen to by `check_fits`, before a judgement is taken in.

    >>> known = Identities([Judgement("a", "b", Verdict.SAME), Judgement("c", "b", Verdict.SAME)])
    >>> known.one_with("a"), [step.pair == {"b", "c"} for step in known.chain("a", "c")]
    (['a', 'b', 'c'], [False, True])
    >>> known.put(Judgement("b", "a", Verdict.UNSURE))
    >>> known.one_with("a")
    ['a']
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._said: set[Judgement] = set()
        self._holding: dict[frozenset[str], Judgement] = {}
        self._same: dict[str, dict[str, Judgement]] = {}
        self._different: dict[str, dict[str, Judgement]] = {}
        for judgement in judgements:
            self.put(judgement)

    def put(self, judgement: Judgement) -> None:
        """Take in the next judgement."""
        self._said.add(judgement)
        self._holding[judgement.pair] = judgement
        for held, is_meant in (
            (self._same, judgement.verdict is Verdict.SAME),
            (self._different, judgement.verdict is Verdict.DIFFERENT),
        ):
            for one, other in (
                (judgement.left, judgement.right),
                (judgement.right, judgement.left),
            ):
                others = held.setdefault(one, {})
                others.pop(other, None)
                if is_meant:
                    others[other] = judgement
                elif not others:
                    del held[one]

    def has(self, judgement: Judgement) -> bool:
        """Whether this very judgement was taken in, holding or not."""
        return judgement in self._said

    def on(self, left: str, right: str) -> Judgement | None:
        """The judgement that holds on two actors."""
        return self._holding.get(frozenset((left, right)))

    def one_with(self, actor: str) -> list[str]:
        """All that are one with an actor, itself first, the nearest before the others."""
        return list(self._reached(actor))

    def groups(self) -> list[list[str]]:
        """Every set of actors that are one, of at least two."""
        found: list[list[str]] = []
        seen: set[str] = set()
        for actor in self._same:
            if actor not in seen:
                found.append(self.one_with(actor))
                seen.update(found[-1])
        return found

    def chain(self, left: str, right: str, without: Judgement | None = None) -> list[Judgement]:
        """The fewest judgements that make two actors one, from the first to the second; empty
        where they are not, or not `without` one of the judgements."""
        came = self._reached(left, without)
        steps: list[Judgement] = []
        step = came.get(right)
        while step is not None:
            steps.append(step)
            right = step.left if step.right == right else step.right
            step = came[right]
        return steps[::-1]

    def apart(self, left: str, right: str) -> Iterator[Judgement]:
        """The judgements that call one of the first actor's and one of the second's different,
        other than the one on the two themselves."""
        if not self._different:
            return
        ones, others = self.one_with(left), set(self.one_with(right))
        for one in ones:
            for other, held in self._different.get(one, {}).items():
                if other in others and {one, other} != {left, right}:
                    yield held

    def _reached(self, actor: str, without: Judgement | None = None) -> dict[str, Judgement | None]:
        """Every actor that is one with this one, by the judgement that leads to it."""
        came: dict[str, Judgement | None] = {actor: None}
        waiting = deque([actor])
        while waiting:
            for other, judgement in self._same.get(waiting[0], {}).items():
                if other not in came and judgement != without:
                    came[other] = judgement
                    waiting.append(other)
            waiting.popleft()
        return came


def check_fits(judgement: Judgement, known: Identities) -> None:
    """Raise `Conflict` where a judgement contradicts others that hold: `same` on actors that would
    bring together two judged different, `different` on actors that others make one."""
    left, right = judgement.left, judgement.right
    if judgement.verdict is Verdict.SAME:
        apart = next(known.apart(left, right), None)
        if apart is not None:
            raise Conflict(
                f"{left!r} and {right!r} cannot be the same actor while {_told(apart)}: "
                "undo that judgement first, by judging the two unsure or the same"
            )
    elif judgement.verdict is Verdict.DIFFERENT:
        chain = known.chain(left, right, without=known.on(left, right))
        if chain:
            raise Conflict(
                f"{left!r} and {right!r} cannot be different actors while "
                f"{' and '.join(map(_told, chain))}: undo one of these judgements first, by "
                "judging its two actors unsure or different"
            )


def _told(judgement: Judgement) -> str:
    verdict = "the same as" if judgement.verdict is Verdict.SAME else "different from"
    return f"{judgement.left!r} is judged {verdict} {judgement.right!r} (by {judgement.by})"
