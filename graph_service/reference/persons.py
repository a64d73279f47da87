"""Names of persons, from capitals with titles to how they are written."""

import re
from collections.abc import Iterator

from graph_service.reference.dictionary import Entry

LONGEST = 6
"""Words; what has more is a style, not a name."""
COMMON = 8
"""Where each of two words is part of the names of so many, several persons are called so."""

_TITLE = re.compile(
    r"ACTING|ADMINISTRATION|ADMIRAL|AMBASSADOR|ARCHBISHOP|AYATOLLAH|BARON(ESS)?|BRIGADIER"
    r"|BUNDESKANZLER|CAPTAIN|CHANCELLOR|CHIEF|COLONEL|CROWN|DASHO|DATO'|DATUK|DEPUTY|DR\.?|EMIR"
    r"|EMPEROR|FORMER|GENERAL|GOV\.|GOVERNOR|HAJJ?I|HOJATOLISLAM|HOJJAT|HON\.|JUSTICE|KANZLER|KING"
    r"|LADY|LIEUTENANT|LORD|LYONPO|MAJOR|MARSHAL|MAULANA|MAWLAWI|MINISTER|MRS?\.?|MS|MULLAH|POPE"
    r"|PREMIER|(VICE-)?PRESIDENT(-ELECT)?|PRIME|QUEEN|REV\.?|REVEREND|SAMDECH|SECRETARY|SENATOR"
    r"|SULTAN|TAN|THE|TUN|U\.?S\.?|VICE"
)
_WORN = re.compile("DAME|PRINCE|PRINCESS|RATU|SAYYED|SAYYID|SHEIKH|SIR|TUNKU")
"""Titles that those who have them are called by."""
_SMALL = re.compile("al|bin|ibn|bint|von|d[aeiou]|d[ao]s|de[lrn]|[eou]l|la|of|[ey]")
_NUMBER = re.compile("[IVX]{1,5}")
_WORD = r"[^\W\d_](?:[^\W\d_]|[.'-](?!$))*\.?"
_FULL_NAME = re.compile(rf"{_WORD}(?: {_WORD})+")


def full_names(text: str) -> Iterator[str]:
    """A name of a dictionary as it is written: without titles, and then with one that is worn;
    nothing for what is no full name.

    >>> list(full_names("SHEIKH_HAMAD_IBN_KHALIFAH_AL_THANI_"))
    ['Hamad ibn Khalifah al Thani', 'Hamad bin Khalifah al Thani', 'Sheikh Hamad ibn Khalifah al Thani']
    >>> list(full_names("PRIME_MINISTER_BARAK")), list(full_names("BARAK_"))
    ([], [])
    """
    words = text.replace("_", " ").replace(",", " ").upper().split()
    title = ""
    while words and _WORN.fullmatch(words[0]):
        title = f"{title}{words.pop(0).capitalize()} "
    if not 2 <= len(words) <= LONGEST or any(map(_TITLE.fullmatch, words)) or _is_of_many(words):
        return
    name = written(" ".join(words))
    if _FULL_NAME.fullmatch(name) and max(map(len, words)) >= 3:
        yield name
        if " ibn " in name:
            yield name.replace(" ibn ", " bin ")
        if title:
            yield title + name


def _is_of_many(words: list[str]) -> bool:
    """Whether it is a first name with a number, as several thrones have had it."""
    return len(words) == 2 and _NUMBER.fullmatch(words[1]) is not None


def is_common(entry: Entry, count_of: dict[str, int]) -> bool:
    """Whether others may well have the name of an entry; `count_of` says of how many entries a word
    is part."""
    words = entry.name.replace("_", " ").split()
    return len(words) == 2 and all(count_of[word] >= COMMON for word in words)


def written(capitals: str) -> str:
    """A name in capitals as it is written.

    >>> written("ALI AL-KHALIFAH"), written("H.D. DEVE GOWDA"), written("MIGUEL D'ESCOTO")
    ('Ali al-Khalifah', 'H.D. Deve Gowda', "Miguel D'Escoto")
    """
    words = capitals.split()
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if _NUMBER.fullmatch(word) and not first:
        return word
    parts = word.lower().split("-")
    may_be_small = not first or len(parts) > 1
    return "-".join(
        part if may_be_small and _SMALL.fullmatch(part) else _capital(part) for part in parts
    )


def _capital(part: str) -> str:
    capital = re.sub(r"(^[dlmno]'|^|\.)[^\W\d_]", lambda found: found[0].upper(), part)
    return f"Mc{capital[2:].capitalize()}" if re.match("Mc[a-z]{3}", capital) else capital
