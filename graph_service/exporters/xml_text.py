"""Texts inside XML 1.0."""

import re
from xml.sax.saxutils import escape

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def xml(text: object) -> str:
    """A value inside an element or between double quotes; what no XML may hold is left out, and
    line ends and tabs come back as they were.

    >>> xml('a < "b"'), xml(True)
    ('a &lt; &quot;b&quot;', 'true')
    """
    shown = str(text).lower() if isinstance(text, bool) else str(text)
    return escape(_ILLEGAL.sub("", shown), _QUOTED)
