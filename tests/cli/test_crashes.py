import random
from collections import Counter
from pathlib import Path

import pytest

from graph_service.domain.claims import Decision
from graph_service.domain.sources import Source
from graph_service.stores.base import Entry
from graph_service.stores.embedded import EmbeddedStore
from tests.cli.crashes import TITLES, Crashes
from tests.stores.telling import ONTOLOGY, nouns

pytestmark = pytest.mark.slow


def entries_after(crashes: Crashes) -> list[Entry]:
    """The log, once it was found sound and without a gap."""
    store = EmbeddedStore(crashes.store, ONTOLOGY)
    head, entries = store.verify(), list(store.entries())
    store.close()
    assert [entry.sequence for entry in entries] == list(range(1, head.sequence + 1))
    return entries


def issues(entries: list[Entry]) -> Counter[str]:
    """How often each source was issued, but for the one that was there."""
    ids = [entry.record.id for entry in entries if isinstance(entry.record, Source)]
    return Counter(id_ for id_ in ids if id_ != "paper")


def test_a_service_killed_twenty_times_in_the_middle_of_writes_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    crashes = Crashes(tmp_path, keyed=True, draw=random.Random(1))

    crashes.run(kills=20, writers=4)

    entries = entries_after(crashes)
    bundles = [write for write in crashes.writes if write.path == "/v1/records"]
    decisions = [entry.record for entry in entries if isinstance(entry.record, Decision)]
    assert len(bundles) > 100
    assert crashes.lost >= 20
    assert crashes.replays > 20
    assert set(issues(entries).values()) == {len(TITLES)}
    assert len(issues(entries)) == len(bundles)
    assert len(decisions) == len(crashes.writes) - len(bundles)
    assert len(entries) == len(nouns()) + (len(TITLES) + 1) * len(bundles) + len(decisions)
    for write in crashes.writes:
        assert write.answer is not None
        about = entries[write.answer["meta"]["sequence"] - 1].record
        told = about.evidence if isinstance(about, Decision) else about.evidence[0].id
        assert [told] == write.answer["data"]["evidence"]


def test_without_keys_the_same_writers_double_what_they_send_again(tmp_path: Path) -> None:
    crashes = Crashes(tmp_path, keyed=False, draw=random.Random(1))

    crashes.run(kills=2, writers=4)

    assert crashes.replays == 0
    assert max(issues(entries_after(crashes)).values()) > len(TITLES)
