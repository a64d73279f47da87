"""The day on which the tests look, and when two views show the same."""

from graph_service.domain.periods import parse_day
from graph_service.graph.view import View
from tests.columns import masses, strengths

LATER = parse_day("2024-09-30")


def same(a: View, b: View) -> bool:
    return masses(a) == masses(b) and strengths(a) == strengths(b)
