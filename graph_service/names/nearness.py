"""Ids that come near another one."""

from collections.abc import Sequence

from rapidfuzz import process

NEAR_ENOUGH = 70.0


def near(id_: str, ids: Sequence[str]) -> list[str]:
    """The three ids that are spelt most like this one, the nearest first.

    >>> near("frence", ["france", "iran"])
    ['france']
    """
    return [id_ for id_, *_ in process.extract(id_, ids, limit=3, score_cutoff=NEAR_ENOUGH)]
