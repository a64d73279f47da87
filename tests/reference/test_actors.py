"""Laws of the reference set as it ships."""

import re
from collections import defaultdict

import pytest

from graph_service import reference
from graph_service.domain.actors import Actor, Alias
from graph_service.domain.ontology import load_ontology
from graph_service.dossiers import dossier
from graph_service.importers.native import read_native
from graph_service.names.folding import fold_name
from graph_service.names.index import Names
from graph_service.names.resolution import resolve
from graph_service.reference.generate import told

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_BYTES = 1_500_000
TOO_GENERAL = (
    "police", "government", "parliament", "national assembly", "senate", "army", "the army",
    "military", "rebels", "opposition", "president", "congress", "supreme court", "state",
    "who", "is", "it", "as", "national front", "taliban leader", "security council", "militants",
)  # fmt: skip


@pytest.fixture(scope="module")
def actors() -> dict[str, Actor]:
    return {actor.id: actor for actor in reference.load()}


@pytest.fixture(scope="module")
def names(actors: dict[str, Actor]) -> Names:
    return Names(actors.values())


def test_the_file_is_small_and_sorted_by_id(actors: dict[str, Actor]) -> None:
    data = reference.resource().read_bytes()
    ids = [actor.id for actor in reference.load()]

    assert len(data) <= MOST_BYTES
    assert ids == sorted(ids)
    assert len(ids) == len(actors)


def test_what_is_read_at_a_start_is_what_an_import_reads(actors: dict[str, Actor]) -> None:
    ontology = load_ontology()
    read = list(read_native(reference.resource(), ontology))

    assert read == list(actors.values())


def test_every_id_is_a_slug_and_every_kind_is_one_of_the_ontology(actors: dict[str, Actor]) -> None:
    kinds = load_ontology().kinds

    assert [id_ for id_ in actors if not SLUG.fullmatch(id_)] == []
    assert {actor.kind for actor in actors.values()} <= set(kinds)


def test_every_state_has_a_code_or_is_no_more(actors: dict[str, Actor]) -> None:
    states = [actor for actor in actors.values() if actor.kind == "state"]
    gone = {each["name"] for each in told("states")["gone"]}

    assert {state.name for state in states if "iso3" not in dict(state.ids)} == gone


def test_no_identifier_is_of_two(actors: dict[str, Actor]) -> None:
    bearing = defaultdict(set)
    for actor in actors.values():
        for key in actor.ids:
            bearing[key].add(actor.id)

    assert {key: ids for key, ids in bearing.items() if len(ids) > 1} == {}


def test_only_georgia_is_the_name_of_one_actor_and_another_name_of_a_second(
    actors: dict[str, Actor],
) -> None:
    mains = {fold_name(actor.name): actor.id for actor in actors.values()}
    taken = [
        (alias.text, actor.id)
        for actor in actors.values()
        for alias in actor.aliases
        if mains.get(fold_name(alias.text), actor.id) != actor.id
    ]

    assert len(mains) == len(actors)
    # A state of the world and one of a union: whoever asks for "Georgia" is asked which.
    assert taken == [("Georgia", "georgia-us-state")]


def test_only_names_written_by_hand_are_of_several(actors: dict[str, Actor]) -> None:
    shared = defaultdict(set)
    for actor in actors.values():
        for alias in actor.aliases:
            shared[fold_name(alias.text)].add(actor.id)
    several = {id_ for ids in shared.values() if len(ids) > 1 for id_ in ids}

    assert [id_ for id_ in several if "Phoenix" in (actors[id_].description or "")] == []


@pytest.mark.parametrize("name", TOO_GENERAL)
def test_no_name_is_a_word_for_anybody(names: Names, name: str) -> None:
    assert names.called(name) == []


def test_short_acronyms_are_few_and_of_organisations_known_world_wide(
    actors: dict[str, Actor],
) -> None:
    short = {
        alias.text
        for actor in actors.values()
        for alias in actor.aliases
        if len(fold_name(alias.text)) < 3 and actor.kind != "state"
    }

    assert {text for text in short if text.isascii()} == {"UN", "EU", "G7", "G8"}


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Ansar Allah", "houthis"),
        ("Houthi movement", "houthis"),
        ("Hizballah", "hezbollah"),
        ("Hizbullah", "hezbollah"),
        ("Party of God", "hezbollah"),
        ("the Kremlin", "russia"),
        ("Tehran", "iran"),
        ("Majlis", "islamic-consultative-assembly"),
        ("Iranian parliament", "islamic-consultative-assembly"),
        ("Knesset", "knesset"),
        ("Israeli parliament", "knesset"),
        ("UN", "united-nations"),
        ("U.N.", "united-nations"),
        ("Daesh", "islamic-state"),
        ("Taleban", "taliban"),
        ("PLO", "palestine-liberation-organization"),
        ("Tamil Tigers", "ltte"),
        ("Hizb-i Islami-yi Afghanistan", "hizb-i-islami"),
        ("Iran (Islamic Republic of)", "iran"),
        ("Government of Iran", None),
        ("Binyamin Netanyahu", "benjamin-netanyahu"),
        ("Владимир Путин", "vladimir-putin"),
    ],
)
def test_well_known_names_lead_to_whom_they_mean(
    names: Names, name: str, actor: str | None
) -> None:
    assert resolve(names, name).actor == actor


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Congo", ["democratic-republic-of-the-congo", "republic-of-the-congo"]),
        ("Korea", ["north-korea", "south-korea"]),
        ("Nasrallah", ["hassan-nasrallah", "jawad-nasrallah"]),
        ("House of Commons", ["house-of-commons-of-canada", "uk-house-of-commons"]),
    ],
)
def test_a_name_of_several_is_answered_with_all_of_them(
    names: Names, name: str, meant: list[str]
) -> None:
    found = resolve(names, name)

    assert found.actor is None
    assert [one.actor for one in found.candidates] == meant


def test_a_group_is_found_by_what_ucdp_calls_it(names: Names) -> None:
    assert names.identified("ucdp", "KR") == "khmer-rouge"
    assert names.called("KR") == []


def test_actors_of_the_dossier_are_the_same_there(actors: dict[str, Actor]) -> None:
    known = [
        record
        for record in read_native(dossier("gaza-mediation"), load_ontology())
        if isinstance(record, Actor) and record.id in actors
    ]

    assert {actor.id for actor in known} >= {
        "israel", "hamas", "knesset", "us-congress", "joe-biden", "benjamin-netanyahu",
        "ismail-haniyeh", "israeli-government", "biden-administration", "palestinians",
    }  # fmt: skip
    assert [actor.id for actor in known if actors[actor.id].kind != actor.kind] == []
    assert [
        actor.id for actor in known if _folded(actor).isdisjoint(_folded(actors[actor.id]))
    ] == []


def _folded(actor: Actor) -> set[str]:
    every = (Alias(actor.name), *actor.aliases)
    return {fold_name(alias.text) for alias in every}


def test_every_name_in_another_script_is_of_somebody_and_nobody_else(
    names: Names, actors: dict[str, Actor]
) -> None:
    scripts = told("scripts")

    assert set(scripts) <= set(actors)
    for id_, texts in scripts.items():
        assert {resolve(names, text).actor for _, text in texts} == {id_}


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("حزب الله", "hezbollah"),
        ("أنصار الله", "houthis"),
        ("Хезболла", "hezbollah"),
        ("ООН", "united-nations"),
        ("習近平", "xi-jinping"),
        ("Тегеран", None),
    ],
)
def test_names_in_other_scripts_lead_to_whom_they_mean(
    names: Names, name: str, actor: str | None
) -> None:
    assert resolve(names, name).actor == actor


def test_no_name_holds_signs_that_turn_text_round(actors: dict[str, Actor]) -> None:
    signs = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
    texts = [text for a in actors.values() for text in (a.name, *(b.text for b in a.aliases))]

    assert [text for text in texts if signs.search(text)] == []
