"""The answer to "who has leverage over X?" as a page for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graph_service.cli.sheet import NO_PROOF, Sheet, columns
from graph_service.cli.show_uncertainty import (
    has_own_table,
    sole_origin,
    uncertainty_table,
    without,
)
from graph_service.domain.ontology import STICKS
from graph_service.queries.answers import Answer, NamedActor
from graph_service.queries.influence import Influenced, Ranked
from graph_service.queries.leverage import Entry, LeverageOver
from graph_service.queries.parameters import names_from
from graph_service.queries.steps import LeveragePath, Step
from graph_service.queries.words import signed, two_decimals

E = TypeVar("E", Entry, Influenced, Ranked)

TOP_BY_INFLUENCE = 5
TOP_BY_COERCION = 3
WORTH_A_ROW = 0.005
NUMBERS = frozenset({"#", "leverage", "coercion", "net", "exclusivity"})


def show_leverage(
    sheet: Sheet, answer: Answer[LeverageOver], *, paths: int | None, channels: str | None
) -> None:
    """The rankings, the strongest paths in words, the sources, and where the answer stands.

    Without `paths`, the first actors' single strongest path is told; else that many of everybody.
    Where the `channels` asked for are sticks alone, influence is coercion and told once.
    """
    target = answer.data.target
    titles = Titles(
        f"Who has leverage over {target.name}",
        f"Who can coerce {target.name}, directly or through others",
        only_coercion=only_sticks(channels),
    )
    show_rankings(sheet, answer, titles, around=target, table=_influence, paths=paths)


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands over the ranking by influence, and over the one by coercion where that is not
    the only one."""

    influence: str
    coercion: str
    only_coercion: bool


def only_sticks(channels: str | None) -> bool:
    """Whether a question's last step is by coercion alone."""
    return names_from(channels, "channels") == frozenset({STICKS})


def show_rankings(
    sheet: Sheet,
    answer: Answer[Any],
    titles: Titles,
    *,
    around: NamedActor,
    table: Callable[[Sheet, Sequence[Any]], None],
    paths: int | None,
) -> None:
    """Two rankings of one answer around an actor; `table` shows the one by influence."""
    data = answer.data
    coercion = [entry for entry in data.coercion if entry.paths]
    first, ranking = titles.influence, data.ranking
    if titles.only_coercion:
        first, ranking, table = titles.coercion, coercion, _coercion
    sheet.foreword(answer.meta, one_origin=data.one_origin)
    sheet.title(f"{first}, as of {answer.meta.as_of}")
    sheet.line()
    if ranking:
        table(sheet, ranking)
        _explain(sheet, ranking, paths, TOP_BY_INFLUENCE)
        if not any(entry.paths for entry in ranking):
            sheet.line(NO_PROOF, indent=3)
    else:
        sheet.nothing(around, data.available)
    if coercion and not titles.only_coercion:
        sheet.line()
        sheet.title(titles.coercion)
        sheet.line()
        _coercion(sheet, coercion)
        _explain(sheet, coercion, paths, TOP_BY_COERCION)
    sheet.sources()
    sheet.standing(answer.meta)


def _influence(sheet: Sheet, ranking: Sequence[Entry]) -> None:
    shown = worth_a_row(ranking, [entry.leverage for entry in ranking])
    if has_own_table(ranking[0]):
        uncertainty_table(sheet, shown, "leverage", [entry.leverage for entry in shown])
        left_out(sheet, len(ranking) - len(shown))
        return
    table = columns("#", "actor", "leverage", "net", "exclusivity", "channels", right=NUMBERS)
    for place, entry in enumerate(shown, start=1):
        table.add_row(
            str(place),
            entry.actor.name,
            two_decimals(entry.leverage),
            signed(entry.net),
            two_decimals(entry.exclusivity),
            ", ".join(_soft_channels(entry.channels)),
        )
    sheet.table(table)
    left_out(sheet, len(ranking) - len(shown))


def _coercion(sheet: Sheet, ranking: Sequence[Ranked]) -> None:
    shown = worth_a_row(ranking, [entry.coercion for entry in ranking])
    unsure = [entry for entry in shown if isinstance(entry, Entry)]
    if has_own_table(ranking[0]):
        uncertainty_table(sheet, unsure, "coercion", [entry.coercion for entry in unsure])
        left_out(sheet, len(ranking) - len(shown))
        return
    table = columns("#", "actor", "coercion", "through", right=NUMBERS)
    for place, entry in enumerate(shown, start=1):
        through = " → ".join(sheet.name_of(id_) for id_ in entry.paths[0].actors[1:-1])
        table.add_row(str(place), entry.actor.name, two_decimals(entry.coercion), through)
    sheet.table(table)
    left_out(sheet, len(ranking) - len(shown))


def worth_a_row(ranking: Sequence[E], values: Sequence[float]) -> Sequence[E]:
    """The entries whose values people can tell from nothing, and always the first."""
    count = sum(value >= WORTH_A_ROW for value in values)
    return ranking[: max(count, 1)]


def left_out(sheet: Sheet, number: int) -> None:
    """How many entries have no row."""
    if number:
        sheet.line(f"and {number} more with less than 0.01", indent=4)


def _soft_channels(channels: Mapping[str, float]) -> Iterator[str]:
    ranked = sorted(channels.items(), key=lambda item: (-item[1], item[0]))
    return (f"{name} {two_decimals(v)}" for name, v in ranked if v > 0 and name != STICKS)


def _explain(sheet: Sheet, ranking: Sequence[Ranked], paths: int | None, top: int) -> None:
    told = ranking[:top] if paths is None else ranking
    for place, entry in enumerate(told, start=1):
        for path in entry.paths[: 1 if paths is None else paths]:
            sheet.line()
            _path(sheet, place, path)
        if isinstance(entry, Entry):
            sole_origin(sheet, entry)
            without(sheet, entry)


def _path(sheet: Sheet, place: int, path: LeveragePath) -> None:
    chain = " → ".join(sheet.name_of(actor) for actor in path.actors)
    share = "" if path.share >= 0.995 else f", {path.share:.0%} of it"
    sheet.line(f"{place}. {chain} ({two_decimals(path.weight)}{share}){_way(sheet, path)}")
    for step in path.steps:
        _step(sheet, step, alone=len(path.steps) == 1)


def _way(sheet: Sheet, path: LeveragePath) -> str:
    if path.kind != "stake":
        return ""
    target, stake = sheet.name_of(path.actors[-1]), sheet.name_of(path.actors[-2])
    return f": {target} answers for {stake}"


def _step(sheet: Sheet, step: Step, *, alone: bool) -> None:
    again = sheet.is_told((step.from_, step.to, *(claim.id for claim in step.claims)))
    ends = f"{sheet.name_of(step.from_)} → {sheet.name_of(step.to)} {two_decimals(step.value)}"
    if again or not alone:
        sheet.line(f"{ends}{', as above' if again else ''}", indent=3)
    if not again:
        indent = 3 if alone else 5
        sheet.claims(step.claims, indent=indent)
        sheet.doubts(step.missing, indent=indent)
