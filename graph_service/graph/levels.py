"""The projections of an index at the level of states (`docs/method.md`, "At the level of states").

Who counts as which state is worked out at the frame, from accepted evidence, before anything is
folded. All evidence is then laid out between those whom the actors go by, once a frame; whom a
question is about is set apart again in a copy that shares nearly all of it. Both follow the log.
Where a new entry changes who counts as whom, they are dropped, and made anew when asked for.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import RLock

from graph_service.graph.folding import folding_touched, folds_at
from graph_service.graph.keeping import Kept, Projector, Who
from graph_service.graph.merging import Merging
from graph_service.graph.seen import followed, laid_anew, set_apart
from graph_service.graph.state import Pair, State
from graph_service.graph.view import Counting, Frame
from graph_service.graph.weights import Scale

KEPT_LEVELS = 6
MANY = 2_000
"""Pairs at actors set apart from which on all evidence is laid out anew instead."""


class Levels:
    """What the last few frames that fold come to; `state` gives the evidence as it stands, and
    changes only while `lock` is held."""

    def __init__(self, projector: Projector, lock: RLock, state: Callable[[], State]) -> None:
        self._projector = projector
        self._tables = projector.tables
        self._lock = lock
        self._state = state
        self._who: OrderedDict[Frame, Who] = OrderedDict()
        self._kept: OrderedDict[Frame, Kept] = OrderedDict()

    def at(self, frame: Frame) -> Kept | None:
        """What is kept of a frame, worked out where it is not there; None where nobody folds, so
        that it is what it is without folding."""
        point = _point(frame)
        who = self._who.get(point) or self._find_out(point)
        if not who.folds:
            return None
        key = replace(point, about=self._apart_among(frame.about, who))
        kept = self._kept.get(key) or self._make(key, who)
        self._used(point, key)
        return kept if frame.counting is point.counting else self.counted(frame, kept)

    def counted(self, frame: Frame, kept: Kept) -> Kept:
        """What the evidence that is kept of a frame comes to where other evidence counts. Who
        counts as which state stays as it is."""
        key = replace(frame, about=kept.about)
        known = self._kept.get(key)
        if known is not None and known.state is kept.state:
            return known
        made = replace(kept, projection=self._projector.of_all(key, kept.seen))
        self._keep(key, made)
        return made

    def follow(self, changed: Sequence[Pair], state: State) -> None:
        """Bring everything to a state in which these pairs changed; the lock is held."""
        touched = folding_touched(self._tables.ontology, state, changed)
        for point, who in list(self._who.items()):
            if self._holds(point, who, state, touched=touched):
                self._who[point] = replace(who, state=state)
            else:
                del self._who[point]
        for key, kept in list(self._kept.items()):
            stays = _point(key) in self._who
            brought = self._brought(key, kept, changed, state) if stays else kept
            if stays and not brought.projection.is_worn:
                self._kept[key] = brought
            else:
                del self._kept[key]

    def clear(self) -> None:
        """Drop everything; the lock is held."""
        self._who.clear()
        self._kept.clear()

    def _find_out(self, point: Frame) -> Who:
        """Who counts as which state, kept where no new evidence may have changed it meanwhile."""
        state = self._state()
        merging = self._projector.merging(point, state)
        who = Who(state, merging, self._folds(point, state, merging))
        with self._lock:
            if self._state() is state:
                self._who[point] = who
                _limit(self._who)
        return who

    def _folds(self, point: Frame, state: State, merging: Merging) -> dict[int, int]:
        return folds_at(state, merging, Scale(self._tables, point), self._projector.numbers)

    def _holds(self, point: Frame, who: Who, state: State, *, touched: bool) -> bool:
        """Whether the same count as the same states in a later state of the evidence."""
        if state.judgements != who.state.judgements:
            return False
        return not touched or self._folds(point, state, who.merging) == who.folds

    def _apart_among(self, about: Sequence[str], who: Who) -> tuple[str, ...]:
        """Those of these ids who would count as a state."""
        actors = self._tables.actors.ids
        codes = {who.merging.code(code) for code in map(actors.find, about) if code is not None}
        return tuple(sorted(actors[code] for code in codes & who.folds.keys()))

    def _make(self, key: Frame, who: Who) -> Kept:
        if not key.about:
            return self._keep(key, self._whole(key, who))
        point = _point(key)
        base = self._kept.get(point)
        if base is None or base.who is None or base.who.folds is not who.folds:
            base = self._keep(point, self._whole(point, who))
        return self._keep(key, self._set_apart(key, base, who))

    def _whole(self, key: Frame, who: Who) -> Kept:
        """Everything laid out anew, with those set apart whom the key is about."""
        own = self._groups(key, who).keys()
        folds = {code: state for code, state in who.folds.items() if code not in own}
        seen = laid_anew(self._tables, who.state, who.merging.then(folds))
        projection = self._projector.of_all(key, seen)
        return Kept(who.state, seen, projection, who, key.about, self._ids(folds, who))

    def _set_apart(self, key: Frame, base: Kept, who: Who) -> Kept:
        """What is kept of the frame, with those set apart whom the key is about."""
        groups = self._groups(key, who)
        own = [code for codes in groups.values() for code in codes]
        if len(base.state.pairs_of(*own)) > MANY:
            return self._whole(key, replace(who, state=base.state))
        seen, pairs = set_apart(self._tables, base.seen, base.state, groups)
        projection = self._projector.brought(key, base.projection, seen, pairs)
        apart = {self._tables.actors.ids[code] for code in own}
        folded = {id_: state for id_, state in base.folded.items() if id_ not in apart}
        return Kept(base.state, seen, projection, base.who, key.about, folded)

    def _groups(self, key: Frame, who: Who) -> dict[int, tuple[int, ...]]:
        """The codes of those whom a key is about, each with all that are one with it."""
        codes = [self._tables.actors.ids.find(id_) for id_ in key.about]
        return {
            code: who.merging.referents.get(code, (code,)) for code in codes if code is not None
        }

    def _ids(self, folds: Mapping[int, int], who: Who) -> dict[str, str]:
        """The state that each actor counts as, by id, those included who are one with it."""
        ids = self._tables.actors.ids
        return {
            ids[one]: ids[state]
            for code, state in folds.items()
            for one in who.merging.referents.get(code, (code,))
        }

    def _keep(self, key: Frame, made: Kept) -> Kept:
        """What was made, brought to the evidence as it stands and kept, where the same still count
        as the same states; else as it was made."""
        with self._lock:
            state, now = self._state(), self._who.get(_point(key))
            if now is None or made.who is None or now.folds is not made.who.folds:
                return made
            changed = made.state.changed_until(state)
            if changed is None:  # a new base: what was made stays true of its own state
                return made
            brought = self._kept[key] = self._brought(key, made, changed, state)
            _limit(self._kept)
            return brought

    def _brought(self, key: Frame, kept: Kept, changed: Sequence[Pair], state: State) -> Kept:
        """What was kept, brought to a state in which these pairs changed."""
        seen, pairs = followed(self._tables, kept.seen, state, changed)
        projection = self._projector.brought(key, kept.projection, seen, pairs)
        return replace(kept, state=state, seen=seen, projection=projection)

    def _used(self, point: Frame, *keys: Frame) -> None:
        """Remember which were used last, where nobody writes; it is but a hint."""
        if self._lock.acquire(blocking=False):
            for key in (point, *keys):
                if key in self._kept:
                    self._kept.move_to_end(key)
            if point in self._who:
                self._who.move_to_end(point)
            self._lock.release()


def _point(frame: Frame) -> Frame:
    """The frame at which it is worked out who counts as which state."""
    return replace(frame, counting=Counting.ACCEPTED, about=())


def _limit(kept: OrderedDict[Frame, Kept] | OrderedDict[Frame, Who]) -> None:
    while len(kept) > KEPT_LEVELS:
        kept.popitem(last=False)
