"""What is sent to be written, as records that know their place in what was sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from graph_service.domain.claims import ClaimRecord, Decision
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import describe
from graph_service.domain.identity import Judgement
from graph_service.domain.ontology import Ontology
from graph_service.domain.records import Record, parse_record

_SIGNED = ("decision", "judgement")


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, and where it stands in what was sent, such as `[3]`."""

    record: Record
    place: str


class Bundle(Sequence[Record]):
    """Records in the order in which they are written; `place` is that of the one last given out,
    so that an error can say which it was."""

    def __init__(self, placed: Iterable[Placed] = ()) -> None:
        self._placed = sorted(placed, key=lambda each: _rank(each.record))
        self.place = ""

    def __len__(self) -> int:
        return len(self._placed)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [each.record for each in self._placed[index]]
        return self._placed[index].record

    def __iter__(self) -> Iterator[Record]:
        for each in self._placed:
            self.place = each.place
            yield each.record
        self.place = ""


def _rank(record: Record) -> int:
    """Nouns before the claims on them, judgements and decisions last, as in files."""
    if isinstance(record, Decision | Judgement):
        return 2
    return int(isinstance(record, ClaimRecord))


def records_from(data: object, ontology: Ontology, *, by: str) -> Bundle:
    """The records of a list of native records, whatever their order; raises `InvalidRecord`.

    Decisions and judgements are those of the writer, whoever they name.
    """
    if not isinstance(data, list):
        raise InvalidRecord(f"a bundle is a list of records, not {describe(data)}")
    return Bundle(_placed(item, f"[{n}]", ontology, by) for n, item in enumerate(data))


def _placed(item: object, place: str, ontology: Ontology, by: str) -> Placed:
    if isinstance(item, dict) and item.get("record") in _SIGNED:
        item = item | {"by": by}
    try:
        record = parse_record(item, ontology)
    except InvalidRecord as error:
        raise error.within(place) from None
    return Placed(record, f"{place}.evidence" if isinstance(record, Decision) else place)


def decisions_from(data: object, ontology: Ontology, *, by: str) -> Bundle:
    """The decisions of one object or a list of them, one for each piece of evidence that is named;
    raises `InvalidRecord`."""
    items = data if isinstance(data, list) else [data]
    places = [f"[{n}]" if isinstance(data, list) else "" for n in range(len(items))]
    return Bundle(
        placed
        for item, place in zip(items, places, strict=True)
        for placed in _decisions(item, place, ontology, by)
    )


def _decisions(item: object, place: str, ontology: Ontology, by: str) -> Iterator[Placed]:
    if not isinstance(item, Mapping):
        raise _at(place, InvalidRecord(f"a decision is a JSON object, not {describe(item)}"))
    told: dict[str, Any] = {**item, "record": "decision", "by": by}
    evidence = item.get("evidence")
    if not isinstance(evidence, list):
        yield _decision(told, place, "evidence", ontology)
        return
    if not evidence:
        raise _at(place, InvalidRecord("a decision is about some evidence", field="evidence"))
    for n, id_ in enumerate(evidence):
        yield _decision(told | {"evidence": id_}, place, f"evidence[{n}]", ontology)


def _decision(told: dict[str, Any], place: str, where: str, ontology: Ontology) -> Placed:
    try:
        record = parse_record(told, ontology)
    except InvalidRecord as error:
        if error.field == "evidence":
            error.field = where
        raise _at(place, error) from None
    return Placed(record, f"{place}.{where}".lstrip("."))


def _at(place: str, error: InvalidRecord) -> InvalidRecord:
    return error.within(place) if place else error
