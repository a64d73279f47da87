"""Every kind of file that can be taken in, by name."""

from collections.abc import Mapping
from difflib import get_close_matches

from graph_service.domain.errors import InvalidQuestion
from graph_service.importers import (
    acled,
    alliances,
    alliances_conflicts,
    alliances_rivalries,
    csv_claims,
    ftm,
    gdelt,
    icews,
    icews_decoded,
    leaders,
    misp,
    polecat,
    stix,
    table,
    ucdp_support,
    un_votes,
    wikidata,
)
from graph_service.importers.running import Format

FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        icews.FORMAT,
        icews_decoded.FORMAT,
        gdelt.FORMAT,
        polecat.FORMAT,
        acled.FORMAT,
        ucdp_support.FORMAT,
        alliances.FORMAT,
        alliances_rivalries.FORMAT,
        alliances_conflicts.FORMAT,
        leaders.FORMAT,
        un_votes.FORMAT,
        ftm.FORMAT,
        stix.FORMAT,
        misp.FORMAT,
        wikidata.FORMAT,
        table.FORMAT,
        csv_claims.FORMAT,
    )
}


def format_called(name: str) -> Format:
    """The format of that name; raises `InvalidQuestion` with those that are meant perhaps."""
    if name not in FORMATS:
        raise InvalidQuestion(
            f"{name!r} is no format that can be taken in: native, {', '.join(FORMATS)} are",
            parameter="format",
            suggestions=get_close_matches(name, FORMATS, n=2),
        )
    return FORMATS[name]
