"""What a step or an answer lacks, in words: reasons to doubt it, and what was left out."""

from collections.abc import Iterable, Sequence

from graph_service.graph.view import Citation, View

ONE_ORIGIN = "one origin only"
STALE = "stale"
UNCERTAIN_DATE = "uncertain date"
NAMED_HUBS = 10


def missing(citations: Sequence[Citation]) -> tuple[str, ...]:
    """What the live claims of one step leave to be wished for, see `docs/method.md` §3.9.

    `one origin only`, where a single origin stands behind all of them; `stale` and `uncertain
    date`, where that is so of each of them; `denied by S` for every source S that denies any of
    them, by id. Nothing for a step without claims.
    """
    if not citations:
        return ()
    origins = {origin for claim in citations for origin in claim.origins}
    deniers = {source.id for claim in citations for source in claim.denied_by}
    doubts = (
        (ONE_ORIGIN, len(origins) == 1),
        (STALE, all(claim.stale for claim in citations)),
        (UNCERTAIN_DATE, all(claim.uncertain for claim in citations)),
    )
    found = tuple(text for text, holds in doubts if holds)
    return found + tuple(f"denied by {source}" for source in sorted(deniers))


def cut_short(view: View, hubs: Iterable[int], *, spent: bool) -> str | None:
    """Why an answer is not whole: hubs (by code) that were not expanded, time that ran out; None
    where there is neither."""
    reasons = ["the time for the question ran out"] if spent else []
    ids = sorted({view.actors.id(code) for code in hubs})
    if ids:
        names = ", ".join(ids[:NAMED_HUBS])
        more = f" and {len(ids) - NAMED_HUBS} more" if len(ids) > NAMED_HUBS else ""
        most = view.ontology.parameters.hub_ties
        reasons.append(f"not expanded, each with more than {most} ties: {names}{more}")
    return "; ".join(reasons) or None


def narrowed(view: View, *, cut: bool, spent: bool) -> str | None:
    """Why leverage was not looked for everywhere: its width (`cut`), time that ran out; None where
    there is neither."""
    width = view.ontology.parameters.leverage.width
    reasons = {
        f"only the {width} strongest ties at each step were followed": cut,
        "the time for this question was up before every path was looked at": spent,
    }
    return "; ".join(reason for reason, holds in reasons.items() if holds) or None
