from tests.api.conftest import app, client, graph

__all__ = ["app", "client", "graph"]
