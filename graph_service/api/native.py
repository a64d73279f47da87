"""The shape of what is written, for `/openapi.json`: native records and decisions, as
`docs/records.md` has them. What they mean is checked by `parse_record`; nothing is read with this.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from graph_service.domain.actors import Scope
from graph_service.domain.claims import Modality, Outcome, Stance, Status, Strength
from graph_service.domain.fields import MAX_ID, MAX_TEXT
from graph_service.domain.identity import Verdict
from graph_service.domain.sources import Reliability

Json = dict[str, Any]

Id = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._:~-]*$", max_length=MAX_ID)]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
Time = Annotated[str, Field(description="RFC 3339; set by the store.", max_length=MAX_TEXT)]
Who = Annotated[str, Field(description="Set by the store: the name of the key.")]
Date = Annotated[str, Field(description="ISO 8601 (EDTF): a day, month, year or interval.",
                            examples=["2024-07-31", "2023-10/..", "[..2024-05]"])]  # fmt: skip


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AliasBody(_Body):
    """Another name of an actor, valid between two dates where they are given."""

    text: Text
    scope: Scope | None = None
    lang: Text | None = None
    from_: Annotated[Date | None, Field(alias="from")] = None
    to: Date | None = None


class ActorBody(_Body):
    """Who acts; an actor keeps its kind."""

    record: Literal["actor"]
    id: Id
    kind: Annotated[str, Field(description="A kind of the ontology.", examples=["state"])]
    name: Text
    aliases: list[AliasBody] | None = None
    ids: Annotated[dict[str, Text] | None, Field(examples=[{"iso3": "QAT"}])] = None
    description: Text | None = None


class SourceBody(_Body):
    """Who says so; sources of one origin corroborate nothing."""

    record: Literal["source"]
    id: Id
    title: Text
    publisher: Text | None = None
    url: Text | None = None
    published: Date | None = None
    kind: Text | None = None
    reliability: Reliability | None = None
    origin: Text | None = None
    language: Text | None = None
    sha256: Text | None = None


class EpisodeBody(_Body):
    """Talks, a war, a crisis."""

    record: Literal["episode"]
    id: Id
    kind: Annotated[Text, Field(examples=["talks"])]
    name: Text
    when: Date


class EvidenceBody(_Body):
    """What one source says of the claim."""

    id: Annotated[Id | None, Field(description="Derived; refused when wrong.")] = None
    source: Annotated[Id, Field(description="A source that is known.")]
    confidence: Annotated[float, Field(gt=0, le=0.95, description="How sure the reading is.")]
    locator: Annotated[Text | None, Field(examples=["paragraph 4"])] = None
    passage: Text | None = None
    stance: Stance | None = None
    modality: Modality | None = None
    attributed_to: Text | None = None
    strength: Strength | None = None
    outcome: Outcome | None = None
    amount: float | None = None
    unit: Text | None = None
    coder: Text | None = None
    status: Annotated[Status | None, Field(description="`proposed` unless it is said.")] = None
    recorded_at: Time | None = None
    decided_at: Time | None = None
    decided_by: Who | None = None
    reason: Text | None = None
    retracted_at: Time | None = None


class ClaimBody(_Body):
    """Who did what to whom, when, and who says so."""

    record: Literal["claim"]
    id: Annotated[Id | None, Field(description="Derived; refused when wrong.")] = None
    subject: Annotated[Id, Field(description="An actor that is known.")]
    relation: Annotated[
        str, Field(description="A relation of the ontology.", examples=["mediates"])
    ]
    object: Annotated[Id, Field(description="Another one.")]
    when: Date
    episode: Id | None = None
    state: Annotated[str | None, Field(description="Derived, and not read.")] = None
    evidence: Annotated[list[EvidenceBody], Field(min_length=1)]


class JudgementBody(_Body):
    """Whether two actors are one."""

    record: Literal["judgement"]
    left: Id
    right: Id
    verdict: Verdict
    reason: Text | None = None
    by: Who | None = None
    at: Time | None = None


VerdictOnEvidence = Literal["accepted", "rejected", "retracted"]
Seen = Annotated[
    int | None,
    Field(ge=0, lt=2**63, description="The entry of the log that the decider had seen."),
]


class DecisionRecordBody(_Body):
    """What becomes of one piece of evidence."""

    record: Literal["decision"]
    evidence: Id
    verdict: VerdictOnEvidence
    reason: Text | None = None
    expected: Seen = None
    by: Who | None = None
    at: Time | None = None


class DecisionBody(_Body):
    """What becomes of evidence: of one piece, or of several alike."""

    evidence: Id | Annotated[list[Id], Field(min_length=1)]
    verdict: VerdictOnEvidence
    reason: Text | None = None
    expected: Seen = None
    by: Who | None = None
    at: Time | None = None


_RECORD = Annotated[
    ActorBody | SourceBody | EpisodeBody | ClaimBody | JudgementBody | DecisionRecordBody,
    Field(discriminator="record"),
]
_REF = "#/components/schemas/{model}"
_BUNDLE = TypeAdapter(list[_RECORD]).json_schema(ref_template=_REF)
_DECISIONS = TypeAdapter(DecisionBody | list[DecisionBody]).json_schema(ref_template=_REF)
DEFINITIONS: Json = {**_BUNDLE.pop("$defs"), **_DECISIONS.pop("$defs")}
BUNDLE: Json = _BUNDLE
DECISIONS: Json = _DECISIONS

BUNDLES: Json = {
    "a claim with its source": [
        {
            "record": "source",
            "id": "statement-2024-07",
            "title": "Statement on the talks",
            "published": "2024-07-31",
            "reliability": "C",
        },
        {
            "record": "claim",
            "subject": "qatar",
            "relation": "mediates",
            "object": "hamas",
            "when": "2023-10/..",
            "episode": "gaza-talks-2024",
            "evidence": [
                {"source": "statement-2024-07", "locator": "paragraph 2", "confidence": 0.8}
            ],
        },
    ],
    "two names of one actor": [
        {"record": "actor", "id": "hamas-movement", "kind": "armed_group", "name": "The movement"},
        {
            "record": "judgement",
            "left": "hamas-movement",
            "right": "hamas",
            "verdict": "same",
            "reason": "The statement calls it so.",
        },
    ],
}
DECIDED: Json = {
    "one": {
        "evidence": "e_7p3vtkxavltiocoyi5xgzovca4",
        "verdict": "retracted",
        "reason": "The sentence says the opposite.",
    },
    "several at once": [
        {
            "evidence": ["e_beif4fij2inc675agffzhm22ot", "e_6nzzdgh7lxba4f6qhvnp5rthbb"],
            "verdict": "retracted",
            "reason": "The sentence says the opposite.",
            "expected": 80,
        },
    ],
}
