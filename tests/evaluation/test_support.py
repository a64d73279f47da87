"""Forecasts of supporters: what was known before, who is new, and that nothing later is seen."""

from pathlib import Path

import numpy as np
import pytest

from graph_service.evaluation.known import Data
from graph_service.evaluation.labels import Labels
from graph_service.evaluation.support import Forecasts, forecasts
from tests.evaluation.made_up import SUPPORT, folder

METHODS = {
    "leverage", "latent", "combined", "persistence", "count", "degree", "Katz", "signed Katz",
    "PageRank", "PN",
}  # fmt: skip


def forecast(root: Path, *years: int, support: str = SUPPORT) -> tuple[Forecasts, Labels]:
    return forecasts(Data.of(folder(root, support)), years, lambda _: None)


def score(found: Forecasts, query: str, method: str, state: str) -> float:
    place = [one.name for one in found.queries].index(query)
    return float(found.scores[method][place][found.queries[place].candidates.index(state)])


def test_a_group_is_asked_about_in_the_years_in_which_it_was_known_before(tmp_path: Path) -> None:
    found, _ = forecast(tmp_path, 1990, 1991, 1992, 1993)

    assert [query.name for query in found.queries] == [
        "alpha-front 1991", "alpha-front 1992", "beta-army 1992", "alpha-front 1993",
        "beta-army 1993",
    ]  # fmt: skip
    assert set(found.scores) == METHODS


def test_what_came_true_are_the_recorded_supporters_of_the_year(tmp_path: Path) -> None:
    found, _ = forecast(tmp_path, 1993)
    query = next(one for one in found.queries if one.name == "alpha-front 1993")

    came = {c for c, true in zip(query.candidates, query.truth, strict=True) if true}
    assert came == {"cuba", "zambia"}


def test_new_leaves_out_who_supported_the_group_of_late(tmp_path: Path) -> None:
    found, labels = forecast(tmp_path, 1993)
    new = found.only_new(labels)

    (query,) = new.queries
    assert query.name == "alpha-front 1993"
    assert "cuba" not in query.candidates
    came = {c for c, true in zip(query.candidates, query.truth, strict=True) if true}
    assert came == {"zambia"}
    assert all(len(each[0]) == len(query.candidates) for each in new.scores.values())


def test_who_supports_another_group_against_the_same_opponent_is_a_latent_patron(
    tmp_path: Path,
) -> None:
    found, _ = forecast(tmp_path, 1993)
    latent = score(found, "alpha-front 1993", "latent", "zambia")
    held = score(found, "alpha-front 1993", "leverage", "zambia")

    assert latent > score(found, "alpha-front 1993", "latent", "kenya")
    combined = score(found, "alpha-front 1993", "combined", "zambia")
    assert combined == pytest.approx(1 - (1 - held) * (1 - latent))


def test_what_comes_later_changes_no_score(tmp_path: Path) -> None:
    lines = SUPPORT.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("1993", "1994"))]
    # The same supporters in the year asked about, or there would be no query, told otherwise.
    later = [
        "1993,Alpha Front,Government of Angola,Angola: Government,Government of Cuba,xfi\n",
        "1993,Beta Army,Government of Angola,Angola: Government,Government of Uganda,w\n",
        "1999,Alpha Front,Government of Angola,Angola: Government,Government of Uganda,wxtf\n",
        "1999,Gamma Group,Government of Zambia,Zambia: Government,Government of Cuba,wxtf\n",
    ]
    one, _ = forecast(tmp_path / "one", 1993)
    other, _ = forecast(tmp_path / "other", 1993, support="".join(kept + later))

    assert [q.name for q in one.queries] == [q.name for q in other.queries]
    assert [q.candidates for q in one.queries] == [q.candidates for q in other.queries]
    for method in METHODS:
        for mine, theirs in zip(one.scores[method], other.scores[method], strict=True):
            assert np.array_equal(mine, theirs), method


def test_distances_are_between_actors_by_their_ids(tmp_path: Path) -> None:
    distances = Data.of(folder(tmp_path)).distances

    assert distances[frozenset({"angola", "kenya"})] == 1500
