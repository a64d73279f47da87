"""Sources cited by number, and where in them a claim stands."""

from collections.abc import Iterable

from graph_service.client.known import Known
from graph_service.client.plain import shown
from graph_service.domain.claims import Stance
from graph_service.graph.view import CitedSource
from graph_service.queries.answers import CitedClaim, Meta
from graph_service.queries.words import located


class Footnotes:
    """The footnotes of a text or a card, numbered in the order in which sources are first cited."""

    def __init__(self, known: Known, meta: Meta) -> None:
        self._known = known
        self._meta = meta
        self._sources: dict[str, CitedSource] = {}

    def asserting(self, claim: CitedClaim) -> list[str]:
        """A footnote for each source that says so."""
        return self._notes(claim, claim.sources, Stance.ASSERTED)

    def denying(self, claim: CitedClaim) -> list[str]:
        """A footnote for each source that says that it is not so."""
        return self._notes(claim, claim.denied_by, Stance.DENIED)

    def cited(self) -> Iterable[tuple[int, CitedSource]]:
        """Every source that was cited, with its number."""
        return enumerate(self._sources.values(), start=1)

    def _notes(
        self, claim: CitedClaim, sources: Iterable[CitedSource], stance: Stance
    ) -> list[str]:
        return [self._note(claim, source, stance) for source in sources]

    def _note(self, claim: CitedClaim, source: CitedSource, stance: Stance) -> str:
        self._sources.setdefault(source.id, source)
        number = list(self._sources).index(source.id) + 1
        # Evidence is looked up as it is now, which is not what was known at another time.
        places = {} if self._meta.known_at else self._known.places(claim.id)
        where = [shown(place) for place in places.get((source.id, stance.value), ())]
        return f"[{number}: {located(where)}]" if where else f"[{number}]"
