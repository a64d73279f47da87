"""Label files: whose groups and years are asked about, in which forms, and what is none."""

import gzip
from pathlib import Path

import pytest

from graph_service.domain.errors import InvalidQuestion
from graph_service.evaluation.known import Data, support_of
from graph_service.evaluation.labels import Labels
from graph_service.evaluation.support import forecasts
from graph_service.evaluation.tasks import Wanted, examined
from tests.evaluation.made_up import folder

LATER = """year,recipient,opponent,location,supporter,types_all
1993,Gamma Group,Government of Angola,Angola: Government,Government of Kenya,w
1994,Gamma Group,Government of Angola,Angola: Government,Government of Cuba,w
1995,Gamma Group,Government of Angola,Angola: Government,Government of Cuba,w
"""
FORMS = ",".join(f"ext_{letter}" for letter in "xpywmtfilou")
NONE = ",".join("0" * 11)
TRIADS = f"""year,actor_name,ext_name,ext_alleged,dyad_name,{FORMS}
1994,Gamma Group,Government of Cuba,0,Government of Angola - Gamma Group,{NONE}
1994,Gamma Group,Government of Kenya,1,Government of Angola - Gamma Group,{NONE}
1995,Gamma Group,,0,Government of Angola - Gamma Group,{NONE}
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_only_the_groups_of_the_label_files_are_asked_about(tmp_path: Path) -> None:
    more = written(tmp_path / "more.csv", LATER)
    found, _ = forecasts(Data.of(folder(tmp_path), [more]), None, lambda _: None)

    assert [query.name for query in found.queries] == ["gamma-group 1994", "gamma-group 1995"]
    # Cuba's support of another group against the same opponent is known from the folder.
    first = found.queries[0]
    latent = dict(zip(first.candidates, found.scores["latent"][0].tolist(), strict=True))
    assert latent["cuba"] > latent["uganda"]


def test_what_two_files_tell_alike_is_told_once(tmp_path: Path) -> None:
    root = folder(tmp_path)
    own = next((root / "support_esd").iterdir())
    once, twice = Data.of(root), Data.of(root, [own, own])

    assert twice.support == once.support
    plain = forecasts(once, [1993], lambda _: None)[0]
    again = forecasts(twice, [1993], lambda _: None)[0]
    assert [q.name for q in plain.queries] == [q.name for q in again.queries]
    assert plain.scores["combined"][0].tolist() == again.scores["combined"][0].tolist()


def test_triads_are_labels_as_well_but_for_what_is_alleged(tmp_path: Path) -> None:
    labels = Labels.of([support_of(written(tmp_path / "triads.csv", TRIADS))])

    assert labels.supporters == {1994: {("cuba", "gamma-group")}}
    assert labels.opponents == {1994: {("angola", "gamma-group")}}


def test_the_years_are_those_of_the_labels_but_for_the_first_that_are_told_of(
    tmp_path: Path,
) -> None:
    more = support_of(written(tmp_path / "more.csv", LATER))

    assert Labels.of([more]).years == range(1995, 1996)
    own = Data.of(folder(tmp_path)).support
    assert Labels.of([more], own).years == range(1993, 1996)
    assert Labels.of(own).years == range(1992, 1995)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column year"),
        (b"year,who\n1990,x\n", "no table of support"),
        (gzip.compress(LATER.encode())[:40], "cannot be read"),
        (LATER.encode("utf-16"), "cannot be read"),
        (LATER.replace("1993", "soon").encode(), "'soon' is no year"),
        (b"\x1f\x8b no gzip", "cannot be read"),
    ],
    ids=["empty", "another table", "broken off", "utf-16", "no year", "no gzip"],
)
def test_what_is_no_label_file_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(content)

    with pytest.raises(InvalidQuestion, match=said):
        examined(["support_all"], Wanted(folder(tmp_path), labels=[path]))
