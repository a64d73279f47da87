import io
from collections.abc import Iterable

import pytest

from graph_service.domain.errors import GraphError, InvalidRecord
from graph_service.domain.ontology import load_ontology
from graph_service.domain.records import Record
from graph_service.importers.together import import_together

ACTOR = b'{"record":"actor","id":"%b","kind":"state","name":"A"}\n'
CLAIM = (
    b'{"record":"claim","subject":"a","relation":"funds","object":"b","when":"2024",'
    b'"evidence":[{"source":"s","confidence":0.5}]}\n'
)


def test_nouns_of_all_files_come_before_claims_of_any() -> None:
    files = {"one": io.BytesIO(CLAIM + ACTOR % b"a"), "two": io.BytesIO(CLAIM + ACTOR % b"b")}

    kinds = import_together(
        lambda records: [type(record).__name__ for record in records], files, load_ontology()
    )

    assert kinds == ["Actor", "Actor", "ClaimRecord", "ClaimRecord"]


@pytest.mark.parametrize("bad", [b"{}\n", b'{"record":"claim"}\n'])
def test_what_cannot_be_read_is_named_by_file_and_line(bad: bytes) -> None:
    files = {"one": io.BytesIO(ACTOR % b"a"), "two": io.BytesIO(ACTOR % b"b" + bad)}

    with pytest.raises(InvalidRecord) as refused:
        import_together(list, files, load_ontology())

    assert (refused.value.line, refused.value.__notes__) == (2, ["two"])


@pytest.mark.parametrize(("last", "place"), [(1, "one"), (2, "two"), (3, "one"), (4, "two")])
def test_what_cannot_be_written_is_named_by_file_and_line(last: int, place: str) -> None:
    files = {"one": io.BytesIO(CLAIM + ACTOR % b"a"), "two": io.BytesIO(CLAIM + ACTOR % b"b")}

    def write(records: Iterable[Record]) -> None:
        for number, _ in enumerate(records, start=1):
            if number == last:
                raise InvalidRecord("no")

    with pytest.raises(GraphError) as refused:
        import_together(write, files, load_ontology())

    assert isinstance(refused.value, InvalidRecord)
    assert (refused.value.__notes__, refused.value.line) == ([place], 2 if last < 3 else 1)
