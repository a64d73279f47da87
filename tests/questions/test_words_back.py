"""A question in English is read as the same question again."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from graph_service.ask.ask import Understood, understand
from graph_service.ask.grammar import grammar_of
from graph_service.ask.wording import called, in_english
from graph_service.domain.ontology import load_ontology
from graph_service.dossiers import dossier
from graph_service.importers.native import import_native
from graph_service.questions import QUESTIONS, Question
from graph_service.stores.graph import Graph, open_graph

TODAY = date(2024, 10, 15)
APART = {"leverage", "influence", "neighbours", "paths"}
ONTOLOGY = load_ontology()
DAYS = st.integers(0, 3000).map(lambda back: TODAY - timedelta(days=back))


def _graph() -> Graph:
    graph = open_graph("memory:")
    import_native(
        lambda records: graph.write(records, by="desk", keep_history=True),
        dossier("gaza-mediation"),
        graph.ontology,
    )
    return graph


GRAPH = _graph()
ACTORS = st.sampled_from([actor.id for actor in GRAPH.actors()])
RELATIONS = st.lists(st.sampled_from(list(ONTOLOGY.relations)), min_size=1, max_size=3, unique=True)
FAMILIES = st.lists(st.sampled_from(list(ONTOLOGY.families)), min_size=1, max_size=3, unique=True)
CHANNELS = st.one_of(
    st.just("all"),
    st.sets(st.sampled_from(list(ONTOLOGY.channels)), min_size=1).map(
        lambda names: ",".join(sorted(names))
    ),
)
SMALL = st.integers(1, 3).map(str)
LIMITS = st.integers(1, 200).map(str)
STATES = st.just("state")


def _maybe(draw: st.DrawFn, **strategies: st.SearchStrategy[str]) -> dict[str, str]:
    return {name: draw(one) for name, one in strategies.items() if draw(st.booleans())}


@st.composite
def leverages(draw: st.DrawFn) -> Question:
    given = _maybe(draw, by=ACTORS, channels=CHANNELS, hops=SMALL, limit=LIMITS, fold=STATES)
    return Question("leverage", {"id": draw(ACTORS)} | given)


@st.composite
def influences(draw: st.DrawFn) -> Question:
    given = _maybe(draw, channels=CHANNELS, hops=SMALL, limit=LIMITS, fold=STATES)
    return Question("influence", {"id": draw(ACTORS)} | given)


@st.composite
def neighbourhoods(draw: st.DrawFn) -> Question:
    actor = draw(ACTORS)
    kinds = st.sampled_from([{}, {"relations": RELATIONS}, {"families": FAMILIES}])
    listed = {name: ",".join(draw(names)) for name, names in draw(kinds).items()}
    others = st.lists(ACTORS.filter(lambda one: one != actor), min_size=1, max_size=3, unique=True)
    given = _maybe(
        draw,
        sign=st.sampled_from(["+", "-", "0", "mixed"]),
        direction=st.sampled_from(["in", "out"]),
        among=others.map(",".join),
        since=DAYS.map(date.isoformat),
        hops=st.sampled_from(["2", "3"]),
        limit=LIMITS,
        fold=STATES,
    )
    return Question("neighbours", {"id": actor} | listed | given)


@st.composite
def ways(draw: st.DrawFn) -> Question:
    one, other = draw(st.lists(ACTORS, min_size=2, max_size=2, unique=True))
    orders = st.sampled_from(["fewest", "strongest", "time"])
    hops, numbers = st.integers(1, 6).map(str), st.integers(1, 20).map(str)
    given = _maybe(draw, order=orders, hops=hops, k=numbers, fold=STATES)
    return Question("paths", {"from": one, "to": other} | given)


@st.composite
def others(draw: st.DrawFn) -> Question:
    """Questions about two, about many and about time."""
    one, other, third = draw(st.lists(ACTORS, min_size=3, max_size=3, unique=True))
    name = draw(st.sampled_from(sorted(QUESTIONS.keys() - APART)))
    pair, several = {"between": f"{one},{other}"}, {"actors": f"{one},{other},{third}"}
    forms: dict[str, list[dict[str, str]]] = {
        "timeline": [{"actors": one}, {"actors": f"{one},{other}", "together": "true"}],
        "changes": [{"actor": one}, {"actor": one, "other": other}],
        "balance": [{}, several],
        "blocs": [{}, several],
        "brokers": [{}, {"over": one}],
        "coverage": [{}, {"actor": one}],
        "latent": [{"id": one}],
    }
    dated = {"timeline": "since", "alignment": "since", "changes": "from"}
    possible = {"fold": STATES}
    if name not in ("alignment", "blocs"):
        possible["limit"] = LIMITS
    if name in dated:
        possible[dated[name]] = DAYS.map(date.isoformat)
    return Question(name, draw(st.sampled_from(forms.get(name, [pair]))) | _maybe(draw, **possible))


def names_somebody_twice(question: Question) -> bool:
    """Whether one actor stands at both ends, which is not answered in words."""
    asked = question.parameters
    others = [asked.get("by", ""), *asked.get("among", "").split(",")]
    return asked.get("id") in others


def _since(question: Question) -> str:
    earlier = "from" if question.name == "changes" else "since"
    return question.parameters.get(earlier, "")


@given(
    question=st.one_of(leverages(), influences(), neighbourhoods(), ways(), others(), others()),
    as_of=st.none() | DAYS,
)
def test_what_a_question_is_in_words_is_read_as_that_question(
    question: Question, as_of: date | None
) -> None:
    dated = {} if as_of is None else {"as_of": as_of.isoformat()}
    since = _since(question)
    assume(as_of is None or since <= as_of.isoformat())
    assume(not names_somebody_twice(question))
    asked = Question(question.name, {**question.parameters, **dated})
    lexicon = grammar_of(GRAPH.ontology).lexicon
    words = in_english(asked, lambda id_: called(GRAPH.actor(id_)), lexicon)

    understood = understand(GRAPH, words, today=TODAY)

    assert isinstance(understood, Understood), (words, understood)
    assert (understood.question, understood.parameters) == (asked.name, dict(asked.parameters))
    assert understood.words == words
