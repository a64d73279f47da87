"""The questions by name: what each takes as text, with its defaults and limits, and its answer.

Every edge asks through the classes here, so that a question means the same wherever it is put.
"""

from graph_service.questions.askable import (
    DIGITS,
    Askable,
    DirectionName,
    OrderName,
    Query,
    SignName,
    unread,
)
from graph_service.questions.asked import PROGRAM, QUESTIONS, Question, put, read
from graph_service.questions.camps import Balance, Blocs, Brokers, Coverage
from graph_service.questions.latent import Latent
from graph_service.questions.pairs import AlignmentOf, Comparison, Mediators
from graph_service.questions.rankings import Influence, Leverage
from graph_service.questions.ties import Neighbours, Paths
from graph_service.questions.times import Changes, Timeline

__all__ = [
    "DIGITS",
    "PROGRAM",
    "QUESTIONS",
    "AlignmentOf",
    "Askable",
    "Balance",
    "Blocs",
    "Brokers",
    "Changes",
    "Comparison",
    "Coverage",
    "DirectionName",
    "Influence",
    "Latent",
    "Leverage",
    "Mediators",
    "Neighbours",
    "OrderName",
    "Paths",
    "Query",
    "Question",
    "SignName",
    "Timeline",
    "put",
    "read",
    "unread",
]
