"""What to say of a text that is no question that can be asked: why not, and what comes near."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from graph_service.ask.dates import Dated
from graph_service.ask.grammar import Grammar
from graph_service.ask.meaning import Unaskable
from graph_service.ask.mentions import Mention
from graph_service.ask.patterns import Item
from graph_service.ask.sentence import Sentence
from graph_service.ask.text import COMMA, tokens_of
from graph_service.questions import Question
from graph_service.stores.graph import Graph

MOST_SUGGESTED = 3
LONGEST_TRIED = 16
MOST_WORDS_NAMED = 8
NEAR_NAMES = 2
_NOBODY = "?"


class Nearest:
    """Looks at a sentence that was not understood; `refusal` is why, where reading it said so."""

    def __init__(self, graph: Graph, grammar: Grammar, text: str, sentence: Sentence) -> None:
        self._graph = graph
        self._grammar = grammar
        self._sentence = sentence
        self._written = {token.word: token.written for token in tokens_of(text)}
        self._supposed = next(self._suppositions(), ())

    def why(self, refusal: str) -> str:
        """Why the text is not understood, in one sentence."""
        sentence = self._sentence
        if sentence.trouble is not None:
            return sentence.trouble
        for mention in sentence.mentions:
            if len(mention.actors) > 1:
                names = ", ".join(mention.actors)
                return f"“{mention.written}” is what several actors are called: {names}."
        return refusal or self._refused() or self._nobody() or self._left_over()

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
            if _strangers(row) and self._read(row) is not None:
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
        for row in self._rows():
            question = self._read(row)
            if question is not None:
                yield question
        yield from self._about_its_actors()

    def _rows(self) -> Iterator[Sequence[Item]]:
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
        near = [self._graph.search(each.written, limit=NEAR_NAMES) for each in strangers]
        for matches in zip(*near, strict=False):
            meant = {
                stranger.written: Mention(stranger.written, (match.actor.id,))
                for stranger, match in zip(strangers, matches, strict=True)
            }
            yield [
                meant.get(item.written, item) if isinstance(item, Mention) else item
                for item in self._supposed
            ]

    def _read(self, row: Sequence[Item]) -> Question | None:
        """The question that a row of words is; without a date where that does not go with it."""
        for dated in dict.fromkeys((self._sentence.dated, Dated())):
            try:
                sentence = replace(self._sentence, row=tuple(row), dated=dated)
                return self._grammar.read(sentence).question
            except Unaskable:
                continue
        return None

    def _about_its_actors(self) -> Iterator[Question]:
        actors = list(dict.fromkeys(m.actor for m in self._sentence.mentions if len(m.actors) == 1))
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


def _strangers(row: Sequence[Item]) -> list[Mention]:
    return [i for i in row if isinstance(i, Mention) and i.actors == (_NOBODY,)]


def _one_of_two(row: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The row with one alone of two who are named side by side."""
    for at in range(len(row) - 2):
        first, joint, second = row[at : at + 3]
        if isinstance(first, Mention) and joint in ("and", "or", COMMA) and isinstance(second, Mention):  # fmt: skip
            yield [*row[: at + 1], *row[at + 3 :]]
            yield [*row[:at], *row[at + 2 :]]
