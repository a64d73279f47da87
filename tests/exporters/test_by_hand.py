"""What single formats say of a small story, looked at line by line."""

import json
from xml.etree import ElementTree

import pytest

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.records import Record
from graph_service.exporters.csv_rows import HEADER
from graph_service.exporters.cypher import literal
from graph_service.exporters.selection import Selection
from tests.exporters.exporting import Json, edges, exported, gexf, graph_of, graphml, lines, rows
from tests.stores.telling import actor, claim, source

ACCEPTED = Selection()
GEXF = "{http://gexf.net/1.3}"


def nouns() -> list[Record]:
    return [
        source(url="https://example.org/a?b=1&c=2", publisher="The Paper"),
        source("wire", published="2024-05/2024-06", publisher="The Wire"),
        actor(
            "iran",
            ids={"iso2": "IR", "iso3": "IRN", "wikidata": "Q794"},
            aliases=[
                {"text": "Persia", "scope": "former"},
                {"text": "Tehran", "scope": "metonym"},
                {"text": "IRI", "scope": "acronym"},
                {"text": "Islamic Republic of Iran", "lang": "en"},
            ],
        ),
        actor("hamas", "armed_group"),
        actor("ann", "person"),
        actor("bank", "organisation"),
    ]


def entities(*claims: ClaimRecord) -> dict[str, Json]:
    found = lines(exported("ftm", graph_of([*nouns(), *claims]), ACCEPTED))
    return {one["id"]: one for one in found}


def link(record: ClaimRecord, *others: ClaimRecord) -> Json:
    return entities(record, *others)[record.claim.id]


def says(*args: str, **more: object) -> ClaimRecord:
    return claim(*args, **{"status": "accepted"} | more)  # type: ignore[arg-type] # as in `claim`


def test_a_table_has_the_header_that_importers_rely_on() -> None:
    assert ",".join(HEADER) == (
        "claim,evidence,subject,subject_name,subject_kind,relation,object,object_name,object_kind,"
        "when,episode,source,source_title,source_publisher,source_url,source_published,"
        "source_kind,source_reliability,source_origin,source_language,locator,passage,stance,"
        "modality,attributed_to,confidence,strength,outcome,amount,unit,coder,status,recorded_at,"
        "decided_at,decided_by,reason,retracted_at"
    )


def test_a_row_says_what_one_source_says() -> None:
    record = says(amount=-5.0, unit="rockets", locator="+p. 3", strength="strong")

    (row,) = rows(exported("csv", graph_of([*nouns(), record]), ACCEPTED))

    assert row["claim"] == record.claim.id
    assert (row["subject"], row["subject_name"], row["subject_kind"]) == ("iran", "Iran", "state")
    assert (row["relation"], row["object"], row["when"]) == ("arms", "hamas", "2024-05-01")
    assert (row["source"], row["source_publisher"]) == ("paper", "The Paper")
    assert (row["amount"], row["locator"], row["strength"]) == ("-5.0", "+p. 3", "strong")
    assert row["episode"] == row["passage"] == row["decided_at"] == ""


def test_cells_that_look_like_formulae_are_guarded_in_the_file() -> None:
    data = exported("csv", graph_of([*nouns(), says(amount=-5.0, locator="=1+1")]), ACCEPTED)

    assert b",'=1+1," in data
    assert b",'-5.0," in data


def test_a_claim_is_an_edge_with_plain_attributes() -> None:
    record = says("iran", "backs", "hamas", when="[..2012]/2024-06", confidence=0.6)
    denied = says("iran", "backs", "hamas", when="[..2012]/2024-06", source="wire", stance="denied")
    graph = graph_of([*nouns(), record, denied])

    edge = edges(graphml(exported("graphml", graph, ACCEPTED)))[record.claim.id]

    assert edge == (
        "iran",
        "hamas",
        {
            "relation": "backs", "label": "backs", "family": "patronage", "sign": "+",
            "symmetric": False, "when": "[..2012]/2024-06", "end": "2024-06-30",
            "certain_start": "2012-12-31", "certain_end": "2024-06-01", "state": "disputed",
            "modality": "done", "sources": "paper", "denied_by": "wire", "confidence": 0.6,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "when", "start", "end"),
    [
        ("arms", "2024-05-01", "2024-05-01", "2024-05-01"),
        ("arms", "2024-02", "2024-02-01", "2024-02-29"),
        ("arms", "[..2023]", None, "2023-12-31"),
        ("backs", "2012/..", "2012-01-01", None),
        ("backs", "/..", None, None),
        ("backs", "2012/", "2012-01-01", None),
        ("backs", "/2024", None, "2024-12-31"),
    ],
)
def test_an_edge_lasts_as_long_as_its_claim_may(
    relation: str, when: str, start: str | None, end: str | None
) -> None:
    record = says("iran", relation, "hamas", when=when)
    data = exported("gexf", graph_of([*nouns(), record]), ACCEPTED)

    root = ElementTree.fromstring(data)
    graph = root[0]
    (edge,) = graph.iter(f"{GEXF}edge")

    assert root.attrib["version"] == "1.3"
    assert graph.attrib["mode"] == "dynamic"
    assert graph.attrib["timeformat"] == "date"
    assert [part.tag.removeprefix(GEXF) for part in graph] == [
        "attributes", "attributes", "nodes", "edges"
    ]  # fmt: skip
    assert (edge.get("start"), edge.get("end")) == (start, end)
    assert edges(gexf(data))[record.claim.id][2].get("start") == start


def test_nodes_stand_before_the_edges_that_need_them() -> None:
    data = exported(
        "graphml", graph_of([*nouns(), says(), says("ann", "heads", "bank", when="2020/..")])
    )

    seen: set[str] = set()
    for one in ElementTree.fromstring(data).iter():
        if one.tag.endswith("}node"):
            seen.add(one.attrib["id"])
        if one.tag.endswith("}edge"):
            assert {one.attrib["source"], one.attrib["target"]} <= seen


def test_actors_become_entities_under_their_own_ids() -> None:
    found = entities(says(), says("ann", "heads", "bank", when="2020/.."))

    assert found["iran"] == {
        "caption": "Iran",
        "id": "iran",
        "schema": "PublicBody",
        "properties": {
            "name": ["Iran"],
            "classification": ["state"],
            "wikidataId": ["Q794"],
            "idNumber": ["iso2:IR", "iso3:IRN"],
            "country": ["ir"],
            "alias": ["Islamic Republic of Iran"],
            "previousName": ["Persia"],
            "weakAlias": ["IRI"],
            "keywords": ["Tehran"],
        },
    }
    schemata = {id_: found[id_]["schema"] for id_ in ("hamas", "ann", "bank")}
    assert schemata == {"hamas": "Organization", "ann": "Person", "bank": "Company"}


def test_a_claim_without_a_schema_is_an_unknown_link_with_its_relation() -> None:
    record = says(passage="It says so.")

    assert link(record) == {
        "id": record.claim.id,
        "schema": "UnknownLink",
        "properties": {
            "subject": ["iran"],
            "object": ["hamas"],
            "recordId": [record.claim.id],
            "summary": ["2024-05-01"],
            "publisher": ["The Paper"],
            "sourceUrl": ["https://example.org/a?b=1&c=2"],
            "description": ["It says so."],
            "date": ["2024-05-01"],
            "role": ["arms"],
        },
        "datasets": ["paper"],
    }


@pytest.mark.parametrize(
    ("ends", "schema", "properties"),
    [
        (("iran", "controls", "bank"), "Ownership", ("owner", "asset")),
        (("iran", "controls", "hamas"), "UnknownLink", ("subject", "object")),
        (("ann", "holds_office_in", "iran"), "Directorship", ("director", "organization")),
        (("ann", "represents", "hamas"), "Representation", ("agent", "client")),
        (("hamas", "member_of", "bank"), "Membership", ("member", "organization")),
        (("iran", "creditor_of", "hamas"), "Debt", ("creditor", "debtor")),
        (("iran", "sanctions", "bank"), "Sanction", ("authorityId", "entity")),
    ],
)
def test_a_relation_becomes_the_schema_of_the_ontology(
    ends: tuple[str, str, str], schema: str, properties: tuple[str, str]
) -> None:
    found = link(says(*ends, when="2020/.."))

    assert found["schema"] == schema
    assert [found["properties"][name] for name in properties] == [[ends[0]], [ends[2]]]
    assert found["properties"]["startDate"] == ["2020"]


def test_a_payment_has_its_amount_in_a_currency() -> None:
    money = says("iran", "funds", "hamas", amount=1_500_000.0, unit="USD")
    trucks = says("iran", "funds", "hamas", amount=7.0, unit="trucks")

    paid = link(money)["properties"]
    assert (paid["payer"], paid["amount"], paid["currency"]) == (["iran"], ["1500000"], ["USD"])
    assert "amount" not in link(trucks)["properties"]


def test_what_is_disputed_or_only_intended_does_not_look_like_a_fact() -> None:
    record = says("iran", "funds", "hamas", modality="intended")
    denied = says("iran", "funds", "hamas", source="wire", stance="denied")

    found = link(record, denied)

    assert found["schema"] == "UnknownLink"
    assert found["properties"]["role"] == ["funds"]
    assert found["properties"]["status"] == ["disputed", "intended"]
    assert found["datasets"] == ["paper"]


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        ("2012/2015-03", {"startDate": ["2012"], "endDate": ["2015-03"]}),
        ("[..2023]/..", {}),
        ("/2024", {"endDate": ["2024"]}),
        ("2020/[..2023]", {"startDate": ["2020"], "endDate": ["2023"]}),
        ("2012/", {"startDate": ["2012"]}),
    ],
)
def test_a_period_is_told_as_far_as_dates_can(when: str, dates: Json) -> None:
    told = link(says("iran", "backs", "hamas", when=when))["properties"]

    assert {name: told[name] for name in told if name.endswith("Date")} == dates
    assert told["summary"] == [when]


def test_sources_are_documents_dated_where_they_can_be() -> None:
    found = entities(says(), says(source="wire", when="2024-04"))

    assert found["source/paper"]["properties"] == {
        "title": ["paper"],
        "publisher": ["The Paper"],
        "sourceUrl": ["https://example.org/a?b=1&c=2"],
        "publishedAt": ["2024-09-01"],
    }
    assert "publishedAt" not in found["source/wire"]["properties"]


def test_a_script_merges_actors_and_typed_relationships() -> None:
    record = says()
    script = exported("cypher", graph_of([*nouns(), record]), ACCEPTED).decode()

    assert "MERGE (n:Actor {id: row.id}) SET n:ArmedGroup, n += row.told;" in script
    assert "MERGE (a)-[r:ARMS {id: row.id}]->(b) SET r += row.told;" in script
    assert f"{{id: '{record.claim.id}', subject: 'iran', object: 'hamas', told: {{" in script
    assert "start: date('2024-05-01')" in script
    assert "sources: ['paper']" in script


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("it's", r"'it\'s'"),
        ("a\nb\r\tc", r"'a\nb\r\tc'"),
        ("\\", r"'\\'"),
        ("\\'", r"'\\\''"),
        ("\\u0060", r"'\\' + 'u0060'"),
        ("\\\\u0027", r"'\\\\' + 'u0027'"),
        ("`", "'`'"),
    ],
)
def test_a_text_in_a_script_ends_where_it_should(text: str, written: str) -> None:
    assert literal(text) == written


def test_the_graph_formats_are_json_that_can_be_read() -> None:
    graph = graph_of([*nouns(), says()])

    assert json.loads(exported("node-link", graph, ACCEPTED))["multigraph"] is True
    assert list(json.loads(exported("cytoscape", graph, ACCEPTED))["elements"]) == [
        "edges",
        "nodes",
    ]
