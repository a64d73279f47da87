"""The index kept beside its store between runs. It saves time, and nothing else rests on it."""

from graph_service.domain.errors import StoreUnavailable
from graph_service.domain.ontology import Ontology
from graph_service.graph import snapshot
from graph_service.graph.index import Index
from graph_service.stores.base import Store
from graph_service.stores.standing import head_at

SNAPSHOT_EVERY = 10_000


def stamp_at(store: Store, sequence: int) -> str:
    """What an index up to this entry is stamped with: the log's hash there, and how many texts were
    erased, since an index holds names."""
    return f"{head_at(store, sequence).hash} {_erased(store)}"


def _erased(store: Store) -> int:
    end = store.head().sequence
    return len(store.lines(after=end, until=end).erased)


class Keeping:
    """Where the index of a store is kept: nowhere, if the store has no place for it."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._saved = self._erased = 0

    def load(self) -> Index:
        """The index as it was kept, an empty one where there is none."""
        folder = self._store.snapshot_folder
        kept = None
        if folder is not None:
            self._erased = _erased(self._store)
            kept = snapshot.load(folder, self._ontology, lambda at: stamp_at(self._store, at))
        index = Index(self._ontology) if kept is None else kept
        self._saved = index.sequence
        return index

    def is_far_behind(self, index: Index) -> bool:
        """Whether much has come since the index was kept."""
        return index.sequence - self._saved > SNAPSHOT_EVERY

    def save(self, index: Index, hash_: str) -> None:
        """Keep the index, which ends with the entry of that hash; nothing happens where the store
        has no place for it, or one beside files that may not be written, or where a text was erased
        that the index may still hold."""
        folder = self._store.snapshot_folder
        if folder is None or (self._store.is_local and self._store.read_only):
            return
        if _erased(self._store) != self._erased:
            return
        try:
            snapshot.save(index, folder, f"{hash_} {self._erased}")
        except OSError as error:
            raise StoreUnavailable(
                f"the index cannot be kept at {folder}: {error.strerror}"
            ) from error
        self._saved = index.sequence
