"""What was met after the grammar was written: `more_phrasings.toml`."""

import tomllib
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from graph_service.ask.ask import NotUnderstood, Understood, understand
from graph_service.ask.grammar import grammar_of
from graph_service.ask.lexicon import load_lexicon
from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.domain.errors import InvalidQuestion, OntologyError
from graph_service.domain.identity import Judgement, Verdict
from graph_service.domain.ontology import load_ontology
from graph_service.stores.graph import Graph, open_graph

TODAY = date(2024, 10, 15)
PHRASINGS = tomllib.loads(Path(__file__).with_name("more_phrasings.toml").read_text("utf-8"))


def _understood(graph: Graph, text: str) -> Understood:
    found = understand(graph, text, today=TODAY)
    assert isinstance(found, Understood), found
    return found


def _refused(graph: Graph, text: str) -> NotUnderstood:
    found = understand(graph, text, today=TODAY)
    assert isinstance(found, NotUnderstood), found
    return found


@pytest.mark.parametrize(("text", "url"), PHRASINGS["answered"].items())
def test_other_phrasings_become_questions(text: str, url: str, dossier_graph: Graph) -> None:
    assert _understood(dossier_graph, text).url == url


@pytest.mark.parametrize(("text", "why"), PHRASINGS["refused"].items())
def test_other_phrasings_are_refused_for_a_reason(
    text: str, why: str, dossier_graph: Graph
) -> None:
    assert why in _refused(dossier_graph, text).why


def test_what_is_understood_can_be_edited(dossier_graph: Graph) -> None:
    found = _understood(dossier_graph, "who armed the White House since 7 October?")

    assert found.words == "Who arms the Biden administration, since 7 October 2023?"
    assert found.command == (
        "graph-service neighbours biden-administration --relations arms --direction in "
        "--since 2023-10-07"
    )
    assert [(one.id, one.matched) for one in found.actors] == [
        ("biden-administration", "the White House")
    ]
    assert found.notes == ("“7 October” is read as 7 October 2023.",)


def test_a_name_of_two_is_that_of_the_one_who_was_called_so_then() -> None:
    metonym = partial(Alias, "the Palace", Scope.METONYM)
    graph = open_graph("memory:")
    graph.write(
        [
            Actor("empire", "state", "The Empire", (metonym(until="1918-12-31"),)),
            Actor("republic", "state", "The Republic", (metonym(since="1919-01-01"),)),
        ],
        by="desk",
    )

    then = _understood(graph, "who has leverage over the Palace as of 1910")
    now = _understood(graph, "who has leverage over the Palace as of 2024")

    assert [one.id for one in (*then.actors, *now.actors)] == ["empire", "republic"]
    assert "several actors" in _refused(graph, "who has leverage over the Palace").why


def test_a_past_without_a_date_gives_today_and_the_end_of_last_year(dossier_graph: Graph) -> None:
    found = _refused(dossier_graph, "Who was the leader of Hamas?")

    assert [suggestion.words for suggestion in found.suggestions[:2]] == [
        "Who heads Hamas?",
        "Who heads Hamas, as of 31 December 2023?",
    ]


def test_days_that_are_not_said_give_their_month(dossier_graph: Graph) -> None:
    found = _refused(dossier_graph, "Who attacked Israel a year ago?")

    assert found.suggestions[0].words == (
        "Who attacks Israel between 1 October 2023 and 31 October 2023?"
    )


ROUGHLY = (
    "Events whose date is known only roughly are left out: `--dates possible` (`dates=possible` in "
    "the URL) shows them, too."
)

BEGUN = "Only ties known to have begun in that time are listed, not those that went on in it."


@pytest.mark.parametrize(
    ("text", "words", "notes"),
    [
        ("Who attacked Israel yesterday?", "Who attacks Israel on 14 October 2024?", (ROUGHLY,)),
        (
            "Did Iran attack Israel in July?",
            "Does Iran attack Israel between 1 July 2024 and 31 July 2024?",
            ("“July” is read as 1 July 2024 to 31 July 2024.", ROUGHLY),
        ),
        (
            "Who is attacking Israel now?",
            "Who attacks Israel, as of 15 October 2024?",
            ("Events of any earlier day are listed, too.",),
        ),
        (
            "Who supported Israel yesterday?",
            "Which ties of the families patronage and support lead to Israel, as of 14 October 2024?",
            ("Events of any earlier day are listed, too.",),
        ),
        (
            "Was Israel attacked by Iran?",
            "Is Israel attacked by Iran?",
            ("No date is given: events of any day are listed.",),
        ),
        (
            "Who has backed Hamas?",
            "Who backs Hamas?",
            ("Asked as of today: what held before is not shown. Give a date for that.",),
        ),
        (
            "Who has backed Hamas since 7 October 2023?",
            "Who backs Hamas, since 7 October 2023?",
            (BEGUN,),
        ),
    ],
)
def test_what_a_time_takes_for_granted_is_noted(
    text: str, words: str, notes: tuple[str, ...], dossier_graph: Graph
) -> None:
    found = _understood(dossier_graph, text)

    assert (found.words, found.notes) == (words, notes)
    assert _understood(dossier_graph, words).url == found.url


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Who controls Hamas?", "“Command” is read widely"),
        ("Which actors does Netanyahu have authority over?", "“Command” is read widely"),
        ("Who killed Haniyeh?", "Killing is read as attacks"),
        ("Who visits Egypt?", "A visit is read as a meeting, whoever travelled"),
        ("Who is held by Hamas?", "Being held is read as"),
        ("What did Israel demand of Hamas?", "What it was about is told by the claims"),
    ],
)
def test_a_word_that_is_read_more_widely_is_noted(
    text: str, note: str, dossier_graph: Graph
) -> None:
    assert any(each.startswith(note) for each in _understood(dossier_graph, text).notes)


@pytest.mark.parametrize("text", ["leverage over Gaza", "Who rules Gaza?", "Who lives in Gaza?"])
def test_a_name_that_only_holds_the_word_is_not_suggested(text: str, dossier_graph: Graph) -> None:
    assert _refused(dossier_graph, text).suggestions == ()


def test_through_whom_is_not_suggested_as_whom(dossier_graph: Graph) -> None:
    found = _refused(dossier_graph, "Who influences Hamas through the US?")

    assert found.suggestions[0].words == "Who has leverage over Hamas?"
    assert not any("United States" in suggestion.words for suggestion in found.suggestions)


@pytest.mark.parametrize("text", ["help", "hello", "Who has leverage?"])
def test_a_text_that_names_nobody_gets_general_suggestions(text: str, dossier_graph: Graph) -> None:
    suggestions = _refused(dossier_graph, text).suggestions

    assert suggestions[0].words == "Who has leverage over Israel?"
    assert len(suggestions) == 3


@pytest.mark.parametrize("text", ["list all mediators", "who are the mediators?"])
def test_what_is_asked_of_nobody_is_suggested_of_somebody(text: str, dossier_graph: Graph) -> None:
    assert _refused(dossier_graph, text).suggestions[0].words == "Who mediates with Israel?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Is Iran hostile to Israel?", "Which hostile ties lead from Iran to Israel?"),
        ("Is Iran hostile to the US?", "Which hostile ties lead from Iran to the United States?"),
        ("Whom does Joe Biden demand of?", "Whom does Joe Biden make demands of?"),
        ("ties of the Palestinians", "Which ties do the Palestinians have?"),
        ("whom do Palestinians influence?", "Over whom do the Palestinians have leverage?"),
    ],
)
def test_a_question_reads_as_english(text: str, words: str, dossier_graph: Graph) -> None:
    assert _understood(dossier_graph, text).words == words


def test_a_kind_of_actor_is_noted_not_to_narrow_the_answer(dossier_graph: Graph) -> None:
    found = _understood(dossier_graph, "Which states have leverage over Hamas?")

    assert found.notes == ("Actors of every kind are listed, not only states.",)


def test_suggestions_are_understood_themselves(dossier_graph: Graph) -> None:
    for text in PHRASINGS["refused"]:
        for suggestion in _refused(dossier_graph, text).suggestions:
            assert _understood(dossier_graph, suggestion.words).url == suggestion.url


def test_a_misspelt_name_is_named_and_the_nearest_suggested(dossier_graph: Graph) -> None:
    found = _refused(dossier_graph, "Who armed Hammas before 2024?")

    assert found.why == "No actor is called “Hammas”."
    assert found.suggestions[0].words == "Who arms Hamas, as of 31 December 2023?"


def test_a_text_that_is_too_long_is_refused(dossier_graph: Graph) -> None:
    with pytest.raises(InvalidQuestion, match="300 characters"):
        understand(dossier_graph, "a" * 301, today=TODAY)


def test_the_longest_text_is_read_all_the_same(dossier_graph: Graph) -> None:
    for word in ("who ", "Hamas and ", "as of 2024 ", "' ", "a. "):
        _refused(dossier_graph, (word * 300)[:300])


def _graph(*actors: Actor) -> Graph:
    graph = open_graph("memory:")
    graph.write(actors, by="desk")
    return graph


def test_an_ambiguous_name_gives_both_questions() -> None:
    graph = _graph(
        Actor("georgia", "state", "Georgia"),
        Actor("georgia-us", "government", "Georgia"),
    )

    found = _refused(graph, "Who backs Georgia?")

    assert "several actors" in found.why
    assert [suggestion.words for suggestion in found.suggestions] == [
        "Who backs georgia?",
        "Who backs georgia-us?",
    ]


def test_actors_that_are_one_have_one_name() -> None:
    graph = _graph(
        Actor("georgia", "state", "Georgia"),
        Actor("republic-of-georgia", "state", "Georgia"),
    )
    graph.write([Judgement("georgia", "republic-of-georgia", Verdict.SAME)], by="desk")

    assert _understood(graph, "Who backs Georgia?").parameters["id"] == "georgia"


def test_a_name_that_is_a_word_of_the_grammar_counts_in_capitals_only() -> None:
    organisation = Actor("who", "igo", "World Health Organization", (Alias("WHO", Scope.ACRONYM),))
    graph = _graph(organisation, Actor("israel", "state", "Israel"))

    assert _understood(graph, "Who backs WHO?").parameters["id"] == "who"
    assert _understood(graph, "Who backs Israel?").parameters["id"] == "israel"
    assert _understood(graph, "WHO BACKS ISRAEL?").parameters["id"] == "israel"


def test_the_longest_name_wins() -> None:
    graph = _graph(
        Actor("israel", "state", "Israel"),
        Actor("friends", "advocacy", "Friends of Israel"),
        Actor("may", "person", "Theresa May", (Alias("May", Scope.NAME),)),
    )

    assert _understood(graph, "Who funds Friends of Israel?").parameters["id"] == "friends"
    assert _understood(graph, "Who funds May?").parameters["id"] == "may"
    assert _understood(graph, "Who funds Israel in May?").parameters["as_of"] == "2024-05-31"


def test_the_words_fit_the_ontology() -> None:
    ontology = load_ontology()

    assert grammar_of(ontology) is grammar_of(ontology)
    assert load_lexicon(ontology).first_verbs.keys() >= {"arms", "backs", "heads"}


def test_words_for_a_relation_that_is_not_there_are_refused() -> None:
    data = tomllib.loads(
        Path(__file__).parents[2].joinpath("graph_service", "ask", "words.toml").read_text("utf-8")
    )
    data["relations"]["bribes"] = {"verbs": ["bribe"]}

    with pytest.raises(OntologyError, match="bribes"):
        load_lexicon(load_ontology(), data)
