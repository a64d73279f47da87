"""Ties as questions ask for them: which ones count, their sign, and the claims behind each.

A tie is (subject, relation, object), whatever its claims; its strength is 1 − Π(1 − p) over its
clusters and its sign the polarity of its relation, see `docs/method.md` §6.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.ontology import Ontology
from graph_service.domain.periods import DISTANT_FUTURE, DISTANT_PAST, Dates, When, day_or_none
from graph_service.graph.view import Citation, Values, View
from graph_service.queries.answers import CitedClaim, cited
from graph_service.queries.reach import Mask, Rows

E = TypeVar("E", bound=StrEnum)


class Sign(StrEnum):
    """The polarity of a tie, a step or a path; mixed where + and − stand side by side."""

    NEUTRAL = "0"
    PLUS = "+"
    MINUS = "-"
    MIXED = "mixed"


class Direction(StrEnum):
    """How ties are followed: from subject to object, from object to subject, or either way."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


# The polarities of several ties, or-ed together as bits, are the place of their sign in here.
SIGNS = (Sign.NEUTRAL, Sign.PLUS, Sign.MINUS, Sign.MIXED)


@dataclass(frozen=True, slots=True)
class TieFilters:
    """Which ties a question looks at; None, or nothing in a set, stands for all.

    `sign` mixed keeps the actors whose ties, after the other filters, have both signs. `among`
    are the ids of the only actors that may be met. `since` is a day (an ordinal): only ties that
    have a live claim which begins on it or later, as the view reads dates (one whose start is
    unknown does not); only such claims are shown, and the strength stays that of the tie.
    """

    relations: frozenset[str] | None = None
    families: frozenset[str] | None = None
    sign: str | None = None
    direction: str = "both"
    among: frozenset[str] | None = None
    since: int | None = None


ANY_TIES = TieFilters()


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Filters in the form that columns of ties are sifted with, relations by their places.

    `relation` tells which count; `bits` their polarity (neutral 0, + 1, − 2), `symmetric` whether
    they hold both ways, `names` what they are called. `among` tells which actors may be met, None
    for all; `mixed` whether an actor's ties must have both signs. `since` is not for columns: the
    claims behind ties are looked at (`beginnings`).
    """

    relation: Mask
    bits: NDArray[np.uint8]
    symmetric: Mask
    names: tuple[str, ...]
    direction: Direction
    mixed: bool
    among: Mask | None
    since: int | None

    def keeps(self, view: View, rows: Rows, *, reverse: bool = False) -> Mask:
        """Which of the ties (places in `view.links`) count, followed from the actor at which they
        stand; with `reverse`, followed towards it."""
        links = view.links
        relation = links.relation.take(rows)
        keep: Mask = self.relation.take(relation)
        if self.direction is not Direction.BOTH:
            ahead: Mask = links.outward.take(rows)
            if (self.direction is Direction.OUT) is reverse:
                ahead = ~ahead | self.symmetric.take(relation)
            keep &= ahead
        if self.among is not None and not reverse:
            keep &= self.among.take(links.other.take(rows))
        return keep


@dataclass(frozen=True, slots=True)
class Tie:
    """A live tie with its claims. `direction` is seen from the actor nearer to the one asked about,
    `since` the earliest beginning of its claims, None where that of one is unknown; `until` their
    latest end, None where it is open or unknown."""

    subject: str
    relation: str
    object: str
    family: str | None
    sign: Sign
    direction: Direction
    strength: float
    since: str | None
    until: str | None
    claims: tuple[CitedClaim, ...]


@overload
def rounded(strength: float) -> float: ...
@overload
def rounded(strength: Values) -> Values: ...
def rounded(strength: float | Values) -> float | Values:
    """Strengths to 12 digits that count, as they are put in order: rounding never orders them.

    >>> float(rounded(0.1 + 0.2)) == float(rounded(0.3))
    True
    """
    fraction, exponent = np.frexp(strength)
    scale = 2.0**40
    return np.ldexp(np.rint(fraction * scale) / scale, exponent)


def wanted(view: View, filters: TieFilters) -> Wanted:
    """The filters, checked; raises `InvalidQuestion` for a name that the ontology lacks, or
    `NotFound` for an actor that nobody knows."""
    relations = view.ontology.relations
    chosen, families = filters.relations or (), filters.families or ()
    check_names("relations", chosen, relations)
    check_names("families", families, view.ontology.families)
    sign = None if filters.sign is None else choice("sign", filters.sign, Sign)
    counts = [
        (not chosen or name in chosen)
        and (not families or relation.family in families)
        and (sign in (None, Sign.MIXED) or relation.polarity == sign)
        for name, relation in relations.items()
    ]
    return Wanted(
        relation=np.array(counts, np.bool_),
        bits=_bits(view.ontology),
        symmetric=np.array([relation.symmetric for relation in relations.values()], np.bool_),
        names=tuple(relations),
        direction=choice("direction", filters.direction, Direction),
        mixed=sign is Sign.MIXED,
        among=_among(view, filters.among),
        since=filters.since,
    )


def choice(parameter: str, given: str, options: type[E]) -> E:
    """The member of that name; raises `InvalidQuestion` naming the parameter."""
    check_names(parameter, (given,), [member.value for member in options])
    return options(given)


def check_range(parameter: str, given: int, most: int) -> None:
    """Raise `InvalidQuestion` unless the number is from 1 to `most`."""
    if not 1 <= given <= most:
        raise InvalidQuestion(f"{parameter} is from 1 to {most}, not {given}", parameter=parameter)


def check_names(parameter: str, given: Iterable[str], options: Collection[str]) -> None:
    """Raise `InvalidQuestion` for the first name, sorted, that is none of the options."""
    for name in sorted(given):
        if name not in options:
            raise InvalidQuestion(
                f"{parameter}: {name!r} is none of {', '.join(options)}",
                parameter=parameter,
                suggestions=get_close_matches(name, options, n=3),
            )


def _bits(ontology: Ontology) -> NDArray[np.uint8]:
    polarities = [Sign(relation.polarity) for relation in ontology.relations.values()]
    return np.array([SIGNS.index(sign) for sign in polarities], np.uint8)


def _among(view: View, ids: frozenset[str] | None) -> Mask | None:
    if not ids:
        return None
    mask = np.zeros(len(view.actors), np.bool_)
    mask[[view.actors.code(id_) for id_ in sorted(ids)]] = True
    return mask


def claims_of(view: View, a: int, b: int, rows: Rows, want: Wanted) -> list[list[Citation]]:
    """For each of these ties at `a` with `b`, the live claims behind it that are wanted."""
    grouped: dict[tuple[str, bool], list[Citation]] = {}
    for citation in view.citations(a, b):
        if want.since is not None and not _began_since(view, citation, want.since):
            continue
        symmetric = view.ontology.relations[citation.relation].symmetric
        outward = symmetric or view.actors.code(citation.subject) == a
        grouped.setdefault((citation.relation, outward), []).append(citation)
    relations = view.links.relation.take(rows).tolist()
    outwards = view.links.outward.take(rows).tolist()
    return [
        grouped.get((want.names[relation], outward), [])
        for relation, outward in zip(relations, outwards, strict=True)
    ]


def _began_since(view: View, claim: Citation, first: int) -> bool:
    """Whether a claim began on that day or later: certainly, or possibly, as the frame reads dates.

    Of one whose start is unknown nobody says so: that it was first told of then does not make it
    new.
    """
    when = When.parse(claim.when)
    if when.start_is_unknown:
        return False
    event = view.ontology.relations[claim.relation].is_event
    began = when.days() if event or when.single else when.start
    return (began.earliest if view.frame.dates is Dates.CERTAIN else began.latest) >= first


def _known_start(claim: Citation) -> int:
    """The day on which a claim began, before all others where nobody says when."""
    return DISTANT_PAST if When.parse(claim.when).start_is_unknown else claim.begins


def tie_at(view: View, a: int, row: int, *, want: Wanted, claims: Sequence[Citation]) -> Tie:
    """The tie in that place at actor `a`, with its claims."""
    links = view.links
    name = want.names[links.relation.item(row)]
    relation = view.ontology.relations[name]
    one, other = view.actors.id(a), view.actors.id(links.other.item(row))
    outward = links.outward.item(row)
    direction = Direction.OUT if outward else Direction.IN
    if relation.symmetric:
        one, other = sorted((one, other))
    return Tie(
        subject=one if outward else other,
        relation=name,
        object=other if outward else one,
        family=relation.family or None,
        sign=Sign(relation.polarity),
        direction=Direction.BOTH if relation.symmetric else direction,
        strength=links.strength.item(row),
        since=day_or_none(min((_known_start(claim) for claim in claims), default=DISTANT_PAST)),
        until=day_or_none(max((claim.ends for claim in claims), default=DISTANT_FUTURE)),
        claims=tuple(cited(claim) for claim in claims),
    )
