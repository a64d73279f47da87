"""Cells of a table of text that no spreadsheet takes for a formula, and the way back."""

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff0b\uff0d\uff1d\uff20]")
"""Apostrophes, if any, before what begins a formula or a command, also in full width."""
_GUARDED = re.compile(f"'{_FORMULA.pattern}")


def neutral(text: str) -> str:
    """The text as a cell that is only shown: one apostrophe more in front, where it, or what
    follows its apostrophes, begins like a formula.

    >>> neutral("=1+1"), neutral("'=1+1"), neutral("1=1")
    ("'=1+1", "''=1+1", '1=1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """The text that `neutral` made a cell of; any other cell is its own text.

    >>> plain("'=1+1"), plain("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
