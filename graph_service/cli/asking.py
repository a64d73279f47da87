"""`graph-service ask`: a question in plain words, what was understood, and the page of its answer."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from graph_service.ask.ask import Asked, Reply, Understood
from graph_service.ask.ask import ask as ask_in_words
from graph_service.cli.desk import Desk
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms import AskForm, Standing
from graph_service.cli.questions import show
from graph_service.cli.sheet import Sheet
from graph_service.cli.show_influence import show_influence
from graph_service.cli.show_leverage import show_leverage
from graph_service.cli.show_outline import show_outline
from graph_service.cli.show_ties import show_neighbours, show_paths
from graph_service.queries.answers import Answer, Meta
from graph_service.queries.influence import InfluenceOf
from graph_service.queries.leverage import LeverageOver
from graph_service.queries.neighbours import Neighbourhood
from graph_service.queries.outlines import OUTLINES
from graph_service.queries.paths import Paths


def ask(desk: Desk, form: AskForm) -> int:
    """Ask in plain words: shows what was understood, as a command and a request, and the answer."""
    with desk.graph() as graph:
        today = date.fromordinal(graph.today())
        reply = ask_in_words(graph, " ".join(form.words), today=today)
        show(desk, graph, reply, Standing(format=form.format), partial(_show, reply=reply))
    return ANSWERED if _has_result(reply.data) else NO_RESULT


def _show(sheet: Sheet, *, reply: Reply) -> None:
    understood = reply.data.understood
    if understood is None or not isinstance(reply.meta, Meta):
        _show_refused(sheet, reply.data)
        return
    sheet.whole_line(f"Understood as: {understood.words}")
    for line in (understood.command, understood.url, *understood.notes):
        sheet.whole_line(line, indent=2)
    sheet.line()
    answer = Answer(reply.data.answer, reply.meta, reply.page)
    _page_of(understood, answer)(sheet)


def _page_of(understood: Understood, answer: Answer[Any]) -> Callable[[Sheet], None]:
    """The page of the question's own command."""
    given = understood.parameters
    pages: dict[str, Callable[..., None]] = {
        "leverage": partial(show_leverage, paths=None, channels=given.get("channels")),
        "influence": partial(show_influence, paths=None, channels=given.get("channels")),
        "neighbours": show_neighbours,
        "paths": partial(show_paths, ends=(given.get("from", ""), given.get("to", ""))),
    }
    for name, outline in OUTLINES.items():
        pages[name] = partial(show_outline, outline=outline)
    return lambda sheet: pages[understood.question](sheet, answer)


def _show_refused(sheet: Sheet, asked: Asked) -> None:
    sheet.title(f"Not understood: {asked.asked}")
    sheet.line(asked.why or "")
    if asked.suggestions:
        sheet.line()
        sheet.line("What can be asked:")
    for suggestion in asked.suggestions:
        sheet.line(suggestion.words, indent=2)
        sheet.whole_line(suggestion.command, indent=4)


def _has_result(asked: Asked) -> bool:
    outline = None if asked.understood is None else OUTLINES.get(asked.understood.question)
    if outline is not None:
        return not outline.empty(asked.answer)
    match asked.answer:
        case None:
            return False
        case Neighbourhood():
            return any(asked.answer.hops)
        case Paths():
            return bool(asked.answer.paths)
        case LeverageOver() | InfluenceOf():
            return bool(asked.answer.ranking or asked.answer.coercion)
        case _:
            return True
