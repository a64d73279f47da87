"""Correlation clustering: parties of actors such that friends stand together and foes apart.

The partition sought has the largest sum of alignments within parties (Bansal, Blum & Chawla 2004;
Doreian & Mrvar 1996). From several random starts actors move to the party that they are most
aligned with, or to one of their own, and parties that are aligned on balance join, until nothing
gains; the best of the starts is taken. Seeded: the same each time.
"""

from collections.abc import Iterable, Sequence
from random import Random

SEED = 1
GAIN = 1e-9
MOST_PASSES = 50

Neighbours = Sequence[Sequence[tuple[int, float]]]
Partition = list[int]


def neighbours(count: int, ties: Iterable[tuple[int, int, float]]) -> list[list[tuple[int, float]]]:
    """The signed ties at each of so many actors, from ties (one, other, alignment)."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for one, other, value in ties:
        found[one].append((other, value))
        found[other].append((one, value))
    return found


def clustered(near: Neighbours, starts: int) -> Partition:
    """The party of each actor, by number; actors without a friend have their own.

    >>> ties = [(0, 1, 0.5), (1, 2, 0.5), (0, 2, -0.2), (2, 3, -0.9)]
    >>> clustered(neighbours(4, ties), starts=4)
    [0, 0, 0, 1]
    """
    draw = Random(SEED)
    found = [settled(near, _start(draw, len(near), n), draw) for n in range(max(starts, 1))]
    return numbered(max(found, key=lambda party: round(agreement(near, party), 9)))


def settled(near: Neighbours, party: Partition, draw: Random) -> Partition:
    """The partition after every move and every joining that gains."""
    party = list(party)
    order = list(range(len(near)))
    for _ in range(MOST_PASSES):
        draw.shuffle(order)
        moved = sum(_move(near, party, actor) for actor in order)
        if not moved and not _join(near, party):
            break
    return _split(near, party)


def _split(near: Neighbours, party: Partition) -> Partition:
    """The partition whose parts are held together by friends: no part of it agrees less."""
    parts = list(range(len(near)))

    def first(actor: int) -> int:
        while parts[actor] != actor:
            parts[actor] = parts[parts[actor]]
            actor = parts[actor]
        return actor

    for actor, ties in enumerate(near):
        for other, value in ties:
            if value > 0 and party[actor] == party[other]:
                parts[first(actor)] = first(other)
    return [first(actor) for actor in range(len(near))]


def agreement(near: Neighbours, party: Partition) -> float:
    """The sum of alignments within parties.

    >>> agreement(neighbours(3, [(0, 1, 0.5), (1, 2, -0.5)]), [0, 0, 1])
    0.5
    """
    return sum(
        value
        for actor, ties in enumerate(near)
        for other, value in ties
        if actor < other and party[actor] == party[other]
    )


def numbered(party: Partition) -> Partition:
    """The same partition, its parties numbered as their first actors come."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(each, len(numbers)) for each in party]


def _start(draw: Random, count: int, number: int) -> Partition:
    """Everybody alone first, then random parties."""
    if number == 0:
        return list(range(count))
    return [draw.randrange(max(2, min(count, 2 + number))) for _ in range(count)]


def _move(near: Neighbours, party: Partition, actor: int) -> bool:
    """Move an actor to where it is most aligned; whether that gained."""
    sums: dict[int, float] = {}
    for other, value in near[actor]:
        sums[party[other]] = sums.get(party[other], 0.0) + value
    now = sums.get(party[actor], 0.0)
    best, gain = None, GAIN
    for there, value in sums.items():
        if value - now > gain:
            best, gain = there, value - now
    if -now > gain:
        best = _free(party, actor)
    if best is None:
        return False
    party[actor] = best
    return True


def _free(party: Partition, actor: int) -> int:
    """A number that no party has; what an actor of its own is given."""
    return max(max(party), len(party)) + 1 + actor


def _join(near: Neighbours, party: Partition) -> bool:
    """Join the two parties that are most aligned on balance; whether any two were."""
    sums: dict[tuple[int, int], float] = {}
    for actor, ties in enumerate(near):
        for other, value in ties:
            if actor < other and party[actor] != party[other]:
                pair = min(party[actor], party[other]), max(party[actor], party[other])
                sums[pair] = sums.get(pair, 0.0) + value
    into, best = max(sums.items(), key=lambda one: (one[1], one[0]), default=((0, 0), 0.0))
    if best <= GAIN:
        return False
    party[:] = [into[0] if each == into[1] else each for each in party]
    return True
