"""The words of many names, so that few names need be looked at to find one."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator

from graph_service.names.spelling import Spellings

LAST = "\U0010ffff"
MOST_NAMES = 1_000
"""So many names are compared letter by letter; those that share the rarest words come first."""


class Words:
    """Folded names by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, dict[str, None]] = {}
        for name in names:
            for word in set(name.split()):
                self._names.setdefault(word, {})[name] = None
        self._sorted = sorted(self._names)
        self._spellings = Spellings(self._sorted)

    def add(self, name: str) -> None:
        """Take in a name."""
        for word in set(name.split()):
            if word not in self._names:
                self._names[word] = {}
                insort(self._sorted, word)
                self._spellings.add(word)
            self._names[word][name] = None

    def remove(self, name: str) -> None:
        """Forget a name."""
        for word in set(name.split()):
            names = self._names[word]
            names.pop(name, None)
            if not names:
                del self._names[word]
                del self._sorted[bisect_left(self._sorted, word)]
                self._spellings.remove(word)

    def with_part(self, part: str) -> Iterator[str]:
        """The names in which this stands from the beginning of a word on."""
        first, *more = part.split()
        words = [first] if more else self._beginning(first)
        inside = f" {part}"
        names = dict.fromkeys(name for word in words for name in self._names.get(word, ()))
        return (name for name in names if name.startswith(part) or inside in name)

    def like(self, text: str) -> list[str]:
        """Some names that have words like those of a text, those with the most and rarest first."""
        near = [word for token in dict.fromkeys(text.split()) for word in self._like(token)]
        shared: Counter[str] = Counter()
        for word in sorted(set(near), key=lambda word: len(self._names[word])):
            if len(shared) >= MOST_NAMES:
                break
            shared.update(self._names[word].keys())
        return [name for name, _ in shared.most_common(MOST_NAMES)]

    def _beginning(self, part: str) -> list[str]:
        start, stop = (bisect_left(self._sorted, end) for end in (part, part + LAST))
        return self._sorted[start:stop]

    def _like(self, token: str) -> list[str]:
        return [token] if token in self._names else self._spellings.like(token)
