import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from graph_service.api import create_app
from graph_service.settings import Settings
from graph_service.stores.graph import Graph

LEVERAGE = "/v1/actors/hamas/leverage"


def test_what_cannot_even_wait_is_told_to_come_back(graph: Graph) -> None:
    app = create_app(graph, Settings(concurrency=1, waiting=0))
    begun, done = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return done.wait(10)

    @app.get("/long")
    async def long() -> bool:
        result: bool = await app.state.context.turns.take(work)
        return result

    with TestClient(app) as client, ThreadPoolExecutor() as others:
        busy = others.submit(client.get, "/long")
        begun.wait(10)
        refused, cheap, health = (
            client.get(LEVERAGE),
            client.get("/v1/actors/hamas"),
            client.get("/healthz"),
        )
        done.set()
        assert busy.result().status_code == 200
        after = client.get(LEVERAGE)

    assert refused.status_code == 503
    assert refused.json()["type"] == "/problems/overloaded"
    assert refused.headers["retry-after"] == "1"
    assert (cheap.status_code, health.status_code, after.status_code) == (200, 200, 200)


def test_those_who_may_wait_are_answered(graph: Graph) -> None:
    app = create_app(graph, Settings(concurrency=1, waiting=8))
    with TestClient(app) as client, ThreadPoolExecutor(8) as others:
        answers = list(others.map(lambda _: client.get(LEVERAGE).status_code, range(8)))

    assert answers == [200] * 8
