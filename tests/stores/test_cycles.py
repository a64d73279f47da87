"""Nobody looks for reference cycles while a log is copied, and everybody does again afterwards."""

import gc

import pytest

from graph_service.stores.copying import copy
from graph_service.stores.cycles import unsought
from graph_service.stores.memory import MemoryStore
from tests.stores.promises.copying import filled
from tests.stores.telling import ONTOLOGY


def test_cycles_are_not_sought_while_a_log_is_copied_and_are_afterwards() -> None:
    seen = []
    copy(filled(), MemoryStore(ONTOLOGY), progress=lambda done, total: seen.append(gc.isenabled()))

    assert seen
    assert not any(seen)
    assert gc.isenabled()


def test_cycles_are_sought_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="any"), unsought():
        raise ValueError("any")

    assert gc.isenabled()


def test_who_does_not_want_them_sought_is_not_overruled() -> None:
    gc.disable()
    try:
        with unsought():
            pass

        assert not gc.isenabled()
    finally:
        gc.enable()
