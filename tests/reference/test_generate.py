"""The generator on a small folder of made-up lists."""

import csv
import gzip
from pathlib import Path

import pytest

from graph_service.domain.actors import Actor, Scope
from graph_service.reference.dictionary import entries
from graph_service.reference.generate import COUNTS, FILE, PROVENANCE, actors, counted, main, told
from graph_service.reference.leaders import COUNTRIES
from graph_service.reference.states import CODES

DICTIONARY = """\
# made up
IRAN_  [IRN]
+IRANIAN_

ALI_DAEI_KHAN_ ; a comment
+PRIME_MINISTER_ALI_DAEI_KHAN
+DAEI
+ALI_D._KHAN
	[IRNELI 700101-890802]
	[IRNGOV 890803-970803] [IRNELI]
SHEIKH_OMAR_IBN_ZAID_
	[IRNGOV >010605]
	[IRNELI]
MINISTER_OF_MONTHS_
	[IRNGOVMIL 050101-060531]
NO_ELITE_
	[IRNGOV 050101-060531]
LONG_AGO_PERSON
	[IRNELI 500101-700101]
	[IRNGOV 700101-800101]
TURNED_ROUND_DAYS
	[IRNELI]
	[IRNGOV 970803-890803]
BARON_DAVID_
	[IRNGOV 890803-970803]
	[IRNELI]
AKBAR_HASHEMI_RAFSANJANI_
	[IRNGOV 890803-970803]
	[IRNELI]
SAME_NAMED_PERSON_
	[IRNGOV 890803-970803]
	[IRNELI]

SPAIN_  [ESP]
SAME_NAMED_PERSON_
	[ESPGOV 20010203-20040506]
	[ESPELI]
JORGE_DEL_RIO-MCDONALD_
	[ESPGOV 20010203-20040506] [ESPGOV 030101-050607]
	[ESPELI]
ELSEWHERE_CODED_PERSON
	[IRNGOV 890803-970803]
	[IRNELI]
"""

HEADER = (
    "ISO3166-1-Alpha-2", "ISO3166-1-Alpha-3", "ISO3166-1-numeric", "wikidata_id", "is_independent",
    "CLDR display name", "Capital", "official_name_en", "UNTERM English Short",
)  # fmt: skip
ROWS = (
    ("IR", "IRN", "364", "https://www.wikidata.org/wiki/Q794", "Yes", "Iran", "Tehran", "Iran", ""),
    ("ES", "ESP", "724", "", "Yes", "Spain", "Madrid", "Spain (the)", "Spain*"),
    ("AX", "ALA", "248", "", "Part of FI", "Åland Islands", "Mariehamn", "", ""),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in (CODES, COUNTRIES):
        (tmp_path / name).parent.mkdir(exist_ok=True)
    with (tmp_path / CODES).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((HEADER, *ROWS))
    (tmp_path / COUNTRIES).write_bytes(gzip.compress(DICTIONARY.encode()))
    return tmp_path


@pytest.fixture
def made(data: Path) -> dict[str, Actor]:
    return {actor.id: actor for actor in actors(data)}


def others(actor: Actor) -> list[str]:
    return [alias.text for alias in actor.aliases]


def test_a_state_has_its_codes_and_its_capital(made: dict[str, Actor]) -> None:
    iran = made["iran"]

    assert ("wikidata", "Q794") in iran.ids
    assert [alias.scope for alias in iran.aliases if alias.text == "Tehran"] == [Scope.METONYM]
    assert "aland-islands" not in made


def test_who_led_a_state_is_taken_with_full_names_and_days(made: dict[str, Actor]) -> None:
    leader = made["ali-daei-khan"]

    assert leader.name == "Ali Daei Khan"
    assert others(leader) == ["Ali D. Khan"]
    assert leader.description == (
        "In the government of Iran 1989-08-03 to 1997-08-03 (Phoenix dictionary)."
    )


def test_a_title_that_is_worn_is_another_name_and_an_open_term_has_a_first_day(
    made: dict[str, Actor],
) -> None:
    leader = made["omar-ibn-zaid"]

    assert others(leader) == ["Omar bin Zaid", "Sheikh Omar ibn Zaid"]
    assert "from 2001-06-05" in (leader.description or "")


def test_a_first_day_that_is_only_where_a_list_begins_is_left_out(made: dict[str, Actor]) -> None:
    leader = made["jorge-del-rio-mcdonald"]

    assert leader.name == "Jorge del Rio-McDonald"
    assert "2001-02-03 to 2004-05-06 (" in (leader.description or "")


@pytest.mark.parametrize(
    "id_",
    [
        "minister-of-months",
        "no-elite",
        "long-ago-person",
        "turned-round-days",
        "david",
        "baron-david",
        "same-named-person",
        "elsewhere-coded-person",
    ],
)
def test_whoever_is_not_surely_a_leader_is_left_out(made: dict[str, Actor], id_: str) -> None:
    assert id_ not in made


def test_who_is_written_by_hand_stays_as_written(made: dict[str, Actor]) -> None:
    by_hand = told("leaders")["leaders"]["Akbar Hashemi Rafsanjani"]

    assert made["akbar-hashemi-rafsanjani"].description == by_hand["about"]


def test_parliaments_are_those_of_the_states_that_there_are(made: dict[str, Actor]) -> None:
    assert "Iranian parliament" in others(made["islamic-consultative-assembly"])
    assert "Parliament of Spain" in others(made["cortes-generales"])
    assert "seimas" not in made


def test_the_set_is_written_with_the_counts_of_its_kinds(data: Path, tmp_path: Path) -> None:
    into = tmp_path / "made"
    into.mkdir()
    main(str(data), into)
    lines = (into / FILE).read_bytes().splitlines()
    main(str(data), into)

    assert (into / FILE).read_bytes().splitlines() == lines == sorted(lines)
    assert f"| all | {len(lines):,} |" in (into / PROVENANCE).read_text("utf-8")


def test_counting_twice_changes_nothing() -> None:
    once = counted(f"before\n{COUNTS}\n{COUNTS}\nafter", [Actor("a", "state", "A")])

    assert counted(once, [Actor("a", "state", "A")]) == once
    assert "| state | 1 |" in once


def test_a_dictionary_that_is_not_utf8_is_read_as_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt.gz"
    path.write_bytes(
        gzip.compress("MANFRED_WÖRNER_\n\t[IGOWSTNAT 880701-940813]\n".encode("latin-1"))
    )

    [entry] = entries(path)

    assert (entry.name, entry.codes) == ("MANFRED_WÖRNER_", ["IGOWSTNAT 880701-940813"])
