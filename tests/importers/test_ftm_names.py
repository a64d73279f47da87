"""Who the entities of FollowTheMoney are: names, kinds, and which of them are states."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.actors import Actor
from graph_service.importers.formats import format_called
from graph_service.importers.ftm import FORMAT
from graph_service.importers.ftm_schemata import ENDS, KINDS, OTHERS
from graph_service.importers.lines import LONGEST_LINE
from graph_service.stores.graph import Graph, open_graph
from tests.importers.intake import Taken, taken
from tests.stores.telling import actor

Json = dict[str, Any]


def entity(id_: str, schema: str, /, **told: Any) -> Json:  # noqa: ANN401 - any JSON value
    """An entity whose properties are `told`; a caption and such stand beside them."""
    beside: Json = {name: told.pop(name) for name in ("caption", "datasets") if name in told}
    listed = {name: one if isinstance(one, list) else [one] for name, one in told.items()}
    return {"id": id_, "schema": schema, "properties": listed, **beside}


def ftm(*entities: Any, graph: Graph | None = None, **wishes: str) -> Taken:  # noqa: ANN401
    data = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities)
    return taken(FORMAT, data, graph, name="entities.ftm.json", more=wishes)


DATES = {"startDate": "2019-03-01", "endDate": "2021"}
MILL = entity("mill", "Company", name="The Mill")


def owns(owner: str) -> Json:
    return entity("t", "Ownership", owner=owner, asset="mill", **DATES)


def owner_that(told: Json, graph: Graph | None = None) -> Actor:
    """Who an entity is, which owns a mill."""
    found = ftm(told, MILL, owns(told["id"]), graph=graph)
    assert found.refused == []
    ((subject),) = (one.claim.subject for one in found.graph.claims())
    return found.graph.actor(subject)


def called(told: Json) -> str:
    return f"{told['id']} {told['schema']} {told['properties']['name'][0]}"


def test_the_format_is_known_by_its_name() -> None:
    assert format_called("ftm") is FORMAT


@pytest.mark.parametrize(
    "told",
    [
        entity("ir", "Country", name="Iran"),
        entity("ir", "Country", name="A name that nobody knows"),
        entity("ir", "PublicBody", name="Islamic Republic of Iran", country="ir"),
        entity("IR", "LegalEntity", name="A name that nobody knows", country="ir"),
        entity("ir", "Organization", name="Iran", country="ir"),
        entity("NK-1", "LegalEntity", caption="Iran", name="Iran"),
        entity("NK-1", "PublicBody", name="Government of Iran", country="ir"),
    ],
    ids=called,
)
def test_an_entity_that_is_a_state_is_the_reference_state(told: Json) -> None:
    found = owner_that(told)

    assert (found.id, dict(found.ids)["ftm"]) == ("iran", "ir")


@pytest.mark.parametrize(
    "told",
    [
        entity("p", "PublicBody", name="Tehran"),
        entity("p", "PublicBody", name="Government of Tehran"),
        entity("p", "Organization", name="Georgia", country="us"),
        entity("p", "Company", name="Iran"),
        entity("p", "Person", name="Jordan"),
        entity("ir", "Person", name="Ira Example", country="ir"),
        entity("ir", "Organization", name="Irrigation Example", country="fr"),
        entity("ir", "Organization", name="Irrigation Example"),
    ],
    ids=called,
)
def test_who_is_only_called_or_numbered_like_a_state_is_none(told: Json) -> None:
    assert owner_that(told).kind != "state"


def test_a_state_that_other_data_sets_told_of_gains_the_identifier() -> None:
    graph = open_graph("memory:")
    graph.write([actor("iran", ids={"iso2": "IR", "icews": "Iran", "misp": "Iran"})], by="desk")

    found = owner_that(entity("ir", "Country", name="Iran"), graph)

    assert dict(found.ids) == {"ftm": "ir", "icews": "Iran", "iso2": "IR", "misp": "Iran"}


@pytest.mark.parametrize(
    ("authority", "id_", "kind"),
    [
        ("Government of Iran", "iran", "state"),
        ("Office of Examples", "office-of-examples", "agency"),
        ("United Examples", "united-examples", "igo"),
    ],
)
def test_a_sanction_is_of_the_state_or_body_that_is_called_so(
    authority: str, id_: str, kind: str
) -> None:
    graph = open_graph("memory:")
    graph.write([actor("united-examples", "igo", name="United Examples")], by="desk")

    ftm(MILL, entity("t", "Sanction", authority=authority, entity="mill", **DATES), graph=graph)

    ((subject),) = (one.claim.subject for one in graph.claims())
    assert (subject, graph.actor(subject).kind) == (id_, kind)


@pytest.mark.parametrize(
    ("schema", "topics", "kind"),
    [
        ("Person", ["role.pep"], "person"),
        ("Company", [], "organisation"),
        ("LegalEntity", [], "organisation"),
        ("PublicBody", [], "agency"),
        ("Organization", ["gov.igo"], "igo"),
        ("PublicBody", ["gov.legislative"], "legislature"),
        ("Organization", ["crime", "pol.party"], "party"),
    ],
)
def test_the_kind_follows_the_schema_and_the_topics_of_bodies(
    schema: str, topics: list[str], kind: str
) -> None:
    assert owner_that(entity("p", schema, name="Somebody", topics=topics)).kind == kind


def test_at_most_twenty_other_names_are_kept() -> None:
    names = [f"Name number {number}" for number in range(40)]

    assert len(owner_that(entity("p", "Person", caption="Ada", name=names)).aliases) == 20


def test_a_person_of_whom_only_the_parts_of_the_name_are_told_has_them_all() -> None:
    told = entity("p", "Person", firstName="Ada", lastName="Example")

    assert owner_that(told).name == "Ada Example"


def test_identifiers_that_are_told_several_times_identify_nobody() -> None:
    told = entity("p", "Company", name="Owner", leiCode="LEI1", innCode=["1", "2"])

    assert dict(owner_that(told).ids) == {"ftm": "p", "lei": "LEI1"}


def test_the_publisher_is_the_origin_before_the_data_set_that_gathers_it() -> None:
    told = {"publisher": "Register of Examples", "sourceUrl": "https://example.org/r"}
    tie = entity(
        "t", "Ownership", owner="ann", asset="mill", datasets=["gathered"], **told, **DATES
    )

    found = ftm(entity("ann", "Person", name="Ann Alder"), MILL, tie)

    (source,) = found.graph.sources()
    assert (source.publisher, source.origin) == ("Register of Examples", "register-of-examples")
    assert source.url == "https://example.org/r"


def test_what_is_no_actor_and_no_tie_is_skipped_by_its_schema() -> None:
    others = [entity(schema, schema, name="x") for schema in sorted(OTHERS)]

    found = ftm(*others, entity("y", "Wormhole", name="x"))

    assert set(found.summary.skipped) == OTHERS
    assert dict(found.summary.unmapped) == {"Wormhole": 1}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (json.dumps(owns("ann"))[:-9], "no JSON"),
        ('{"id": "t", "schema": "Ownership", "properties": ' + "[" * 5_000, "deep"),
        ('{"id": "t", "id": "u", "schema": "Ownership", "properties": {}}', "twice"),
        ('{"id": "' + "t" * LONGEST_LINE + '"}', "more than 1,000,000 bytes"),
        ("[1, 2]", "a JSON object"),
        ("NaN", "NaN"),
    ],
    ids=["cut off", "deep", "key twice", "huge", "list", "nan"],
)
def test_a_line_that_is_no_entity_is_refused_and_the_rest_goes_in(line: str, says: str) -> None:
    good = [entity("ann", "Person", name="Ann"), MILL, owns("ann")]
    data = "\n".join([line, *map(json.dumps, good)])

    found = taken(FORMAT, data)

    (refusal,) = found.refused
    assert refusal.line == 1
    assert says in refusal.reason
    assert len(list(found.graph.claims())) == 1


odd: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 200) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
likely = st.sampled_from(
    ["ann", "mill", "ir", "Iran", "Ada Example", "2019-03", "9999-12-31", "50", "1e999", "EUR",
     "https://[x", "source/paper", "state", "arms", "2024/..", "accepted", "\u202e", "Person"]
)  # fmt: skip
PROPERTIES = sorted(
    {"name", "country", "topics", "percentage", "startDate", "endDate", "date", "amountEur", "amount",
     "currency", "publisher", "sourceUrl", "createdAt", "wikidataId", "role", "summary",
     "recordId", "classification", "idNumber", "title", "publishedAt", "status", "organization",
     "authority", "authorityId", *(end for ends in ENDS.values() for end in ends[:2])}
)  # fmt: skip
SCHEMATA = sorted({*KINDS, *ENDS, "Position", "Contract", "Document", "Wormhole"})
IDS = ["ann", "mill", "t", "ir", "source/paper", "source/"]


@st.composite
def entities(draw: st.DrawFn) -> Json:
    """Entities of any schema with some properties, each likely or odd."""
    values = st.lists(likely, max_size=2) | likely | odd
    told = {
        "id": draw(st.sampled_from(IDS) | odd),
        "schema": draw(st.sampled_from(SCHEMATA) | odd),
        "properties": draw(st.dictionaries(st.sampled_from(PROPERTIES), values, max_size=6) | odd),
    }
    beside = st.sampled_from(["caption", "datasets", "first_seen", "last_seen"])
    return told | draw(st.dictionaries(beside, likely | odd, max_size=2))


@given(st.lists(entities() | odd, max_size=8), st.booleans())
def test_every_line_is_taken_skipped_or_refused_and_never_twice(
    told: list[Any], is_own: bool
) -> None:
    own = [entity("source/paper", "Document", title="Paper", publishedAt="2024")] if is_own else []
    rows = [*own, *told, entity("ann", "Person", name="Ann"), MILL, owns("ann")]

    found = ftm(*rows, published="2024-07-31")

    summary = found.summary
    counts = (summary.taken, summary.skipped.total(), summary.unmapped.total(), summary.refused)
    assert summary.rows == sum(counts) == len(rows)
    assert ftm(*rows, graph=found.graph, published="2024-07-31").summary.entries == 0
