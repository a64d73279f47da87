"""A question back in English, so that it can be read, and read again by the grammar."""

from collections.abc import Callable

from graph_service.ask.lexicon import Lexicon, Verb
from graph_service.ask.other_meanings import LEARNED
from graph_service.ask.other_wording import OTHER_WORDS, Called, NameOf, Others
from graph_service.domain.actors import Actor
from graph_service.graph.view import Fold
from graph_service.queries.words import in_words, listed
from graph_service.questions import Question

_WITH_ARTICLE = frozenset({"government", "legislature", "coalition", "people"})
_SIGNS = {"+": "friendly ", "-": "hostile ", "0": "neutral ", "mixed": "mixed "}
_ORDERS = {"fewest": "shortest ", "strongest": "strongest "}


def called(actor: Actor) -> Called:
    """An actor as it is named in a sentence.

    >>> called(Actor("palestinians", "people", "Palestinians"))
    Called(name='the Palestinians', are_many=True)
    >>> called(Actor("united-states", "state", "United States")).name
    'the United States'
    """
    first, *_ = actor.name.split(" ")
    has_one = first.lower() == "the" or first.endswith(("'s", "’s"))
    takes_one = actor.kind in _WITH_ARTICLE or (actor.kind == "state" and first == "United")
    article = "the " if takes_one and not has_one else ""
    return Called(f"{article}{actor.name}", actor.kind == "people")


def in_english(question: Question, name_of: NameOf, lexicon: Lexicon) -> str:
    """The question as a sentence; `name_of` gives what to call an actor.

    Of the questions that the grammar reads it gives sentences that are read as the same questions.
    """
    given = dict(question.parameters)
    if question.name in OTHER_WORDS:
        for name, said in (("from", "since"), ("known_from", "since"), ("known_to", "as_of")):
            if name in given:
                given[said] = given.pop(name)
        words = _Words(given, name_of, lexicon)
        asked_of = OTHER_WORDS[_said_as(question)](Others(given, name_of))
        return f"{asked_of}{words.level()}{words.dates()}?"
    words = _Words(given, name_of, lexicon)
    asked: dict[str, Callable[[], str]] = {
        "leverage": words.leverage,
        "influence": words.influence,
        "neighbours": words.neighbours,
        "paths": words.paths,
    }
    return f"{asked[question.name]()}{words.level()}{words.dates()}?"


def _said_as(question: Question) -> str:
    """The name of the sentence of a question: changes of knowledge have one of their own."""
    return LEARNED if "known_from" in question.parameters else question.name


class _Words:
    def __init__(self, parameters: dict[str, str], name_of: NameOf, lexicon: Lexicon) -> None:
        self._given = parameters
        self._called = name_of
        self._lexicon = lexicon

    def leverage(self) -> str:
        target, by = self._name("id"), self._given.get("by")
        if by is None:
            return f"{self._who()} leverage over {target}{self._how()}"
        limit = self._limit()
        does = self._does(by)
        return f"What{limit} leverage {does} {self._name_of(by)} have over {target}{self._how()}"

    def influence(self) -> str:
        limit = self._given.get("limit")
        whom = "whom" if limit is None else f"which {limit} actors"
        does = self._does(self._given["id"])
        return f"Over {whom} {does} {self._name('id')} have leverage{self._how()}"

    def neighbours(self) -> str:
        asked = self._by_verb() or self._by_sign() or self._in_full()
        return f"{asked}{self._limit(', ')}{self._steps()}"

    def paths(self) -> str:
        given = self._given
        one, other = self._name("from"), self._name("to")
        if "k" in given:
            order = _ORDERS.get(given.get("order", ""), "")
            asked = f"What are the {given['k']} {order}connections between {one} and {other}"
        elif given.get("order") in _ORDERS:
            asked = f"What is the {_ORDERS[given['order']]}connection between {one} and {other}"
        else:
            asked = f"How are {one} and {other} connected"
        return f"{asked}{' in order of time' * (given.get('order') == 'time')}{self._steps()}"

    def level(self) -> str:
        """` at the level of states`, where the question is asked so."""
        return " at the level of states" * (self._given.get("fold") == Fold.STATE)

    def dates(self) -> str:
        """`, since 7 October 2023, as of 31 July 2024`; of events ` between` the two, or ` on` one."""
        said = (("since", "since"), ("as_of", "as of"))
        days = {name: in_words(self._given[name]) for name, _ in said if name in self._given}
        if len(days) == 2 and self._lexicon.are_events(self._given):
            since, as_of = days.values()
            return f" on {as_of}" if since == as_of else f" between {since} and {as_of}"
        return "".join(f", {words} {days[name]}" for name, words in said if name in days)

    def _who(self) -> str:
        limit = self._given.get("limit")
        return "Who has" if limit is None else f"Which {limit} actors have"

    def _how(self) -> str:
        channels = self._given.get("channels")
        through = "" if channels is None else f" through {listed(channels.split(','))}"
        return through.replace("through all", "through all channels") + self._steps()

    def _steps(self) -> str:
        hops = self._given.get("hops")
        return "" if hops is None else f" within {hops} step{'s' * (hops != '1')}"

    def _limit(self, before: str = " ") -> str:
        limit = self._given.get("limit")
        return "" if limit is None else f"{before}top {limit}"

    def _by_verb(self) -> str | None:
        """`Who backs Hamas`, for the ties of one relation that has a verb."""
        given = self._given
        verb = self._lexicon.first_verbs.get(given.get("relations", ""))
        if verb is None or given.keys() & {"families", "sign"}:
            return None
        direction = given.get("direction", "both")
        if (direction == "both") is not verb.both:
            return None
        name, others = self._name("id"), given.get("among")
        if others is None:
            return self._open(verb, name, direction)
        return self._closed(verb, name, others.split(","), direction)

    def _open(self, verb: Verb, name: str, direction: str) -> str:
        if direction != "out":
            return f"Who {verb.said(verb.third)} {name}"
        actor = self._given["id"]
        if verb.base == "be":
            return f"Who {self._is(actor)} {name} {' '.join(verb.rest)}"
        return f"Whom {self._does(actor)} {name} {verb.said(verb.base)}"

    def _closed(self, verb: Verb, name: str, others: list[str], direction: str) -> str | None:
        """`Does Iran back Hamas`, `Is Hamas backed by Iran`."""
        them = listed(map(self._name_of, others))
        if direction == "in" and (verb.rest or len(others) > 1):
            return None
        be, do = (
            self._is(self._given["id"]).capitalize(),
            self._does(self._given["id"]).capitalize(),
        )
        if direction == "in":
            return f"{be} {name} {verb.participle} by {them}"
        if verb.base == "be":
            return f"{be} {name} {' '.join(verb.rest)} {them}"
        return f"{do} {name} {verb.said(verb.base)} {them}"

    def _by_sign(self) -> str | None:
        """`Who are the allies of Iran`, for all ties of one sign."""
        nouns = {"+": "allies", "-": "enemies"}
        given = self._given
        if given.get("sign") not in nouns or given.keys() & {"relations", "families", "direction", "among"}:  # fmt: skip
            return None
        return f"Who are the {nouns[given['sign']]} of {self._name('id')}"

    def _in_full(self) -> str:
        given = self._given
        sign, direction = _SIGNS.get(given.get("sign", ""), ""), given.get("direction")
        ties = f"Which {sign}ties"
        for kind, one, several in (
            ("relations", "relation", "relations"),
            ("families", "family", "families"),
        ):
            if kind in given:
                names = [name.replace("_", " ") for name in given[kind].split(",")]
                ties += f" of the {one if len(names) == 1 else several} {listed(names)}"
        name, others = self._name("id"), given.get("among")
        them = "" if others is None else f" {listed(map(self._name_of, others.split(',')))}"
        if direction == "in":
            return f"{ties} lead to {name}{' from' * bool(them)}{them}"
        if direction == "out":
            return f"{ties} lead from {name}{' to' * bool(them)}{them}"
        return f"{ties} {self._does(given['id'])} {name} have{' with' * bool(them)}{them}"

    def _name(self, parameter: str) -> str:
        return self._name_of(self._given[parameter])

    def _name_of(self, actor: str) -> str:
        return self._called(actor).name

    def _does(self, actor: str) -> str:
        return "do" if self._called(actor).are_many else "does"

    def _is(self, actor: str) -> str:
        return "are" if self._called(actor).are_many else "is"
