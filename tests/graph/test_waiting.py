"""What waits for a decision is found by the lives of evidence alone, wherever the rows lie."""

from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord, Status
from graph_service.graph.waiting import Waiting
from tests.graph.test_index import fed
from tests.stories import Story
from tests.worlds import NAMES, World, worlds


def undecided(story: Story, actors: set[str] | None = None) -> list[tuple[int, str, str]]:
    """The entry, the claim and the id of all evidence that is proposed, by reading everything."""
    first: dict[str, int] = {}
    held: dict[str, tuple[str, Status]] = {}
    for sequence, (_, record) in enumerate(story.told, start=1):
        if isinstance(record, ClaimRecord):
            ends = {record.claim.subject, record.claim.object}
            for piece in record.evidence if actors is None or ends & actors else ():
                first.setdefault(piece.id, sequence)
                held[piece.id] = record.claim.id, piece.status
    return sorted(
        (first[id_], claim, id_)
        for id_, (claim, status) in held.items()
        if status is Status.PROPOSED
    )


@given(worlds(), st.booleans(), st.none() | st.sets(st.sampled_from(NAMES), min_size=1))
def test_exactly_what_is_proposed_waits(
    world: World, merged: bool, actors: set[str] | None
) -> None:
    story = world.story()
    index = fed(story, merged=merged)
    wanted = undecided(story, actors)

    found = Waiting(index.tables, index.state, actors)
    places = list(found)

    assert len(found) == len(wanted)
    assert sorted((p.sequence, p.claim) for p in places) == [(s, c) for s, c, _ in wanted]
    assert [p.sequence for p in places] == sorted(p.sequence for p in places)
    assert all(any(p.holds(id_) and p.claim == claim for _, claim, id_ in wanted) for p in places)
