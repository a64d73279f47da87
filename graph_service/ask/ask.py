"""`ask`: a question in plain words, what was understood of it, and its answer."""

from dataclasses import dataclass
from datetime import date

from graph_service.ask.calendar import Calendar
from graph_service.ask.dates import DateReader
from graph_service.ask.grammar import Grammar, grammar_of
from graph_service.ask.mentions import Finder, Mention
from graph_service.ask.nearest import Nearest
from graph_service.ask.other_wording import Called
from graph_service.ask.sentence import Sentence, take_apart
from graph_service.ask.text import tokens_of
from graph_service.ask.unaskable import Unaskable
from graph_service.ask.wording import called, in_english
from graph_service.domain.errors import InvalidQuestion
from graph_service.queries.alignment import Alignment
from graph_service.queries.answers import Meta, NounMeta, Page
from graph_service.queries.balance import Balance
from graph_service.queries.blocs import Blocs
from graph_service.queries.brokers import Brokers
from graph_service.queries.budget import Budget
from graph_service.queries.changes import Changes
from graph_service.queries.comparison import Comparison
from graph_service.queries.gaps import Gaps
from graph_service.queries.influence import InfluenceOf
from graph_service.queries.latent import LatentPatrons
from graph_service.queries.leverage import LeverageOver
from graph_service.queries.mediators import Mediators
from graph_service.queries.neighbours import Neighbourhood
from graph_service.queries.paths import Paths
from graph_service.queries.timeline import Timeline
from graph_service.questions import Question, put
from graph_service.stores.graph import Graph

MOST_CHARACTERS = 300
AnyAnswer = (
    LeverageOver
    | InfluenceOf
    | Neighbourhood
    | Paths
    | Mediators
    | Timeline
    | Changes
    | Alignment
    | Balance
    | Blocs
    | Brokers
    | Comparison
    | Gaps
    | LatentPatrons
)


@dataclass(frozen=True, slots=True)
class NamedInText:
    """An actor that a text names, and by which words of it."""

    id: str
    name: str
    matched: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A text as a question that can be edited: in words, as a request and as a command; `notes` say
    what was taken for granted."""

    words: str
    question: str
    parameters: dict[str, str]
    url: str
    command: str
    actors: tuple[NamedInText, ...]
    notes: tuple[str, ...]

    def as_question(self) -> Question:
        """The question to be put."""
        return Question(self.question, self.parameters)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that can be asked instead."""

    words: str
    url: str
    command: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, what was understood of it and its answer, the very data of that question; or why it
    was not understood, and the nearest questions that can be asked."""

    asked: str
    understood: Understood | None
    answer: AnyAnswer | None
    why: str | None
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a text; the meta and page are those of the answer that it holds."""

    data: Asked
    meta: Meta | NounMeta
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why a text is no question that can be asked, and which questions come near."""

    why: str
    suggestions: tuple[Suggestion, ...]


def ask(graph: Graph, text: str, *, today: date, budget: Budget | None = None) -> Reply:
    """The answer to a text, or why there is none; raises `InvalidQuestion` for a text of more than
    300 characters."""
    understood = understand(graph, text, today=today)
    if isinstance(understood, NotUnderstood):
        data = Asked(text, None, None, understood.why, understood.suggestions)
        return Reply(data, NounMeta(graph.index.sequence))
    answer = put(graph, understood.as_question(), budget=budget)
    return Reply(Asked(text, understood, answer.data, None, ()), answer.meta, answer.page)


def understand(graph: Graph, text: str, *, today: date) -> Understood | NotUnderstood:
    """What a text asks, on the day that it is `today`; raises `InvalidQuestion` for a text of more
    than 300 characters."""
    if len(text) > MOST_CHARACTERS:
        raise InvalidQuestion(
            f"q: a question in words has at most {MOST_CHARACTERS} characters", parameter="q"
        )
    graph.refresh()
    return _Reader(graph, today).read(text)


class _Reader:
    """Reads texts by the grammar of a graph's vocabulary and the names of its actors."""

    def __init__(self, graph: Graph, today: date) -> None:
        self._graph = graph
        self._grammar: Grammar = grammar_of(graph.ontology)
        lexicon = self._grammar.lexicon
        self._finder = Finder(graph, self._grammar.knows)
        self._dates = DateReader(Calendar(today, lexicon.days, lexicon.numbers))

    def read(self, text: str) -> Understood | NotUnderstood:
        sentence = take_apart(text, self._finder, self._dates, self._grammar.lexicon)
        refusal: Unaskable | None = None
        if not sentence.is_doubtful:
            try:
                reading = self._grammar.read(sentence)
                return self._understood(reading.question, sentence, reading.notes)
            except Unaskable as error:
                refusal = error
        nearest = Nearest(self._graph, self._grammar, text, sentence, refusal)
        suggested = tuple(self._suggestion(question) for question in nearest.suggestions())
        return NotUnderstood(nearest.why(), suggested)

    def _understood(
        self, question: Question, sentence: Sentence, notes: tuple[str, ...]
    ) -> Understood:
        return Understood(
            words=in_english(question, self._call, self._grammar.lexicon),
            question=question.name,
            parameters=dict(question.parameters),
            url=question.url(),
            command=question.command(),
            actors=tuple(map(self._named, sentence.mentions)),
            notes=notes,
        )

    def _suggestion(self, question: Question) -> Suggestion:
        words = in_english(question, self._call, self._grammar.lexicon)
        return Suggestion(words, question.url(), question.command())

    def _named(self, mention: Mention) -> NamedInText:
        return NamedInText(mention.actor, self._graph.actor(mention.actor).name, mention.written)

    def _call(self, actor: str) -> Called:
        """The name of an actor, or its id where the name would not be read as this actor."""
        known = self._graph.actor(actor)
        tokens = tokens_of(known.name)
        found = self._finder.at(known.name, tokens, 0) if tokens else None
        is_read = found is not None and found[1] == len(tokens) and found[0].actors == (actor,)
        return called(known) if is_read else Called(actor)
