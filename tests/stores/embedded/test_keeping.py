from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_service.domain.errors import InvalidRecord, StoreError, StoreUnavailable
from graph_service.domain.records import Record
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.telling import ONTOLOGY, actor, claim


def test_a_log_is_there_again_after_it_was_closed(store: EmbeddedStore, path: Path) -> None:
    store.append([claim(passage="It says so.")], by="desk")
    head, entries = store.head(), list(store.entries())
    store.close()

    again = EmbeddedStore(path, ONTOLOGY, create=False)

    assert again.verify() == head
    assert list(again.entries()) == entries
    again.close()


def test_a_closed_store_says_so(store: EmbeddedStore) -> None:
    store.close()
    store.close()

    for ask in (
        store.head,
        store.verify,
        lambda: list(store.entries()),
        lambda: store.append([actor("egypt")], by="desk"),
    ):
        with pytest.raises(StoreUnavailable, match="closed"):
            ask()


def test_an_interrupted_write_leaves_nothing(store: EmbeddedStore) -> None:
    head = store.head()

    def interrupted() -> Iterator[Record]:
        yield actor("egypt")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.append(interrupted(), by="desk")

    assert store.verify() == head
    store.append([actor("egypt")], by="desk")


def test_erased_texts_leave_no_trace_in_the_files(store: EmbeddedStore, path: Path) -> None:
    record = claim(passage="An unmistakable sentence. " * 300)
    store.append([record], by="desk")

    store.erase(record.evidence[0].id)

    left = b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())
    assert b"unmistakable" not in left


def test_only_the_trouble_of_a_store_is_a_store_error(store: EmbeddedStore) -> None:
    with pytest.raises(InvalidRecord) as refused:
        store.append([claim("nobody")], by="desk")

    assert not isinstance(refused.value, StoreError)
