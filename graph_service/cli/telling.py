"""Claims and evidence in words, as those see them who write and decide."""

from collections.abc import Callable, Iterable
from datetime import datetime

from graph_service.cli.desk import Desk
from graph_service.cli.sheet import Sheet, Told
from graph_service.domain.claims import Claim, Evidence, Stance
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import instant
from graph_service.queries.answers import CitedClaim
from graph_service.queries.words import claim_in_words, two_decimals
from graph_service.stores.graph import Graph

NameOf = Callable[[str], str]


def sheet_of(desk: Desk, graph: Graph, name_of: NameOf | None = None) -> Sheet:
    """A page on which claims stand without the places of their evidence."""
    names = name_of or names_in(graph)
    return Sheet(desk.out, graph.ontology, name_of=names, told_of=lambda _: Told())


def names_in(graph: Graph) -> NameOf:
    """The names of actors by their ids; an id that nobody has stands for itself."""

    def name_of(id_: str) -> str:
        return graph.actor(id_).name if graph.store.about(f"actor:{id_}") else id_

    return name_of


def said(claim: Claim, ontology: Ontology, name_of: NameOf, piece: Evidence | None = None) -> str:
    """A claim in words; with a piece of evidence, as that one tells it."""
    relation = ontology.relations[claim.relation]
    cited = CitedClaim(
        id=claim.id,
        relation=claim.relation,
        subject=claim.subject,
        object=claim.object,
        when=claim.when.text,
        state=None,
        modality="done" if piece is None else piece.modality,
        strength=None if piece is None else piece.strength,
        outcome=None if piece is None else piece.outcome,
        sources=(),
    )
    return claim_in_words(cited, relation.label, event=relation.is_event, name_of=name_of)


def according(pieces: Iterable[Evidence], name_of: NameOf) -> str:
    """`, according to` whom these pieces of evidence assert a claim, where every one of them reports
    somebody else's word; else nothing."""
    asserting = [piece.attributed_to for piece in pieces if piece.stance is Stance.ASSERTED]
    voices = dict.fromkeys(name_of(voice) for voice in asserting if voice is not None)
    return f", according to {' and '.join(voices)}" if voices and None not in asserting else ""


def cited(piece: Evidence) -> str:
    """Who says so, where, and how sure the reading is: `[article, paragraph 4] 0.70`."""
    denying = "denied by " if piece.stance is Stance.DENIED else ""
    return f"{denying}{placed(piece.source, piece.locator)} {two_decimals(piece.confidence)}"


def placed(source: str, locator: str | None) -> str:
    """A source and a place in it.

    >>> placed("article", "paragraph 4")
    '[article, paragraph 4]'
    """
    return f"[{', '.join(part for part in (source, locator) if part)}]"


def at_second(moment: datetime) -> str:
    """A time of the log, to the second."""
    return instant(moment.replace(microsecond=0))
