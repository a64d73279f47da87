"""Latent patrons: which states stand where supporters of a group usually stand. *Inferred*.

Nothing here is asserted by a source, and none of it enters leverage. For a state s and a group g

    lat(s,g) = [1 − (1 − a·GG)(1 − b·SIB)(1 − c·ALLY)(1 − d·EOE·(.2 + .8·prox))(1 − e·prox)]
               · (1 − .5·ally(s,opp)) · (1 − .7·supports(s,opp))

GG: s supports a group that supports g; SIB: s supports another group that fights an opponent of g;
ALLY: s is allied with a state that supports g; EOE: s is a rival of an opponent of g; prox =
1/(1 + km/500) from s to the nearest opponent, 0 where no distance is known. That x supports y is as
much as its patronage mass S makes it, S/(S + κ), and the most of several; a chain (GG, ALLY) is the
product along it; rivalry, alliance and fighting are 1 where a live tie says so. Opponents are the
states with which g has live ties of force. The weights are in the ontology (`latent`); after
Salehyan, Gleditsch & Cunningham 2011 and San-Akca 2016. See `docs/method.md`, "Latent patrons".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph_service.graph.view import Citation, View
from graph_service.queries.answers import (
    Answer,
    CitedClaim,
    NamedActor,
    cited,
    coverage,
    meta,
    named,
)
from graph_service.queries.budget import Budget
from graph_service.queries.latent_around import FORCE, PATRONAGE, STATE, Around, Distances
from graph_service.queries.silence import silence
from graph_service.queries.ties import check_range

MOST = 200
INFERRED = (
    "Inferred from where others stand, by a formula: no source says so. It tells where to look, "
    "and is no part of leverage."
)


@dataclass(frozen=True, slots=True)
class Term:
    """One reason, or one reservation: its `name` in the formula, its `value`, through whom it holds
    (ids), and the claims that it rests on; none for a distance."""

    name: str
    value: float
    through: tuple[str, ...]
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True, slots=True)
class LatentPatron:
    """A state with its latent score, whether it is a cited supporter already, and why."""

    actor: NamedActor
    latent: float
    supports: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class LatentPatrons:
    """The states that stand where supporters of `actor` usually stand, the likeliest first; all of
    it `inferred`, as `note` says. `opponents` are the states that it fights. `reason` says why there
    is nobody, `distances` whether distances between states are known."""

    actor: NamedActor
    inferred: bool
    note: str
    opponents: tuple[NamedActor, ...]
    distances: bool
    one_origin: bool
    patrons: tuple[LatentPatron, ...]
    reason: str | None


def latent(
    view: View,
    actor: str,
    *,
    limit: int = 20,
    distances: Distances | None = None,
    budget: Budget | None = None,
) -> Answer[LatentPatrons]:
    """The first `limit` (1–200) latent patrons of the actor with that id.

    `distances` are kilometres between states, by unordered pairs of ids. Raises `NotFound` and
    `InvalidQuestion`.
    """
    check_range("limit", limit, MOST)
    group = view.actors.code(actor)
    around = Around(view, group, distances or {})
    telling = _Telling(around)
    told = tuple(telling.told(code) for code, _ in around.ranked()[:limit])
    covers = coverage(telling.citations, view.held_back([group]))
    data = LatentPatrons(
        actor=named(view, group),
        inferred=True,
        note=INFERRED,
        opponents=tuple(named(view, code) for code in sorted(around.opponents)),
        distances=bool(distances),
        one_origin=covers.origins == 1,
        patrons=told,
        reason=None if told else _reason(view, group, around),
    )
    return Answer(data, meta(view, covers, None, telling.citations))


def scores(view: View, actor: str, distances: Distances | None = None) -> dict[str, float]:
    """The latent score of every state that has one, by id."""
    around = Around(view, view.actors.code(actor), distances or {})
    return {view.actors.id(code): value for code, value in around.ranked()}


def _reason(view: View, group: int, around: Around) -> str:
    name = view.actors.name(group)
    if view.actors.kind(group) == STATE:
        return f"{name} is a state: latent patrons are asked of groups"
    told = silence(view, [group])
    if told or around.opponents:
        return told or (
            f"no state is known to be a rival of those whom {name} fights, to be "
            "allied with its supporters, or to support these or another group that fights them"
        )
    return f"no state is known that {name} fights, and nobody who supports it has patrons or allies"


class _Telling:
    """States as they are told, with the claims that each reason rests on."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self._view = around.view
        self.citations: list[Citation] = []

    def told(self, code: int) -> LatentPatron:
        """One state, with its reasons."""
        return LatentPatron(
            actor=named(self._view, code),
            latent=self._around.value(code),
            supports=code in self._around.supporters,
            terms=tuple(self._terms(code)),
        )

    def _terms(self, code: int) -> Iterable[Term]:
        """What counts for a state and against it, with what it rests on."""
        patronage, force = self._is_patronage, self._is_force
        chains: tuple[tuple[str, frozenset[int], Callable[[int], list[Citation]]], ...] = (
            ("GG", self._around.groups(code), lambda one: [
                *self._claims(code, one, patronage), *self._claims(one, self._around.group, patronage)]),
            ("SIB", self._around.siblings(code), lambda one: [
                *self._claims(code, one, patronage),
                *(c for o in sorted(self._around.opponents) for c in self._claims(one, o, force))]),
            ("ALLY", self._around.allies(code), lambda one: [
                *self._claims(code, one, _is("allied_with")),
                *self._claims(one, self._around.group, patronage)]),
            ("EOE", self._around.rivals(code), lambda one: [
                *self._claims(code, one, _is("rival_of")), *self._claims(self._around.group, one, force)]),
            ("ally(s,opp)", self._around.allied_opponents(code),
             lambda one: self._claims(code, one, _is("allied_with"))),
            ("supports(s,opp)", self._around.supported(code),
             lambda one: self._claims(code, one, patronage)),
        )  # fmt: skip
        values = self._around.values(code)
        for name, through, claims in chains:
            if through:
                ids = sorted(through, key=self._view.actors.id)
                found = {claim.id: claim for one in ids for claim in claims(one)}
                self.citations += found.values()
                names = tuple(map(self._view.actors.id, ids))
                yield Term(name, values[name], names, tuple(map(cited, found.values())))
        prox = self._around.prox(code)
        if prox > 0:
            yield Term("prox", prox, (), ())

    def _claims(self, a: int, b: int, wanted: Callable[[Citation], bool]) -> list[Citation]:
        return [claim for claim in self._view.citations(min(a, b), max(a, b)) if wanted(claim)]

    def _is_patronage(self, claim: Citation) -> bool:
        return self._view.ontology.relations[claim.relation].family == PATRONAGE

    def _is_force(self, claim: Citation) -> bool:
        return self._view.ontology.relations[claim.relation].family == FORCE


def _is(relation: str) -> Callable[[Citation], bool]:
    return lambda claim: claim.relation == relation
