"""The grammar: which sentences are questions, and what they ask."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from graph_service.ask.lexicon import Lexicon, Phrase, load_lexicon
from graph_service.ask.meaning import Reading, meant
from graph_service.ask.patterns import Bound, Matcher, Notation, is_number
from graph_service.ask.sentence import Sentence, take_out
from graph_service.ask.text import COMMA, POSSESSIVE
from graph_service.ask.unaskable import Unaskable
from graph_service.domain.ontology import Ontology
from graph_service.graph.view import Fold


class Grammar:
    """Patterns compiled over a lexicon. Built once for an ontology; reading changes nothing."""

    def __init__(self, ontology: Ontology) -> None:
        data = _sentences_file()
        self.lexicon: Lexicon = load_lexicon(ontology)
        names = self._names(ontology)
        notation = Notation(self.lexicon, data["parts"], names)
        self._sentences = {
            section: notation.patterns(patterns) for section, patterns in data["sentences"].items()
        }
        self._modifiers: dict[str, Matcher] = {
            name: notation.patterns(patterns) for name, patterns in data["modifiers"].items()
        }
        self._words = self.lexicon.words() | _literals(data) | set(self.lexicon.numbers)
        self._words |= {word for each in names.values() for phrase in each for word in phrase}
        self._words |= {COMMA, POSSESSIVE}

    def knows(self, word: str) -> bool:
        """Whether any phrase or pattern has this word, or it is a number."""
        return word in self._words or is_number(word)

    def read(self, sentence: Sentence) -> Reading:
        """What a sentence asks; raises `Unaskable` where that cannot be asked, or is no question."""
        left = self._without_modifiers(sentence)
        refused: Unaskable | None = None
        for section, bound in self._readings(left):
            try:
                return meant(section, bound, left, self.lexicon)
            except Unaskable as error:
                refused = refused or error
        raise refused or Unaskable("")

    def _readings(self, sentence: Sentence) -> Iterator[tuple[str, Bound]]:
        row = sentence.row
        if any(isinstance(item, str) and not self.knows(item) for item in row):
            return
        for section, matcher in self._sentences.items():
            for end, bound in matcher(row, 0, Bound()):
                if end == len(row):
                    yield section, bound

    def _without_modifiers(self, sentence: Sentence) -> Sentence:
        left, found, twice = sentence, dict(sentence.modifiers), list[str]()
        for name, matcher in self._modifiers.items():
            while True:
                left, bound = take_out(left, matcher)
                if bound is None:
                    break
                parameter, value = _modifier(name, bound)
                if found.setdefault(parameter, value) != value:
                    twice.append(parameter)
        return replace(left, modifiers=found, twice=tuple(twice))

    def _names(self, ontology: Ontology) -> dict[str, Mapping[Phrase, str]]:
        return {
            "CHANNELS": self.lexicon.channels,
            "RELATIONS": {tuple(name.split("_")): name for name in ontology.relations},
            "FAMILIES": {(name,): name for name in ontology.families},
        }


def _modifier(name: str, bound: Bound) -> tuple[str, str]:
    match name:
        case "direct":
            return "hops", "1"
        case "channels":
            return name, "all" if "all" in bound.listed else ",".join(sorted(set(bound.listed)))
        case "order":
            return name, "time"
        case "belligerents":
            return name, "true"
        case "fold":
            return name, Fold.STATE.value
        case _:
            return name, str(bound.number)


def _sentences_file() -> dict[str, Any]:
    return tomllib.loads(files("graph_service.ask").joinpath("sentences.toml").read_text("utf-8"))


def _literals(data: Mapping[str, Any]) -> set[str]:
    patterns = [text for group in data.values() for several in group.values() for text in several]
    words = {word.lstrip("?") for text in patterns for part in text.split() for word in part.split("|")}  # fmt: skip
    return {word for word in words if word.islower() and ":" not in word}


class _Same:
    """An ontology that is equal to itself alone, so that its grammar can be remembered."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.ontology is other.ontology

    def __hash__(self) -> int:
        return id(self.ontology)


@lru_cache(maxsize=4)
def _grammar(same: _Same) -> Grammar:
    return Grammar(same.ontology)


def grammar_of(ontology: Ontology) -> Grammar:
    """The grammar over the vocabulary of an ontology, made at the first asking."""
    return _grammar(_Same(ontology))
