"""Check the ontology's mappings against the lists of the vocabularies that they name.

    python tests/domain/check_mappings.py FOLDER [--ftm FILE] [--stix FILE ...]

FOLDER holds `CAMEO.eventcodes.txt` and `CAMEO2PLOVER-2021.txt`. `--ftm` takes FollowTheMoney's
schema model (JSON), `--stix` STIX bundles or MISP clusters (JSON, also gzipped). Problems are
printed and end with exit code 1; codes that PLOVER classes otherwise are information only.
"""

import argparse
import gzip
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

Ontology: TypeAlias = Mapping[str, Any]

ONTOLOGY = Path(__file__).parents[2] / "graph_service" / "domain" / "ontology.toml"
SKIPPED_ROOTS = ("01", "09")
ALIGNED_FAMILIES = {"patronage", "support"}
HOSTILE_FAMILIES = {"sanction", "threat", "force"}
HOSTILE_RELATIONS = {"denounces", "rival_of", "protests_against"}
STAKES = {"heads": 0.5, "controls": 0.3, "part_of": 0.3}

# Some records are glued to the one before: "1056<tab>Demand ...106:[-5.0] Demand withdrawal".
CAMEO_LINE = re.compile(r"^(\d{2,4})\t(.*?)(?:(\d{2,4}):\[[-.\d]+\]\s*(.*))?$")
PLOVER_LINE = re.compile(r"^(\d{2,4}):\s*([A-Z]+)\s*(?:,([^,#]*))?(?:,([^#]*))?")


class Coding(NamedTuple):
    """One line of the conversion table: a CAMEO code and what PLOVER makes of it."""

    code: str
    type: str
    mode: str
    contexts: tuple[str, ...]


def read_cameo(text: str) -> dict[str, str]:
    """The codes of the CAMEO list with their labels; records glued to one line are parted."""
    found = {}
    for match in filter(None, map(CAMEO_LINE.match, text.lstrip("\ufeff").splitlines())):
        code, label, glued, glued_label = match.groups()
        found[code] = label.strip()
        if glued:
            found[glued] = glued_label.strip()
    return found


def read_plover(text: str) -> tuple[Coding, ...]:
    """The lines of the conversion table, each once."""
    found: dict[Coding, None] = {}
    for match in filter(None, map(PLOVER_LINE.match, text.splitlines())):
        code, kind, mode, contexts = match.groups(default="")
        parts = tuple(part.strip() for part in contexts.split(";") if part.strip())
        found[Coding(code, kind, mode.strip(), parts)] = None
    return tuple(found)


def listed(ontology: Ontology, vocabulary: str) -> list[tuple[str, str]]:
    """Every (term, relation) that the ontology lists for a vocabulary."""
    relations = ontology["relations"].items()
    return [(term, name) for name, relation in relations for term in relation[vocabulary]]


def relation_by_cameo(ontology: Ontology, code: str) -> str | None:
    """The relation whose listed code is the longest prefix of `code`; None where none is."""
    owners = dict(listed(ontology, "cameo"))
    prefixes = (code[:length] for length in range(len(code), 1, -1))
    return next((owners[prefix] for prefix in prefixes if prefix in owners), None)


def relation_by_plover(ontology: Ontology, coding: Coding) -> str | None:
    """The relation of a PLOVER coding: by its mode, else a context, else the type's default."""
    owners = dict(listed(ontology, "plover"))
    refined = [f"{coding.type}/{word}" for word in (coding.mode, *coding.contexts) if word]
    return next((owners[term] for term in (*refined, coding.type) if term in owners), None)


def problems(ontology: Ontology, cameo: Mapping[str, str], plover: Iterable[Coding]) -> list[str]:
    """Everything wrong within the ontology and between it and the two lists of event codes."""
    codings = tuple(plover)
    return [
        *internal_problems(ontology),
        *cameo_problems(ontology, cameo, codings),
        *plover_problems(ontology, codings),
    ]


def internal_problems(ontology: Ontology) -> list[str]:
    """What needs no list: repeated terms, unknown names, and rules that tie keys together."""
    relations = ontology["relations"]
    return [
        *(
            f"{vocabulary} {term} is listed {count} times"
            for vocabulary in ("cameo", "plover", "followthemoney", "stix", "wikidata")
            for term, count in Counter(term for term, _ in listed(ontology, vocabulary)).items()
            if count > 1
        ),
        *(
            f"{name}: {fault}"
            for name, relation in relations.items()
            for fault in (*_name_faults(ontology, name), *_rule_faults(name, relation))
        ),
    ]


def _name_faults(ontology: Ontology, name: str) -> Iterator[str]:
    relation = ontology["relations"][name]
    near = set(relation["near_misses"])
    if not near:
        yield "has no near miss"
    for unknown in sorted(near - (set(ontology["relations"]) - {name})):
        yield f"near miss {unknown} is no other relation"
    for end in ("subject", "object"):
        if not relation[end] or set(relation[end]) - set(ontology["kinds"]):
            yield f"{end} is empty or has unknown kinds"
    if relation["family"] and relation["family"] not in ontology["families"]:
        yield f"family {relation['family']} is unknown"


def _rule_faults(name: str, relation: Mapping[str, Any]) -> Iterator[str]:
    if relation["polarity"] != _polarity(name, relation["family"]):
        yield f"polarity is {relation['polarity']}, the rule gives another"
    if relation["stake"] != STAKES.get(name, 0.0):
        yield f"stake {relation['stake']} is not what its meaning gives"
    if relation["symmetric"] and relation["label"] != relation["inverse"]:
        yield "is symmetric, but its inverse reads otherwise"
    if relation["symmetric"] and relation["subject"] != relation["object"]:
        yield "is symmetric, but its ends allow different kinds"
    if relation["cameo"] and relation["weight"] > 1:
        yield "takes machine-coded events at a weight above 1"
    if relation["cameo"] and relation["half_life_days"] <= 0:
        yield "takes machine-coded events, but can be neither event nor observation"


def _polarity(name: str, family: str) -> str:
    if family in ALIGNED_FAMILIES:
        return "+"
    return "-" if family in HOSTILE_FAMILIES or name in HOSTILE_RELATIONS else "0"


def cameo_problems(
    ontology: Ontology, cameo: Mapping[str, str], plover: Iterable[Coding]
) -> list[str]:
    """Listed codes that do not exist, and codes of either list that reach no relation."""
    codes = sorted({*cameo, *(coding.code for coding in plover)})
    skipped = {code: code.startswith(SKIPPED_ROOTS) for code in codes}
    reached = {code: relation_by_cameo(ontology, code) for code in codes}
    return [
        *(
            f"{name}: cameo {code} is not in the list"
            for code, name in listed(ontology, "cameo")
            if code not in cameo
        ),
        *(
            f"cameo {code} reaches no relation"
            for code in codes
            if not (skipped[code] or reached[code])
        ),
        *(
            f"cameo {code} is to be skipped, but reaches {reached[code]}"
            for code in codes
            if skipped[code] and reached[code]
        ),
    ]


def plover_problems(ontology: Ontology, plover: Iterable[Coding]) -> list[str]:
    """Listed types, modes and contexts that do not exist, and types without a default."""
    words: dict[str, set[str]] = {}
    for coding in plover:
        words.setdefault(coding.type, set()).update((coding.mode, *coding.contexts))
    terms = listed(ontology, "plover")
    known = {*words, *(f"{kind}/{word}" for kind in words for word in words[kind] if word)}
    return [
        *(
            f"{name}: plover {term} is not in the table"
            for term, name in terms
            if term not in known
        ),
        *(f"plover {kind} has no default" for kind in words if kind not in dict(terms)),
    ]


def disagreements(
    ontology: Ontology, cameo: Mapping[str, str], plover: Iterable[Coding]
) -> list[str]:
    """Codes that reach one relation by CAMEO and another through the conversion table."""
    found = []
    for coding in plover:
        ours, theirs = (
            relation_by_cameo(ontology, coding.code),
            relation_by_plover(ontology, coding),
        )
        if ours != theirs and not coding.code.startswith(SKIPPED_ROOTS):
            term = "/".join(filter(None, (coding.type, coding.mode)))
            label = cameo.get(coding.code, "not in the CAMEO list")
            found.append(f"{coding.code} ({label}): {ours} by CAMEO, {theirs} by PLOVER {term}")
    return found


def unknown_terms(ontology: Ontology, vocabulary: str, known: Iterable[str]) -> list[str]:
    """Terms listed for a vocabulary that its own list does not have."""
    names = set(known)
    terms = listed(ontology, vocabulary)
    return [f"{name}: {vocabulary} {term} is unknown" for term, name in terms if term not in names]


def read_stix_types(document: Mapping[str, Any]) -> set[str]:
    """The relationship types in a STIX bundle or in a MISP galaxy cluster."""
    bundled = {
        item["relationship_type"]
        for item in document.get("objects", ())
        if item.get("type") == "relationship"
    }
    values = document.get("values", ())
    return bundled | {related["type"] for value in values for related in value.get("related", ())}


def _read_json(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    unpacked = gzip.decompress(data) if path.suffix == ".gz" else data
    document: dict[str, Any] = json.loads(unpacked)
    return document


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Check the ontology's mappings.")
    parser.add_argument("folder", type=Path, help="holds the CAMEO and PLOVER lists")
    parser.add_argument("--ftm", type=Path, help="FollowTheMoney's schema model")
    parser.add_argument("--stix", type=Path, nargs="+", default=[], help="STIX bundles")
    return parser.parse_args(argv)


def _exchange_problems(ontology: Ontology, given: argparse.Namespace) -> list[str]:
    found = []
    if given.ftm:
        schemata = _read_json(given.ftm)["schemata"]
        found += unknown_terms(ontology, "followthemoney", schemata)
    if given.stix:
        types = set[str]().union(*(read_stix_types(_read_json(path)) for path in given.stix))
        found += unknown_terms(ontology, "stix", types)
    return found


def main(argv: list[str] | None = None) -> int:
    """Print what is wrong, or a summary; the exit code says which."""
    given = _arguments(argv)
    ontology = tomllib.loads(ONTOLOGY.read_text("utf-8"))
    cameo_list = given.folder / "CAMEO.eventcodes.txt"
    table = given.folder / "CAMEO2PLOVER-2021.txt"
    cameo = read_cameo(cameo_list.read_text("utf-8", errors="replace"))
    plover = read_plover(table.read_text("utf-8", errors="replace"))
    for line in disagreements(ontology, cameo, plover):
        print("note:", line)
    found = problems(ontology, cameo, plover) + _exchange_problems(ontology, given)
    for line in found:
        print("problem:", line)
    if not found:
        types = {coding.type for coding in plover}
        print(f"{len(ontology['relations'])} relations, {len(cameo)} CAMEO codes, ", end="")
        print(f"{len(types)} PLOVER types: no problem")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
