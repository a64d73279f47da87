import threading
import time

from graph_service.stores.base import Receipt
from graph_service.stores.bundles import Bundle, Bundles

DONE = Receipt(1, 1, 0, (), ())


def test_writes_that_wait_are_committed_together() -> None:
    groups: list[int] = []
    started, held = threading.Event(), threading.Event()

    def commit(group: list[Bundle]) -> None:
        started.set()
        held.wait(10)
        groups.append(len(group))
        for bundle in group:
            bundle.settle(DONE)

    bundles = Bundles(commit, patience=60)
    receipts: list[Receipt] = []
    threads = [
        threading.Thread(target=lambda: receipts.append(bundles.submit(Bundle([], "x", False))))
        for _ in range(6)
    ]
    threads[0].start()
    started.wait(10)
    for thread in threads[1:]:
        thread.start()
    while bundles.waiting < 5:
        time.sleep(0.001)
    held.set()
    for thread in threads:
        thread.join()

    assert groups == [1, 5]
    assert receipts == [DONE] * 6


def test_a_stream_is_committed_alone() -> None:
    groups: list[list[bool]] = []
    started, held = threading.Event(), threading.Event()

    def commit(group: list[Bundle]) -> None:
        started.set()
        held.wait(10)
        groups.append([bundle.streams for bundle in group])
        for bundle in group:
            bundle.settle(DONE)

    bundles = Bundles(commit, patience=60)
    waiting = [Bundle(iter(()), "x", False), Bundle([], "x", False), Bundle([], "x", False)]
    first = threading.Thread(target=bundles.submit, args=(Bundle([], "x", False),))
    first.start()
    started.wait(10)
    threads = [threading.Thread(target=bundles.submit, args=(bundle,)) for bundle in waiting]
    for thread in threads:
        thread.start()
    while bundles.waiting < 3:
        time.sleep(0.001)
    held.set()
    for thread in (first, *threads):
        thread.join()

    assert sorted(groups) == [[False], [False, False], [True]]
