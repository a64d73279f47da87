"""The entries of an actor dictionary for event coding, in the form that TABARI and PETRARCH read.

A name in capitals with `_` for spaces, under it other names after `+`, and in brackets codes of what
they were, most with dates: `[IRNGOV 890803-970803]`, `[IRNGOV >890604]` (since). What follows `#`
and `;` is a comment. The whole of a country stands under its own name, `IRAN_ [IRN]`.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

LAST_YEAR = 15
"""Years of two digits up to this one are of this century; the dictionaries end with it."""

_COMMENT = re.compile("[#;].*")
_CODE = re.compile(r"\[([^\]]*)\]")
_COUNTRY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"(\d\d(?:\d\d)?)(\d\d)(\d\d)")


@dataclass(slots=True)
class Entry:
    """A name with others, the codes in its brackets, and the code of the country it stands under."""

    name: str
    country: str
    others: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def entries(file: Path) -> Iterator[Entry]:
    """The entries of a packed dictionary, as they stand in it."""
    raw = gzip.decompress(file.read_bytes())
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    yield from _entries(_COMMENT.sub("", line).strip() for line in text.splitlines())


def _entries(lines: Iterable[str]) -> Iterator[Entry]:
    entry, country = None, ""
    for line in filter(None, lines):
        name, codes = _CODE.sub("", line).strip(), _CODE.findall(line)
        if name and not name.startswith("+"):
            if entry is not None:
                yield entry
            if len(codes) == 1 and _COUNTRY.fullmatch(codes[0]):
                country = codes[0]
            entry = Entry(name, country)
        elif name and entry is not None and not entry.codes:
            entry.others.append(name.removeprefix("+"))
        if entry is not None:
            entry.codes += (code.strip() for code in codes)
    if entry is not None:
        yield entry


def told_day(digits: str) -> str | None:
    """A day of a dictionary as an ISO date, None where it is none.

    >>> told_day("890803"), told_day("010102"), told_day("20040101"), told_day("2004017")
    ('1989-08-03', '2001-01-02', '2004-01-01', None)
    """
    found = _DAY.fullmatch(digits)
    if found is None:
        return None
    year, month, day = found.groups()
    if len(year) == 2:
        year = f"{20 if int(year) <= LAST_YEAR else 19}{year}"
    return f"{year}-{month}-{day}" if "01" <= month <= "12" and "01" <= day <= "31" else None
