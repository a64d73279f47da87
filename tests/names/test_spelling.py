import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from graph_service.domain.actors import Actor
from graph_service.names.index import Names
from graph_service.names.spelling import MOST_WORDS, NEAR_WORD, Spellings

words = st.text("abcdehiklmnorstuz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hizbulah", "hezbollah"),
        ("isreal", "israel"),
        ("rusia", "russia"),
        ("hams", "hamas"),
        ("netanyahoo", "netanyahu"),
        ("qaddafi", "gaddafi"),
        ("yemne", "yemen"),
    ],
)
def test_a_slip_or_another_spelling_is_found(text: str, word: str) -> None:
    others = ["hamadan", "hezekiah", "lebanon", "germany", "japan", "netherlands", "islamabad"]
    assert Spellings([*others, word]).like(text) == [word]


@given(st.sets(words, max_size=20), words)
def test_what_is_found_is_spelt_nearly_so_and_nearest_first(known: set[str], word: str) -> None:
    found = Spellings(sorted(known)).like(word)
    likeness = [fuzz.ratio(word, other) for other in found]
    assert set(found) <= known
    assert len(found) <= MOST_WORDS
    assert all(score >= NEAR_WORD for score in likeness)
    assert likeness == sorted(likeness, reverse=True)


@given(st.sets(words, max_size=20), words)
def test_a_word_that_is_known_is_found_first(known: set[str], word: str) -> None:
    assert Spellings(sorted(known | {word})).like(word)[0] == word


@given(st.lists(words, unique=True, min_size=1, max_size=20), st.data())
def test_a_word_that_was_forgotten_is_not_found_and_all_others_are(
    known: list[str], data: st.DataObject
) -> None:
    spellings = Spellings(known)
    gone = data.draw(st.sampled_from(known))
    spellings.remove(gone)
    kept = [word for word in known if word != gone]
    fresh = Spellings(kept)
    assert gone not in spellings.like(gone)
    assert all(spellings.like(word) == fresh.like(word) for word in known)


def test_a_name_of_thousands_is_one_of_each_of_them() -> None:
    names = Names(Actor(f"m{n:04d}", "agency", "Ministry") for n in range(3_000))
    main = names.main("m2999")
    assert main is not None
    assert main.actor == "m2999"
    names.put(Actor("m2999", "agency", "Office"))
    changed = names.main("m2999")
    assert changed is not None
    assert changed.text == "Office"
