import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import Conflict
from graph_service.domain.identity import Identities, Judgement, Verdict, check_fits

ACTORS = "abcdef"
judgements = st.builds(
    lambda actors, verdict: Judgement(actors[0], actors[1], verdict, "desk"),
    st.permutations(ACTORS),
    st.sampled_from((Verdict.SAME, *Verdict)),
)


def same(left: str, right: str) -> Judgement:
    return Judgement(left, right, Verdict.SAME, "desk")


def connected(found: list[Judgement]) -> dict[str, set[str]]:
    """Who is one with whom, by nothing but the last word on every pair."""
    last = {one.pair: one.verdict for one in found}
    groups = {actor: {actor} for actor in ACTORS}
    for pair in (pair for pair, verdict in last.items() if verdict is Verdict.SAME):
        whole = set().union(*(groups[actor] for actor in pair))
        groups |= dict.fromkeys(whole, whole)
    return groups


@given(st.lists(judgements, max_size=15))
def test_the_last_word_on_every_pair_says_who_is_one(found: list[Judgement]) -> None:
    known, groups = Identities(found), connected(found)

    assert {actor: set(known.one_with(actor)) for actor in ACTORS} == groups
    assert {frozenset(group) for group in known.groups()} == (
        {frozenset(group) for group in groups.values() if len(group) > 1}
    )


@given(st.lists(judgements, max_size=15), st.permutations(ACTORS))
def test_a_chain_leads_from_one_actor_to_another_by_judgements_that_hold(
    found: list[Judgement], actors: list[str]
) -> None:
    known, (left, right, *_) = Identities(found), actors
    chain = known.chain(left, right)

    assert bool(chain) == (right in known.one_with(left))
    here = left
    for step in chain:
        assert known.on(step.left, step.right) == step
        assert step.verdict is Verdict.SAME
        (here,) = step.pair - {here}
    assert not chain or here == right


@given(st.lists(judgements, max_size=20))
def test_judgements_that_fit_never_make_one_of_two_that_are_different(
    found: list[Judgement],
) -> None:
    known = Identities()
    for one in found:
        try:
            check_fits(one, known)
        except Conflict:
            continue
        known.put(one)

    for left in ACTORS:
        for right in known.one_with(left):
            held = known.on(left, right)
            assert held is None or held.verdict is not Verdict.DIFFERENT


def test_a_judgement_may_always_be_taken_back() -> None:
    known = Identities([same("a", "b"), same("b", "c")])

    check_fits(Judgement("b", "a", Verdict.DIFFERENT), known)
    check_fits(Judgement("a", "c", Verdict.UNSURE), known)
    with pytest.raises(Conflict, match="undo one of these"):
        check_fits(Judgement("a", "c", Verdict.DIFFERENT), known)
    known.put(Judgement("b", "a", Verdict.DIFFERENT, "ada"))
    with pytest.raises(Conflict, match=r"'b' is judged different from 'a' \(by ada\)"):
        check_fits(same("c", "a"), known)
    check_fits(same("a", "b"), known)
