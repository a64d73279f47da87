"""Any bit of a store's file may flip: the answers stay right, or the store says that it is not."""

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import StoreCorrupt, StoreError
from graph_service.stores.base import Entry, Store
from graph_service.stores.embedded import EmbeddedStore
from graph_service.stores.graph import open_graph
from tests.stores.telling import ONTOLOGY, claim, decided, foreseen, judged, nouns

RECORD = claim(passage="It says so.", status="proposed")
KEYS = ("actor:iran", "source:paper", RECORD.claim.id, RECORD.evidence[0].id)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "claims.sqlite"
    store = EmbeddedStore(path, ONTOLOGY, around=foreseen())
    store.append([*nouns(), RECORD, decided(RECORD, "accepted", reason="Yes."), judged()], by="me")
    store.close()
    return path.read_bytes()


def told_about(store: Store) -> list[tuple[Entry, ...]]:
    return [store.about(key) for key in KEYS]


def listed(store: Store) -> list[Entry]:
    return list(store.entries())


def end(store: Store) -> object:
    return store.head()


ASKED: tuple[Callable[[Store], object], ...] = (listed, told_about, end)


def seen(path: Path) -> list[ClaimRecord]:
    graph = open_graph(str(path), ontology=ONTOLOGY, create=False)
    try:
        graph.view(as_of=740_000)
        list(graph.records())
        return [graph.claim(record.claim.id).record for record in graph.claims()]
    finally:
        graph.close()


def answers(path: Path) -> list[object]:
    """What the store answers, None in place of what it refuses; raises nothing but `StoreError`."""
    store = EmbeddedStore(path, ONTOLOGY, create=False)
    try:
        return [answer(ask, store) for ask in ASKED]
    finally:
        store.close()


def answer(ask: Callable[[Store], object], store: Store) -> object:
    with suppress(StoreError):
        return ask(store)
    return None


def is_sound(path: Path) -> bool:
    try:
        store = EmbeddedStore(path, ONTOLOGY, create=False)
    except StoreError:
        return False
    try:
        store.verify()
    except StoreError:
        return False
    finally:
        store.close()
    return True


def places(sound: bytes, seed: int) -> list[int]:
    """Places in the file that hold something, in no order."""
    held = [place for place, byte in enumerate(sound) if byte]
    return random.Random(seed).sample(held, 60)


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_gives_right_answers_or_is_said_to_be_damage(
    sound: bytes, tmp_path: Path, bit: int
) -> None:
    path = tmp_path / "claims.sqlite"
    path.write_bytes(sound)
    right = [*answers(path), seen(path)]

    for place in places(sound, bit):
        path = tmp_path / f"{place}.sqlite"
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :])
        given: list[object] = []
        with suppress(StoreError):
            given += answers(path)
        with suppress(StoreError):
            given += [None] * (len(ASKED) - len(given)) + [seen(path)]
        differs = any(one not in (None, other) for one, other in zip(given, right, strict=False))
        assert not (differs and is_sound(path)), f"bit {bit} of byte {place}"


@pytest.mark.parametrize(
    ("kept", "damaged"),
    [
        (b'"object":"hamas"', b'"object":"ham\xffs"'),
        (b'"when":"2024-05-01"', b'"when":"20\xb24-05-01"'),
        (b'"confidence"', b'"confidencd"'),
        (b'"relation":"arms"', b'"relation":"brms"'),
    ],
)
def test_a_damaged_entry_is_named_with_what_to_do(
    sound: bytes, tmp_path: Path, kept: bytes, damaged: bytes
) -> None:
    path = tmp_path / "claims.sqlite"
    assert sound.count(kept) == 1
    path.write_bytes(sound.replace(kept, damaged))

    store = EmbeddedStore(path, ONTOLOGY)
    for ask in (listed, told_about, EmbeddedStore.verify):
        with pytest.raises(StoreCorrupt, match=r"entry .*backup"):
            ask(store)
    store.close()
    with pytest.raises(StoreCorrupt, match=r"entry .*backup"):
        open_graph(str(path), ontology=ONTOLOGY)
