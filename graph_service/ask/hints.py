"""Which question the words of a text point to that is none itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from graph_service.questions import Question

Parameters = dict[str, str]


class Hint(NamedTuple):
    """How words begin that point to a question, of how many actors it is asked, and the parameters
    that it takes of them."""

    stems: tuple[str, ...]
    actors: frozenset[int]
    parameters: Callable[[Sequence[str]], Parameters]


def _between(actors: Sequence[str]) -> Parameters:
    return {"between": ",".join(actors)}


def _changing(actors: Sequence[str]) -> Parameters:
    return dict(zip(("actor", "other"), actors, strict=False))


def _through_time(actors: Sequence[str]) -> Parameters:
    together = {"together": "true"} if len(actors) > 1 else {}
    return {"actors": ",".join(actors)} | together


ONE, TWO = frozenset({1}), frozenset({2})
HINTS: Mapping[str, Hint] = {
    "mediators": Hint(("mediat", "broker", "negotiat", "arbitrat", "truce", "deal"), TWO, _between),
    "comparison": Hint(("compar", "versus", "differ", "stronger", "weaker"), TWO, _between),
    "alignment": Hint(
        ("align", "bias", "close", "friend", "hostil", "lean", "side", "tension"), TWO, _between
    ),
    "changes": Hint(
        ("chang", "learn", "retract", "disput", "develop", "ended"), ONE | TWO, _changing
    ),
    "timeline": Hint(("happen", "event", "histor", "chronolog", "when"), ONE | TWO, _through_time),
    "coverage": Hint(
        ("source", "evidence", "known", "know", "reliab", "stale", "certain"),
        ONE,
        lambda actors: {"actor": actors[0]},
    ),
    "brokers": Hint(
        ("intermediar", "without", "gone", "gatekeep"), ONE, lambda actors: {"over": actors[0]}
    ),
    "latent": Hint(
        ("secret", "covertly", "hidden", "quiet"), ONE, lambda actors: {"id": actors[0]}
    ),
    "blocs": Hint(("side", "stand", "camp", "bloc", "faction"), frozenset({0, 1}), lambda _: {}),
}
"""What the words of each question begin with; the first that fits is meant."""


def hinted(words: Sequence[str], actors: Sequence[str]) -> Question | None:
    """The question that these words point to, of these actors; None where there is none.

    >>> hinted(["who", "mediates", "between"], ["israel", "hamas"])
    Question(name='mediators', parameters={'between': 'israel,hamas'})
    """
    for name, hint in HINTS.items():
        if len(actors) in hint.actors and any(word.startswith(hint.stems) for word in words):
            return Question(name, hint.parameters(actors))
    return None
