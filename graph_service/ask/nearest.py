"""What to say of a text that is no question that can be asked: why not, and what comes near."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

from rapidfuzz import fuzz

from graph_service.ask.dates import Dated
from graph_service.ask.grammar import Grammar
from graph_service.ask.hints import hinted
from graph_service.ask.mentions import Mention
from graph_service.ask.patterns import Item
from graph_service.ask.sentence import Sentence
from graph_service.ask.text import COMMA, tokens_of
from graph_service.ask.unaskable import Unaskable
from graph_service.names.folding import fold_name
from graph_service.questions import Question
from graph_service.stores.graph import Graph

MOST_SUGGESTED = 3
LONGEST_TRIED = 16
MOST_WORDS_NAMED = 8
NEAR_NAMES = 2
NAMES_LOOKED_AT = 10
NEAR_IN_SPELLING = 80.0
_NOBODY = "?"


class Nearest:
    """Looks at a sentence that was not understood; `refusal` is why, where reading it said so."""

    def __init__(
        self,
        graph: Graph,
        grammar: Grammar,
        text: str,
        sentence: Sentence,
        refusal: Unaskable | None,
    ) -> None:
        self._graph = graph
        self._grammar = grammar
        self._sentence = sentence
        self._refusal = refusal
        self._written = {token.word: token.written for token in tokens_of(text)}
        self._supposed = next(self._suppositions(), ())

    def why(self) -> str:
        """Why the text is not understood, in one sentence."""
        sentence = self._sentence
        if sentence.trouble is not None:
            return sentence.trouble
        for mention in sentence.mentions:
            if len(mention.actors) > 1:
                names = ", ".join(mention.actors)
                return f"“{mention.written}” is what several actors are called: {names}."
        refused = "" if self._refusal is None else str(self._refusal)
        return refused or self._refused() or self._nobody() or self._left_over()

    def suggestions(self) -> list[Question]:
        """Up to three questions that come near."""
        found: list[Question] = []
        for question in self._candidates():
            if question not in found:
                found.append(question)
            if len(found) == MOST_SUGGESTED:
                break
        return found

    def _refused(self) -> str:
        words = [item for item in self._sentence.row if isinstance(item, str)]
        for refusal in self._grammar.lexicon.refusals:
            for phrase in refusal.words:
                if any(tuple(words[n : n + len(phrase)]) == phrase for n in range(len(words))):
                    return refusal.why
        return ""

    def _nobody(self) -> str:
        named = ", ".join(f"“{mention.written}”" for mention in _strangers(self._supposed))
        return f"No actor is called {named}." if named else ""

    def _left_over(self) -> str:
        words = [self._as_written(w) for w in self._sentence.row if self._is_unknown(w)]
        if words:
            named = ", ".join(f"“{word}”" for word in dict.fromkeys(words[:MOST_WORDS_NAMED]))
            return (
                f"These words are not understood: {named}{', …' * (len(words) > MOST_WORDS_NAMED)}."
            )
        if not self._sentence.mentions:
            return "It names no actor that is known."
        if all(isinstance(item, Mention) for item in self._sentence.row):
            return "It names actors and does not say what is asked about them."
        return "Its words are known, but not in this order."

    def _is_unknown(self, item: Item) -> bool:
        return isinstance(item, str) and not self._grammar.knows(item)

    def _suppositions(self) -> Iterator[Sequence[Item]]:
        """The row with strangers in it, where it would be a question if somebody were called so:
        words that are unknown, then with a noun such as "government", then with a name beside."""
        nouns = self._grammar.lexicon.classes["ACTORS"]
        tests: tuple[Callable[[Item], bool], ...] = (
            self._is_unknown,
            lambda item: self._is_unknown(item) or (item,) in nouns,
            lambda item: isinstance(item, Mention) or self._is_unknown(item) or (item,) in nouns,
        )
        for test in tests:
            row = self._with_strangers(test)
            if _strangers(row) and any(self._read(row)):
                yield row

    def _with_strangers(self, may_be: Callable[[Item], bool]) -> Sequence[Item]:
        row: list[Item] = []
        for named, items in groupby(self._sentence.row, may_be):
            listed = list(items)
            words = [self._as_written(item) for item in listed if isinstance(item, str)]
            # What stands beside a name is part of one only as a name is written.
            if named and words and (len(words) == len(listed) or all(map(str.istitle, words))):
                row.append(Mention(" ".join(map(self._as_written, listed)), (_NOBODY,)))
            else:
                row.extend(listed)
        return row

    def _as_written(self, item: Item) -> str:
        return item.written if isinstance(item, Mention) else self._written.get(item, item)

    def _candidates(self) -> Iterator[Question]:
        near = (question for row in self._rows() for question in self._read(row))
        yield from islice(near, MOST_SUGGESTED - 1)
        yield from self._hinted()
        yield from near
        yield from self._about_its_actors()
        if not (self._sentence.mentions or self._names_a_stranger()):
            yield from self._about_anybody()

    def _names_a_stranger(self) -> bool:
        """Whether a word that is not known is written as a name, or stands where one does."""
        unknown = [self._as_written(item) for item in self._sentence.row if self._is_unknown(item)]
        return bool(_strangers(self._supposed)) or any(
            word.istitle() and len(word) > 1 for word in unknown
        )

    def _rows(self) -> Iterator[Sequence[Item]]:
        """The row itself, and others that come near it."""
        row = self._sentence.row
        if any(len(mention.actors) > 1 for mention in self._sentence.mentions):
            yield from self._told_apart(row)
            return
        yield row
        yield from self._with_names_like_it()
        if len(row) > LONGEST_TRIED:
            return
        yield from _one_of_two(row)
        yield [item for item in row if not self._is_unknown(item) and item != "not"]
        yield from (row[:end] for end in range(len(row) - 1, 1, -1))
        yield from (row[start:] for start in range(1, len(row) - 1))

    def _told_apart(self, row: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """The row with each actor whom an ambiguous name may mean."""
        at, mention = next(
            (at, item)
            for at, item in enumerate(row)
            if isinstance(item, Mention) and len(item.actors) > 1
        )
        for actor in mention.actors[:MOST_SUGGESTED]:
            meant = [*row[:at], Mention(mention.written, (actor,)), *row[at + 1 :]]
            others = [
                Mention(m.written, m.actors[:1]) if isinstance(m, Mention) else m for m in meant
            ]
            yield others

    def _with_names_like_it(self) -> Iterator[Sequence[Item]]:
        """The row with actors that are called nearly as the strangers in it."""
        strangers = _strangers(self._supposed)
        near = [self._called_like(each.written) for each in strangers]
        for actors in zip(*near, strict=False):
            meant = {
                stranger.written: Mention(stranger.written, (actor,))
                for stranger, actor in zip(strangers, actors, strict=True)
            }
            yield [
                meant.get(item.written, item) if isinstance(item, Mention) else item
                for item in self._supposed
            ]

    def _called_like(self, written: str) -> list[str]:
        """Actors with a name that is spelt nearly so, or whose own name begins so: one that only
        holds the word somewhere is another's."""
        found = self._graph.search(written, limit=NAMES_LOOKED_AT)
        near = [
            match.actor.id
            for match in found
            if _is_near(written, match.matched)
            or _is_near(written, match.actor.name)
            or _is_near(written, match.actor.name.split(" ")[0])
        ]
        return near[:NEAR_NAMES]

    def _read(self, row: Sequence[Item]) -> tuple[Question, ...]:
        """The question that a row of words is, without a date where that does not go with it, or
        those that it may mean."""
        for dated in dict.fromkeys((self._sentence.dated, Dated())):
            try:
                sentence = replace(self._sentence, row=tuple(row), dated=dated)
                return (self._grammar.read(sentence).question,)
            except Unaskable as error:
                if error.instead:
                    return error.instead
        return ()

    def _about_anybody(self) -> Iterator[Question]:
        """What could be asked of actors that there are, where none is named."""
        some = list(islice((a.id for a in self._graph.actors() if a.kind != "unknown"), 2))
        for actor in map(self._graph.canonical, some):
            for joint in (["of"], ["over"], ["with"], []):
                yield from self._read([*self._sentence.row, *joint, Mention(actor, (actor,))])
        for actor in map(self._graph.canonical, some[:1]):
            yield Question("leverage", {"id": actor})
            yield Question("influence", {"id": actor})
            yield Question("neighbours", {"id": actor})

    def _hinted(self) -> Iterator[Question]:
        """The question that a word points to."""
        if self._names_a_stranger():
            return
        actors = list(dict.fromkeys(m.actor for m in self._sentence.mentions if len(m.actors) == 1))
        words = [item for item in self._sentence.row if isinstance(item, str)]
        found = hinted(words, actors)
        if found is not None:
            as_of = self._sentence.dated.as_of
            date = {} if as_of is None else {"as_of": as_of.isoformat()}
            yield Question(found.name, {**found.parameters, **date})

    def _about_its_actors(self) -> Iterator[Question]:
        row = self._sentence.row
        through = next((at for at, item in enumerate(row) if item in ("through", "via")), len(row))
        # Through whom something goes is not whom it is about, unless nobody else is named.
        about = [i for i in row[:through] if isinstance(i, Mention)] or self._sentence.mentions
        actors = list(dict.fromkeys(m.actor for m in about if len(m.actors) == 1))
        as_of = self._sentence.dated.as_of
        date = {} if as_of is None else {"as_of": as_of.isoformat()}
        for one, other in [*pairwise(actors)][:1]:
            yield Question("leverage", {"id": other, "by": one} | date)
            yield Question("neighbours", {"id": one, "among": other} | date)
            yield Question("paths", {"from": one, "to": other} | date)
        for actor in actors[:1]:
            yield Question("leverage", {"id": actor} | date)
            yield Question("influence", {"id": actor} | date)
            yield Question("neighbours", {"id": actor} | date)


def _is_near(written: str, name: str) -> bool:
    return fuzz.ratio(fold_name(written), fold_name(name)) >= NEAR_IN_SPELLING


def _strangers(row: Sequence[Item]) -> list[Mention]:
    return [i for i in row if isinstance(i, Mention) and i.actors == (_NOBODY,)]


def _one_of_two(row: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The row with one alone of two who are named side by side."""
    for at in range(len(row) - 2):
        first, joint, second = row[at : at + 3]
        if isinstance(first, Mention) and joint in ("and", "or", COMMA) and isinstance(second, Mention):  # fmt: skip
            yield [*row[: at + 1], *row[at + 3 :]]
            yield [*row[:at], *row[at + 2 :]]
