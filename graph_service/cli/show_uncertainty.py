"""How sure a ranking is, as part of a page for people."""

from collections.abc import Sequence

from graph_service.cli.sheet import Sheet, columns
from graph_service.queries.answers import CitedClaim
from graph_service.queries.leverage import Entry
from graph_service.queries.words import (
    BY_CHANCE,
    BY_TWO_ORIGINS,
    WITH_PROPOSALS,
    count,
    signed,
    sure_in_words,
    two_decimals,
)

NUMBERS = frozenset({"#", "leverage", "coercion", "interval", "tier", "floor", "ceiling"})
WORTH_A_LINE = 0.005


def has_own_table(entry: object) -> bool:
    """Whether a ranking that begins with this entry is shown with how sure it is: one actor alone
    is told about in full instead, see `without`."""
    return isinstance(entry, Entry) and entry.interval is not None and not entry.counterfactuals


def uncertainty_table(sheet: Sheet, shown: Sequence[Entry], by: str, values: list[float]) -> None:
    """The entries with how sure each value is; `by` is what the values are called. One actor alone
    has no tier to be told apart from."""
    tier = ["tier"] * (len(shown) > 1)
    table = columns("#", "actor", by, "interval", *tier, "floor", "ceiling", right=NUMBERS)
    for place, (entry, value) in enumerate(zip(shown, values, strict=True), start=1):
        if entry.interval and entry.floor is not None and entry.ceiling is not None:
            table.add_row(
                str(place),
                entry.actor.name,
                two_decimals(value),
                "–".join(map(two_decimals, entry.interval)),
                *[str(entry.tier) if value else "" for _ in tier],
                two_decimals(entry.floor),
                two_decimals(entry.ceiling),
            )
    sheet.table(table)
    if not sheet.is_told(("interval",)):
        apart = "; actors of one tier are too close to be told apart" * len(tier)
        sheet.line(
            f"interval: {BY_CHANCE}; floor: {BY_TWO_ORIGINS}; ceiling: {WITH_PROPOSALS}{apart}",
            indent=3,
        )


def sole_origin(sheet: Sheet, entry: Entry) -> None:
    """That a rank rests on one source, where it does."""
    if entry.sole_origin is not None:
        sheet.line(f"this rank rests on one source: {entry.sole_origin}", indent=3)


def without(sheet: Sheet, entry: Entry) -> None:
    """How sure the value of one actor is, and how it changes without each claim and each origin, as
    far as two decimals show it."""
    told = entry.counterfactuals
    if told is None or entry.interval is None or entry.floor is None or entry.ceiling is None:
        return
    sheet.line(sure_in_words(entry.interval, entry.floor, entry.ceiling), indent=3)
    cited = {c.id: c for path in entry.paths for step in path.steps for c in step.claims}
    claims = [one for one in told.claims if abs(one.change) >= WORTH_A_LINE]
    origins = [one for one in told.origins if abs(one.change) >= WORTH_A_LINE]
    if claims or origins:
        sheet.line()
    for claim in claims:
        _without_claim(sheet, cited[claim.id], claim.change)
    for origin in origins:
        rank = "no rank" if origin.rank is None else f"rank {origin.rank}"
        sheet.line(
            f"without all that comes from {origin.origin}: {signed(origin.change)}, "
            f"rank {origin.rank_before} → {rank}",
            indent=3,
            hang=2,
        )
    rest = told.claims_available - len(claims)
    if rest and claims:
        sheet.line(
            f"and {count(rest, 'claim')} that would change less, or were not tried", indent=3
        )


def _without_claim(sheet: Sheet, claim: CitedClaim, change: float) -> None:
    sheet.line(f"without this claim: {signed(change)}", indent=3)
    sheet.claims([claim], indent=5)
