"""One router a noun."""

from fastapi import APIRouter

from graph_service.api.routers import (
    actors,
    claims,
    episodes,
    health,
    ontology,
    pages,
    paths,
    sources,
)

ROUTERS: tuple[APIRouter, ...] = (
    actors.router,
    paths.router,
    claims.router,
    sources.router,
    episodes.router,
    ontology.router,
    health.router,
    pages.router,
)
