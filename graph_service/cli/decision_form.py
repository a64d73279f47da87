"""The form in which decisions are written down in an editor: a line for each piece of evidence."""

import textwrap
from collections.abc import Callable, Collection, Iterable

from graph_service.cli.verdicts import VERDICTS
from graph_service.domain.claims import Decision, Status
from graph_service.domain.errors import InvalidRecord
from graph_service.stores.waiting import Undecided

_HEAD = """\
# Evidence that waits for a decision. Change "skip" to "accept" or "reject" (or a, r); a reason
# goes on the lines below, indented. What stays "skip" or is taken out stays as it is. A line that
# begins with # is not read. Nothing is written where one of these claims changed after entry {}.

"""
_WIDE = 96
_SKIP = "skip"
_WORDS: dict[str, Status | None] = {_SKIP: None} | {
    word: verdict for word, verdict in VERDICTS.items() if verdict is not Status.RETRACTED
}


def form_of(
    pieces: Iterable[Undecided], sequence: int, in_words: Callable[[Undecided], str]
) -> str:
    """The form for evidence as it stood at a sequence number."""
    lines = []
    for piece in pieces:
        lines.append(f"{_SKIP} {piece.evidence.id} {in_words(piece)}\n")
        passage = textwrap.wrap(piece.evidence.passage or "", _WIDE)
        lines += [f"#     {line}\n" for line in passage]
    return _HEAD.format(sequence) + "".join(lines)


def read_form(text: str, offered: Collection[str], decision: Decision) -> list[Decision]:
    """The decisions in a form on the `offered` evidence, each like `decision` but for what it is
    on; raises `InvalidRecord` where a line cannot be understood."""
    verdicts: dict[str, Status | None] = {}
    reasons: dict[str, list[str]] = {}
    id_ = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            reasons.setdefault(id_, []).append(line.strip())
            continue
        id_, verdict = _read_line(line, offered)
        if id_ in verdicts:
            raise InvalidRecord(f"{id_} stands twice in the form")
        verdicts[id_] = verdict
    for named in reasons:
        if verdicts.get(named) is None:
            raise InvalidRecord(
                f"{reasons[named][0]!r} is a reason without a decision: change the line above it "
                f"from {_SKIP} to accept or reject"
            )
    return [
        Decision(
            evidence=named,
            verdict=verdict,
            by=decision.by,
            reason="\n".join(reasons.get(named, ())) or decision.reason,
            expected=decision.expected,
        )
        for named, verdict in verdicts.items()
        if verdict is not None
    ]


def _read_line(line: str, offered: Collection[str]) -> tuple[str, Status | None]:
    word, *rest = line.split(maxsplit=2)
    meant = [known for known in _WORDS if word in (known, known[0])]
    if not meant:
        raise InvalidRecord(f"{word!r} is none of {', '.join(_WORDS)}: {line.strip()}")
    if not rest or rest[0] not in offered:
        raise InvalidRecord(f"this line names no evidence that waits here: {line.strip()}")
    return rest[0], _WORDS[meant[0]]
