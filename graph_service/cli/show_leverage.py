"""The answer to "who has leverage over X?" as a page for people."""

from collections.abc import Iterator, Mapping, Sequence

from graph_service.cli.sheet import Sheet, columns
from graph_service.cli.words import signed, two_decimals
from graph_service.domain.ontology import STICKS
from graph_service.queries.answers import Answer
from graph_service.queries.leverage import Entry, LeverageOver
from graph_service.queries.steps import LeveragePath, Step

TOP_BY_INFLUENCE = 5
TOP_BY_COERCION = 3
WORTH_A_ROW = 0.005
_NUMBERS = frozenset({"#", "leverage", "coercion", "net", "exclusivity"})


def show_leverage(sheet: Sheet, answer: Answer[LeverageOver], *, paths: int | None) -> None:
    """The rankings, the strongest paths in words, the sources, and where the answer stands.

    Without `paths`, the first actors' single strongest path is told; else that many of everybody.
    """
    data = answer.data
    if data.one_origin:
        sheet.line(_single_voice(answer.meta.coverage.sources))
        sheet.line()
    sheet.title(f"Who has leverage over {data.target.name}, as of {answer.meta.as_of}")
    sheet.line()
    if data.ranking:
        _influence(sheet, data.ranking)
        _explain(sheet, data.ranking, paths, TOP_BY_INFLUENCE)
    else:
        sheet.nothing(data.target, data.available)
    if data.coercion:
        sheet.line()
        sheet.title(f"Who can coerce {data.target.name}, directly or through others")
        sheet.line()
        _coercion(sheet, data.coercion)
        _explain(sheet, data.coercion, paths, TOP_BY_COERCION)
    sheet.sources()
    sheet.standing(answer.meta)


def _single_voice(sources: int) -> str:
    voice = "one source" if sources == 1 else "sources of one origin"
    return f"All of this rests on {voice}: nothing here is corroborated."


def _influence(sheet: Sheet, ranking: Sequence[Entry]) -> None:
    table = columns("#", "actor", "leverage", "net", "exclusivity", "channels", right=_NUMBERS)
    shown = _worth_a_row(ranking, [entry.leverage for entry in ranking])
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
    _left_out(sheet, len(ranking) - len(shown))


def _coercion(sheet: Sheet, ranking: Sequence[Entry]) -> None:
    table = columns("#", "actor", "coercion", "through", right=_NUMBERS)
    shown = _worth_a_row(ranking, [entry.coercion for entry in ranking])
    for place, entry in enumerate(shown, start=1):
        through = " → ".join(sheet.name_of(id_) for id_ in entry.paths[0].actors[1:-1])
        table.add_row(str(place), entry.actor.name, two_decimals(entry.coercion), through)
    sheet.table(table)
    _left_out(sheet, len(ranking) - len(shown))


def _worth_a_row(ranking: Sequence[Entry], values: Sequence[float]) -> Sequence[Entry]:
    count = sum(value >= WORTH_A_ROW for value in values)
    return ranking[: max(count, 1)]


def _left_out(sheet: Sheet, number: int) -> None:
    if number:
        sheet.line(f"and {number} more with less than 0.01", indent=4)


def _soft_channels(channels: Mapping[str, float]) -> Iterator[str]:
    ranked = sorted(channels.items(), key=lambda item: (-item[1], item[0]))
    return (f"{name} {two_decimals(v)}" for name, v in ranked if v > 0 and name != STICKS)


def _explain(sheet: Sheet, ranking: Sequence[Entry], paths: int | None, top: int) -> None:
    told = ranking[:top] if paths is None else ranking
    for place, entry in enumerate(told, start=1):
        for path in entry.paths[: 1 if paths is None else paths]:
            sheet.line()
            _path(sheet, place, path)


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
