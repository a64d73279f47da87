"""The ties of an actor, and the paths between two, as pages for people."""

from collections.abc import Sequence

from graph_service.cli.sheet import NO_PROOF, Sheet
from graph_service.queries.answers import Answer
from graph_service.queries.neighbours import Neighbourhood, Tie
from graph_service.queries.paths import Path, Paths
from graph_service.queries.words import SIGNS, count, two_decimals


def show_neighbours(sheet: Sheet, answer: Answer[Neighbourhood]) -> None:
    """Hop by hop, who is tied to the actor by what."""
    data = answer.data
    sheet.foreword(answer.meta)
    sheet.title(f"The ties of {data.actor.name}, as of {answer.meta.as_of}")
    if not any(data.hops):
        sheet.line()
        sheet.nothing(data.actor, data.available)
    for place, hop in enumerate(data.hops, start=1):
        if place > 1 and hop:
            sheet.line()
            sheet.title(f"After {count(place, 'hop')}")
        for neighbour in hop:
            sheet.line()
            sheet.line(f"{neighbour.actor.name} ({neighbour.actor.kind})")
            for tie in neighbour.ties:
                _tie(sheet, tie)
    if answer.page is not None and answer.page.next_cursor:
        sheet.line()
        sheet.line(f"There is more: go on with --cursor {answer.page.next_cursor}")
    sheet.sources()
    sheet.standing(answer.meta)


def show_paths(sheet: Sheet, answer: Answer[Paths], ends: Sequence[str]) -> None:
    """Each path between two actors with its strength and sign, and the evidence of its steps."""
    source, target = map(sheet.name_of, ends)
    sheet.foreword(answer.meta)
    sheet.title(f"How {source} and {target} connect, as of {answer.meta.as_of}")
    for place, path in enumerate(answer.data.paths, start=1):
        sheet.line()
        _path(sheet, place, path)
    if not answer.data.paths:
        sheet.line()
        sheet.line("Not at all, by the claims that are known and certain to hold on that day.")
        sheet.line(NO_PROOF)
        sheet.line(f"There are {answer.data.nearest}.")
    sheet.sources()
    sheet.standing(answer.meta)


def _tie(sheet: Sheet, tie: Tie) -> None:
    relation = sheet.ontology.relations[tie.relation]
    label = relation.inverse if tie.direction == "in" else relation.label
    sheet.line(f"{label}, {SIGNS[tie.sign]}, strength {two_decimals(tie.strength)}", indent=2)
    sheet.claims(tie.claims, indent=4)


def _path(sheet: Sheet, place: int, path: Path) -> None:
    chain = " – ".join(sheet.name_of(actor) for actor in path.actors)
    strength = f"strength {two_decimals(path.strength)}, {SIGNS[path.sign]}"
    sheet.line(f"{place}. {chain} ({strength})", hang=3)
    for step in path.steps:
        sheet.claims(step.claims, indent=3)
        sheet.doubts(step.missing, indent=3)
