"""Who is meant by a name, and who may be one with whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import orjson
from typer import Argument, Option

from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms import AnswerFormat
from graph_service.names.candidates import Pair
from graph_service.names.resolution import Resolution
from graph_service.queries.parameters import as_of_from
from graph_service.queries.ties import check_names
from graph_service.stores.judging import alike


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolveForm:
    """Which name is asked about."""

    name: Annotated[str, Argument(metavar="NAME", help="A name, alias, acronym or metonym.")]
    kind: Annotated[str | None, Option(metavar="KIND", help="Only actors of this kind.")] = None
    as_of: Annotated[
        str | None, Option(metavar="DAY", help="Only names in use on this day, 2024-09-30.")
    ] = None
    format: AnswerFormat = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidatesForm:
    """Whose pairs are proposed."""

    actor: Annotated[
        str | None,
        Argument(metavar="[ACTOR]", help="Only pairs of this actor.", show_default=False),
    ] = None
    limit: Annotated[int, Option(min=1, max=10_000, help="How many pairs are listed.")] = 20
    format: AnswerFormat = None


def resolve(desk: Desk, form: ResolveForm) -> int:
    """Say who is meant by a name, and why; of several who are called so, none is taken."""
    with desk.graph() as graph:
        if form.kind is not None:
            check_names("kind", (form.kind,), graph.ontology.kinds)
        found = graph.meant(form.name, kind=form.kind, as_of=as_of_from(form.as_of))
    if desk.shown_as(form.format) is Format.JSON:
        desk.write(orjson.dumps(found))
    else:
        _say(desk, _resolved(found))
    return NO_RESULT if found.actor is None else ANSWERED


def candidates(desk: Desk, form: CandidatesForm) -> int:
    """Propose pairs of actors who may be one, the likeliest first, with reasons.

    Nothing is merged: `graph-service judge ONE OTHER same` says that two are
    one, and what was judged is not proposed again.
    """
    with desk.graph() as graph, desk.progress("comparing"):
        about = None if form.actor is None else graph.resolve(form.actor)
        found = alike(graph, about, limit=form.limit)
    if desk.shown_as(form.format) is Format.JSON:
        desk.write(orjson.dumps(found))
    else:
        _say(desk, (line for pair in found for line in _paired(pair)))
    return ANSWERED if found else NO_RESULT


def _resolved(found: Resolution) -> Iterator[str]:
    yield found.reason if found.actor is None else f"{found.actor}: {found.reason}"
    if found.actor is None:
        yield from (f"  {one.actor} ({one.kind}): {one.reason}" for one in found.candidates)


def _paired(pair: Pair) -> Iterator[str]:
    against = f"; against: {'; '.join(pair.against)}" if pair.against else ""
    yield f"{pair.score:.2f} {pair.left} {pair.right}: {'; '.join(pair.reasons)}{against}"


def _say(desk: Desk, lines: Iterator[str]) -> None:
    for line in lines:
        desk.out.print(line, markup=False, soft_wrap=True)
