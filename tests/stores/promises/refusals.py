from collections.abc import Iterator

import pytest

from graph_service.domain.actors import Actor
from graph_service.domain.claims import Decision, Status
from graph_service.domain.errors import Conflict, GraphError, InvalidRecord, NotFound
from graph_service.domain.records import Record
from graph_service.stores.base import Store
from tests.stores.promises.person import PERSON
from tests.stores.telling import actor, claim, decided, judged, told

REFUSED: list[tuple[str, Record, type[GraphError], str | None]] = [
    ("unknown subject", claim("nobody"), InvalidRecord, "subject"),
    ("unknown object", claim(object_="nobody"), InvalidRecord, "object"),
    ("kind not allowed", claim("hamas", "heads", "iran", when="2020/.."), InvalidRecord, "subject"),
    ("unknown source", claim(source="rumour"), InvalidRecord, "evidence[0].source"),
    ("unknown episode", claim(episode="talks"), InvalidRecord, "episode"),
    (
        "undated source and unknown side",
        claim(relation="backs", when="/..", source="undated"),
        InvalidRecord,
        "evidence[0].source",
    ),
    ("another kind", actor("iran", "person"), Conflict, None),
    ("same evidence, other content", claim(confidence=0.5), Conflict, None),
    ("unknown evidence", Decision("e_none", Status.ACCEPTED, "curator"), NotFound, None),
    ("unknown actor", judged("iran", "nobody"), InvalidRecord, "right"),
    ("retracted before accepted", decided(claim(), "retracted"), Conflict, None),
    ("half a surrogate", Actor("y", "state", "\ud800"), InvalidRecord, None),
]


class Refuses:
    """What cannot be, or breaks off, leaves nothing of its write."""

    @pytest.mark.parametrize(
        ("record", "error", "field"),
        [pytest.param(*case[1:], id=case[0]) for case in REFUSED],
    )
    def test_what_cannot_be_is_refused_and_nothing_of_its_write_stays(
        self, begun: Store, record: Record, error: type[GraphError], field: str | None
    ) -> None:
        head, entries = begun.head(), list(begun.entries())

        with pytest.raises(error) as refused:
            begun.append([actor("egypt"), claim(locator="p. 9"), record], by="desk")

        assert getattr(refused.value, "field", None) == field
        assert begun.head() == head == begun.verify()
        assert list(begun.entries()) == entries
        assert begun.about("actor:egypt") == ()
        assert begun.about(claim(locator="p. 9").evidence[0].id) == ()

    def test_what_was_refused_is_not_known_to_the_next_write(self, begun: Store) -> None:
        with pytest.raises(InvalidRecord):
            begun.append([actor("egypt"), claim("nobody")], by="desk")

        with pytest.raises(InvalidRecord, match="no actor 'egypt'"):
            begun.append([claim("egypt")], by="desk")
        assert begun.append([actor("egypt"), claim("egypt")], by="desk").written == 2

    def test_a_write_that_breaks_off_leaves_nothing(self, begun: Store) -> None:
        head = begun.head()

        def breaking() -> Iterator[Record]:
            yield actor("egypt")
            yield told(PERSON)
            raise RuntimeError("the network went away")

        with pytest.raises(RuntimeError, match="went away"):
            begun.append(breaking(), by="desk")

        assert begun.head() == head == begun.verify()
        begun.append([actor("egypt")], by="desk")
        assert begun.verify().sequence == head.sequence + 1

    def test_whoever_writes_must_have_a_name(self, begun: Store) -> None:
        with pytest.raises(InvalidRecord, match="by is empty"):
            begun.append([actor("egypt")], by=" ")
