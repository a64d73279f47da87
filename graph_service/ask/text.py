"""A text as words: folded as names are, with possessives apart and commas kept."""

import re
from dataclasses import dataclass

from graph_service.names.folding import fold_name

POSSESSIVE = "'s"
COMMA = ","
# Dates in digits stay whole; an apostrophe or a dot within a word is part of it.
_PARTS = re.compile(r"\d+(?:[-/.]\d+)+|[^\W_]+(?:[.'’ʻʼ`\u0300-\u036f]+[^\W_]+)*|[,&'’]")
_DATE = re.compile(r"\d+(?:[-/.]\d+)+")
_OWNS = re.compile(r"(.+)['’]s", re.IGNORECASE)
_DENIES = re.compile(r"(.+)n['’]t", re.IGNORECASE)
_IS = frozenset({"who", "what", "how", "where", "when", "that", "there", "it"})
_APOSTROPHES = ("'", "’")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was `written`, and as it is compared; `joined` is what a possessive or a comma adds
    to the word before it where both are part of a name."""

    word: str
    written: str
    start: int
    end: int
    joined: str | None = None


def tokens_of(text: str) -> list[Token]:
    """The words of a text, in order; what is neither word nor comma is left out.

    >>> [token.word for token in tokens_of("Who are Hamas' enemies, on 2024-07-31?")]
    ['who', 'are', 'hamas', "'s", 'enemies', ',', 'on', '2024-07-31']
    """
    found: list[Token] = []
    quoted = False
    for match in _PARTS.finditer(text):
        if match[0] in _APOSTROPHES:
            opens = match.start() == 0 or text[match.start() - 1].isspace()
            if not opens and not quoted and found and found[-1].end == match.start():
                found.append(_owner(match, ""))
            quoted = opens
        else:
            found += _read(match)
    return found


def _read(match: re.Match[str]) -> list[Token]:
    text, start, end = match[0], match.start(), match.end()
    if text in (COMMA, "&"):
        return [
            Token(COMMA, text, start, end, "") if text == COMMA else Token("and", text, start, end)
        ]
    if _DATE.fullmatch(text):
        return [Token(text, text, start, end)]
    owns, denies = _OWNS.fullmatch(text), _DENIES.fullmatch(text)
    if owns and fold_name(owns[1]) in _IS:
        return [*_words(owns[1], start), Token("is", text, start, end)]
    if owns:
        return [*_words(owns[1], start), _owner(match, "s")]
    if denies:
        return [*_words(denies[1], start), Token("not", text, start, end)]
    return _words(text, start)


def _words(text: str, start: int) -> list[Token]:
    return [Token(word, text, start, start + len(text)) for word in fold_name(text).split()]


def _owner(match: re.Match[str], joined: str) -> Token:
    return Token(POSSESSIVE, match[0], match.start(), match.end(), joined)
