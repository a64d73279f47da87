"""JSON that nobody expects: values of every type put into places of a good document."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.domain.records import Record
from graph_service.importers.book import Reference
from graph_service.importers.intake import Refusal, Wishes
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format, Ground, Summary, Watch, Written, take_in
from graph_service.names.index import Names
from graph_service.stores.graph import Graph, open_graph
from tests.importers.intake import Taken

IRAN = Actor("iran", "state", "Iran", (), (("iso2", "IR"), ("wikidata", "Q794")))

ODD: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["2024-02-30", "99999999", "\u0000", "Q0", "--", "/", "[..2024]", "http://["]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


@st.composite
def changed(draw: st.DrawFn, good: Any) -> Any:  # noqa: ANN401 - any JSON
    """A good value with up to three odd ones in it, or keys left out."""
    value = json.loads(json.dumps(good))
    for _ in range(draw(st.integers(1, 3))):
        places = _places(value)
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if draw(st.booleans()) or isinstance(holder, list):
            holder[key] = draw(ODD)
        else:
            del holder[key]
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    waiting, found = [value], []
    while waiting:
        one = waiting.pop()
        inside = one.items() if isinstance(one, dict) else enumerate(one)
        for key, held in list(inside):
            found.append((one, key))
            if isinstance(held, dict | list):
                waiting.append(held)
    return found


class Nobody:
    """A graph without actors."""

    def __init__(self) -> None:
        self.names = Names()

    def find(self, _: str) -> Actor | None:
        return None


def taken_alone(format_: Format, data: bytes, wishes: Mapping[str, str] | None = None) -> Taken:
    """A file taken into an empty graph where only Iran is known: as `taken`, without the time that
    the reference set takes."""
    graph = open_graph("memory:")
    refused: list[Refusal] = []
    ground = Ground(graph.ontology, Nobody(), Reference((IRAN,)), _writing(graph))
    told = Wishes(more=wishes or {})
    summary = take_in(format_, Packed("file", BytesIO(data)), ground, told, Watch(refused.append))
    return Taken(graph, summary, refused)


def _writing(graph: Graph) -> Any:  # noqa: ANN401 - see `Ground.write`
    def write(records: Sequence[Record]) -> Written:
        receipt = graph.store.append(records, by="test")
        return Written(receipt.written, receipt.known)

    return write


def adds_up(found: Taken) -> bool:
    """Whether every row is one of taken, skipped, unmapped and refused."""
    told: Summary = found.summary
    passed = told.skipped.total() + told.unmapped.total()
    return told.rows == told.taken + passed + told.refused and told.refused == len(found.refused)
