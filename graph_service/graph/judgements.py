"""The judgements that an index has seen."""

from collections.abc import Iterable

from graph_service.domain.identity import Identities, Judgement


class Judgements:
    """Judgements in the order of the log, each with its place there and the time from which it was
    known (microseconds); who judged and why stays in the log. It only grows."""

    def __init__(self, entries: Iterable[tuple[int, int, Judgement]] = ()) -> None:
        self.entries = list(entries)
        self._cached: tuple[int, int, Identities] | None = None

    def __len__(self) -> int:
        return len(self.entries)

    def put(self, sequence: int, recorded: int, judgement: Judgement) -> None:
        """A judgement, known from `recorded` on."""
        bare = Judgement(judgement.left, judgement.right, judgement.verdict)
        self.entries.append((sequence, recorded, bare))

    def at(self, count: int, known: int) -> Identities:
        """Which actors are one by the first `count` judgements, those recorded later left out."""
        cached = self._cached
        if cached is not None and cached[0] == count and cached[1] <= known:
            return cached[2]
        seen = self.entries[:count]
        identities = Identities(one for _, recorded, one in seen if recorded <= known)
        last = max((recorded for _, recorded, _ in seen), default=0)
        if last <= known:
            self._cached = (count, last, identities)
        return identities

    def holding(self, known: int) -> dict[frozenset[str], int]:
        """Where in the log the judgement is that holds on each pair, by those recorded by then."""
        return {one.pair: place for place, recorded, one in self.entries if recorded <= known}
