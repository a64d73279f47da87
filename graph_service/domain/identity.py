"""Whether two actors are one: judgements that can be undone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a judgement says of two actors."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody's judgement on whether `left` and `right` are one actor; a later one replaces it."""

    left: str
    right: str
    verdict: Verdict
    by: str
    at: datetime
    reason: str | None = None
