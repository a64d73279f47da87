"""The words that questions are made of, read from `words.toml` and checked against the ontology."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import product
from typing import Any

from graph_service.ask.inflection import Form, forms_of
from graph_service.domain.errors import OntologyError
from graph_service.domain.ontology import Ontology

Phrase = tuple[str, ...]
OBJECT = "~"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a verb or noun asks about: leverage, by some channels, or ties that answer to some filters.

    With `both` it holds both ways; `new` says that it is asked only since a day, `what` that one asks
    what it is about. `note` tells how widely the word is read.
    """

    is_leverage: bool = False
    channels: str | None = None
    relations: str | None = None
    families: str | None = None
    sign: str | None = None
    both: bool = False
    new: bool = False
    what: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase that means something: a form of a verb, a predicate, or a noun.

    `inverse` says that who is the subject of the phrase is the object of what it means; `after` are
    the words that follow the object of a verb, `before` those that may stand before the actor at
    the other end of a noun.
    """

    meaning: Meaning
    form: Form | None = None
    inverse: bool = False
    after: Phrase = ()
    before: frozenset[str] = frozenset()


Table = dict[Phrase, list[Entry]]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by which a relation is told, in the forms of which sentences are made, and the words
    after it; `both` where it has no direction."""

    base: str
    third: str
    participle: str
    rest: Phrase
    both: bool

    def said(self, form: str) -> str:
        """A form of it with the words after it."""
        return " ".join((form, *self.rest))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words that show that a question cannot be asked, and why not."""

    words: frozenset[Phrase]
    why: str


@dataclass(slots=True)
class Lexicon:
    """Every phrase that means something, by what it is."""

    fillers: frozenset[Phrase]
    openings: frozenset[Phrase]
    endings: frozenset[Phrase]
    contractions: Mapping[str, Phrase]
    numbers: Mapping[str, int]
    classes: Mapping[str, Mapping[Phrase, str]]
    channels: Mapping[Phrase, str]
    days: Mapping[str, int]
    refusals: tuple[Refusal, ...]
    events: frozenset[str]
    """The relations that happen on a day, where others hold for a time."""
    verbs: Table = field(default_factory=dict)
    predicates: Table = field(default_factory=dict)
    nouns: Table = field(default_factory=dict)
    holders: Table = field(default_factory=dict)
    first_verbs: dict[str, Verb] = field(default_factory=dict)
    """The verb by which each relation is told, where it has one."""

    def are_events(self, parameters: Mapping[str, str]) -> bool:
        """Whether a question asks for ties of named relations, each of which is an event."""
        named = set(_listed(parameters.get("relations")))
        return bool(named) and named <= self.events

    def may_be_events(self, parameters: Mapping[str, str]) -> bool:
        """Whether ties that a question asks for can be events."""
        named = set(_listed(parameters.get("relations")))
        return not named or bool(named & self.events)

    @property
    def prepositions(self) -> frozenset[str]:
        """Every word that may stand between leverage and the actor at its other end."""
        entries = (entry for found in self.nouns.values() for entry in found)
        return frozenset(word for entry in entries for word in entry.before)

    def words(self) -> frozenset[str]:
        """Every word that stands in any phrase."""
        tables = (self.verbs, self.predicates, self.nouns, self.holders, *self.classes.values())
        phrases = [phrase for table in tables for phrase in table]
        phrases += [*self.fillers, *self.contractions.values()]
        phrases += [entry.after for found in self.verbs.values() for entry in found if entry.after]
        return frozenset(word for phrase in phrases for word in phrase) | set(self.contractions)


def _words_file() -> dict[str, Any]:
    return tomllib.loads(files("graph_service.ask").joinpath("words.toml").read_text("utf-8"))


def load_lexicon(ontology: Ontology, data: Mapping[str, Any] | None = None) -> Lexicon:
    """The lexicon that ships with the product, or the one in `data`; raises `OntologyError` where
    it names a relation, family or channel that the ontology lacks."""
    found = _words_file() if data is None else data
    lexicon = Lexicon(
        fillers=_phrases(found["fillers"]),
        openings=_phrases(found["openings"]),
        endings=_phrases(found["endings"]),
        contractions={f"{word}s": (word, "is") for word in found["joined_with_is"]},
        numbers=found["numbers"],
        classes={name: _values(each) for name, each in found["classes"].items()},
        channels=_longest_first(
            {p: name for name, texts in found["channels"].items() for p in _phrases(texts)}
        ),
        days=found["days"],
        refusals=tuple(Refusal(_phrases(each["words"]), each["why"]) for each in found["refusals"]),
        events=frozenset(name for name, each in ontology.relations.items() if each.is_event),
    )
    builder = _Builder(lexicon, found["irregular"])
    builder.add_leverage(found)
    for group in found["ties"].values():
        builder.add(_tie_meaning(group), group)
    for name, group in found["relations"].items():
        builder.add(_of_relation(name, group, ontology), group)
        builder.tell(name, group, both=ontology.relations[name].symmetric)
    for group in found["noted"]:
        builder.add(_of_relation(group["relation"], group, ontology), group)
    _check(found, ontology)
    return lexicon


def _of_relation(name: str, group: Mapping[str, Any], ontology: Ontology) -> Meaning:
    if name not in ontology.relations:
        raise OntologyError(f"words.toml: {name!r} is no relation of the ontology")
    both = ontology.relations[name].symmetric
    return Meaning(relations=name, both=both, what=group.get("what", False), note=group.get("note"))


def _leverage_meaning(group: Mapping[str, Any]) -> Meaning:
    return Meaning(is_leverage=True, channels=group.get("channels"), note=group.get("note"))


def _tie_meaning(group: Mapping[str, Any]) -> Meaning:
    return Meaning(
        families=group.get("families"),
        sign=group.get("sign"),
        both=group.get("both", False),
        new=group.get("new", False),
    )


def _check(data: Mapping[str, Any], ontology: Ontology) -> None:
    groups = [*data["leverage"].values(), *data["nouns"].values()]
    named = {name for group in groups for name in _listed(group.get("channels"))}
    named |= set(data["channels"]) - {"all"}
    families = {f for group in data["ties"].values() for f in _listed(group.get("families"))}
    missing = {
        "channels": named - set(ontology.channels),
        "families": families - set(ontology.families),
        "relations": set(ontology.relations) - set(data["relations"]),
    }
    for what, names in missing.items():
        if names:
            raise OntologyError(f"words.toml and the ontology differ in {what}: {sorted(names)}")


def _listed(text: str | None) -> list[str]:
    return text.split(",") if text else []


class _Builder:
    """Spells out the phrases of the file, verbs in all of their forms."""

    def __init__(self, lexicon: Lexicon, irregular: Mapping[str, list[str]]) -> None:
        self._lexicon = lexicon
        self._irregular = irregular

    def add_leverage(self, data: Mapping[str, Any]) -> None:
        """The ways to speak of leverage: verbs, nouns, and verbs that take such a noun."""
        for group in data["nouns"].values():
            meaning = _leverage_meaning(group)
            entry = Entry(meaning, before=frozenset(group["before"]))
            words = [*group["words"], *(f"strongest {word}" for word in group["words"])]
            for phrase in self._spelt(words):
                self._lexicon.nouns.setdefault(phrase, []).append(entry)
            holding = ("|".join(data["holding"]["verbs"]), "|".join(group["before"]))
            for word in words:
                self._add_verb(f"{holding[0]} {word} {holding[1]}", meaning, inverse=False)
        for group in data["leverage"].values():
            self.add(_leverage_meaning(group), group)

    def add(self, meaning: Meaning, group: Mapping[str, Any]) -> None:
        """What one table of the file lists."""
        lexicon = self._lexicon
        for inverse, prefix in ((False, ""), (True, "inverse_")):
            for text in group.get(f"{prefix}verbs", ()):
                self._add_verb(text, meaning, inverse=inverse)
            entry = Entry(meaning, inverse=inverse)
            for phrase in self._spelt(group.get(f"{prefix}predicates", ())):
                lexicon.predicates.setdefault(phrase, []).append(entry)
            for phrase in self._spelt(group.get(f"{prefix}holders", ())):
                lexicon.holders.setdefault(phrase, []).append(entry)

    def tell(self, relation: str, group: Mapping[str, Any], *, both: bool) -> None:
        """How a relation is told: by the verb that the file says, or else its first."""
        texts = [group["told"]] if "told" in group else group.get("verbs", ())[:1]
        for head, *rest in (next(spelt_out(text)) for text in texts):
            forms = forms_of(head, self._irregular)
            self._lexicon.first_verbs[relation] = Verb(
                head,
                forms[Form.PRESENT][head != "be"],
                forms[Form.PARTICIPLE][0],
                tuple(rest),
                both,
            )

    def _add_verb(self, text: str, meaning: Meaning, *, inverse: bool) -> None:
        for head, *rest in self._spelt([text]):
            at = rest.index(OBJECT) if OBJECT in rest else len(rest)
            before, after = tuple(rest[:at]), tuple(rest[at + 1 :])
            for form, words in forms_of(head, self._irregular).items():
                entry = Entry(meaning, form, inverse, after)
                for word in words:
                    found = self._lexicon.verbs.setdefault((word, *before), [])
                    if entry not in found:
                        found.append(entry)

    def _spelt(self, texts: Iterable[str]) -> Iterator[Phrase]:
        """The phrases without the words that sentences are freed from."""
        for text in texts:
            for phrase in spelt_out(text):
                yield tuple(word for word in phrase if (word,) not in self._lexicon.fillers)


def spelt_out(text: str) -> Iterator[Phrase]:
    """Every phrase that a text with alternatives stands for.

    >>> list(spelt_out("lean on|upon"))
    [('lean', 'on'), ('lean', 'upon')]
    >>> list(spelt_out("give arms|military_aid"))
    [('give', 'arms'), ('give', 'military', 'aid')]
    """
    for words in product(*(part.split("|") for part in text.split())):
        yield tuple(" ".join(words).replace("_", " ").split())


def _phrases(texts: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(phrase for text in texts for phrase in spelt_out(text))


def _values(group: Mapping[str, str]) -> dict[Phrase, str]:
    return _longest_first({tuple(text.split()): value for text, value in group.items()})


def _longest_first(phrases: Mapping[Phrase, str]) -> dict[Phrase, str]:
    return dict(sorted(phrases.items(), key=lambda each: -len(each[0])))


def by_first(phrases: Mapping[Phrase, str]) -> dict[str, list[tuple[Phrase, str]]]:
    """Phrases by their first word."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase, value in phrases.items():
        found.setdefault(phrase[0], []).append((phrase, value))
    return found
