import tomllib
from typing import Any

from tests.domain.check_mappings import (
    ONTOLOGY,
    cameo_problems,
    disagreements,
    internal_problems,
    plover_problems,
    problems,
    read_cameo,
    read_plover,
    relation_by_cameo,
)

CAMEO = read_cameo(
    "CAMEOEVENTCODE\tEVENTDESCRIPTION\r\n"
    "01\tSay\r\n011\tDecline to say\r\n"
    "30\tGREET\r\n301\tBow\r\n3011\tBow twice31:[-5.0] QUARREL\r\n311\tShout\r\n"
)
PLOVER = read_plover(
    "# a table\n30: GREET\n301: GREET, bow, court; public # Bow\n31: QUARREL\n"
    "311: GREET,  , # Shout\n"
)


def relation(**changes: object) -> dict[str, Any]:
    plain = {
        "label": "does",
        "inverse": "done by",
        "near_misses": {"bows_to": "when bowing"},
        "family": "",
        "symmetric": False,
        "weight": 0.0,
        "half_life_days": 90,
        "stake": 0.0,
        "polarity": "0",
        "subject": ["person"],
        "object": ["person"],
        "cameo": [],
        "plover": [],
        "followthemoney": [],
        "stix": [],
        "wikidata": [],
    }
    return plain | changes


def ontology(**relations: dict[str, Any]) -> dict[str, Any]:
    sound = {
        "greets": relation(cameo=["30"], plover=["GREET"]),
        "bows_to": relation(
            cameo=["301"], plover=["GREET/bow"], near_misses={"greets": "when upright"}
        ),
        "quarrels_with": relation(cameo=["31"], plover=["QUARREL"]),
    }
    return {"kinds": {"person": {}}, "families": {"support": {}}, "relations": sound | relations}


def test_a_sound_ontology_has_no_problem() -> None:
    assert problems(ontology(), CAMEO, PLOVER) == []


def test_records_glued_to_one_line_are_parted() -> None:
    assert CAMEO["3011"] == "Bow twice"
    assert CAMEO["31"] == "QUARREL"
    assert "CAMEOEVENTCODE" not in CAMEO


def test_the_longest_listed_prefix_decides() -> None:
    assert relation_by_cameo(ontology(), "3011") == "bows_to"
    assert relation_by_cameo(ontology(), "302") == "greets"
    assert relation_by_cameo(ontology(), "40") is None


def test_unknown_uncovered_and_skipped_codes_are_told() -> None:
    quarrel = relation(cameo=["32", "01"], plover=["QUARREL/fist"])
    wrong = ontology(quarrels_with=quarrel)
    assert cameo_problems(wrong, CAMEO, PLOVER) == [
        "quarrels_with: cameo 32 is not in the list",
        "cameo 31 reaches no relation",
        "cameo 311 reaches no relation",
        "cameo 01 is to be skipped, but reaches quarrels_with",
        "cameo 011 is to be skipped, but reaches quarrels_with",
    ]
    assert plover_problems(wrong, PLOVER) == [
        "quarrels_with: plover QUARREL/fist is not in the table",
        "plover QUARREL has no default",
    ]


def test_a_code_that_the_table_classes_otherwise_is_told_but_no_problem() -> None:
    assert disagreements(ontology(), CAMEO, PLOVER) == [
        "311 (Shout): quarrels_with by CAMEO, greets by PLOVER GREET"
    ]


def test_faults_within_the_ontology_are_told() -> None:
    faulty = relation(cameo=["30"], family="support", stake=0.3, near_misses={"waves": "ever"})
    assert internal_problems(ontology(waves=faulty)) == [
        "cameo 30 is listed 2 times",
        "waves: near miss waves is no other relation",
        "waves: polarity is 0, the rule gives another",
        "waves: stake 0.3 is not what its meaning gives",
    ]


def test_the_shipped_ontology_has_no_internal_problem() -> None:
    assert internal_problems(tomllib.loads(ONTOLOGY.read_text("utf-8"))) == []
