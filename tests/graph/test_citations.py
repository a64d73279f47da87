import pytest

from graph_service.domain.errors import NotFound
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, parse_day
from graph_service.domain.sources import Source
from graph_service.graph.view import Citation, View
from tests.conftest import Fold
from tests.stories import Story, frame


def at(fold: Fold, story: Story, as_of: str = "2024-09-30", dates: str = "certain") -> View:
    return fold(story, frame(as_of, dates=dates))


def cited(view: View, a: str, b: str) -> list[Citation]:
    return list(view.citations(view.actors.code(a), view.actors.code(b)))


def held_back(view: View, *actors: str) -> int:
    return view.held_back([view.actors.code(actor) for actor in actors])


def test_a_citation_shows_who_says_so_and_who_denies_it(fold: Fold) -> None:
    story = Story().source("b", published="2024-08", origin="agency").says("x", "backs", "y")
    story.source("a", published="2024-07", reliability="C").says("x", "backs", "y")
    story.source("c", published="2024-06").denies("x", "backs", "y", confidence=0.3)

    (citation,) = cited(at(fold, story), "y", "x")
    assert [source.id for source in citation.sources] == ["a", "b"]
    assert [source.id for source in citation.denied_by] == ["c"]
    assert citation.sources[0].published == "2024-07"
    assert citation.sources[0].reliability == "C"
    assert citation.origins == {Source("a", "A").origin_or_self, "agency"}
    assert citation.attested == parse_day("2024-08-31")
    assert citation.state == "disputed"
    assert (citation.subject, citation.relation, citation.object) == ("x", "backs", "y")


def test_a_claim_that_is_only_demanded_or_not_yet_begun_is_not_cited(fold: Fold) -> None:
    story = Story().says("x", "backs", "y", modality="demanded")
    story.says("x", "arms", "y", when="2024-10").says("x", "heads", "y", when="2020/2024-09-30")
    story.denies("x", "backs", "y", when="2021/..")

    assert cited(at(fold, story), "x", "y") == []


def test_claims_are_cited_in_either_direction_by_id(fold: Fold) -> None:
    story = Story().says("x", "backs", "y").says("y", "hosts", "x").says("x", "backs", "z")
    story.says("y", "meets", "x", when="2024-09")

    found = [citation.id for citation in cited(at(fold, story), "x", "y")]
    assert found == sorted(found)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("relation", "when", "as_of", "stale"),
    [
        ("arms", "2020-10-01", "2024-09-30", False),  # 1460 days, two half-lives of 730
        ("arms", "2020-09-30", "2024-09-30", True),
        ("sanctions", "2015/2020-01-01", "2021-12-31", False),  # 730 days after the end
        ("sanctions", "2015/2020-01-01", "2022-01-01", True),
        ("mediates", "2022-10-01", "2024-09-30", False),  # an observation, 730 days old
        ("mediates", "2022-09-30", "2024-09-30", True),
        ("heads", "2010/..", "2023-01-30", False),  # attested 2021-01-30, 730 days before
        ("heads", "2010/..", "2023-01-31", True),
        ("heads", "2010/", "2023-01-31", True),
        ("constrains", "2010/..", "2025-01-29", False),  # 1460 days after 2021-01-30
        ("constrains", "2010/..", "2025-01-30", True),
        ("sanctions", "2015/2030", "2024-09-30", False),
    ],
)
def test_what_is_older_than_two_half_lives_is_stale(
    fold: Fold, relation: str, when: str, as_of: str, stale: bool
) -> None:
    story = Story().source("a", published="2021-01-30").says("x", relation, "y", when=when)

    (citation,) = cited(at(fold, story, as_of), "x", "y")
    assert citation.stale is stale


@pytest.mark.parametrize(
    ("relation", "when", "uncertain"),
    [
        ("arms", "2024-07", False),
        ("arms", "2024-07-01/2024-07-31", False),
        ("arms", "2024-07-01/2024-08-01", True),
        ("arms", "2023", True),
        ("arms", "[..2024-07]", True),
        ("backs", "2024-07", False),
        ("backs", "2020", True),
        ("backs", "2020-07/..", False),
        ("backs", "2020/..", True),
        ("backs", "2020-07/", True),
        ("backs", "/..", True),
        ("backs", "2020-07/2024-06", False),
        ("backs", "2020-07/2024", True),
        ("backs", "[..2020-07]/..", True),
    ],
)
def test_a_side_not_known_to_within_31_days_is_uncertain_and_an_open_one_is_not(
    fold: Fold, relation: str, when: str, uncertain: bool
) -> None:
    story = Story().source("a", published="2024-09-01").says("x", relation, "y", when=when)

    (citation,) = cited(at(fold, story, "2025-01-01"), "x", "y")
    assert citation.uncertain is uncertain


@pytest.mark.parametrize(
    ("relation", "when", "certain", "possible"),
    [
        ("arms", "2024-07", ("2024-07-31", "2024-07-31"), ("2024-07-01", "2024-07-01")),
        ("arms", "2024-02/2024-07", ("2024-07-31", "2024-07-31"), ("2024-02-01", "2024-02-01")),
        ("backs", "2024-07", ("2024-07-31", "2024-07-31"), ("2024-07-01", "2024-07-01")),
        ("backs", "2020/..", ("2020-12-31", ""), ("2020-01-01", "")),
        ("backs", "2020/2024-06", ("2020-12-31", "2024-06-01"), ("2020-01-01", "2024-06-30")),
        ("backs", "/2024-06", ("2024-05-31", "2024-06-01"), ("", "2024-06-30")),
        ("backs", "/..", ("2024-08-31", ""), ("", "")),
    ],
)
def test_the_days_are_those_of_the_reading(
    fold: Fold,
    relation: str,
    when: str,
    certain: tuple[str, str],
    possible: tuple[str, str],
) -> None:
    story = Story().source("a", published="2024-08").says("x", relation, "y", when=when)

    for dates, (begins, ends) in (("certain", certain), ("possible", possible)):
        (citation,) = cited(at(fold, story, dates=dates), "x", "y")
        assert citation.begins == (parse_day(begins) if begins else DISTANT_PAST)
        assert citation.ends == (parse_day(ends) if ends else DISTANT_FUTURE)


def test_ties_are_held_back_while_only_their_dates_are_uncertain(fold: Fold) -> None:
    story = Story().source("a", published="2024-09-20")
    story.says("x", "arms", "y", when="2024")  # surely only at the end of the year
    story.says("x", "arms", "y", when="2024-09/2024-10")  # the same tie
    story.says("x", "heads", "y", when="/..")  # surely from 2024-09-20 on
    story.says("z", "heads", "y", when="2020/2024")  # possibly until the end of the year
    story.says("x", "backs", "z", when="2025/..")  # not even possibly
    story.says("x", "funds", "z", when="2024", modality="demanded")

    assert held_back(at(fold, story), "y") == 2
    assert held_back(at(fold, story), "x") == 1
    assert held_back(at(fold, story), "x", "z") == 2
    assert held_back(at(fold, story, "2024-09-19"), "x") == 2
    assert held_back(at(fold, story, dates="possible"), "y") == 0


def test_a_tie_that_one_claim_makes_certain_is_not_held_back(fold: Fold) -> None:
    story = Story().says("x", "arms", "y", when="2024").says("x", "arms", "y", when="2024-08")

    assert held_back(at(fold, story), "x") == 0


def test_the_nearest_ids_are_suggested_for_an_actor_nobody_knows(fold: Fold) -> None:
    view = at(fold, Story().says("iran", "backs", "hamas"))

    with pytest.raises(NotFound) as error:
        view.actors.code("irann")
    assert "iran" in error.value.suggestions
