"""How names are compared: without case, accents, scripts and punctuation."""

import re
import unicodedata

from anyascii import anyascii

_MARKS = re.compile(r"[.'’ʻʼ`\u0300-\u036f]")
_GAPS = re.compile(r"[^\w]+")
_PLAIN = re.compile(r"[a-z0-9 ]+").fullmatch


def fold_name(text: str) -> str:
    """A name without case, accents, dots and apostrophes, in Latin letters; other punctuation
    becomes a space.

    >>> fold_name("Al-Qā‘ida"), fold_name("U.S."), fold_name("Хезболла")
    ('al qa ida', 'us', 'khezbolla')
    """
    if text.isascii():
        plain = text.lower()
        if _PLAIN(plain) and "  " not in plain:
            return plain.strip()
    else:
        plain = unicodedata.normalize("NFKD", text).casefold()
    folded = _GAPS.sub(" ", _MARKS.sub("", plain)).strip()
    return folded if folded.isascii() else _in_latin(folded)


def _in_latin(text: str) -> str:
    latin = anyascii(text).lower()
    return _GAPS.sub(" ", _MARKS.sub("", latin)).strip() or text
