"""One router a noun."""

from fastapi import APIRouter

from graph_service.api.routers import (
    actors,
    ask,
    browser,
    camps,
    claims,
    decisions,
    episodes,
    export,
    health,
    identity,
    imports,
    influence,
    judgements,
    ontology,
    pages,
    pairs,
    paths,
    records,
    sources,
    times,
)

ROUTERS: tuple[APIRouter, ...] = (
    actors.router,
    influence.router,
    paths.router,
    pairs.router,
    times.router,
    camps.router,
    ask.router,
    claims.router,
    sources.router,
    episodes.router,
    judgements.router,
    identity.router,
    ontology.router,
    export.router,
    records.router,
    imports.router,
    decisions.router,
    health.router,
    browser.router,
    pages.router,
)
