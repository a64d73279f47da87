"""Tangles: small worlds full of paths, and what is asked of them."""

import pytest
from hypothesis import strategies as st

from graph_service.domain.ontology import load_ontology
from graph_service.domain.sources import Source
from graph_service.queries.paths import Path, Paths, paths
from tests.conftest import Fold
from tests.queries.brute import Asked, Way, with_hubs
from tests.stories import Story, frame
from tests.worlds import FIRST, Saying, World, relations, vocabulary

TODAY = frame("2024-09-30")


EVENTS = ("2021-03-01", "2022-05", "2023-06-01", "2023", "2024-02")


STATES = ("2020/2021", "2022/2023", "2021/2024-08", "2022/..", "2019/", "/..")


SIGNED = relations(lambda one: one.polarity != "0")


SUBSETS = (None, None, None, frozenset(SIGNED))


ACTORS = (*"abcdef", "unknown")


@st.composite
def tangles(draw: st.DrawFn) -> World:
    """Seven actors, nearly all of whom are tied somehow, by what is live today."""
    some = draw(st.sampled_from((SIGNED, relations())))
    said = [
        draw(_sayings(some, draw(st.permutations(ACTORS)))) for _ in range(draw(st.integers(8, 24)))
    ]
    sources = tuple((FIRST, Source(id_, id_, published="2024-08-01")) for id_ in ("s1", "s2"))
    return World(sources, tuple(dict.fromkeys(said)), ACTORS)


def _sayings(some: tuple[str, ...], ends: list[str]) -> st.SearchStrategy[Saying]:
    return st.sampled_from(some).flatmap(
        lambda relation: st.builds(
            Saying,
            subject=st.just(ends[0]),
            relation=st.just(relation),
            object=st.just(ends[1]),
            when=st.sampled_from(EVENTS if vocabulary().relations[relation].is_event else STATES),
            source=st.sampled_from(("s1", "s2")),
            confidence=st.sampled_from((0.31, 0.47, 0.59, 0.83)),
        )
    )


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    return Asked(
        hops=draw(st.integers(1, 6)),
        order=draw(st.sampled_from(("fewest", "strongest", "time"))),
        sign=draw(st.sampled_from((None, None, "+", "-", "0", "mixed"))),
        direction=draw(st.sampled_from(("both", "both", "out", "in"))),
        relations=draw(st.sampled_from(SUBSETS)),
    )


def ask(story: Story, fold: Fold, source: str, target: str, **asked: object) -> Paths:
    return paths(fold(story, TODAY), source, target, **asked).data  # type: ignore[arg-type]


def routes(found: Paths) -> list[tuple[str, ...]]:
    return [path.actors for path in found.paths]


def way(path: Path) -> Way:
    return Way(path.actors, path.strength, path.sign)


def check_first(ways: list[Way], expected: list[Way], k: int) -> None:
    """Whether these are the first of the expected; which of equally strong ones is open."""
    rank = {one.actors: place for place, one in enumerate(expected)}
    assert len(ways) == min(k, len(expected))
    assert [rank[one.actors] for one in ways] == sorted({rank[one.actors] for one in ways})
    for mine, theirs in zip(ways, expected, strict=False):
        assert mine.strength == pytest.approx(theirs.strength, rel=1e-9)
        assert len(mine.actors) == len(theirs.actors)
        assert mine.sign == expected[rank[mine.actors]].sign


def tangle() -> Story:
    return (
        Story()
        .source("wire", published="2024-09-01", reliability="A", origin="agency")
        .says("iran", "arms", "hamas", when="2024-06-01", confidence=0.9)
        .says("qatar", "hosts", "hamas", when="2012/..", confidence=0.9)
        .says("united-states", "allied_with", "qatar", when="2022/..", confidence=0.9)
        .says("united-states", "sanctions", "iran", when="2018/..", confidence=0.9)
        .says("iran", "aligned_with", "qatar", when="2017/..", confidence=0.5)
    )


def star() -> Story:
    """A hub with five spokes, two of which are tied to others as well."""
    story = Story(with_hubs(load_ontology(), 4))
    for spoke in ("a", "b", "c", "d", "e"):
        story.says("hub", "supplies", spoke)
    return story.says("a", "supplies", "x").says("b", "supplies", "y")
