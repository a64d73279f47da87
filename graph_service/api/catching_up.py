"""Reading one's own writes: a question may wait until the store holds the entry it wants to see."""

import asyncio

from graph_service.stores.base import Store

FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.1


class Behind(Exception):
    """The store stands at an earlier entry than the question wants to see."""

    def __init__(self, stands: int, wanted: int) -> None:
        super().__init__(f"the store stands at entry {stands}, and {wanted} is wanted")


async def wait_for(store: Store, sequence: int, *, seconds: float) -> None:
    """Return once the log has that entry; raises `Behind` after so many seconds."""
    loop = asyncio.get_running_loop()
    end, pause = loop.time() + seconds, FIRST_PAUSE
    while (stands := store.head().sequence) < sequence:
        left = end - loop.time()
        if left <= 0:
            raise Behind(stands, sequence)
        await asyncio.sleep(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)
