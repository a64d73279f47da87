"""The index follows its log: step by step, merged, or kept and loaded again, it is the same graph."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import NotFound
from graph_service.graph import snapshot
from graph_service.graph.index import Index
from graph_service.graph.index_view import IndexView
from graph_service.graph.view import Frame
from tests.columns import gates, masses, strengths
from tests.stories import Story, frame
from tests.worlds import World, frames, vocabulary, worlds


def fed(story: Story, *, merged: bool = False) -> Index:
    index = Index(story.ontology)
    index.extend((n, record, at) for n, (at, record) in enumerate(story.told, start=1))
    if merged:
        index.compact()
    return index


def content(view: IndexView) -> tuple[object, ...]:
    """Everything that a question can read, exactly as it stands."""
    pairs = [(a, b) for a in range(len(view.actors)) for b in range(a)]
    held = view.held_back(range(len(view.actors)))
    return (
        masses(view),
        gates(view),
        strengths(view),
        [view.citations(*pair) for pair in pairs],
        held,
    )


@given(worlds(), frames(), st.integers(1, 20))
def test_a_warm_projection_follows_each_entry_exactly(
    world: World, where: Frame, warm_from: int
) -> None:
    story = world.story()
    index = Index(story.ontology)
    for sequence, (at, record) in enumerate(story.told, start=1):
        index.apply(sequence, record, at)
        if sequence >= warm_from:
            index.view(where)

    assert content(index.view(where)) == content(fed(story, merged=True).view(where))


@given(worlds(), frames())
def test_a_view_stays_as_it_was_when_more_becomes_known(world: World, where: Frame) -> None:
    story = world.story()
    half = len(story.told) - len(world.sayings) // 2
    index = Index(story.ontology)
    entries = [(n, record, at) for n, (at, record) in enumerate(story.told, start=1)]
    index.extend(entries[:half])
    view = index.view(where)
    before = masses(view), strengths(view)

    index.extend(entries[half:])

    assert (masses(view), strengths(view)) == before
    assert view.sequence == half


def test_a_snapshot_gives_the_same_graph_back(tmp_path: Path) -> None:
    @given(worlds(), frames())
    def same(world: World, where: Frame) -> None:
        index = fed(world.story())
        snapshot.save(index, tmp_path / "kept", "hash")

        loaded = snapshot.load(tmp_path / "kept", vocabulary(), {index.sequence: "hash"}.get)

        assert loaded is not None
        assert loaded.sequence == index.sequence
        assert content(loaded.view(where)) == content(index.view(where))

    same()


def a_story() -> Story:
    story = Story().source("a", published="2024-09")
    story.says("iran", "backs", "hamas", when="/..")
    story.says("qatar", "mediates", "hamas", when="2023-10/..")
    story.source("b", published="2024-08").says("iran", "arms", "hezbollah", when="2024-05")
    return story


def test_a_snapshot_of_another_log_or_a_broken_one_is_left_alone(tmp_path: Path) -> None:
    index = fed(a_story())
    folder = tmp_path / "kept"
    snapshot.save(index, folder, "hash")

    assert snapshot.load(folder, index.ontology, lambda _: "another") is None
    assert snapshot.load(tmp_path / "nowhere", index.ontology, lambda _: "hash") is None
    assert snapshot.load(folder, vocabulary(), lambda _: "hash") is not None
    for name in ("row_key.npy", "lo.npy", "tables.json", "head.json"):
        snapshot.save(index, folder, "hash")
        whole = (folder / name).read_bytes()
        for damaged in (b"", b"null", b"[1, 2]", whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
            (folder / name).write_bytes(damaged)
            assert snapshot.load(folder, index.ontology, lambda _: "hash") is None


def test_a_loaded_snapshot_follows_the_log_further(tmp_path: Path) -> None:
    story = a_story()
    snapshot.save(fed(story), tmp_path / "kept", "hash")
    loaded = snapshot.load(tmp_path / "kept", story.ontology, lambda _: "hash")
    assert loaded is not None
    told = len(story.told)
    story.source("c", published="2024-09").says("egypt", "mediates", "hamas", when="2023-10/..")

    loaded.extend((n, r, at) for n, (at, r) in enumerate(story.told, start=1) if n > told)

    where = frame("2024-09-30")
    assert content(loaded.view(where)) == content(fed(story).view(where))


def test_claims_are_listed_in_the_order_of_their_arrival_by_their_ends_and_source() -> None:
    index = fed(a_story())
    ids = [claim for _, claim in index.claim_keys()]

    assert len(ids) == 3
    assert [claim for _, claim in index.claim_keys(subject="iran")] == [ids[0], ids[2]]
    assert [claim for _, claim in index.claim_keys(object_="hamas")] == ids[:2]
    assert [claim for _, claim in index.claim_keys(subject="iran", relation="arms")] == ids[2:]
    assert [claim for _, claim in index.claim_keys(source="b")] == ids[2:]
    assert list(index.claim_keys(subject="nobody")) == []


def test_an_actor_that_is_not_known_comes_with_suggestions() -> None:
    view = fed(a_story()).view(frame("2024-09-30"))

    with pytest.raises(NotFound) as refused:
        view.actors.code("hamaz")

    assert refused.value.suggestions == ("hamas",)
