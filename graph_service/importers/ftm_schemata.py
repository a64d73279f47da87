"""What the schemata of FollowTheMoney are to this graph.

The schemata and their properties: https://followthemoney.tech/explorer/
"""

from collections.abc import Iterable
from typing import NamedTuple

from graph_service.domain.ontology import Ontology

KINDS = {
    "Person": "person",
    "Company": "organisation",
    "Organization": "organisation",
    # A person or a body, which of them is not told; bodies are most of them.
    "LegalEntity": "organisation",
    "PublicBody": "agency",
    "Country": "state",
}
"""The schemata of actors, with their kinds."""

KIND_OF_TOPIC = {
    "gov.igo": "igo",
    "gov.legislative": "legislature",
    "gov.judicial": "court",
    "mil": "armed_force",
    "pol.party": "party",
    "pol.union": "advocacy",
}
"""Topics that tell the kind of a body more exactly."""


class Ends(NamedTuple):
    """The properties of a schema that name the two ends of its tie, and whether a claim is made for
    each direction."""

    subject: str
    object: str
    both_ways: bool = False


ENDS = {
    "Associate": Ends("person", "associate", both_ways=True),
    "ContractAward": Ends("supplier", "contract"),
    "CourtCaseParty": Ends("party", "case"),
    "Debt": Ends("creditor", "debtor"),
    "Directorship": Ends("director", "organization"),
    "Documentation": Ends("document", "entity"),
    "Employment": Ends("employee", "employer"),
    "Family": Ends("person", "relative", both_ways=True),
    "Membership": Ends("member", "organization"),
    "Occupancy": Ends("holder", "post"),
    "Ownership": Ends("owner", "asset"),
    "Payment": Ends("payer", "beneficiary"),
    "ProjectParticipant": Ends("participant", "project"),
    "Representation": Ends("agent", "client"),
    "Sanction": Ends("authority", "entity"),
    "Succession": Ends("predecessor", "successor"),
    "UnknownLink": Ends("subject", "object"),
}
"""The schemata of ties. Which of them are relations of this graph stands in the ontology."""

THROUGH = {"Contract": ("authority",), "Position": ("organization",)}
"""Schemata that stand between an actor and another, with the property that leads on."""

OTHERS = frozenset({
    "Address", "Airplane", "Article", "Assessment", "Asset", "Audio", "BankAccount", "Call",
    "CallForTenders", "Contract", "CourtCase", "CryptoWallet", "Document", "EconomicActivity",
    "Email", "Event", "Folder", "HyperText", "Identification", "Image", "License", "Mention",
    "Message", "Note", "Package", "Page", "Pages", "Passport", "PlainText", "Position", "Post",
    "Project", "RealEstate", "Security", "Similar", "Table", "TaxRoll", "Trip", "UserAccount",
    "Vehicle", "Vessel", "Video", "Workbook",
})  # fmt: skip
"""Schemata that are neither actors nor ties between actors."""


def relations(ontology: Ontology) -> dict[str, str]:
    """The relation of each schema that has one."""
    return {
        schema: name
        for name, relation in ontology.relations.items()
        for schema in relation.followthemoney
    }


def kind_of(schema: str, topics: Iterable[str]) -> str:
    """The kind of the actors of a schema; their topics tell it of bodies more exactly."""
    kind = KINDS[schema]
    if kind in ("person", "state"):
        return kind
    told = (KIND_OF_TOPIC[topic] for topic in topics if topic in KIND_OF_TOPIC)
    return next(told, kind)
