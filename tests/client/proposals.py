"""Records to propose: what nobody in the dossier says."""

from typing import Any

Json = dict[str, Any]

SOURCE: Json = {
    "record": "source", "id": "example-report", "title": "A report made up for this example",
    "published": "2024-09-15", "kind": "report", "reliability": "C", "origin": "example",
}  # fmt: skip


def claim(subject: str = "turkey", relation: str = "backs", object: str = "hamas") -> Json:
    """A claim of the report's."""
    evidence = {"source": "example-report", "locator": "page 3", "confidence": 0.9}
    return {
        "record": "claim", "subject": subject, "relation": relation, "object": object,
        "when": "2023/..", "evidence": [evidence],
    }  # fmt: skip


PROPOSAL = [SOURCE, claim()]
