import pytest

from graph_service.domain.errors import NotFound
from graph_service.domain.ontology import load_ontology
from graph_service.dossiers import dossier, names
from graph_service.importers.native import read_native


@pytest.mark.parametrize("name", names())
def test_every_dossier_reads_as_native_records(name: str) -> None:
    assert list(read_native(dossier(name), load_ontology()))


def test_a_misspelt_dossier_is_answered_with_the_right_one() -> None:
    with pytest.raises(NotFound) as caught:
        dossier("gaza-mediaton")

    assert caught.value.suggestions == ("gaza-mediation",)
