"""What every store keeps. A store's tests inherit `StoreContract` and say how one is opened.

The tests themselves are in `promises`, a theme a module.
"""

from pathlib import Path
from typing import Any

import pytest

from graph_service.stores.base import Store
from tests.stores.promises.concurrency import WritesTogether
from tests.stores.promises.copying import CopiesLogs
from tests.stores.promises.evidence import KeepsEvidence
from tests.stores.promises.judgements import KeepsJudgements
from tests.stores.promises.log import KeepsALog
from tests.stores.promises.once import RemembersWrites
from tests.stores.promises.refusals import Refuses
from tests.stores.promises.taking import TakesLines
from tests.stores.telling import claim, nouns, source


class StoreContract(
    CopiesLogs,
    KeepsALog,
    KeepsEvidence,
    KeepsJudgements,
    Refuses,
    RemembersWrites,
    TakesLines,
    WritesTogether,
):
    """A store opened by the fixture `store` behaves like every other."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Any:  # noqa: ANN401 - a store, or one that yields it
        raise NotImplementedError

    @pytest.fixture
    def begun(self, store: Store) -> Store:
        store.append([*nouns(), source("undated", published=None), claim()], by="desk")
        return store
