"""How the answer to each question is told, by the question's name; those that have pages of their
own are not here."""

from collections.abc import Mapping
from typing import Any

from graph_service.queries.outline import Outline
from graph_service.queries.outline_camps import BALANCE, BLOCS, BROKERS, COVERAGE
from graph_service.queries.outline_latent import LATENT
from graph_service.queries.outline_pairs import ALIGNMENT, COMPARISON, MEDIATORS
from graph_service.queries.outline_times import CHANGES, TIMELINE

OUTLINES: Mapping[str, Outline[Any]] = {
    "mediators": MEDIATORS,
    "timeline": TIMELINE,
    "changes": CHANGES,
    "alignment": ALIGNMENT,
    "balance": BALANCE,
    "blocs": BLOCS,
    "brokers": BROKERS,
    "comparison": COMPARISON,
    "coverage": COVERAGE,
    "latent": LATENT,
}
