"""A small notation for rows of words, and the matcher that finds all ways to read a row by it.

The notation is told at the head of `sentences.toml`. A matcher is a function from a place in the row
and what is bound so far to every place at which it may end, with what is bound then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from graph_service.ask.inflection import Form
from graph_service.ask.lexicon import Entry, Lexicon, Phrase, Table, by_first
from graph_service.ask.mentions import Mention
from graph_service.ask.text import COMMA

Item = str | Mention
Row = Sequence[Item]
_JOINTS = (("and",), (COMMA,), (COMMA, "and"))
_FORMS = {form.value: {form} for form in Form} | {"finite": {Form.PRESENT, Form.PAST}}


@dataclass(frozen=True, slots=True)
class Bound:
    """What the parts of a row stand for, as far as it is read."""

    subject: tuple[Mention, ...] = ()
    object: tuple[Mention, ...] = ()
    subject_at: int = 0
    object_at: int = 0
    entry: Entry | None = None
    preposition: str | None = None
    number: int | None = None
    order: str | None = None
    sign: str | None = None
    kind: str | None = None
    listed: tuple[str, ...] = ()
    listed_as: str = ""

    def of_class(self, name: str, value: str) -> "Bound":
        """With the value of a word of a class, where the class says something of the question."""
        match name:
            case "ORDER":
                return replace(self, order=value)
            case "SIGN":
                return replace(self, sign=value)
            case "ACTORS":
                return replace(self, kind=value)
        return self

    def of_actors(self, slot: str, actors: tuple[Mention, ...], at: int) -> "Bound":
        """With actors as the subject or the object."""
        if slot == "subject":
            return replace(self, subject=actors, subject_at=at)
        return replace(self, object=actors, object_at=at)


Ends = Iterator[tuple[int, Bound]]
Matcher = Callable[[Row, int, Bound], Ends]


class Notation:
    """Reads patterns over the words of a lexicon; `named` are the lists of names that may stand
    where one of their capitals does."""

    def __init__(
        self,
        lexicon: Lexicon,
        parts: Mapping[str, Sequence[str]],
        named: Mapping[str, Mapping[Phrase, str]],
    ) -> None:
        self._lexicon = lexicon
        self._parts = parts
        self._named = named
        self._made: dict[str, Matcher] = {}
        self._prepositions = lexicon.prepositions
        self._longest = {
            id(table): max(map(len, table), default=0)
            for table in (lexicon.verbs, lexicon.predicates, lexicon.nouns, lexicon.holders)
        }

    def patterns(self, texts: Iterable[str]) -> Matcher:
        """The matcher of several patterns; what they begin with alike is looked at once."""
        tree = _Tree()
        for text in texts:
            tree.add(text.split(), self._part)
        return tree.match

    def _part(self, text: str) -> Matcher:
        if text not in self._made:
            self._made[text] = self._make(text)
        return self._made[text]

    def _make(self, text: str) -> Matcher:
        if text.startswith("?"):
            return _maybe(self._part(text[1:]))
        name, _, form = text.partition(":")
        name, _, stranded = name.partition("/")
        forms = {one for name_ in form.split("|") for one in _FORMS[name_]} if form else set()
        if name in ("V", "VO"):
            return partial(self._verb, forms=forms, stranded=stranded, with_object=name == "VO")
        tables = {
            "R": self._lexicon.predicates,
            "N": self._lexicon.nouns,
            "H": self._lexicon.holders,
        }
        if name in tables:
            return partial(self._phrase, table=tables[name], stranded=stranded)
        return self._plain(text)

    def _plain(self, text: str) -> Matcher:
        simple: dict[str, Matcher] = {
            "S": partial(_actors, slot="subject"),
            "O": partial(_actors, slot="object"),
            "P": self._preposition,
            "NUM": self._number,
        }
        if text in simple:
            return simple[text]
        if text in self._parts:
            return self.patterns(self._parts[text])
        if text in self._lexicon.classes:
            return partial(_class, phrases=by_first(self._lexicon.classes[text]), name=text)
        if text in self._named:
            return partial(_names, phrases=self._named[text], called=text.lower())
        words = frozenset(text.split("|"))
        if any(word.isupper() for word in words):
            raise ValueError(f"sentences.toml: nothing is called {text!r}")
        return partial(_word, words=words)

    def _preposition(self, row: Row, at: int, bound: Bound) -> Ends:
        word = row[at] if at < len(row) else None
        fits = self._prepositions if bound.entry is None else bound.entry.before
        if isinstance(word, str) and (word in fits or bound.entry is None):
            yield at + 1, replace(bound, preposition=word)

    def _number(self, row: Row, at: int, bound: Bound) -> Ends:
        word = row[at] if at < len(row) else None
        if isinstance(word, str):
            number = int(word) if is_number(word) else self._lexicon.numbers.get(word)
            if number is not None:
                yield at + 1, replace(bound, number=number)

    def _phrase(self, row: Row, at: int, bound: Bound, *, table: Table, stranded: str) -> Ends:
        for end, entry in self._entries(row, at, bound, table, stranded):
            if bound.preposition is None or not entry.before or bound.preposition in entry.before:
                yield end, replace(bound, entry=entry)

    def _verb(
        self,
        row: Row,
        at: int,
        bound: Bound,
        *,
        forms: set[Form],
        stranded: str,
        with_object: bool,
    ) -> Ends:
        for end, entry in self._entries(row, at, bound, self._lexicon.verbs, stranded):
            if entry.form not in forms:
                continue
            read = replace(bound, entry=entry)
            ends = _actors(row, end, read, slot="object") if with_object else iter([(end, read)])
            for last, found in ends:
                if tuple(row[last : last + len(entry.after)]) == entry.after:
                    yield last + len(entry.after), found

    def _entries(
        self, row: Row, at: int, bound: Bound, table: Table, stranded: str
    ) -> Iterator[tuple[int, Entry]]:
        """The phrases of a table that stand there, the longest first; with `stranded` without the
        last word, which is that one, or was bound before."""
        last = {"": None, "P": bound.preposition}.get(stranded, stranded)
        tail: Phrase = () if last is None else (last,)
        words: list[str] = []
        for word in row[at : at + self._longest[id(table)]]:
            if not isinstance(word, str):
                break
            words.append(word)
        for length in range(len(words), 0, -1):
            for entry in table.get((*words[:length], *tail), ()):
                yield at + length, entry


class _Tree:
    """Patterns as a tree of their parts, so that a part that several share is matched once."""

    def __init__(self) -> None:
        self._branches: dict[str, tuple[Matcher, _Tree]] = {}
        self._ends_here = False

    def add(self, parts: Sequence[str], make: Callable[[str], Matcher]) -> None:
        """One more pattern."""
        if not parts:
            self._ends_here = True
            return
        if parts[0] not in self._branches:
            self._branches[parts[0]] = make(parts[0]), _Tree()
        self._branches[parts[0]][1].add(parts[1:], make)

    def match(self, row: Row, at: int, bound: Bound) -> Ends:
        """Every way to read the row from a place on by one of the patterns."""
        for matcher, rest in self._branches.values():
            for end, found in matcher(row, at, bound):
                yield from rest.match(row, end, found)
        if self._ends_here:
            yield at, bound


def _maybe(matcher: Matcher) -> Matcher:
    def match(row: Row, at: int, bound: Bound) -> Ends:
        yield from matcher(row, at, bound)
        yield at, bound

    return match


def _word(row: Row, at: int, bound: Bound, *, words: frozenset[str]) -> Ends:
    if at < len(row) and row[at] in words:
        yield at + 1, bound


def _class(
    row: Row,
    at: int,
    bound: Bound,
    *,
    phrases: Mapping[str, Sequence[tuple[Phrase, str]]],
    name: str,
) -> Ends:
    word = row[at] if at < len(row) else None
    for phrase, value in phrases.get(word, ()) if isinstance(word, str) else ():
        if tuple(row[at : at + len(phrase)]) == phrase:
            yield at + len(phrase), bound.of_class(name, value) if value else bound


def _actors(row: Row, at: int, bound: Bound, *, slot: str) -> Ends:
    """One actor, or several between commas and "and"; all that stand there before fewer."""
    found: list[tuple[int, tuple[Mention, ...]]] = []
    place, mentions = at, ()
    while place < len(row) and isinstance(row[place], Mention):
        mentions = (*mentions, row[place])  # type: ignore[assignment]
        place += 1
        found.append((place, mentions))
        joint = next((j for j in reversed(_JOINTS) if tuple(row[place : place + len(j)]) == j), ())
        place += len(joint) or len(row)
    for end, several in reversed(found):
        yield end, bound.of_actors(slot, several, at)


def _names(row: Row, at: int, bound: Bound, *, phrases: Mapping[Phrase, str], called: str) -> Ends:  # fmt: skip
    """One name, or several between commas and "and"."""
    for phrase, value in phrases.items():
        end = at + len(phrase)
        if tuple(row[at:end]) == phrase:
            read = replace(bound, listed=(*bound.listed, value), listed_as=called)
            for joint in _JOINTS:
                if tuple(row[end : end + len(joint)]) == joint:
                    yield from _names(row, end + len(joint), read, phrases=phrases, called=called)
            yield end, read


def is_number(word: str) -> bool:
    """Whether a word is a number that a question may have."""
    return word.isascii() and word.isdecimal() and len(word) <= 6
