from graph_service.domain.claims import ClaimRecord, Evidence
from graph_service.domain.records import Record
from graph_service.importers.table import FORMAT
from graph_service.stores.graph import Graph, open_graph
from tests.importers.intake import Taken, taken
from tests.stores.telling import actor

HEADER = "who,kind,tie,whom,when,source,published\n"
MAPPED = """
[columns]
subject = "who"
subject_kind = "kind"
relation = "tie"
object = "whom"
when = "when"
source = "source"
source_published = "published"
"""


def graph(*records: Record) -> Graph:
    found = open_graph("memory:")
    found.write(records or [actor("northland"), actor("hill-front", "armed_group")], by="desk")
    return found


def told(rows: str, mapping: str = MAPPED, *records: Record) -> Taken:
    return taken(FORMAT, HEADER + rows, graph(*records), more={"mapping": mapping})


def claims(found: Taken) -> list[ClaimRecord]:
    assert found.refused == []
    return list(found.graph.claims())


def piece(found: Taken) -> Evidence:
    (record,) = claims(found)
    return record.evidence[0]


def reason(found: Taken) -> str:
    (refused,) = found.refused
    assert not list(found.graph.claims())
    return refused.reason
