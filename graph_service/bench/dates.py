"""The forms that the dates of a synthetic world take: days, months, intervals, open and empty sides."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graph_service.bench.worlds import Integers
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import When, day

DAY, MONTH, YEAR, BETWEEN, BY, SINCE, SINCE_MONTH, FROM, UNTIL, ALWAYS = range(10)
UNKNOWN_SIDES = (FROM, UNTIL, ALWAYS)

EVENT = {DAY: 0.84, MONTH: 0.08, YEAR: 0.02, BETWEEN: 0.04, BY: 0.02}
OBSERVABLE = {
    DAY: 0.08, MONTH: 0.04, SINCE: 0.32, SINCE_MONTH: 0.12, FROM: 0.14,
    BETWEEN: 0.20, UNTIL: 0.05, ALWAYS: 0.05,
}  # fmt: skip
STANDING = {SINCE: 0.36, SINCE_MONTH: 0.16, FROM: 0.14, BETWEEN: 0.24, UNTIL: 0.05, ALWAYS: 0.05}

EVENT_LENGTHS = np.array([2, 9, 30])
STATE_LENGTHS = np.array([60, 400, 1200])


def forms_of(ontology: Ontology, relation: Integers, draw: np.random.Generator) -> Integers:
    """A form of date for each claim, of those that its relation takes."""
    kinds = [
        EVENT if each.is_event else OBSERVABLE if each.observable else STANDING
        for each in ontology.relations.values()
    ]
    forms = np.empty(len(relation), np.int64)
    for shares in (EVENT, OBSERVABLE, STANDING):
        mine = np.isin(relation, [code for code, kind in enumerate(kinds) if kind is shares])
        forms[mine] = _drawn(shares, int(mine.sum()), draw)
    return forms


def whens_of(
    forms: Integers, start: Integers, is_event: NDArray[np.bool_], draw: np.random.Generator
) -> tuple[tuple[When, ...], Integers]:
    """The distinct dates of these claims, and each claim's place among them."""
    length = np.where(
        is_event,
        draw.choice(EVENT_LENGTHS, len(forms)),
        draw.choice(STATE_LENGTHS, len(forms)),
    )
    length[~np.isin(forms, (BETWEEN, UNTIL))] = 0
    keys = np.stack([forms, start, length], axis=1)
    distinct, places = np.unique(keys, axis=0, return_inverse=True)
    texts = [_text(*key) for key in distinct.tolist()]
    known = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    through = np.array([known[text] for text in texts], np.int64)
    return tuple(map(When.parse, known)), through[places.reshape(-1)]


def _drawn(shares: Mapping[int, float], count: int, draw: np.random.Generator) -> Integers:
    drawn = draw.choice(np.array(list(shares)), count, p=list(shares.values()))
    return drawn.astype(np.int64)


def _text(form: int, start: int, length: int) -> str:
    first = day(start)
    return {
        DAY: first,
        MONTH: first[:7],
        YEAR: first[:4],
        BETWEEN: f"{first}/{day(start + length)}",
        BY: f"[..{first}]",
        SINCE: f"{first}/..",
        SINCE_MONTH: f"{first[:7]}/..",
        FROM: f"{first}/",
        UNTIL: f"/{day(start + length)}",
        ALWAYS: "/..",
    }[form]
