"""The actors that a text names: at every place the longest name or alias wins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph_service.ask.text import Token
from graph_service.names.index import Names
from graph_service.stores.graph import Graph


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, and the ids of all whom it may mean; of nobody, when it is not known."""

    written: str
    actors: tuple[str, ...]

    @property
    def actor(self) -> str:
        """The one actor that is meant."""
        return self.actors[0]


class Finder:
    """Finds the names of a graph in a text. Words of the grammar are names only as written:
    `WHO` in capitals."""

    def __init__(self, graph: Graph, is_grammar: Callable[[str], bool]) -> None:
        self._index = graph.index
        self._names: Names = graph.names()
        self._is_grammar = is_grammar

    def at(self, text: str, tokens: Sequence[Token], start: int) -> tuple[Mention, int] | None:
        """The longest name that begins at this token, and the token after it."""
        for end in range(self._furthest(tokens, start), start, -1):
            part = tokens[start:end]
            actors = self._called(part, text)
            if actors:
                return Mention(text[part[0].start : part[-1].end], actors), end
        return None

    def in_use(self, mention: Mention, day: int) -> Mention:
        """The mention with those of its actors who were called so on a day (an ordinal), or with
        all of them where nobody was."""
        bearing = self._names.bearing(mention.written)
        then = {self._canonical(name.actor) for name in bearing if name.fits(None, day)}
        kept = tuple(actor for actor in mention.actors if actor in then)
        return Mention(mention.written, kept) if kept else mention

    def _canonical(self, actor: str) -> str:
        return self._index.canonical(actor, None)

    def _furthest(self, tokens: Sequence[Token], start: int) -> int:
        """Where the longest of all names would end at most."""
        words, end = 0, start
        while end < len(tokens):
            words += tokens[end].joined is None
            if words > self._names.most_words:
                break
            end += 1
        return end

    def _called(self, part: Sequence[Token], text: str) -> tuple[str, ...]:
        if part[0].joined is not None or part[-1].joined == "":
            return ()
        written = text[part[0].start : part[-1].end]
        if len(part) == 1 and self._is_grammar(part[0].word) and not _is_acronym(written, text):
            return ()
        called = self._names.called(_joined(part))
        if not called and self._index.tables.actors.ids.find(written) is not None:
            called = [written]
        return tuple(sorted({self._canonical(actor) for actor in called}))


def _joined(part: Sequence[Token]) -> str:
    name = part[0].word
    for token in part[1:]:
        name += f" {token.word}" if token.joined is None else token.joined
    return name


def _is_acronym(written: str, text: str) -> bool:
    return len(written) > 1 and written.isupper() and not text.isupper()
