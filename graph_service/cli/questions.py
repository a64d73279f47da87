"""The questions: what the options of a command mean, asked of a view, shown to the asker."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson

from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms import LeverageForm, NeighboursForm, PathsForm, Standing
from graph_service.cli.sheet import Places, Sheet
from graph_service.cli.show_leverage import show_leverage
from graph_service.cli.show_ties import show_neighbours, show_paths
from graph_service.domain.claims import Stance, Status
from graph_service.graph.view import View
from graph_service.queries.answers import Answer, as_json
from graph_service.queries.leverage import leverage as ask_leverage
from graph_service.queries.neighbours import TieFilters
from graph_service.queries.neighbours import neighbours as ask_neighbours
from graph_service.queries.parameters import (
    as_of_from,
    channels_from,
    known_at_from,
    known_names_from,
    names_from,
)
from graph_service.queries.paths import paths as ask_paths
from graph_service.stores.graph import Graph

DEFAULT_PATHS = 3


def leverage(desk: Desk, form: LeverageForm) -> int:
    """Who has leverage over an actor: ranked, with dated and sourced paths."""
    with desk.graph() as graph:
        answer = ask_leverage(
            view_of(graph, form),
            graph.resolve(form.actor),
            by=None if form.by is None else graph.resolve(form.by),
            channels=channels_from(form.channels, graph.ontology),
            hops=form.hops,
            limit=form.limit,
            paths=DEFAULT_PATHS if form.paths is None else form.paths,
        )
        show(
            desk, graph, answer, form, lambda sheet: show_leverage(sheet, answer, paths=form.paths)
        )
    return ANSWERED if answer.data.ranking or answer.data.coercion else NO_RESULT


def neighbours(desk: Desk, form: NeighboursForm) -> int:
    """What ties an actor has, with the claims, dates and sources of each."""
    with desk.graph() as graph:
        among = names_from(form.among, "among")
        filters = TieFilters(
            relations=known_names_from(form.relations, "relations", graph.ontology.relations),
            families=known_names_from(form.families, "families", graph.ontology.families),
            sign=form.sign,
            direction=form.direction,
            among=None if among is None else frozenset(map(graph.resolve, among)),
        )
        answer = ask_neighbours(
            view_of(graph, form),
            graph.resolve(form.actor),
            hops=form.hops,
            filters=filters,
            limit=form.limit,
            cursor=form.cursor,
        )
        show(desk, graph, answer, form, lambda sheet: show_neighbours(sheet, answer))
    return ANSWERED if any(answer.data.hops) else NO_RESULT


def paths(desk: Desk, form: PathsForm) -> int:
    """How two actors connect, step by step, with the evidence of each step."""
    with desk.graph() as graph:
        ends = graph.resolve(form.source), graph.resolve(form.target)
        answer = ask_paths(
            view_of(graph, form),
            *ends,
            k=form.k,
            hops=form.hops,
            order=form.order,
            sign=form.sign,
            filters=TieFilters(
                relations=known_names_from(form.relations, "relations", graph.ontology.relations),
                families=known_names_from(form.families, "families", graph.ontology.families),
                direction=form.direction,
            ),
        )
        show(desk, graph, answer, form, lambda sheet: show_paths(sheet, answer, ends))
    return ANSWERED if answer.data.paths else NO_RESULT


def view_of(graph: Graph, form: Standing) -> View:
    """The view that a question stands on; raises `InvalidQuestion` for dates it cannot read."""
    return graph.view(
        as_of=as_of_from(form.as_of),
        known_at=known_at_from(form.known_at),
        dates=form.dates,
        min_confidence=form.min_confidence,
    )


def show(
    desk: Desk,
    graph: Graph,
    answer: Answer[Any],
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
            places_of=lambda id_: places_of(graph, id_, known_at_from(form.known_at)),
        )
        page(sheet)


def places_of(graph: Graph, claim: str, known_at: datetime | None) -> Places:
    """Where in each source the evidence about a claim stands that was accepted at a time."""
    places: dict[tuple[str, Stance], list[str]] = {}
    for piece in graph.claim(claim).record.evidence:
        if piece.status_at(known_at) is Status.ACCEPTED and piece.locator is not None:
            places.setdefault((piece.source, piece.stance), []).append(piece.locator)
    return places


def body(answer: Answer[Any]) -> dict[str, Any]:
    """An answer as JSON, the same over HTTP; the cursor of a list's next page is in its meta."""
    meta = as_json(answer.meta)
    if answer.page is not None:
        meta["next_cursor"] = answer.page.next_cursor
    return {"data": as_json(answer.data), "meta": meta}
