"""Words that are spelt nearly alike, found by the pairs of letters that they share."""

from collections.abc import Iterable
from itertools import pairwise, product

from rapidfuzz import fuzz, process

NEAR_WORD = 70.0
"""Words at least so alike (of 100) may be one word misspelt."""
MOST_WORDS = 12
"""So many words are given for one."""
LONGER = 2
"""Words that are longer or shorter than one by more letters are not compared with it."""
ENOUGH = 2_000
"""When so many words share a pair of letters, those with commoner pairs only are not compared."""


class Spellings:
    """Words by their pairs of letters, a word's first and last letter being half a pair each."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._having: dict[tuple[str, int], list[str]] = {}
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        """Take in a word, which is not there yet."""
        for pair in _pairs(word):
            self._having.setdefault((pair, len(word)), []).append(word)

    def remove(self, word: str) -> None:
        """Forget a word."""
        for pair in _pairs(word):
            self._having[pair, len(word)].remove(word)

    def like(self, word: str) -> list[str]:
        """The words most like this one, the likeliest first.

        >>> Spellings(["hezbollah", "hezekiah", "bollard"]).like("hizbulah")
        ['hezbollah']
        """
        lengths = range(len(word) - LONGER, len(word) + LONGER + 1)
        having = [self._having.get(key, []) for key in product(_pairs(word), lengths)]
        compared: set[str] = set()
        for words in sorted(having, key=len):
            if len(compared) >= ENOUGH:
                break
            compared.update(words)
        near = process.extract(
            word, sorted(compared), scorer=fuzz.ratio, score_cutoff=NEAR_WORD, limit=MOST_WORDS
        )
        return [other for other, *_ in near]


def _pairs(word: str) -> set[str]:
    return {one + other for one, other in pairwise(f" {word} ")}
