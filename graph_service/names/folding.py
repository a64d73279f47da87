"""How names are compared: without case, accents, scripts and punctuation."""

import re
import unicodedata

from anyascii import anyascii

_MARKS = re.compile(r"[.'’ʻʼ`\u0300-\u036f]")
_GAPS = re.compile(r"[^\w]+")
_PLAIN = re.compile(r"[a-z0-9 ]+").fullmatch
_ALEFS = dict.fromkeys(map(ord, "اأإآٱאﺍ"), "a") | dict.fromkeys(map(ord, "\u200c״׳"))
"""Letters of Arabic and Hebrew that are left out otherwise, and signs that end no word."""
_CONSONANTS = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]").search


def fold_name(text: str) -> str:
    """A name without case, accents, dots and apostrophes, in Latin letters; other punctuation
    becomes a space.

    >>> fold_name("Al-Qā‘ida"), fold_name("U.S."), fold_name("Хезболла"), fold_name("حزب الله")
    ('al qa ida', 'us', 'khezbolla', 'hzb allh')
    """
    if text.isascii():
        plain = text.lower()
        if _PLAIN(plain) and "  " not in plain:
            return plain.strip()
    else:
        plain = unicodedata.normalize("NFKD", text).casefold()
    folded = _without_signs(plain)
    return folded if folded.isascii() else _in_latin(text) or folded


def is_of_consonants(text: str) -> bool:
    """Whether a name is in a script that leaves vowels out: its Latin letters say less than those
    of other names, and the same ones are not the same name.

    >>> is_of_consonants("حماس"), is_of_consonants("Hmas"), fold_name("حماس") == fold_name("Hmas")
    (True, False, True)
    """
    return not text.isascii() and _CONSONANTS(text) is not None


def _in_latin(text: str) -> str:
    # Composed, as signs of other scripts are letters only where they are one with theirs.
    composed = unicodedata.normalize("NFKC", text).translate(_ALEFS)
    return _without_signs(anyascii(composed).lower())


def _without_signs(text: str) -> str:
    return _GAPS.sub(" ", _MARKS.sub("", text)).strip()
