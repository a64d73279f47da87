"""What holds of every format: each claim once, with its ends, whatever is told of it."""

import re

import pytest
from hypothesis import given

from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.records import Record
from graph_service.exporters.cypher import literal
from graph_service.exporters.formats import FORMATS, format_named
from graph_service.exporters.part import Part
from graph_service.exporters.selection import Selection
from tests.exporters.exporting import (
    GRAPHS,
    claims,
    edges,
    exported,
    graph_of,
    lines,
    rows,
)
from tests.exporters.hostile import HOSTILE
from tests.stores.strategies import bundles
from tests.stores.telling import actor, claim, source


@given(records=bundles())
def test_the_graphs_are_one_graph_with_an_edge_for_each_claim(records: list[Record]) -> None:
    graph = graph_of(records)
    told = claims(graph)
    ends = {id_: (one.claim.subject, one.claim.object) for id_, one in told.items()}

    for name, read in GRAPHS.items():
        found = read(exported(name, graph))

        assert {id_: edge[:2] for id_, edge in edges(found).items()} == ends, name
        assert set(found.nodes) == {end for pair in ends.values() for end in pair}, name


@given(records=bundles())
def test_every_claim_stands_once_in_the_formats_of_lines(records: list[Record]) -> None:
    graph = graph_of(records)
    told = claims(graph)
    pieces = {piece.id for one in told.values() for piece in one.evidence}

    table = rows(exported("csv", graph))
    native = [one["id"] for one in lines(exported("native", graph)) if one["record"] == "claim"]
    links = [
        one["properties"]["recordId"]
        for one in lines(exported("ftm", graph))
        if "recordId" in one["properties"]
    ]
    drawn = re.findall(
        r"^\{id: '(c_\w+)', subject:", exported("cypher", graph).decode(), re.MULTILINE
    )

    assert sorted(row["evidence"] for row in table) == sorted(pieces)
    assert {row["claim"] for row in table} == set(told)
    assert sorted(native) == sorted(told) == sorted(id_ for (id_,) in links) == sorted(drawn)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(name: str) -> None:
    graph = graph_of(
        [
            source(title=name),
            actor("iran", name=name, description=f"{name}\n\t{name}"),
            actor("hamas", "armed_group"),
            claim(passage=f"{name}\r\n{name}", attributed_to=name),
        ]
    )
    shown = name.replace("\ufffe", "")

    (row,) = rows(exported("csv", graph))
    assert (row["subject_name"], row["source_title"]) == (name, name)
    assert row["passage"] == f"{name}\r\n{name}"
    for format_, read in GRAPHS.items():
        node = read(exported(format_, graph)).nodes["iran"]
        assert node.get("name", node.get("label")) in (name, shown), format_
        assert node["description"].replace("\ufffe", "") == f"{shown}\n\t{shown}", format_
    entities = {one["id"]: one for one in lines(exported("ftm", graph))}
    assert entities["iran"]["properties"]["name"] == [name]
    assert f"name: {literal(name)}" in exported("cypher", graph).decode()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_it_cannot_carry(name: str) -> None:
    format_ = FORMATS[name]

    assert format_.cannot_carry.endswith(".") or name == "native"
    assert format_.suffix.startswith(".")
    assert "/" in format_.media_type


def test_a_format_that_is_not_known_is_refused_with_those_like_it() -> None:
    with pytest.raises(InvalidQuestion, match="none of native, csv") as refused:
        format_named("graphlm")

    assert refused.value.parameter == "format"
    assert refused.value.suggestions[0] == "graphml"


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_part_is_a_whole_document(name: str) -> None:
    graph = graph_of([source(), actor("iran"), actor("hamas", "armed_group"), claim()])
    nothing = Selection(relations=frozenset({"funds"}))

    data = exported(name, graph, nothing)

    if name in GRAPHS:
        assert not GRAPHS[name](data).nodes
    assert data == exported(name, graph, nothing)


@pytest.mark.parametrize("name", FORMATS)
def test_claims_are_read_only_as_they_are_written(name: str) -> None:
    records = [claim(when=f"{year}-05", status="accepted") for year in range(1000, 2024)]
    graph = graph_of([source(), actor("iran"), actor("hamas", "armed_group"), *records])
    looked_at: list[int] = []
    part = Part(graph, Selection(), progress=looked_at.append)

    pieces = FORMATS[name].parts(part)
    while not looked_at:
        next(pieces)

    assert looked_at[-1] <= 201
    for _ in pieces:
        pass
    assert part.given == len(records)
