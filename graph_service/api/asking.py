"""One request put to the graph: where it looks from, whether the asker knows the answer, and it."""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from graph_service.api.catching_up import wait_for
from graph_service.api.context import Context
from graph_service.api.links import OPEN, browser_at, guide_of
from graph_service.api.parameters import MinSequence
from graph_service.api.parts import cursor_after, part_of, place_after
from graph_service.api.respond import (
    Seen,
    Total,
    answer,
    has_already,
    has_any,
    moved,
    noun_meta,
    tag_of,
    unchanged,
)
from graph_service.api.shapes import Moved
from graph_service.api.standpoint import Standpoint
from graph_service.ask.ask import Reply
from graph_service.domain.errors import NotFound, StoreUnavailable
from graph_service.domain.periods import day
from graph_service.graph.view import View
from graph_service.queries.answers import Answer, NounMeta, Page
from graph_service.queries.budget import Budget
from graph_service.questions import unread
from graph_service.stores.graph import Graph

T = TypeVar("T")
OUT_OF_TIME = "the time for the question ran out"
FEW_ENTRIES = 1_000
Question = Callable[[View, Budget], Answer[Any] | Reply | Seen]


class Asking:
    """What a handler asks with. Heavy work takes its turn in a thread, cheap work is done at once."""

    def __init__(self, request: Request, min_sequence: int | None) -> None:
        self._request = request
        self._context: Context = request.app.state.context
        self._min_sequence = min_sequence

    @property
    def graph(self) -> Graph:
        return self._context.graph

    def opened_in_browser(self, view: View) -> str | None:
        """Where Neo4j Browser opens at the actor in the path, as this view shows it; None where
        there is no Browser."""
        at = browser_at(self._context.settings, self.graph.store.url)
        id_ = self._request.path_params.get("id")
        if at is None or id_ is None or not self._request.url.path.startswith("/v1/actors/"):
            return None
        return at.opening(guide_of(self._request, id_, day(view.frame.as_of)))

    def budget(self) -> Budget:
        """The time that one question may take, from now."""
        return Budget(self._context.settings.question_seconds)

    def knows(self, actor: str) -> bool:
        """Whether an actor has this id. To look for names like one that nobody has is no cheap
        work."""
        return self.graph.index.tables.actors.ids.find(actor) is not None

    async def question(
        self, at: Standpoint, ask: Question, *, about: Sequence[str] = (), cheap: bool = False
    ) -> Response:
        """The answer to a question over a view, `about` these actors. `cheap` questions are asked
        at once, if they look from where the index is warm: today, with all that is known."""
        warm = cheap and at == Standpoint() and self.graph.is_warm()
        return await self._do(lambda: self._ask(at, about, ask), cheap=warm)

    async def noun(self, find: Callable[[Graph], object], *, cheap: bool = True) -> Response:
        """One thing that is known."""
        return await self._do(lambda: self._show(find), cheap=cheap)

    async def listing(
        self,
        places: Callable[[Graph, int], Iterable[tuple[int, T | None]]],
        *,
        show: Callable[[Sequence[T]], Iterable[object]],
        total: Callable[[Graph], int] | None = None,
        cursor: str | None,
        limit: int,
    ) -> Response:
        """A page of what is known: the items from a place on, as `show` shows them."""
        start = place_after(cursor, self._request)

        def listed() -> Response:
            sequence, tag = self._standing()
            if tag is not None and has_already(self._request, tag):
                return self._unchanged(tag)
            part = part_of(places(self.graph, start), limit=limit, budget=self.budget())
            self._context.metrics.cut.inc(int(part.cut))
            place = part.goes_on_after
            return answer(
                list(show(part.items)),
                unread(NounMeta(sequence, truncated=OUT_OF_TIME if part.cut else None), self.graph),
                request=self._request,
                page=Page(self._cursor(place, sequence)),
                total=None if total is None else Total(total(self.graph)),
                tag=None if part.cut else tag,
            )

        return await self._do(listed, cheap=False)

    async def _do(self, work: Callable[[], Response], *, cheap: bool) -> Response:
        # Not before all else about the question was looked at: what is refused anyway does not wait.
        wanted = self._min_sequence
        if wanted is not None and self.graph.index.sequence < wanted:
            seconds = self._context.settings.catch_up_seconds
            await wait_for(self.graph.store, wanted, seconds=seconds)
        turns = self._context.turns
        try:
            reply = work() if cheap and self._is_close() else await turns.take(work)
        except NotFound as error:
            raise await turns.take(partial(self._meant, error)) from None
        tag = reply.headers.get("etag")
        if tag is not None and reply.status_code == 200 and has_any(self._request):
            return self._unchanged(tag)
        return reply

    def _ask(self, at: Standpoint, about: Sequence[str], ask: Question) -> Response:
        started = time.perf_counter()
        view = self.graph.view(
            as_of=at.as_of,
            known_at=at.known_at,
            dates=at.dates,
            min_confidence=at.min_confidence,
            fold=at.fold,
            about=about,
        )
        elsewhere = self._moved(view)
        if elsewhere is not None:
            return elsewhere
        tag = self._tag(view.sequence, view.frame.as_of)
        if tag is not None and has_already(self._request, tag):
            return self._unchanged(tag)
        budget = self.budget()
        found = ask(view, budget)
        cut = budget.is_spent()
        self._context.metrics.cut.inc(int(cut))
        reply = answer(
            found.data,
            unread(found.meta, self.graph),
            request=self._request,
            page=found.page,
            tag=None if cut else tag,
        )
        link = self.opened_in_browser(view)
        if link is not None:
            reply.headers.append("Link", f'<{link}>; rel="alternate"; title="{OPEN}"')
        taken = (time.perf_counter() - started) * 1000
        reply.headers.append("Server-Timing", f"question;dur={taken:.2f}")
        return reply

    def _moved(self, view: View) -> Response | None:
        """Where the actor in the path is to be asked for, if it goes by another id."""
        id_ = self._request.path_params.get("id")
        canonical = None if id_ is None else view.actors.id(view.actors.code(id_))
        if id_ is None or canonical is None or canonical == id_:
            return None
        data = Moved(canonical, self.graph.referents(canonical, view.frame.known_at))
        meta = unread(noun_meta(view), self.graph)
        return moved(data, meta, request=self._request, id_=id_, canonical=canonical)

    def _show(self, find: Callable[[Graph], object]) -> Response:
        sequence, tag = self._standing()
        if tag is not None and has_already(self._request, tag):
            return self._unchanged(tag)
        found = find(self.graph)
        if isinstance(found, Seen):
            kept = tag if found.meta.truncated is None else None
            meta = unread(found.meta, self.graph)
            return answer(found.data, meta, request=self._request, tag=kept)
        meta = unread(NounMeta(sequence), self.graph)
        return answer(found, meta, request=self._request, tag=tag)

    def _cursor(self, place: int | None, sequence: int) -> str | None:
        return None if place is None else cursor_after(place, self._request, sequence=sequence)

    def _is_close(self) -> bool:
        """Whether the index has little to catch up with, so that nobody waits while it does."""
        if not self.graph.store.is_local:
            return False
        return self.graph.store.head().sequence - self.graph.index.sequence <= FEW_ENTRIES

    def _standing(self) -> tuple[int, str | None]:
        sequence = self.graph.refresh()
        return sequence, self._tag(sequence, None)

    def _tag(self, sequence: int, as_of: int | None) -> str | None:
        """None where the log cannot be read to its end: nobody is to keep that answer."""
        context = self._context
        if self.graph.unread_since is not None:
            return None
        return tag_of(self._request, context.chain.hash_at(sequence), as_of, context.version)

    def _unchanged(self, tag: str) -> Response:
        self._context.metrics.unchanged.inc()
        return unchanged(tag)

    def _meant(self, error: NotFound) -> NotFound:
        """The same error; where a name or alias was given for an id, it suggests the id."""
        if error.noun != "actor":
            return error
        near, reason = error.suggestions, error.reason
        try:
            near = (self.graph.resolve(error.name),)
        except NotFound as other:
            near, reason = other.suggestions or near, other.reason
        except StoreUnavailable:
            pass
        return NotFound(error.noun, error.name, suggestions=near, reason=reason)


async def _asking(request: Request, min_sequence: MinSequence = None) -> Asking:
    return Asking(request, min_sequence)


Ask = Annotated[Asking, Depends(_asking)]
