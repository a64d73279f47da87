"""What the codes of coded events mean: the relations that the ontology gives to CAMEO and PLOVER.

Of CAMEO the most specific prefix decides. A code that a spreadsheet has made a number of ("40" for
040) is restored where that can be told; where it cannot ("12" may be 12 or 012), it is refused.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology

PASSED_OVER = {"01": "a mere statement (CAMEO 01)", "09": "an investigation (CAMEO 09)"}
"""Roots that say nothing this graph holds."""

MOST_LABELS = 20_000
"""So many different ones are kept."""
LONGEST_LABEL, LONGEST_TYPE = 100, 12

_LONGEST = 4


class Meaning(NamedTuple):
    """What a code means: the relation, or else the reason to skip it, or neither if the ontology has
    no relation for it."""

    code: str
    relation: str | None = None
    skipped: str | None = None


@cache
def labels_by_code() -> Mapping[str, tuple[str, ...]]:
    """Every code of CAMEO, roots too, with its labels."""
    text = files("graph_service.importers").joinpath("cameo_labels.toml").read_text("utf-8")
    return {code: tuple(labels) for code, labels in tomllib.loads(text).items()}


@cache
def codes_by_label() -> Mapping[str, str]:
    """The code of each label, the labels case-folded."""
    return {label.casefold(): code for code, labels in labels_by_code().items() for label in labels}


def has_lost_zeros(codes: Iterable[str]) -> bool:
    """Whether the event codes of a file have lost their leading zeros: the first of them that a zero
    leads, or that must have lost one, tells; where none does, they have not.

    >>> has_lost_zeros(["112", "40"]), has_lost_zeros(["112", "040"])
    (True, False)
    """
    for code in codes:
        if code.startswith("0"):
            return False
        if _must_have_lost(code):
            return True
    return False


def _must_have_lost(code: str) -> bool:
    number = code.removesuffix(".0")
    return number not in labels_by_code() and f"0{number}" in labels_by_code()


class CameoCodes(dict[str, Meaning]):
    """The meaning of each event code as it stands in a file, looked up once.

    `codes[raw]` raises `InvalidRecord` for what is no code, and, where the codes of the file
    `have_lost_zeros`, for one that may be either of two; it names the `field`.
    """

    def __init__(
        self, ontology: Ontology, *, field: str = "code", have_lost_zeros: bool = False
    ) -> None:
        super().__init__()
        self._field = field
        self._have_lost_zeros = have_lost_zeros
        self._owners = {
            code: name for name, relation in ontology.relations.items() for code in relation.cameo
        }

    def __missing__(self, raw: str) -> Meaning:
        meaning = self._meaning(self._restored(raw))
        self[raw] = meaning
        return meaning

    def _restored(self, raw: str) -> str:
        code = raw.strip().removesuffix(".0")
        if not (code.isascii() and code.isdigit() and len(code) <= _LONGEST):
            raise InvalidRecord(
                f"{raw[:20]!r} is no CAMEO code: two to four digits", field=self._field
            )
        if _must_have_lost(code):
            return f"0{code}"
        if self._have_lost_zeros and f"0{code}" in labels_by_code():
            raise InvalidRecord(
                f"{code} may be {code} or 0{code}: the codes of this file have lost their leading "
                "zeros, as they do in a spreadsheet; take in the file as it was before",
                field=self._field,
            )
        return code

    def _meaning(self, code: str) -> Meaning:
        if code[:2] in PASSED_OVER:
            return Meaning(code, skipped=PASSED_OVER[code[:2]])
        prefixes = (code[:length] for length in range(len(code), 1, -1))
        owner = next((self._owners[prefix] for prefix in prefixes if prefix in self._owners), None)
        return Meaning(code, owner)


class CameoLabels(dict[str, Meaning]):
    """The same for labels, such as "Make a visit"; a label that is not known has no relation."""

    def __init__(self, ontology: Ontology) -> None:
        super().__init__()
        self._codes = CameoCodes(ontology)

    def __missing__(self, raw: str) -> Meaning:
        if len(self) >= MOST_LABELS:
            return Meaning("further labels")
        label = " ".join(raw.split())[:LONGEST_LABEL]
        if not label:
            raise InvalidRecord("the event has no label", field="relation")
        code = codes_by_label().get(label.casefold())
        self[raw] = meaning = Meaning(label) if code is None else self._codes[code]
        return meaning


class PloverTypes(dict[tuple[str, str, str], Meaning]):
    """The meaning of PLOVER's event type, mode and contexts (parted by semicolons): by the mode, or
    else the first context that refines the type, or else the type alone."""

    def __init__(self, ontology: Ontology) -> None:
        super().__init__()
        self._owners = {
            term: name for name, relation in ontology.relations.items() for term in relation.plover
        }
        self._types = {term.partition("/")[0] for term in self._owners}

    def __missing__(self, raw: tuple[str, str, str]) -> Meaning:
        if len(self) >= MOST_LABELS:
            self.clear()
        self[raw] = meaning = self._meaning(*raw)
        return meaning

    def _meaning(self, type_: str, mode: str, contexts: str) -> Meaning:
        type_ = type_.strip().upper()
        if not (type_.isascii() and type_.isalpha()):
            raise InvalidRecord(f"{type_[:20]!r} is no event type of PLOVER", field="Event Type")
        if type_ not in self._types:
            return Meaning(type_ if len(type_) <= LONGEST_TYPE else "further types")
        words = [word.strip().lower() for word in (mode, *contexts.split(";"))]
        if type_ == "ACCUSE" and "investigate" in words:
            return Meaning(type_, skipped="an investigation (PLOVER ACCUSE/investigate)")
        terms = (*(f"{type_}/{word}" for word in words if word), type_)
        return Meaning(type_, next((self._owners[t] for t in terms if t in self._owners), None))
