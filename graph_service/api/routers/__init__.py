"""One router a noun."""

from fastapi import APIRouter

from graph_service.api.routers import (
    actors,
    ask,
    browser,
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
    paths,
    records,
    sources,
)

ROUTERS: tuple[APIRouter, ...] = (
    actors.router,
    influence.router,
    paths.router,
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
