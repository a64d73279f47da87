from hypothesis import strategies as st

from graph_service.domain.claims import ClaimRecord
from graph_service.importers.un_votes import FORMAT
from graph_service.importers.un_votes_agreement import Votes
from graph_service.stores.graph import Graph
from tests.importers.intake import Taken, taken

HEADER = "rcid,country,country_code,vote,date,unres\n"
WORDS = {"y": "yes", "n": "no", "a": "abstain"}

ballots = st.lists(st.sampled_from("yna-"), max_size=40)
LINE = "yyynnnaayyna"


def votes(told: str | list[str]) -> Votes:
    found = (sum(1 << bit for bit, how in enumerate(told) if how == which) for which in "yna")
    return Votes(*found)


def table(
    cast: dict[str, str], *, year: int = 1990, first: int = 1, codes: dict[str, str] | None = None
) -> str:
    """Votes by country, a letter for each roll call; `-` is none."""
    return "".join(
        f"{first + bit}.0,{country},{(codes or {}).get(country, '')},{WORDS[how]},{year}-03-01,"
        f"R/{first + bit}\n"
        for country, letters in cast.items()
        for bit, how in enumerate(letters)
        if how != "-"
    )


def un(rows: str, graph: Graph | None = None, **more: str) -> Taken:
    return taken(FORMAT, HEADER + rows, graph, more=more)


def records(graph: Graph) -> list[ClaimRecord]:
    told = (entry.record for entry in graph.store.entries())
    return [record for record in told if isinstance(record, ClaimRecord)]


def pairs(graph: Graph) -> set[tuple[str, str, str]]:
    found = (record.claim for record in records(graph))
    return {(one.subject, one.object, one.when.text) for one in found}
