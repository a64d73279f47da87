"""The questions: what the options of a command mean, asked of a graph, shown to the asker."""

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from graph_service.ask.ask import Reply
from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms import (
    InfluenceForm,
    LeverageForm,
    NeighboursForm,
    PathsForm,
    Standing,
)
from graph_service.cli.sheet import Sheet, Told
from graph_service.cli.show_influence import show_influence
from graph_service.cli.show_leverage import show_leverage
from graph_service.cli.show_ties import show_neighbours, show_paths
from graph_service.cli.telling import according, names_in
from graph_service.domain.claims import Stance, Status
from graph_service.queries.answers import Answer, as_json, members_of
from graph_service.queries.budget import Budget
from graph_service.queries.parameters import as_of_from, known_at_from, names_from
from graph_service.questions import Askable, Influence, Leverage, Neighbours, Paths
from graph_service.stores.graph import Graph


def leverage(desk: Desk, form: LeverageForm) -> int:
    """Who has leverage over an actor: ranked, with dated and sourced paths."""
    with desk.graph() as graph:
        meant = resolving(graph, form)
        by = None if form.by is None else meant(form.by)
        answer = put(graph, Leverage, form, id=meant(form.actor), by=by)
        show(
            desk,
            graph,
            answer,
            form,
            lambda sheet: show_leverage(sheet, answer, paths=form.paths, channels=form.channels),
        )
    return ANSWERED if answer.data.ranking or answer.data.coercion else NO_RESULT


def influence(desk: Desk, form: InfluenceForm) -> int:
    """Over whom an actor has leverage: ranked, with dated and sourced paths."""
    with desk.graph() as graph:
        answer = put(graph, Influence, form, id=resolving(graph, form)(form.actor))
        show(
            desk,
            graph,
            answer,
            form,
            lambda sheet: show_influence(sheet, answer, paths=form.paths, channels=form.channels),
        )
    return ANSWERED if answer.data.ranking or answer.data.coercion else NO_RESULT


def neighbours(desk: Desk, form: NeighboursForm) -> int:
    """What ties an actor has, with the claims, dates and sources of each."""
    with desk.graph() as graph:
        meant, names = resolving(graph, form), names_from(form.among, "among")
        among = None if names is None else ",".join(map(meant, sorted(names)))
        answer = put(graph, Neighbours, form, id=meant(form.actor), among=among)
        show(desk, graph, answer, form, lambda sheet: show_neighbours(sheet, answer))
    return ANSWERED if any(answer.data.hops) else NO_RESULT


def paths(desk: Desk, form: PathsForm) -> int:
    """How two actors connect, step by step, with the evidence of each step."""
    with desk.graph() as graph:
        meant = resolving(graph, form)
        ends = meant(form.source), meant(form.target)
        answer = put(graph, Paths, form, from_=ends[0], to=ends[1])
        show(desk, graph, answer, form, lambda sheet: show_paths(sheet, answer, ends))
    return ANSWERED if answer.data.paths else NO_RESULT


def resolving(graph: Graph, form: Standing) -> Callable[[str], str]:
    """What gives the id of an actor by its name, as it was known where the question stands, and in
    use on its day, if it has one."""
    return partial(
        graph.resolve, known_at=known_at_from(form.known_at), as_of=as_of_from(form.as_of)
    )


def put(
    graph: Graph,
    kind: type[Askable],
    form: Standing,
    *,
    budget: Budget | None = None,
    **actors: str | None,
) -> Answer[Any]:
    """The answer to a question of that kind: its parameters are those of the form with the same
    name, and ids for the actors."""
    given = {name: getattr(form, name, None) for name in kind.model_fields} | actors
    asked = kind(**{name: value for name, value in given.items() if value is not None})
    return asked.put(graph, budget=budget)


def show(
    desk: Desk,
    graph: Graph,
    answer: Answer[Any] | Reply,
    form: Standing,
    page: Callable[[Sheet], None],
) -> None:
    """Print an answer: as the body that the API gives, or as a page."""
    if desk.shown_as(form.format) is Format.JSON:
        desk.write(orjson.dumps(body(answer)))
    else:
        sheet = Sheet(
            desk.out,
            graph.ontology,
            name_of=lambda id_: graph.actor(id_).name,
            told_of=lambda id_: told_of(graph, id_, form),
        )
        page(sheet)


def told_of(graph: Graph, claim: str, form: Standing) -> Told:
    """How a claim is told by the evidence about it that counts where the question stands."""
    known_at = known_at_from(form.known_at)
    pieces = [
        piece
        for piece in graph.claim(claim).record.evidence
        if piece.status_at(known_at) is Status.ACCEPTED and piece.confidence >= form.min_confidence
    ]
    places: dict[tuple[str, Stance], list[str]] = {}
    for piece in pieces:
        if piece.locator is not None:
            places.setdefault((piece.source, piece.stance), []).append(piece.locator)
    return Told(places, according(pieces, names_in(graph)))


def body(answer: Answer[Any] | Reply) -> dict[str, Any]:
    """An answer as JSON, the same over HTTP; the cursor of a list's next page is in its meta."""
    meta: dict[str, Any] = as_json(members_of(answer.meta))
    if answer.page is not None:
        meta["next_cursor"] = answer.page.next_cursor
    return {"data": as_json(answer.data), "meta": meta}
