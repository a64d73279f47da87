"""A live claim as the naive view cites it."""

from typing import TYPE_CHECKING

from graph_service.domain.claims import ClaimRecord, Modality, Stance, Strength, state_of
from graph_service.graph.corroboration import said
from graph_service.graph.gathering import Weighed, own, shown
from graph_service.graph.reading import Reading, attested
from graph_service.graph.view import Citation, Credit, Frame

if TYPE_CHECKING:
    from graph_service.graph.naive import NaiveView


def as_told(reading: Reading, told: ClaimRecord, frame: Frame, live: Weighed) -> Citation:
    """A claim as it was told, by this evidence, dated as all are read that say the same."""
    claim = told.claim
    begins = reading.begins(*live[0], frame.dates)
    attested_on = max(attested(*one) for one in live)
    return Citation(
        id=claim.id,
        relation=claim.relation,
        subject=claim.subject,
        object=claim.object,
        when=claim.when.text,
        episode=claim.episode,
        state=state_of(told.evidence, frame.known_at),
        strength=said((p.strength for p, _ in live), unsaid=Strength.ORDINARY),
        outcome=said((p.outcome for p, _ in live), unsaid=None),
        modality=min((piece.modality for piece, _ in live), key=list(Modality).index),
        sources=shown(source for _, source in live),
        denied_by=shown(
            source for piece, source in own(told, reading.evidence) if piece.stance is Stance.DENIED
        ),
        origins=frozenset(source.origin_or_self for _, source in live),
        begins=begins,
        ends=reading.ends(frame.dates),
        attested=attested_on,
        stale=reading.is_stale(begins, attested_on),
        uncertain=reading.is_uncertain(),
    )


def gives(view: "NaiveView", claim: Citation, credit: Credit) -> bool:
    """Whether a claim gives a credit."""
    source, target = view.actors.id(credit.source), view.actors.id(credit.target)
    relation = view.ontology.relations[claim.relation]
    subject, object_ = map(view.actors.canonical, (claim.subject, claim.object))
    return claim.relation in credit.relations and relation.credits(
        subject, object_, source=source, target=target
    )
