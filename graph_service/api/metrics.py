"""What the service counts, for Prometheus; a registry of its own for every app."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Requests by route template (never by path, which has no end), and the state of the graph."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "graph_service_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "graph_service_request_seconds",
            "Time from the whole request to the whole answer.",
            ["route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.cut = Counter(
            "graph_service_questions_cut",
            "Questions that ran out of time and answered what they had.",
            registry=self._registry,
        )
        self.unchanged = Counter(
            "graph_service_answers_unchanged",
            "Questions answered by 304, as the asker had the answer already.",
            registry=self._registry,
        )

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Show a number that is looked up whenever the metrics are read."""
        gauge = Gauge(f"graph_service_{name}", meaning, registry=self._registry)
        gauge.set_function(value)

    def count(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything counted, in the exposition format."""
        return generate_latest(self._registry)
