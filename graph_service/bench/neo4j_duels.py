"""What is asked of the index and of Cypher side by side, and when their answers agree."""

import numpy as np

from graph_service.bench.duels import Duel, Rival
from graph_service.bench.neo4j_peer import ALL, InCypher, Indexed, Rows
from graph_service.bench.questions import TOLERANCE, Tie, pairs
from graph_service.bench.worlds import World
from graph_service.domain.ontology import Ontology
from graph_service.queries.answers import Answer
from graph_service.queries.neighbours import Neighbourhood

PEER = "Cypher"
TIES, WITH_EVIDENCE, PATHS, TARGETS = 200, 50, 50, 3
CLAIMS_OF_TARGETS = (10, 100, 1000)
"""In about how many claims a target takes part. Over the largest hubs Cypher takes minutes."""
SECONDS = 300.0
"""After which no further question of one kind is asked."""


def duels(world: World, index: Indexed, cypher: InCypher, seed: int) -> tuple[Duel, ...]:
    """Every kind of question that both can answer."""
    draw = np.random.default_rng(seed)
    actors = [one for one, _ in pairs(world, TIES, draw)]
    words = world.ontology
    drawn = Rival(
        cypher.ties, lambda _, ours, theirs: _same_drawn(words, index.named(ours), theirs)
    )
    told = Rival(cypher.neighbours, lambda _, ours, theirs: _same_ties(ours, theirs))
    return (
        Duel("ties of an actor", actors, index.ties, {PEER: drawn}),
        Duel("ties with evidence", actors[:WITH_EVIDENCE], index.neighbours, {PEER: told}),
        _paths(index, cypher, pairs(world, PATHS, draw)),
        *(
            _leverage(index, cypher, targets, claims)
            for claims in CLAIMS_OF_TARGETS
            if (targets := targets_in(world, claims))
        ),
    )


def targets_in(world: World, claims: int) -> tuple[str, ...]:
    """Some of the actors that take part in about so many claims, none where nobody does."""
    degrees = world.degrees()
    degrees[[n for n, actor in enumerate(world.actors) if actor.id == "unknown"]] = 0
    nearest = np.argsort(abs(degrees - claims), kind="stable")[:TARGETS].tolist()
    return tuple(
        world.actors[place].id for place in nearest if claims <= 2 * degrees[place] <= 4 * claims
    )


def _paths(index: Indexed, cypher: InCypher, asked: tuple[tuple[str, str], ...]) -> Duel:
    """A path of fewest hops between two actors; of equally long ones any will do."""
    rival = Rival(cypher.path, lambda _, ours, theirs: _same_length(ours, theirs))
    return Duel("shortest path", asked, index.path, {PEER: rival}, rounds=1, seconds=SECONDS)


def _leverage(index: Indexed, cypher: InCypher, targets: tuple[str, ...], claims: int) -> Duel:
    """Leverage and coercion in two steps. The index gives its whole answer, with paths and claims
    of the first twenty; Cypher gives everybody's values and the claims behind them."""
    rival = Rival(
        cypher.leverage, lambda target, _, theirs: _same_leverage(index.values(target), theirs)
    )
    name = f"leverage in two steps over actors of {claims:,} claims"
    return Duel(name, targets, index.leverage, {PEER: rival}, rounds=1, seconds=SECONDS)


def _same_drawn(words: Ontology, ours: set[Tie], theirs: Rows) -> bool | None:
    if theirs is None:
        return None
    drawn = {
        (row["other"], row["relation"], row["outward"] or words.relation(row["relation"]).symmetric)
        for row in theirs
    }
    return ours == drawn


def _same_ties(ours: Answer[Neighbourhood], theirs: Rows) -> bool | None:
    """Whether every tie that the index shows is there with the same strength and claims, and none
    beyond them where it shows all."""
    if theirs is None:
        return None
    found = {(row["actor"], row["relation"], row["direction"]): row for row in theirs}
    shown = {
        (other.actor.id, tie.relation, tie.direction.value): tie
        for other in ours.data.hops[0]
        for tie in other.ties
    }
    is_whole = ours.page is None or ours.page.next_cursor is None
    return (not is_whole or shown.keys() == found.keys()) and all(
        key in found
        and abs(found[key]["exact"] - tie.strength) <= TOLERANCE
        and found[key]["claims"] == sorted(claim.id for claim in tie.claims)
        for key, tie in shown.items()
    )


def _same_length(ours: tuple[int, ...] | None, theirs: Rows) -> bool | None:
    if theirs is None:
        return None
    return len(ours or ()) == (len(theirs[0]["actors"]) if theirs else 0)


def _same_leverage(ours: tuple[dict[str, float], dict[str, float]], theirs: Rows) -> bool | None:
    """Whether everybody has the same values, as far as the index lists them."""
    if theirs is None:
        return None
    return all(
        _same_values(values, {row["actor"]: row["exact"][place] for row in theirs})
        for place, values in enumerate(ours)
    )


def _same_values(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    if len(ours) < ALL and ours.keys() != {actor for actor, value in theirs.items() if value > 0}:
        return False
    return all(abs(theirs.get(actor, 0.0) - value) <= TOLERANCE for actor, value in ours.items())
