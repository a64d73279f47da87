"""Questions of every kind, generated: what is asked about, from where, and within which bounds."""

from collections.abc import Iterator
from random import Random

from graph_service.questions import QUESTIONS, Question
from tests.sayings import TIMES
from tests.worlds import AS_OF, vocabulary

NOBODY = "nobody"
SIGNS = ("+", "-", "0", "mixed")
Parameters = dict[str, str]


def questions(draw: Random, names: tuple[str, ...], number: int) -> Iterator[Question]:
    """So many questions about these actors, and now and then about one that nobody knows."""
    for _ in range(number):
        name = draw.choice(tuple(QUESTIONS))
        yield Question(name, _about(draw, name, names) | _within(draw, name) | _from(draw))


def _about(draw: Random, name: str, names: tuple[str, ...]) -> Parameters:
    one, other = draw.sample((*names, NOBODY) if draw.random() < 0.05 else names, 2)
    if name == "leverage" and draw.random() < 0.3:
        return {"id": one, "by": other}
    if name == "neighbours" and draw.random() < 0.2:
        return {"id": one, "among": other}
    everybody, seldom = ",".join(names), draw.random() < 0.4
    forms: dict[str, Parameters] = {
        "paths": {"from": one, "to": other},
        **{
            pair: {"between": f"{one},{other}"} for pair in ("mediators", "alignment", "comparison")
        },
        "timeline": {"actors": f"{one},{other}" if seldom else one},
        "changes": {"actor": one, "other": other} if seldom else {"actor": one},
        **{camp: {"actors": everybody} if seldom else {} for camp in ("balance", "blocs")},
        "brokers": {} if seldom else {"over": one},
        "coverage": {} if seldom else {"actor": one},
    }
    return forms.get(name, {"id": one})


def _within(draw: Random, name: str) -> Parameters:
    """Bounds; each is given in one question of two or fewer."""
    words = vocabulary()
    ranked = {"channels": _some(draw, words.channels), "hops": _whole(draw, 3),
              "limit": _whole(draw, 6), "paths": _whole(draw, 4)}  # fmt: skip
    ties = {"relations": _some(draw, words.relations, 12), "families": _some(draw, words.families),
            "sign": draw.choice(SIGNS), "direction": draw.choice(("out", "in", "both"))}  # fmt: skip
    possible = {
        "leverage": ranked | {"uncertainty": draw.choice(("false", "false", "true"))},
        "influence": ranked,
        "neighbours": ties
        | {"hops": _whole(draw, 3), "limit": _whole(draw, 9), "since": draw.choice(AS_OF)},
        "paths": ties
        | {
            "hops": _whole(draw, 4),
            "k": _whole(draw, 5),
            "order": draw.choice(("fewest", "strongest", "time")),
        },
        "mediators": {"limit": _whole(draw, 4), "belligerents": "true", "one_sided": "true"},
        "timeline": {
            "together": "true", "since": draw.choice(AS_OF), "limit": _whole(draw, 6),
            "families": _some(draw, words.families), "sign": draw.choice(SIGNS[:3]),
        },
        "changes": {
            "from": draw.choice(AS_OF), "known_from": draw.choice(TIMES).isoformat(),
            "limit": _whole(draw, 6),
        },
        "alignment": {"since": draw.choice(AS_OF), "step": draw.choice(("year", "month"))},
        "balance": {"limit": _whole(draw, 4), "size": _whole(draw, 6)},
        "blocs": {"size": _whole(draw, 6)},
        "brokers": {"limit": _whole(draw, 4)},
        "comparison": {"limit": _whole(draw, 4)},
        "coverage": {"limit": _whole(draw, 4)},
        "latent": {"limit": _whole(draw, 4)},
    }[name]  # fmt: skip
    return {key: text for key, text in possible.items() if draw.random() < 0.35}


def _from(draw: Random) -> Parameters:
    """A standpoint."""
    where = {"as_of": draw.choice(AS_OF)}
    if draw.random() < 0.25:
        where["known_at"] = draw.choice(TIMES).isoformat()
    if draw.random() < 0.25:
        where["dates"] = "possible"
    if draw.random() < 0.2:
        where["min_confidence"] = draw.choice(("0.3", "0.5", "0.9"))
    if draw.random() < 0.3:
        where["fold"] = "state"
    return where


def _some(draw: Random, words: object, most: int = 3) -> str:
    known = sorted(words)  # type: ignore[call-overload] # names, or a mapping by them
    return ",".join(draw.sample(known, draw.randint(1, min(most, len(known)))))


def _whole(draw: Random, most: int) -> str:
    return str(draw.randint(1, most))
