"""Numbers worked out by hand from `docs/method.md` §2, on every view.

The source at hand is of reliability A (.95) and the confidence .8 unless told otherwise, so that
ρ·c·m = .76; T is 2024-09-30.
"""

import pytest

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.periods import parse_day
from graph_service.graph.view import View
from tests.columns import gates, mass, masses, strength, strengths
from tests.conftest import Fold
from tests.stories import Story, frame


def close(value: float) -> object:
    return pytest.approx(value, rel=0, abs=1e-14)


def at(fold: Fold, story: Story, as_of: str = "2024-09-30", dates: str = "certain") -> View:
    return fold(story, frame(as_of, dates=dates))


def test_an_office_that_is_open_weighs_reliability_times_confidence(fold: Fold) -> None:
    story = Story().says("us-government", "heads", "united-states", when="2021-01/..")

    assert strength(at(fold, story), "us-government", "heads", "united-states") == close(0.95 * 0.8)


def test_an_open_state_ages_from_the_last_possible_day_of_publication(fold: Fold) -> None:
    story = Story().source("a", published="2024-08").says("iran", "backs", "hamas", when="2020/..")

    # published by 2024-08-31, 30 days before T; backs: w .7, half-life 1095
    aged = 0.76 * 2 ** (-30 / 1095)
    assert strength(at(fold, story), "iran", "backs", "hamas") == close(aged)
    assert masses(at(fold, story)) == {("iran", "hamas"): {"patronage": close(0.7 * aged)}}


def test_what_was_published_after_the_date_asked_about_has_not_aged(fold: Fold) -> None:
    story = Story().source("a", published="2024-12").says("iran", "backs", "hamas", when="2020/..")

    assert strength(at(fold, story), "iran", "backs", "hamas") == close(0.76)


def test_an_undated_source_ages_from_the_day_of_recording(fold: Fold) -> None:
    story = Story().at("2024-09-20").source("a").says("iran", "backs", "hamas", when="2020/..")

    assert strength(at(fold, story), "iran", "backs", "hamas") == close(0.76 * 2 ** (-10 / 1095))


def test_an_ended_state_fades_from_its_earliest_possible_end(fold: Fold) -> None:
    story = Story().says("us", "sanctions", "iran", when="2020-01/2024-08")

    # certain: ended 2024-08-01, 60 days before; possible: 2024-08-31, 30 days before
    certain, possible = at(fold, story), at(fold, story, dates="possible")
    assert strength(certain, "us", "sanctions", "iran") == close(0.76 * 2 ** (-60 / 365))
    assert strength(possible, "us", "sanctions", "iran") == close(0.76 * 2 ** (-30 / 365))
    assert strength(at(fold, story, as_of="2024-07-31"), "us", "sanctions", "iran") == close(0.76)


def test_an_office_that_ends_weighs_nothing_from_that_day_on(fold: Fold) -> None:
    story = Story().says("haniyeh", "heads", "hamas", when="2017-05/2024-07-31")

    before, after = at(fold, story, as_of="2024-07-30"), at(fold, story, as_of="2024-07-31")
    assert strength(before, "haniyeh", "heads", "hamas") == close(0.76)
    assert strengths(after) == {}
    assert masses(after) == {}


def test_an_event_fades_from_the_day_it_surely_happened(fold: Fold) -> None:
    story = Story().says("iran", "arms", "hamas", when="2024-03")

    # 2024-03-31 is 183 days before T, 2024-03-01 is 213
    certain, possible = at(fold, story), at(fold, story, dates="possible")
    assert mass(certain, "iran", "hamas") == close(0.76 * 2 ** (-183 / 730))
    assert mass(possible, "iran", "hamas") == close(0.76 * 2 ** (-213 / 730))
    assert mass(at(fold, story, as_of="2024-03-30"), "iran", "hamas") == 0
    assert mass(at(fold, story, as_of="2024-03-31"), "iran", "hamas") == close(0.76)


def test_an_event_on_some_day_of_an_interval_is_certain_from_its_last_day(fold: Fold) -> None:
    story = Story().says("unknown", "attacks", "hamas", when="2024-07-31/2024-09")

    # attacks: w .5, half-life 365; 2024-07-31 is 61 days before T
    certain, possible = at(fold, story), at(fold, story, dates="possible")
    assert mass(certain, "unknown", "hamas") == close(0.5 * 0.76)
    assert mass(possible, "unknown", "hamas") == close(0.5 * 0.76 * 2 ** (-61 / 365))
    assert mass(at(fold, story, as_of="2024-09-29"), "unknown", "hamas") == 0


def test_an_observation_fades_from_its_day(fold: Fold) -> None:
    story = Story().says("qatar", "mediates", "hamas", when="2024-08")

    # mediates: w .8, half-life 365; seen by 2024-08-31, 30 days before T
    assert mass(at(fold, story), "qatar", "hamas") == close(0.8 * 0.76 * 2 ** (-30 / 365))
    assert mass(at(fold, story, as_of="2024-08-30"), "qatar", "hamas") == 0


def test_an_unknown_start_is_bounded_by_the_first_publication_that_counts(fold: Fold) -> None:
    story = Story()
    story.at("2024-10-01").source("late", published="2024-09").says("a", "heads", "b", when="/..")
    story.at("2024-11-01").source("early", published="2024-05").says("a", "heads", "b", when="/..")

    def held(as_of: str, known_at: str | None = None) -> float:
        return strength(fold(story, frame(as_of, known_at)), "a", "heads", "b")

    assert held("2024-05-30") == 0
    assert held("2024-05-31") == close(1 - (1 - 0.76) ** 2)
    assert held("2024-05-31", "2024-10-15") == 0
    assert held("2024-09-29", "2024-10-15") == 0
    assert held("2024-09-30", "2024-10-15") == close(0.76)
    story.retracted("2024-12-01")
    assert held("2024-09-29", "2024-11-15") == close(1 - (1 - 0.76) ** 2)
    assert held("2024-09-29") == 0


def test_an_unknown_start_is_bounded_by_the_day_before_the_earliest_end(fold: Fold) -> None:
    story = Story().source("a", published="2024-09").says("a", "heads", "b", when="/2024-06")

    assert strength(at(fold, story, as_of="2024-05-30"), "a", "heads", "b") == 0
    assert strength(at(fold, story, as_of="2024-05-31"), "a", "heads", "b") == close(0.76)
    assert strength(at(fold, story, as_of="2024-06-01"), "a", "heads", "b") == 0
    held = at(fold, story, as_of="2024-06-29", dates="possible")
    assert strength(held, "a", "heads", "b") == close(0.76)


def test_origins_corroborate_and_copies_do_not(fold: Fold) -> None:
    story = Story()
    story.source("wire", origin="agency").says("a", "heads", "b")
    story.source("copy", origin="agency", reliability="B").says("a", "heads", "b")
    story.source("other", reliability="C").says("a", "heads", "b", confidence=0.5)

    # agency: max(.76, .8·.8); other: .6·.5
    assert strength(at(fold, story), "a", "heads", "b") == close(1 - (1 - 0.76) * (1 - 0.3))


def test_denial_takes_away_what_its_own_origins_make_likely(fold: Fold) -> None:
    story = Story().source("yes").says("a", "heads", "b")
    story.source("no", reliability="D").denies("a", "heads", "b", confidence=0.5)

    assert strength(at(fold, story), "a", "heads", "b") == close(0.76 * (1 - 0.4 * 0.5))


def test_what_is_intended_weighs_four_tenths_and_what_is_demanded_nothing(fold: Fold) -> None:
    story = Story().says("a", "heads", "b", modality="intended")
    story.says("c", "heads", "d", modality="demanded")

    assert strengths(at(fold, story)) == {
        ("a", "heads", "b", True): close(0.4 * 0.76),
        ("b", "heads", "a", False): close(0.4 * 0.76),
    }


def test_a_mass_is_the_sum_of_clusters_each_with_its_qualifiers(fold: Fold) -> None:
    story = Story().episode("talks").episode("more-talks")
    told = {"when": "2024-01/..", "episode": "talks"}
    story.source("a", published="2024-09-30").says(
        "us", "mediates", "hamas", outcome="stalled", **told
    )
    story.says("us", "mediates", "hamas", when="2024-02/..", episode="talks", locator="p. 2")
    told = {"when": "2024-01/..", "episode": "more-talks"}
    story.says("us", "mediates", "hamas", strength="strong", confidence=0.5, **told)

    # mediates .8; the first cluster has two equal pieces of one origin, and the qualifiers of the
    # one with the smallest id; the second 1.5 · .95 · .5
    first, second, _ = [r.evidence[0].id for r in story.records if isinstance(r, ClaimRecord)]
    outcome = 0.5 if first < second else 1
    expected = 0.8 * outcome * 0.76 + 0.8 * 1.5 * 0.475
    assert mass(at(fold, story), "us", "hamas") == close(expected)
    both = 1 - (1 - 0.76) * (1 - 0.475)
    assert strength(at(fold, story), "us", "mediates", "hamas") == close(both)


def test_events_cluster_by_three_days_of_their_last_possible_day(fold: Fold) -> None:
    first = parse_day("2024-09-29")
    assert first % 3 == 0, "2024-09-29 opens a bucket"
    story = Story().source("a").says("iran", "funds", "hamas", when="2024-09-29")
    story.source("b").says("iran", "funds", "hamas", when="2024-09-30")
    story.source("c").says("iran", "funds", "hamas", when="2024-09-28")

    day = 2 ** (-1 / 730)
    together = 1 - (1 - 0.76 * day) * (1 - 0.76)
    assert mass(at(fold, story), "iran", "hamas") == close(together + 0.76 * day**2)


def test_the_qualifiers_are_those_of_the_weightiest_piece(fold: Fold) -> None:
    story = Story().source("a", published="2024-09-30").says("a", "backs", "b", strength="weak")
    story.source("b", published="2024-09-30", reliability="E").says("a", "backs", "b")

    assert mass(at(fold, story), "a", "b") == close(0.7 * 0.5 * (1 - (1 - 0.76) * (1 - 0.16)))


def test_flow_decides_who_is_credited(fold: Fold) -> None:
    story = Story().source("a", published="2024-09-30")
    story.says("ministry", "part_of", "state-of-it", when="2020/..")
    story.says("a", "asks_mediation_of", "b", when="2024-09-30")
    story.says("b", "allied_with", "a").says("a", "rival_of", "c")

    assert masses(at(fold, story)) == {
        ("state-of-it", "ministry"): {"authority": close(0.76)},
        ("b", "a"): {"mediation": close(0.4 * 0.76), "support": close(0.76)},
        ("a", "b"): {"support": close(0.76)},
    }


def test_the_gate_sets_hostility_beside_inducement_counting_each_cluster_once(fold: Fold) -> None:
    story = Story().source("a", published="2024-09-30")
    story.says("a", "allied_with", "b").says("b", "arms", "a", when="2024-09-30")
    story.says("b", "attacks", "a", when="2024-09-30", strength="strong")
    story.says("a", "denounces", "b", when="2024-09-30", confidence=0.5)

    # H = 1·1.5·.76 + .3·.475; P = 1·.76 (the alliance, once) + 1·.76
    hostility, inducement = 1.14 + 0.1425, 1.52
    gate = close(1 - hostility / (hostility + inducement + 1))
    assert gates(at(fold, story)) == {("a", "b"): gate, ("b", "a"): gate}


def test_a_source_counts_as_it_was_known_then(fold: Fold) -> None:
    story = Story().at("2024-01-01").source("a", reliability="A").says("a", "heads", "b")
    story.at("2024-06-01").source("a", reliability="E")

    def held(known_at: str | None) -> float:
        return strength(fold(story, frame("2024-09-30", known_at)), "a", "heads", "b")

    assert held("2024-05-31") == close(0.95 * 0.8)
    assert held("2024-06-01") == close(0.2 * 0.8)
    assert held(None) == close(0.2 * 0.8)


def test_evidence_coded_with_less_confidence_than_asked_for_does_not_count(fold: Fold) -> None:
    story = Story().source("a").says("a", "heads", "b", confidence=0.6)
    story.source("b").denies("a", "heads", "b", confidence=0.5)

    view = fold(story, frame("2024-09-30", min_confidence=0.6))
    assert strength(view, "a", "heads", "b") == close(0.95 * 0.6)
