"""Questions about two, about many and about time, back in English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_service.queries.words import listed


@dataclass(frozen=True, slots=True)
class Called:
    """What an actor is called in a sentence, and whether it takes a verb in the plural."""

    name: str
    are_many: bool = False


NameOf = Callable[[str], Called]


@dataclass(frozen=True, slots=True)
class Others:
    """The parameters of a question, and what to call actors in its sentence."""

    given: Mapping[str, str]
    called: NameOf

    def names(self, parameter: str) -> str:
        """The actors that a parameter names, in a list."""
        return listed(self.called(id_).name for id_ in self.given[parameter].split(","))

    def after(self, before: str, parameter: str) -> str:
        """The actors after a word, nothing where none is named."""
        return f" {before} {self.names(parameter)}" if parameter in self.given else ""

    def top(self) -> str:
        """`, top 5`, where so many are asked for."""
        return f", top {self.given['limit']}" if "limit" in self.given else ""


def _timeline(one: Others) -> str:
    word = "between" if one.given.get("together") == "true" else "of"
    return f"What is the timeline {word} {one.names('actors')}{one.top()}"


def _coverage(one: Others) -> str:
    """The question about all, or how well one is known."""
    if "actor" not in one.given:
        return f"What is not known{one.top()}"
    actor = one.called(one.given["actor"])
    return f"How well {'are' if actor.are_many else 'is'} {actor.name} known{one.top()}"


def _changes(one: Others) -> str:
    if "other" in one.given:
        both = listed((one.names("actor"), one.names("other")))
        return f"What has changed between {both}{one.top()}"
    return f"What has changed about {one.names('actor')}{one.top()}"


def _learned(one: Others) -> str:
    if "other" in one.given:
        both = listed((one.names("actor"), one.names("other")))
        return f"What has become known between {both}{one.top()}"
    return f"What has become known about {one.names('actor')}{one.top()}"


def _mediators(one: Others) -> str:
    also = " including belligerents" * (one.given.get("belligerents") == "true")
    return f"Who could mediate between {one.names('between')}{one.top()}{also}"


OTHER_WORDS: Mapping[str, Callable[[Others], str]] = {
    "mediators": _mediators,
    "learned": _learned,
    "timeline": _timeline,
    "changes": _changes,
    "alignment": lambda one: f"How aligned are {one.names('between')}",
    "balance": lambda one: f"Where are the tensions{one.after('among', 'actors')}{one.top()}",
    "blocs": lambda one: f"Which blocs are there{one.after('among', 'actors')}",
    "brokers": lambda one: f"Who are the brokers{one.after('over', 'over')}{one.top()}",
    "comparison": lambda one: f"How do {one.names('between')} compare{one.top()}",
    "coverage": _coverage,
    "latent": lambda one: f"Who are the latent patrons of {one.names('id')}{one.top()}",
}
"""The sentence of each of these questions."""
