"""Neighbourhoods by brute force, and the story that examples are told of."""

from collections.abc import Iterator

from hypothesis import strategies as st

from graph_service.domain.ontology import load_ontology
from graph_service.domain.periods import parse_day
from graph_service.graph.naive import NaiveView
from graph_service.graph.view import View
from graph_service.queries.answers import Answer
from graph_service.queries.neighbours import Neighbourhood, Tie, TieFilters, neighbours
from tests.conftest import Fold
from tests.queries.brute import Asked, is_hub, sign_of, ties_between, with_hubs
from tests.stories import Story, frame
from tests.worlds import NAMES, relations

TODAY = frame("2024-09-30")
SINCE = ("2023-10-31", "2024-01-15", "2024-06-28", "2024-06-30", "2024-07-31")


Names = tuple[str, str, str]


@st.composite
def filters(draw: st.DrawFn) -> TieFilters:
    carrots = frozenset({"patronage", "support"})
    return TieFilters(
        relations=draw(st.sampled_from((None, None, frozenset(relations()[::2])))),
        families=draw(st.sampled_from((None, None, carrots))),
        sign=draw(st.sampled_from((None, None, "+", "-", "0", "mixed"))),
        direction=draw(st.sampled_from(("both", "both", "out", "in"))),
        among=draw(st.sampled_from((None, None, frozenset("bcd")))),
        since=draw(st.sampled_from((None, None, *map(parse_day, SINCE)))),
    )


def tie_names(tie: Tie) -> Names:
    return tie.subject, tie.relation, tie.object


def shown(data: Neighbourhood) -> list[dict[str, set[Names]]]:
    """Each hop's actors with their ties."""
    return [{one.actor.id: set(map(tie_names, one.ties)) for one in hop} for hop in data.hops]


def by_brute_force(view: NaiveView, wanted: TieFilters, hops: int) -> list[dict[str, set[Names]]]:
    """The actors around "a" hop by hop, with the ties that reach them, pair by pair."""
    seen, frontier = {"a"}, {"a"}
    found: list[dict[str, set[Names]]] = []
    for _ in range(hops):
        expanded = {id_ for id_ in frontier if id_ == "a" or not is_hub(view, id_)}
        reached = {id_: _ties(view, expanded, id_, wanted) for id_ in NAMES if id_ not in seen}
        hop = {id_: ties for id_, ties in reached.items() if ties}
        found.append(hop)
        seen, frontier = seen | set(hop), set(hop)
    return found


def _ties(view: NaiveView, expanded: set[str], id_: str, wanted: TieFilters) -> set[Names]:
    asked = Asked(1, direction=wanted.direction, relations=wanted.relations, since=wanted.since)
    if wanted.among is not None and id_ not in wanted.among:
        return set()
    ties = {
        tie
        for near in expanded
        for tie in ties_between(view, near, id_, asked)
        if wanted.families is None or family(view, tie) in wanted.families
    }
    if wanted.sign == "mixed":
        return ties if sign_of(view, ties) == "mixed" else set()
    return {tie for tie in ties if wanted.sign in (None, sign_of(view, {tie}))}


def family(view: View, tie: Names) -> str:
    return view.ontology.relations[tie[1]].family


def tie_names_of(claim: dict[str, str]) -> Names:
    return claim["subject"], claim["relation"], claim["object"]


def pages(view: View, **asked: object) -> Iterator[Neighbourhood]:
    cursor = None
    while True:
        answer = neighbours(view, "a", cursor=cursor, **asked)  # type: ignore[arg-type]
        yield answer.data
        cursor = next_cursor(answer)
        if cursor is None:
            return


def next_cursor(answer: Answer[Neighbourhood]) -> str | None:
    assert answer.page is not None
    return answer.page.next_cursor


def dossier() -> Story:
    return (
        Story()
        .source("wire", published="2024-09-01", reliability="A", origin="agency")
        .says("iran", "arms", "hamas", when="2024-06-01", confidence=0.9)
        .says("iran", "backs", "hamas", when="2012/..", confidence=0.6)
        .says("hamas", "denounces", "egypt", when="2024-07", confidence=0.5)
        .says("egypt", "mediates", "hamas", when="2024-03", confidence=0.2)
        .says("egypt", "mediates", "hamas", when="2023-11-05", confidence=0.2)
        .says("hamas", "meets", "qatar", when="2024-05-05", confidence=0.8)
        .says("united-states", "allied_with", "qatar", when="2022/..", confidence=0.9)
        .says("united-states", "sanctions", "iran", when="2018/..", confidence=0.9)
    )


def ask(fold: Fold, actor: str = "hamas", **asked: object) -> Neighbourhood:
    return neighbours(fold(dossier(), TODAY), actor, **asked).data  # type: ignore[arg-type]


def ids(data: Neighbourhood) -> list[list[str]]:
    return [[one.actor.id for one in hop] for hop in data.hops]


def star() -> Story:
    """A hub with five spokes, of which two are tied to others."""
    story = Story(with_hubs(load_ontology(), 4))
    for spoke in ("a", "b", "c", "d", "e"):
        story.says("hub", "supplies", spoke)
    return story.says("a", "supplies", "x").says("b", "supplies", "y")
