"""What the words of a table mean: relations and kinds of actors, as people write them.

A word is taken only where it is an id, a label, an inverse label or a plain form of one; whatever is
merely near is proposed and never taken.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology, Relation
from graph_service.importers.mapping import SKIP, TableMapping

NEAR = 75.0
MOST_NAMED = 4
_STEM, _SHORT = 5, 4

_GAPS = re.compile(r"[\W_]+")
_IS = re.compile(r"(?:is|are|was|were|has been|have been) (?:an? )?")
_ONE_WORD_BY = re.compile(r"(\w+) by")


class Meant(NamedTuple):
    """A relation, and whether the word of the table names its ends the other way round; `word` is
    how the ontology has it."""

    relation: str
    is_inverse: bool
    word: str


class Words:
    """The words of a table under its mapping; raises `InvalidRecord` where that names a relation or
    kind that is none."""

    def __init__(self, ontology: Ontology, mapping: TableMapping) -> None:
        self._ontology = ontology
        self._relations = dict(_relation_words(ontology))
        self._kinds = _kind_words(ontology)
        self._given = {
            folded(word): self._given_relation(word, value)
            for word, value in mapping.relations.items()
        }
        self._kinds |= {
            folded(word): self._given_kind(f"kinds.{word}", value)
            for word, value in mapping.kinds.items()
        }
        self.default_kind = self._given_kind("default_kind", mapping.default_kind)

    def relation(self, text: str) -> Meant | None:
        """What a word says of two actors, None where the mapping says to skip it; raises
        `InvalidRecord` with what it may be meant for."""
        word = folded(text)
        if word in self._given:
            return self._given[word]
        found = self._relations.get(word) or self._relations.get(_IS.sub("", word, count=1))
        if found is None:
            raise InvalidRecord(
                f"{text[:80]!r} is no relation{_perhaps(self.near(text))}; say in [relations] of a "
                "mapping which it is",
                field="relation",
            )
        return found

    def kind(self, text: str) -> str:
        """The kind of actor that a word names; raises `InvalidRecord` with those it may be."""
        found = self._kinds.get(folded(text))
        if found is None:
            near = process.extract(folded(text), list(self._kinds), limit=9, score_cutoff=NEAR)
            names = list(dict.fromkeys(self._kinds[word] for word, *_ in near))
            raise InvalidRecord(
                f"{text[:80]!r} is no kind of actor{_perhaps(names or list(self._ontology.kinds))}; "
                "say in [kinds] of a mapping which it is",
                field="kind",
            )
        return found

    def near(self, text: str) -> list[str]:
        """Relations that a word may be meant for, best first: spelt like it, else such as have it
        in their definition."""
        word = folded(text)
        near = process.extract(
            word, list(self._relations), scorer=fuzz.ratio, limit=12, score_cutoff=NEAR
        )
        found = [self._relations[each].word for each, *_ in near]
        stems = tuple(part.rstrip("s")[:_STEM] for part in word.split() if len(part) >= _SHORT)
        found += [
            relation.label
            for relation in self._ontology.relations.values()
            if stems and any(part.startswith(stems) for part in folded(relation.definition).split())
        ]
        return list(dict.fromkeys(found))[:MOST_NAMED]

    def _given_relation(self, word: str, value: str) -> Meant | None:
        if value == SKIP:
            return None
        found = self._relations.get(folded(value))
        if found is None:
            raise InvalidRecord(
                f"{value!r} is no relation: write its id, label or inverse label, or {SKIP}",
                field=f"relations.{word}",
                suggestions=self.near(value),
            )
        return found

    def _given_kind(self, field: str, value: str) -> str:
        try:
            return self.kind(value)
        except InvalidRecord as error:
            raise InvalidRecord(error.message, field=field) from None


def folded(text: str) -> str:
    """A word without case, marks and gaps.

    >>> folded(" Allied_with ")
    'allied with'
    """
    return _GAPS.sub(" ", text.casefold()).strip()


@cache
def spellings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What people call columns and kinds of actors."""
    text = files("graph_service.importers").joinpath("guessing.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return found


def _relation_words(ontology: Ontology) -> Iterator[tuple[str, Meant]]:
    """Plain forms first, so that ids and labels win; a form of two relations is none."""
    plain: dict[str, Meant | None] = {}
    for name, relation in ontology.relations.items():
        for form, is_inverse in _plain_forms(relation):
            meant = Meant(name, is_inverse, relation.inverse if is_inverse else relation.label)
            same = plain.setdefault(form, meant)
            if same is not None and same[:2] != meant[:2]:
                plain[form] = None
    yield from ((form, meant) for form, meant in plain.items() if meant is not None)
    for name, relation in ontology.relations.items():
        if not relation.symmetric:
            yield folded(relation.inverse), Meant(name, True, relation.inverse)
    for name, relation in ontology.relations.items():
        yield folded(relation.label), Meant(name, False, relation.label)
        yield folded(name), Meant(name, False, relation.label)


def _plain_forms(relation: Relation) -> Iterator[tuple[str, bool]]:
    label, inverse = folded(relation.label), folded(relation.inverse)
    yield _IS.sub("", label, count=1), False
    first, _, rest = label.partition(" ")
    if first.endswith("s") and first not in ("is", "has"):
        yield f"{first[:-1]} {rest}".strip(), False
    if match := _ONE_WORD_BY.fullmatch(inverse):
        yield match[1], False
    if not relation.symmetric:
        yield _IS.sub("", inverse, count=1), True


def _kind_words(ontology: Ontology) -> dict[str, str]:
    words = {folded(word): kind for kind, each in spellings()["kinds"].items() for word in each}
    for name, kind in ontology.kinds.items():
        words[folded(kind.label)] = words[folded(name)] = name
    return words


def _perhaps(names: Sequence[str]) -> str:
    return f" (perhaps: {', '.join(names)})" if names else ""
