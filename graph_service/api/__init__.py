"""The questions over HTTP: thin handlers, one table of errors, limits at the edge."""

from graph_service.api.access import check_listening, holder_of
from graph_service.api.app import Also, create_app
from graph_service.api.server import serve
from graph_service.api.workers import serve_with_workers

__all__ = ["Also", "check_listening", "create_app", "holder_of", "serve", "serve_with_workers"]
