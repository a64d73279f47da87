"""Judging whether two actors are one, and what becomes of it."""

import shlex
from dataclasses import dataclass

import orjson

from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms_writing import JudgeForm
from graph_service.cli.naming import own_ids
from graph_service.domain.errors import InvalidQuestion, NotFound
from graph_service.domain.identity import Judgement, Verdict
from graph_service.queries.words import count
from graph_service.stores.graph import Graph

_JUDGED = {
    Verdict.SAME: "{} and {} are judged to be the same",
    Verdict.DIFFERENT: "{} and {} are judged to be different",
    Verdict.UNSURE: "Whether {} and {} are the same is judged unsure",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a judgement: whether it says anything new, the id that each of the two goes by,
    the ids that go by another one than before with the claims on them, and what takes it back."""

    left: str
    right: str
    verdict: Verdict
    new: bool
    canonical: dict[str, str]
    moved: dict[str, str]
    claims: int
    undo: str | None


def judge(desk: Desk, form: JudgeForm) -> int:
    """Say that two actors are the same, different, or that it is unsure; the last word holds."""
    with desk.graph() as graph:
        graph.refresh()
        left, right = _own_id(graph, form.left), _own_id(graph, form.right)
        if left == right:
            raise InvalidQuestion(
                f"{form.left} and {form.right} are both the id {left}: give two ids",
                parameter="right",
            )
        known = graph.index.identities()
        before = {id_: graph.canonical(id_) for end in (left, right) for id_ in known.one_with(end)}
        judgement = Judgement(left, right, form.verdict, reason=form.reason)
        receipt = graph.write([judgement], by=form.by)
        effect = _effect(graph, judgement, before, new=receipt.written > 0)
        if desk.shown_as(form.format) is Format.JSON:
            desk.write(orjson.dumps({"data": effect, "meta": {"sequence": receipt.sequence}}))
        else:
            for line in _in_words(graph, effect):
                desk.out.print(line, markup=False, soft_wrap=True)
        _warn_of_kinds(desk, graph, effect)
    return ANSWERED


def _warn_of_kinds(desk: Desk, graph: Graph, effect: Effect) -> None:
    left, right = (graph.actor(id_).kind for id_ in (effect.left, effect.right))
    if effect.undo is not None and left != right:
        desk.err.print(
            f"graph-service: {effect.left} is of the kind {left}, {effect.right} of the kind "
            f"{right}: if they are not one, take it back with {effect.undo}",
            markup=False,
            soft_wrap=True,
        )


def _own_id(graph: Graph, name: str) -> str:
    called = own_ids(graph, name)
    if len(called) == 1:
        return called[0]
    raise NotFound("actor", name, suggestions=called or [f.actor.id for f in graph.search(name)])


def _effect(graph: Graph, one: Judgement, before: dict[str, str], *, new: bool) -> Effect:
    moved = {id_: now for id_ in before if (now := graph.canonical(id_)) != before[id_]}
    claims = {
        claim
        for id_ in moved
        for keys in (graph.index.claim_keys(subject=id_), graph.index.claim_keys(object_=id_))
        for _, claim in keys
    }
    undo = shlex.join(["graph-service", "judge", one.left, one.right, Verdict.UNSURE])
    return Effect(
        left=one.left,
        right=one.right,
        verdict=one.verdict,
        new=new,
        canonical={id_: graph.canonical(id_) for id_ in (one.left, one.right)},
        moved=moved,
        claims=len(claims),
        undo=undo if one.verdict is Verdict.SAME else None,
    )


def _in_words(graph: Graph, effect: Effect) -> list[str]:
    left, right = effect.left, effect.right
    told = _JUDGED[effect.verdict].format(left, right)
    lines = [f"{told}." if effect.new else f"{told}, as before: nothing is new."]
    by = effect.canonical
    if by[left] == by[right]:
        lines.append(f"Both go by the id {by[left]}.")
    for id_, now in effect.moved.items():
        lines.append(f"{id_} goes by {'its own id' if id_ == now else now} from now on.")
    if effect.moved:
        lines.append(
            f"{count(effect.claims, 'claim')} moved along; what was recorded is as it was."
        )
    if effect.verdict is not Verdict.SAME:
        chain = graph.index.identities().chain(left, right)
        lines += [f"They are still one, through {one.left} and {one.right}." for one in chain]
    if effect.undo is not None:
        lines.append(f"To take it back: {effect.undo}")
    return lines
