from pathlib import Path

import pytest

from graph_service.domain.errors import InvalidRecord
from graph_service.stores.embedded import EmbeddedStore
from tests.stores.telling import ONTOLOGY, actor, claim, nouns

MANY = 100_000


@pytest.mark.slow
def test_of_a_hundred_thousand_records_with_a_bad_last_one_nothing_stays(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "claims.sqlite", ONTOLOGY)
    store.append(nouns(), by="desk")
    head = store.head()
    records = [*(actor(f"a{n}") for n in range(MANY)), claim("nobody")]

    for bundle in (records, iter(records)):
        with pytest.raises(InvalidRecord, match="'nobody'"):
            store.append(bundle, by="desk")

    assert store.head() == head
    assert store.about("actor:a0") == ()
    receipt = store.append(records[:-1], by="desk")
    assert receipt.written == MANY
    assert store.verify().sequence == head.sequence + MANY
    store.close()
