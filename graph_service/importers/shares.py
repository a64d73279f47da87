"""What a share in a body says of who decides there."""

from typing import Any

from graph_service.domain.claims import Strength

CONTROL = 50.0
SAY = 25.0
"""In percent. Half of the shares decides. From a quarter on, the usual threshold for naming an owner
as one of significant influence, the owner decides weakly; below it not."""
TOO_SMALL = f"an owner of less than {SAY:g} percent"


def is_too_small(percent: float | None) -> bool:
    """Whether a share, if one is told, is too small to decide anything."""
    return percent is not None and percent < SAY


def share_told(percent: float | None) -> dict[str, Any]:
    """What evidence says of a share: its amount, and that it is weak where it does not decide."""
    if percent is None:
        return {}
    weak = {"strength": Strength.WEAK} if percent < CONTROL else {}
    return {"amount": percent, "unit": "percent", **weak}
