"""The answer to "over whom does X have leverage?" as a page for people."""

from collections.abc import Sequence

from graph_service.cli.sheet import Sheet, columns
from graph_service.cli.show_leverage import (
    NUMBERS,
    Titles,
    left_out,
    only_sticks,
    show_rankings,
    worth_a_row,
)
from graph_service.queries.answers import Answer
from graph_service.queries.influence import Influenced, InfluenceOf
from graph_service.queries.words import signed, two_decimals


def show_influence(
    sheet: Sheet, answer: Answer[InfluenceOf], *, paths: int | None, channels: str | None
) -> None:
    """The rankings, the strongest paths in words, the sources, and where the answer stands; see
    `show_leverage`."""
    actor = answer.data.actor
    titles = Titles(
        f"Over whom {actor.name} has leverage",
        f"Whom {actor.name} can coerce, directly or through others",
        only_coercion=only_sticks(channels),
    )
    show_rankings(sheet, answer, titles, around=actor, table=_influence, paths=paths)


def _influence(sheet: Sheet, ranking: Sequence[Influenced]) -> None:
    table = columns("#", "actor", "leverage", "net", right=NUMBERS)
    shown = worth_a_row(ranking, [entry.leverage for entry in ranking])
    for place, entry in enumerate(shown, start=1):
        leverage, net = two_decimals(entry.leverage), signed(entry.net)
        table.add_row(str(place), entry.actor.name, leverage, net)
    sheet.table(table)
    left_out(sheet, len(ranking) - len(shown))
