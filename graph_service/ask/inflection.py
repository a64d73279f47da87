"""The forms of English verbs, by rule and from a table of those that follow none."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

_VOWELS = frozenset("aeiou")
_HISSING = ("s", "x", "z", "ch", "sh", "o")


class Form(StrEnum):
    """A form of a verb; a past that is written like the present (`hit`) counts as present."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


def forms_of(verb: str, irregular: Mapping[str, Sequence[str]]) -> dict[Form, tuple[str, ...]]:
    """Every form of a verb.

    >>> forms_of("rely", {})[Form.PRESENT], forms_of("rely", {})[Form.PAST]
    (('rely', 'relies'), ('relied',))
    >>> forms_of("give", {"give": ("gave", "given")})[Form.PARTICIPLE]
    ('given',)
    """
    past, participle, *more = irregular.get(verb, (_past(verb), _past(verb)))
    present = {"be": ("is", "are"), "have": ("have", "has")}.get(verb, (verb, _third(verb)))
    pasts = ("was", "were") if verb == "be" else (past,)
    return {
        Form.BASE: (verb,),
        Form.PRESENT: present,
        Form.PAST: tuple(word for word in pasts if word not in present),
        Form.PARTICIPLE: (participle,),
        Form.ING: (more[0] if more else _ing(verb),),
    }


def _third(verb: str) -> str:
    if _ends_in_consonant_y(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(_HISSING) else "s")


def _past(verb: str) -> str:
    if _ends_in_consonant_y(verb):
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _ing(verb: str) -> str:
    ends_in_e = verb.endswith("e") and not verb.endswith("ee")
    return (verb[:-1] if ends_in_e else verb) + "ing"


def _ends_in_consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in _VOWELS
