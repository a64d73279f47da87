"""The style sheet: complete, readable, and not by hue alone."""

from itertools import combinations

import numpy as np
import pytest

from graph_service.api.guides import style
from graph_service.domain.ontology import Ontology, load_ontology
from graph_service.stores.drawing import kind_label, relationship_type
from tests.browser.grass import Sheet, parse

RECORDS = ("Source", "Claim", "Evidence", "Episode", "Judgement", "Entry", "Family", "Relation",
           "Kind")  # fmt: skip
FROM_LIGHT = {
    "full": np.eye(3),
    # Viénot, Brettel & Mollon 1999, on linear RGB.
    "protanopia": np.array([[0.1124, 0.8876, 0], [0.1124, 0.8876, 0], [0.0040, -0.0040, 1]]),
    "deuteranopia": np.array([[0.2928, 0.7072, 0], [0.2928, 0.7072, 0], [-0.0223, 0.0223, 1]]),
    "none": np.full((3, 1), 1.0) * np.array([[0.2126, 0.7152, 0.0722]]),
}
READABLE, LEGIBLE = 4.5, 3.0
"""The contrast that WCAG 2.2 asks for (level AA): of text; of large text and of graphics."""
TEXT_OF_THEMES = ("#333333", "#F4F4F4")


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return parse(style())


def linear(colour: str) -> "np.typing.NDArray[np.float64]":
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_and_every_record_has_its_colour(sheet: Sheet, ontology: Ontology) -> None:
    for label in (*map(kind_label, ontology.kinds), *RECORDS):
        rule = sheet[f"node.{label}"]
        assert rule.keys() == {
            "caption", "diameter", "color", "border-color", "text-color-internal"
        }  # fmt: skip
    kinds = [sheet[f"node.{kind_label(kind)}"]["color"] for kind in ontology.kinds]
    assert len(set(kinds)) == len(kinds)


def test_every_relation_is_drawn_by_its_sign(sheet: Sheet, ontology: Ontology) -> None:
    drawn: dict[str, set[tuple[tuple[str, str], ...]]] = {}
    for name, relation in ontology.relations.items():
        rule = dict(sheet[f"relationship.{relationship_type(name)}"])
        assert rule.pop("caption") == "{label}"
        drawn.setdefault(relation.polarity, set()).add(tuple(sorted(rule.items())))

    assert drawn.keys() == {"+", "-", "0"}
    assert all(len(looks) == 1 for looks in drawn.values())
    assert len(set.union(*drawn.values())) == 3


def test_it_styles_nothing_that_does_not_exist(sheet: Sheet, ontology: Ontology) -> None:
    known = {"node", "relationship", "node.Actor"}
    known |= {f"node.{label}" for label in (*map(kind_label, ontology.kinds), *RECORDS)}
    known |= {f"relationship.{relationship_type(name)}" for name in ontology.relations}

    assert sheet.keys() == known
    # The rule for all actors comes before those for each kind, since the last one counts.
    assert list(sheet)[:3] == ["node", "relationship", "node.Actor"]


def test_browser_loses_nothing_of_it(sheet: Sheet) -> None:
    """A comment kills the first rule; a colon or semicolon in a value kills its line."""
    lines = [line for line in style().splitlines() if line.startswith("  ")]

    assert len(lines) == sum(len(rule) for rule in sheet.values())
    assert "/*" not in style()
    assert "//" not in style()


def test_hostile_and_friendly_differ_in_more_than_hue(sheet: Sheet) -> None:
    looks = [sheet[f"relationship.{name}"] for name in ("BACKS", "ATTACKS", "MEDIATES")]

    widths = [int(look["shaft-width"].removesuffix("px")) for look in looks]
    assert widths == [10, 16, 1]
    for one, other in combinations(looks, 2):
        for seen in ("full", "protanopia", "deuteranopia"):
            light = [FROM_LIGHT[seen] @ linear(look["color"]) for look in (one, other)]
            assert float(np.abs(light[0] - light[1]).max()) > 0.15, seen


def test_captions_of_actors_and_records_can_be_read(sheet: Sheet) -> None:
    for selector, rule in sheet.items():
        if selector.startswith("node"):
            assert contrast(rule["color"], rule["text-color-internal"]) >= READABLE, selector


def test_captions_of_ties_can_be_read_on_a_light_and_on_a_dark_canvas(sheet: Sheet) -> None:
    """Browser writes them in the colour of its theme, whatever a style says, and inside the line
    where that is wider than the letters are high."""
    letters = float(sheet["relationship"]["font-size"].removesuffix("px"))
    ties = [rule for selector, rule in sheet.items() if selector.startswith("relationship.")]
    inside = [rule for rule in ties if float(rule["shaft-width"].removesuffix("px")) > letters]

    assert {rule["color"] for rule in ties} - {rule["color"] for rule in inside} == {"#8A8A8A"}
    for rule in inside:
        assert all(contrast(rule["color"], text) >= LEGIBLE for text in TEXT_OF_THEMES)
    for rule in ties:
        assert contrast(rule["color"], sheet["relationship"]["text-color-internal"]) >= READABLE
