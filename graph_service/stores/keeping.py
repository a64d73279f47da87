"""The index kept beside its store between runs. It saves time, and nothing else rests on it."""

from graph_service.domain.errors import StoreUnavailable
from graph_service.domain.ontology import Ontology
from graph_service.graph import snapshot
from graph_service.graph.index import Index
from graph_service.stores.base import Store
from graph_service.stores.standing import head_at

SNAPSHOT_EVERY = 10_000


class Keeping:
    """Where the index of a store is kept: nowhere, if the store has no place for it."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._saved = 0

    def load(self) -> Index:
        """The index as it was kept, an empty one where there is none."""
        folder = self._store.snapshot_folder
        kept = None
        if folder is not None:
            kept = snapshot.load(folder, self._ontology, lambda at: head_at(self._store, at).hash)
        index = Index(self._ontology) if kept is None else kept
        self._saved = index.sequence
        return index

    def is_far_behind(self, index: Index) -> bool:
        """Whether much has come since the index was kept."""
        return index.sequence - self._saved > SNAPSHOT_EVERY

    def save(self, index: Index, stamp: str) -> None:
        """Keep the index; nothing happens where the store has no place for it, or one beside files
        that may not be written."""
        folder = self._store.snapshot_folder
        if folder is None or (self._store.is_local and self._store.read_only):
            return
        try:
            snapshot.save(index, folder, stamp)
        except OSError as error:
            raise StoreUnavailable(
                f"the index cannot be kept at {folder}: {error.strerror}"
            ) from error
        self._saved = index.sequence
