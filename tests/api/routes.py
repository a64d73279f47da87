"""Every route that is read, with what it needs."""

from graph_service.api.routers.imports import EXAMPLE

ROUTES = (
    "/docs", "/openapi.json", "/healthz", "/readyz", "/metrics", "/problems/conflict",
    "/v1/actors", "/v1/actors/hamas", "/v1/actors/hamas/neighbours", "/v1/actors/hamas/leverage",
    "/v1/actors/iran/influence", "/v1/actors/hamas/latent",
    "/v1/mediators?between=israel,hamas", "/v1/alignment?between=israel,hamas",
    "/v1/comparison?between=iran,russia", "/v1/timeline?actors=hamas", "/v1/changes?actor=hamas",
    "/v1/balance", "/v1/blocs", "/v1/brokers", "/v1/coverage",
    "/v1/paths?from=iran&to=hamas", "/v1/claims", "/v1/claims/c_zmkik5n6mvssngcsh2bbwykulm",
    "/v1/sources", "/v1/sources/article-2024-09", "/v1/episodes", "/v1/episodes/gaza-talks-2024",
    "/v1/judgements", "/v1/ontology", "/v1/ask?q=who+has+leverage+over+hamas",
    "/v1/resolve?name=Tehran", "/v1/identity/candidates", "/v1/export?format=csv", f"/v1/imports/{EXAMPLE}", f"/v1/imports/{EXAMPLE}/refused",
    "/browser/guides/tour.md", "/browser/guides/actors/hamas.md", "/browser/style.grass",
    "/browser/favourites.zip", "/browser/favourites/leverage.cypher",
)  # fmt: skip

# The page reads its query itself.
PAGES = ("/", "/explore", "/explore/explore.js", "/explore/explore.css")
