"""What a benchmark found: figures beside their goals, as a table for people or as JSON."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

TIMES = "×"
"""The unit of a ratio: a peer's time over the index's."""
RATE = "/s"
MORE_IS_BETTER = frozenset({TIMES, RATE})
"""Of everything in other units, less is better."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `goal` is the least ratio or rate, or the most of anything else, that would do; a
    row without one is for information."""

    name: str
    figure: float
    unit: str
    goal: float | None = None
    met: bool | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "met", self._is_met())

    def _is_met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.figure >= self.goal if self.unit in MORE_IS_BETTER else self.figure <= self.goal


def as_data(rows: Iterable[Row]) -> dict[str, list[dict[str, Any]]]:
    """The rows as JSON data, figures to four significant digits."""
    return {"rows": [asdict(row) | {"figure": float(f"{row.figure:.4g}")} for row in rows]}


def table(rows: Iterable[Row]) -> str:
    """The rows as lines of text: name, figure, goal, whether it is met.

    >>> print(table([Row("two hops over networkx, p50", 8.13, TIMES, 7.0)]))
    two hops over networkx, p50    8.13 ×  ≥ 7 ×  met
    """
    lines = [(row.name, _amount(row.figure, row.unit), _goal(row), _verdict(row)) for row in rows]
    wide = [max(len(line[column]) for line in lines) for column in range(3)] if lines else []
    return "\n".join(
        f"{name:<{wide[0]}}  {figure:>{wide[1] + 2}}  {goal:<{wide[2]}}  {verdict}".rstrip()
        for name, figure, goal, verdict in lines
    )


def _amount(value: float, unit: str) -> str:
    return f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return f"{'≥' if row.unit in MORE_IS_BETTER else '≤'} {row.goal:,g} {row.unit}"


def _verdict(row: Row) -> str:
    return {None: "", True: "met", False: "MISSED"}[row.met]
