"""Reading one's own writes: a question may wait until the store holds the entry it wants to see."""

import asyncio

from anyio.to_thread import run_sync

from graph_service.stores.base import Head, Store

FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.1


class Behind(Exception):
    """The store stands at an earlier entry than the question wants to see."""

    def __init__(self, stands: int, wanted: int) -> None:
        super().__init__(f"the store stands at entry {stands}, and {wanted} is wanted")


async def wait_for(store: Store, sequence: int, *, seconds: float) -> None:
    """Return once the log has that entry; raises `Behind` after so many seconds, and `StoreError`
    where the store cannot say."""
    loop = asyncio.get_running_loop()
    end, pause = loop.time() + seconds, FIRST_PAUSE
    while (stands := (await _head(store)).sequence) < sequence:
        left = end - loop.time()
        if left <= 0:
            raise Behind(stands, sequence)
        await asyncio.sleep(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)


async def _head(store: Store) -> Head:
    return store.head() if store.is_local else await run_sync(store.head)
