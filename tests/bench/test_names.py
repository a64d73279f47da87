from graph_service.bench.names import EXACT_MILLISECONDS, MISSPELT_MILLISECONDS, named
from graph_service.bench.report import Row


def rows(seed: int = 1) -> dict[str, Row]:
    return {row.name: row for row in named(300, seed=seed, asked=40)}


def test_what_it_takes_to_find_a_name_is_told_beside_its_goal() -> None:
    told = rows()

    assert told["exact, p50"].goal == EXACT_MILLISECONDS
    assert told["misspelt, p50"].goal == MISSPELT_MILLISECONDS
    assert told["300 names gathered"].unit == "s"


def test_most_misspelt_names_are_answered_with_whom_they_were_of() -> None:
    missed = rows()["misspelt names of 40 whose actor is no candidate"]

    assert missed.figure < 10


def test_the_names_grow_from_a_seed() -> None:
    name = "misspelt names of 40 whose actor is no candidate"
    assert rows(seed=3)[name] == rows(seed=3)[name]
