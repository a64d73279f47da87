"""From a sentence that was read to the question that it asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_service.ask.lexicon import Lexicon, Meaning
from graph_service.ask.mentions import Mention
from graph_service.ask.other_meanings import LEARNED, OTHERS, TAKES, THROUGH_TIME
from graph_service.ask.patterns import Bound
from graph_service.ask.sentence import Sentence
from graph_service.ask.timing import Timed
from graph_service.ask.unaskable import Unaskable
from graph_service.domain.errors import InvalidQuestion
from graph_service.questions import Question, read

_ONE_AT_A_TIME = "It names several actors where one is asked about: ask for each by itself."
_COULD = frozenset({"can", "could", "may", "might", "able"})
_A_YEAR = "No date is given: compared with a year before."
_TAKES = {
    "leverage": frozenset({"hops", "limit", "channels", "fold"}),
    "influence": frozenset({"hops", "limit", "channels", "fold"}),
    "neighbours": frozenset({"hops", "limit", "fold"}),
    "paths": frozenset({"hops", "limit", "order", "fold"}),
    **TAKES,
}
_SAID = {
    "hops": "a number of steps",
    "limit": "a number of actors",
    "channels": "channels",
    "order": "an order",
    "fold": "a level",
    "belligerents": "whether belligerents count",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The question that a sentence asks, and what was taken for granted in it."""

    question: Question
    notes: tuple[str, ...] = ()


def meant(section: str, bound: Bound, sentence: Sentence, lexicon: Lexicon) -> Reading:
    """The question that a reading of a sentence is; raises `Unaskable`."""
    if section in OTHERS or section == LEARNED:
        name = "changes" if section == LEARNED else section
        parameters = OTHERS[name](bound)
    else:
        name, parameters = _Meant(bound).of(section)
    given = _modifiers(name, bound, sentence)
    if "channels" in given and parameters.get("channels", given["channels"]) != given["channels"]:
        raise Unaskable("It names channels twice.")
    _check_ends(parameters)
    _check_is_told(name, parameters, sentence)
    some = name == "neighbours" and lexicon.may_be_events(parameters)
    timed = Timed(
        bound,
        sentence,
        are_events=lexicon.are_events(parameters),
        some_are_events=some,
        through_time=name in THROUGH_TIME,
    )
    dates = timed.dates(name)
    if section == LEARNED:
        dates = _of_knowledge(dates)
    question = Question(name, parameters | given | dates)
    try:
        read(question)
    except InvalidQuestion as error:
        raise Unaskable(f"It cannot be asked so: {error.message}.") from None
    timed.check(question)
    notes = timed.notes_on_dates() if name in OTHERS else timed.notes()
    if name == "changes" and not {"from", "known_from"} & set(question.parameters):
        notes = (*notes, _A_YEAR)
    return Reading(question, (*notes, *_notes(section, bound)))


def _of_knowledge(dates: Mapping[str, str]) -> dict[str, str]:
    """Days as those of what was known; raises `Unaskable` without the earlier one."""
    if "from" not in dates:
        raise Unaskable("It asks what became known: say since when, “since July 2024”.")
    told = {"from": "known_from", "as_of": "known_to"}
    return {told[name]: day for name, day in dates.items()}


def _check_is_told(name: str, parameters: Mapping[str, str], sentence: Sentence) -> None:
    """Raise `Unaskable` where it asks whether somebody could do what only who does is told of."""
    among = parameters.get("among", "")
    mediates = name == "neighbours" and parameters.get("relations") == "mediates"
    if mediates and among.count(",") == 1 and sentence.words & _COULD:
        raise Unaskable(
            "Whether one could mediate between two is told with all who could: ask who they are.",
            instead=(Question("mediators", {"between": among}),),
        )


def _check_ends(parameters: Mapping[str, str]) -> None:
    ends = ("id", "by", "from", "to", "actor", "other")
    named = [parameters[end] for end in ends if end in parameters]
    lists = (parameters[name] for name in ("among", "between", "actors") if name in parameters)
    named += [actor for some in lists for actor in some.split(",")]
    if len(set(named)) < len(named):
        raise Unaskable("It names the same actor twice.")


def _modifiers(name: str, bound: Bound, sentence: Sentence) -> dict[str, str]:
    """What was taken out of the sentence, as the question takes it."""
    given, twice = dict(sentence.modifiers), sentence.twice
    if bound.number is not None and given.setdefault("limit", str(bound.number)) != str(
        bound.number
    ):
        twice = ("limit",)
    if twice:
        raise Unaskable(f"It gives {_SAID[twice[0]]} twice.")
    if name == "timeline":
        given.pop("order", None)  # it is in order of time anyhow
    for parameter in given:
        if parameter not in _TAKES[name]:
            raise Unaskable(f"It gives {_SAID[parameter]}, which this question does not take.")
    if name == "neighbours" and given.get("hops") == "1":
        del given["hops"]
    if name == "paths" and "limit" in given:
        given["k"] = given.pop("limit")
    return given


def _notes(section: str, bound: Bound) -> tuple[str, ...]:
    notes = []
    if section == "contents":
        notes.append("What it was about is told by the claims and their sources.")
    if bound.kind:
        notes.append(f"Actors of every kind are listed, not only {bound.kind}.")
    if bound.entry is not None and bound.entry.meaning.note is not None:
        notes.append(bound.entry.meaning.note)
    return tuple(notes)


class _Meant:
    """Who stands where in the question."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        entry = bound.entry
        self._meaning = Meaning() if entry is None else entry.meaning
        self._inverse = entry is not None and entry.inverse

    def of(self, section: str) -> tuple[str, dict[str, str]]:
        """The name of the question and what it takes, without dates and modifiers."""
        match section:
            case "agents":
                return self._agents(self._bound.object)
            case "patients":
                return self._patients(self._bound.subject)
            case "pairs" | "ways":
                return self._pair(only_leverage=section == "ways")
            case "mutual" | "joint":
                return self._mutual()
            case "contents":
                return self._contents()
            case "paths":
                return self._paths()
            case _:
                return self._ties(section)

    def _agents(self, known: tuple[Mention, ...]) -> tuple[str, dict[str, str]]:
        return self._open(known, active=not self._inverse)

    def _patients(self, known: tuple[Mention, ...]) -> tuple[str, dict[str, str]]:
        return self._open(known, active=self._inverse)

    def _open(self, known: tuple[Mention, ...], *, active: bool) -> tuple[str, dict[str, str]]:
        """A question that names one side; with `active`, who does it to the one that is named."""
        actor = _one(known)
        if self._entry_is_leverage():
            return ("leverage" if active else "influence"), {"id": actor} | self._channels()
        return "neighbours", {"id": actor} | self._filters() | self._direction(active)

    def _pair(self, *, only_leverage: bool) -> tuple[str, dict[str, str]]:
        bound = self._bound
        agents, patients = bound.subject, bound.object
        if self._inverse:
            agents, patients = patients, agents
        if self._entry_is_leverage():
            return "leverage", {"id": _one(patients), "by": _one(agents)} | self._channels()
        if only_leverage:
            raise Unaskable("It asks how, and that can be asked of leverage and of connections.")
        by_agent = self._is_by_agent(agents, patients)
        actor, others = (agents, patients) if by_agent else (patients, agents)
        among = {"among": ",".join(mention.actor for mention in others)}
        one = {"id": _one(actor)}
        return "neighbours", one | self._filters() | self._direction(not by_agent) | among

    def _is_by_agent(self, agents: tuple[Mention, ...], patients: tuple[Mention, ...]) -> bool:
        """Whether the ties are those of the one who does it: of the one actor named by itself, of
        two such the one named first."""
        if len(agents) != 1 or len(patients) != 1:
            return len(agents) == 1
        subject_first = self._bound.subject_at < self._bound.object_at
        return subject_first != self._inverse

    def _contents(self) -> tuple[str, dict[str, str]]:
        if not self._meaning.what:
            raise Unaskable("It asks what, and only who is tied to whom can be asked for.")
        return self._pair(only_leverage=False)

    def _mutual(self) -> tuple[str, dict[str, str]]:
        if not self._meaning.both or len(self._bound.subject) != 2:
            raise Unaskable("It does not say who of them does it to whom.")
        one, other = self._bound.subject
        return "neighbours", {"id": one.actor} | self._filters() | {"among": other.actor}

    def _paths(self) -> tuple[str, dict[str, str]]:
        ends = (*self._bound.subject, *self._bound.object)
        if len(ends) != 2:
            raise Unaskable("Connections are asked for between two actors.")
        order = {"order": self._bound.order} if self._bound.order else {}
        return "paths", {"from": ends[0].actor, "to": ends[1].actor} | order

    def _ties(self, section: str) -> tuple[str, dict[str, str]]:
        bound = self._bound
        own, others = bound.subject, bound.object
        if len(own) == 2 and not others:
            own, others = own[:1], own[1:]
        filters = {"sign": bound.sign} if bound.sign else {}
        if bound.listed:
            filters[bound.listed_as] = ",".join(bound.listed)
        direction = {"ties_in": {"direction": "in"}, "ties_out": {"direction": "out"}}
        among = {"among": ",".join(mention.actor for mention in others)} if others else {}
        return "neighbours", {"id": _one(own)} | filters | direction.get(section, {}) | among

    def _entry_is_leverage(self) -> bool:
        # "How influential is X?" names no word of the lexicon, and asks for leverage.
        return self._bound.entry is None or self._meaning.is_leverage

    def _channels(self) -> dict[str, str]:
        return {"channels": self._meaning.channels} if self._meaning.channels else {}

    def _filters(self) -> dict[str, str]:
        meaning = self._meaning
        named = {"relations": meaning.relations, "families": meaning.families, "sign": meaning.sign}
        return {name: value for name, value in named.items() if value is not None}

    def _direction(self, is_in: bool) -> dict[str, str]:
        return {} if self._meaning.both else {"direction": "in" if is_in else "out"}


def _one(mentions: tuple[Mention, ...]) -> str:
    if len(mentions) != 1:
        raise Unaskable(_ONE_AT_A_TIME)
    return mentions[0].actor
