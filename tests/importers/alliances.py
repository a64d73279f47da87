from graph_service.domain.claims import ClaimRecord
from graph_service.importers import alliances
from graph_service.importers.running import Format
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken

ATOP = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul"
COW = (
    "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,"
    "dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,"
    "nonaggression,entente"
)
RIVALS = "rivalryno,rivalryname,ccode1,ccode2,styear,endyear,region"
STRATEGIC = "tssr_id,rivalry,ccode1,ccode2,start,end,positional"
CONFLICTS = (
    "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,type_of_conflict,start_date2,"
    "start_prec2,ep_end,ep_end_date"
)


def of(format_: Format, header: str, *rows: str) -> Taken:
    return taken(format_, "\n".join((header, *rows)))


def atop(*rows: str) -> Taken:
    return of(alliances.FORMAT, ATOP, *rows)


def cow(*rows: str) -> Taken:
    return of(alliances.FORMAT, COW, *rows)


def records(graph: Graph) -> list[ClaimRecord]:
    told = (entry.record for entry in graph.store.entries())
    return [record for record in told if isinstance(record, ClaimRecord)]


def claims(graph: Graph) -> set[tuple[str, str, str, str]]:
    found = (record.claim for record in records(graph))
    return {(one.subject, one.relation, one.object, one.when.text) for one in found}
