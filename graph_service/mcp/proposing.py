"""The one tool that writes: it puts a claim before those who decide, and nothing else."""

from collections.abc import Mapping
from typing import Any

from graph_service.client.client import Client
from graph_service.client.errors import NotFound, Refused
from graph_service.mcp.telling import Said

Json = Mapping[str, Any]

CODER = "assistant"
"""Who coded the evidence, so that whoever decides can see it."""

_TEXT = {"type": "string"}
_EVIDENCE = {
    "locator": {**_TEXT, "description": "Where in the source it stands, such as `paragraph 3`."},
    "passage": {**_TEXT, "description": "The words of the source, where its licence allows."},
    "stance": {"enum": ["asserted", "denied"], "description": "Whether the source says so or denies it."},
    "modality": {"enum": ["done", "intended", "hypothetical"], "description": "How it is said to be."},
    "attributed_to": {**_TEXT, "description": "Whom the source names as saying so."},
    "confidence": {"type": "number", "exclusiveMinimum": 0, "maximum": 1,
                   "description": "How surely the source says this, not whether it is true."},
}  # fmt: skip
_SOURCE = {
    "source": {**_TEXT, "description": "The id of a source, known or new."},
    "source_title": {**_TEXT, "description": "Of a new source: its title."},
    "published": {**_TEXT, "description": "Of a new source: when it was published, such as 2024-09."},
    "reliability": {"enum": list("ABCDEF"), "description": "Of a new source: from A, completely "
                    "reliable, to F, which cannot be judged."},
    "publisher": {**_TEXT, "description": "Of a new source: its publisher."},
    "url": {**_TEXT, "description": "Of a new source: where it is."},
}  # fmt: skip
SCHEMA: Json = {
    "type": "object",
    "properties": {
        "subject": {**_TEXT, "description": "Who does it: an actor that is known, by id or name."},
        "relation": {**_TEXT, "description": "What, by its code: see describe_ontology."},
        "object": {**_TEXT, "description": "To whom: an actor that is known, by id or name."},
        "when": {**_TEXT, "description": "When, in EDTF: `2024-09`, `2023-10/..` (since, ongoing), "
                 "`/..` (start unknown, ongoing)."},
        **_SOURCE,
        **_EVIDENCE,
    },
    "required": ["subject", "relation", "object", "when", "source", "locator", "confidence"],
    "additionalProperties": False,
}  # fmt: skip


def propose_claim(client: Client, given: Json) -> Said:
    """Propose a claim; nothing rests on it before a person accepts it."""
    records = [*_source(client, given), _claim(client, given)]
    written = client.propose(records)
    evidence = written.evidence[0]
    status = next(
        one.status for one in client.claim(written.claims[0]).evidence if one.id == evidence
    )
    lines = [f"The evidence {evidence} on the claim {written.claims[0]} is {status}."]
    if status == "proposed":
        lines.append(
            "No answer rests on it before a person accepts it: "
            f"graph-service decide accept {written.claims[0]}"
        )
    data = {"claim": written.claims[0], "evidence": evidence, "status": status}
    return Said("\n".join(lines), data)


def _claim(client: Client, given: Json) -> dict[str, Any]:
    evidence = {name: given[name] for name in _EVIDENCE if name in given}
    return {
        "record": "claim",
        "subject": client.resolve(given["subject"]),
        "relation": given["relation"],
        "object": client.resolve(given["object"]),
        "when": given["when"],
        # The status is said, so that nothing but a proposal can come of it.
        "evidence": [{**evidence, "source": given["source"], "coder": CODER, "status": "proposed"}],
    }


def _source(client: Client, given: Json) -> list[dict[str, Any]]:
    """The record of a source that is new."""
    try:
        client.source(given["source"])
    except NotFound:
        missing = [
            name for name in ("source_title", "published", "reliability") if name not in given
        ]
        if missing:
            raise Refused(
                f"no source {given['source']!r} is known; of a new one, also say "
                f"{', '.join(missing)}"
            ) from None
        about = {name: given[name] for name in ("publisher", "url") if name in given}
        return [{
            "record": "source", "id": given["source"], "title": given["source_title"],
            "published": given["published"], "reliability": given["reliability"],
            "kind": "report", "origin": given.get("publisher", given["source"]), **about,
        }]  # fmt: skip
    return []
