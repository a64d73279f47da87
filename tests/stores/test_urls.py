from pathlib import Path

import pytest

from graph_service.domain.errors import InvalidQuestion, StoreMissing
from graph_service.stores.graph import open_graph
from graph_service.stores.urls import open_store
from tests.stores.telling import ONTOLOGY


@pytest.mark.parametrize("form", ["sqlite:{}", "sqlite://{}", "SQLite:{}", "{}"])
def test_a_file_is_named_by_its_path(tmp_path: Path, form: str) -> None:
    path = tmp_path / "claims.sqlite"

    store = open_store(form.format(path), ONTOLOGY)

    assert store.url == f"sqlite:{path}"
    assert path.exists()
    store.close()


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    open_store("sqlite:claims.sqlite", ONTOLOGY).close()
    open_store("more.sqlite", ONTOLOGY).close()

    assert {path.name for path in tmp_path.iterdir()} == {"claims.sqlite", "more.sqlite"}


def test_memory_keeps_no_file() -> None:
    assert open_store("memory:", ONTOLOGY).url == "memory:"


@pytest.mark.parametrize(
    "url", ["redis://localhost", "postgres:claims", "memory:claims", "http://example.org"]
)
def test_a_store_of_another_kind_is_told_which_kinds_there_are(url: str) -> None:
    with pytest.raises(InvalidQuestion, match="sqlite:PATH, memory:") as refused:
        open_graph(url)

    assert refused.value.parameter == "store"


@pytest.mark.parametrize("url", ["", "sqlite:", "sqlite: ", "sqlite://host/claims", "a\0b"])
def test_a_url_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(InvalidQuestion, match="write sqlite:PATH"):
        open_graph(url)


def test_a_missing_file_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        open_graph(f"sqlite:{tmp_path / 'claims.sqlite'}", create=False)

    assert list(tmp_path.iterdir()) == []
