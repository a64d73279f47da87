"""The form in which claims are written down in an editor: TOML, explained by the ontology."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from graph_service.cli.composing import FIELDS, Sketch, Table
from graph_service.domain.claims import Modality, Outcome, Stance, Strength
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import Ontology
from graph_service.domain.sources import Reliability

_HEAD = """\
# Claims to propose. Fill in, save and close the editor. A field that stays "" is left out; a line
# that begins with # is not read. To write nothing, leave the form as it is, or empty it.
# For another claim, or another source of the same claim, write a second [[claim]].
"""
_OTHERS = {
    "actor": "An actor that is not known yet: take the # off these lines.",
    "source": "A source that is not known yet:",
    "episode": "An episode (talks, a war, a crisis) that is not known yet:",
}
_BROKEN = re.compile(r" \(at line (\d+), column \d+\)$")
_WIDEST = 34


def form_of(sketch: Sketch, ontology: Ontology) -> str:
    """The form with what is known of the claims already filled in."""
    remarks = _remarks(ontology)
    lines = [_HEAD]
    for table in sketch.claims or ({},):
        lines += [*_table("claim", table, remarks), ""]
    nouns = {"actor": sketch.actors, "source": sketch.sources, "episode": sketch.episodes}
    for kind, tables in nouns.items():
        for table in tables:
            lines += [*_table(kind, table, remarks), ""]
        lines += [f"# {_OTHERS[kind]}"]
        lines += [f"#{line}" for line in _table(kind, {}, remarks)] + [""]
    lines += ["# Relations, with the words that stand between subject and object:", "#"]
    return "\n".join([*lines, *_relations(ontology), ""])


def read_form(text: str) -> Sketch:
    """What was written into a form; raises `InvalidRecord` where it cannot be read."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the reader counts neither digits nor brackets
        raise InvalidRecord(_unreadable(str(error), text.splitlines())) from error
    unknown = [name for name in data if name not in FIELDS]
    if unknown:
        raise InvalidRecord(
            f"{unknown[0]!a} stands outside of a table: write it under [[claim]], [[actor]], "
            "[[source]] or [[episode]]"
        )
    return Sketch(*(_tables(data, kind) for kind in ("claim", "actor", "source", "episode")))


def _tables(data: Mapping[str, object], kind: str) -> tuple[Table, ...]:
    found = data.get(kind, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise InvalidRecord(f"a table of a form has two brackets: [[{kind}]]")
    return tuple(found)


def _unreadable(said: str, lines: Sequence[str]) -> str:
    # By its text: lines are counted anew when this is written above them.
    place = _BROKEN.search(said)
    if place is None or int(place[1]) > len(lines):
        return f"the form cannot be read: {said}"
    return f"this line cannot be read ({_BROKEN.sub('', said)}): {lines[int(place[1]) - 1]}"


def _table(kind: str, table: Table, remarks: Mapping[str, str]) -> Iterator[str]:
    yield f"[[{kind}]]"
    for field in FIELDS[kind]:
        written = f"{field} = {_toml(table.get(field, ''))}"
        remark = remarks.get(f"{kind}.{field}", "")
        yield f"{written:<{_WIDEST}}  # {remark}" if remark else written


def _toml(value: object) -> str:
    """A value as TOML; its texts and numbers are written as those of JSON are.

    >>> _toml('a "b"'), _toml(0.7)
    ('"a \\\\"b\\\\""', '0.7')
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _remarks(ontology: Ontology) -> dict[str, str]:
    most = ontology.parameters.evidence
    id_ = "letters, digits and . _ : ~ -"
    dates = "2024-07-31, 2024-07, 2024"
    return {
        "claim.subject": "an actor: its id, name or alias",
        "claim.relation": "one of those below",
        "claim.object": "an actor, as above",
        "claim.when": f"{dates}; from/to; from/.. ongoing; /.. start unknown; [..2024] by 2024",
        "claim.episode": "id of an episode",
        "claim.source": "id of a source",
        "claim.confidence": f"how sure the reading is: above 0, at most {most.max_confidence}; "
        f"hedged statements at most {most.max_hedged_confidence}",
        "claim.locator": "where in the source: paragraph 4",
        "claim.passage": "the words of the source, where its licence allows",
        "claim.stance": _one_of(Stance),
        "claim.modality": _one_of(Modality),
        "claim.strength": _one_of(Strength),
        "claim.outcome": f"of a mediation: {_one_of(Outcome)}",
        "claim.attributed_to": "whose word the source reports",
        "claim.amount": "a number, and in unit what it counts",
        "claim.coder": "who read the source",
        "actor.id": id_,
        "actor.kind": ", ".join(ontology.kinds),
        "actor.name": "the name that answers show",
        "actor.aliases": 'other names: ["Tehran", "IRI"]',
        "actor.description": "a sentence",
        "source.id": id_,
        "source.published": f"{dates}; needed for claims with an unknown side",
        "source.reliability": f"{_one_of(Reliability)}: A completely reliable, F cannot be judged",
        "source.origin": "the owner or agency behind it",
        "source.kind": "news, official, ...",
        "episode.id": id_,
        "episode.kind": "talks, war, crisis",
        "episode.when": f"{dates}; from/to; from/.. ongoing",
    }


def _one_of(words: type[StrEnum]) -> str:
    return ", ".join(words)


def _relations(ontology: Ontology) -> Iterable[str]:
    width = max(map(len, ontology.relations))
    for name, relation in ontology.relations.items():
        yield f"#   {name:<{width}}  {relation.label}"
