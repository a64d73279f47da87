"""How latent patrons are told: marked as inferred wherever they are."""

from collections.abc import Iterator

from graph_service.queries.latent import LatentPatrons, Term
from graph_service.queries.outline import (
    FEW,
    Block,
    Evidence,
    Heading,
    Line,
    Names,
    Outline,
    Rows,
    names,
    reasoned,
)
from graph_service.queries.words import two_decimals

REASONS = {
    "GG": "supports a group that supports it",
    "SIB": "supports another group that fights the same opponent",
    "ALLY": "is allied with a supporter",
    "EOE": "is a rival of an opponent",
    "prox": "is near an opponent",
    "ally(s,opp)": "but is allied with an opponent",
    "supports(s,opp)": "but supports an opponent",
}


def _latent(data: LatentPatrons, name_of: Names) -> Iterator[Block]:
    yield Line(f"INFERRED. {data.note}")
    if data.opponents:
        yield Line(f"It fights {names(data.opponents, ', ')}.")
    if not data.distances:
        yield Line("No distances between states are known here: nearness does not count.")
    if data.patrons:
        rows = tuple(
            (
                str(place),
                one.actor.name,
                two_decimals(one.latent),
                "yes, cited" if one.supports else "",
            )
            for place, one in enumerate(data.patrons, start=1)
        )
        heads = ("#", "actor (inferred)", "latent", "supporter already")
        yield Rows(heads, rows, frozenset({"#", "latent"}))
    for one in data.patrons[:FEW]:
        yield Heading(f"{one.actor.name} (inferred)")
        for term in one.terms:
            yield from _term(term, name_of)
    yield from reasoned(data.reason, {}, name_of)


def _term(term: Term, name_of: Names) -> Iterator[Block]:
    through = f": {', '.join(map(name_of, term.through))}" if term.through else ""
    yield Line(f"{REASONS[term.name]} ({term.name} {two_decimals(term.value)}){through}", 1)
    yield Evidence(term.claims, (), 3)


LATENT: Outline[LatentPatrons] = Outline(
    title=lambda data: f"Which states may support {data.actor.name} unseen (inferred)",
    blocks=_latent,
    briefly=lambda data: (
        f"{one.actor.name} {two_decimals(one.latent)} (inferred)" for one in data.patrons[:3]
    ),
    empty=lambda data: not data.patrons,
)
