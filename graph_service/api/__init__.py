"""The questions over HTTP: thin handlers, one table of errors, limits at the edge."""

from graph_service.api.app import create_app
from graph_service.api.server import serve

__all__ = ["create_app", "serve"]
