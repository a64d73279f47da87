"""The questions about two, about many and about time, as commands."""

from collections.abc import Sequence

from graph_service.cli.desk import Desk
from graph_service.cli.failures import ANSWERED, NO_RESULT
from graph_service.cli.forms import Standing
from graph_service.cli.forms_questions import (
    AlignmentForm,
    BalanceForm,
    BlocsForm,
    BrokersForm,
    ChangesForm,
    ComparisonForm,
    CoverageForm,
    LatentForm,
    MediatorsForm,
    PairForm,
    TimelineForm,
)
from graph_service.cli.questions import put, resolving, show
from graph_service.cli.show_outline import show_outline
from graph_service.domain.periods import day
from graph_service.queries.budget import Budget
from graph_service.queries.outlines import OUTLINES
from graph_service.queries.parameters import day_from
from graph_service.questions import QUESTIONS
from graph_service.stores.graph import Graph

WHOLE = 100


def mediators(desk: Desk, form: MediatorsForm) -> int:
    """Who could mediate between two actors: ranked, with bias, leverage over each and past talks."""
    return _pair(desk, "mediators", form)


def alignment(desk: Desk, form: AlignmentForm) -> int:
    """How aligned two actors are, by what, and how that has changed."""
    return _pair(desk, "alignment", form)


def comparison(desk: Desk, form: ComparisonForm) -> int:
    """Two actors side by side: leverage, friends and foes."""
    return _pair(desk, "comparison", form)


def timeline(desk: Desk, form: TimelineForm) -> int:
    """What was told of actors in the order of time, the claims of an episode together."""
    return _answer(desk, "timeline", form, actors=form.actors)


def changes(desk: Desk, form: ChangesForm) -> int:
    """What changed about an actor, or between two, and why its leverage did."""
    return _answer(desk, "changes", form, actor=[form.actor], other=_one(form.other))


def balance(desk: Desk, form: BalanceForm) -> int:
    """Which triads of actors do not go together, and whether there are fewer than by chance."""
    return _answer(desk, "balance", form, actors=form.actors)


def blocs(desk: Desk, form: BlocsForm) -> int:
    """Who stands with whom against whom, and how sure that is."""
    return _answer(desk, "blocs", form, actors=form.actors)


def brokers(desk: Desk, form: BrokersForm) -> int:
    """Through whom others have influence: who would lose most of it without whom."""
    return _answer(desk, "brokers", form, over=_one(form.over))


def coverage(desk: Desk, form: CoverageForm) -> int:
    """What the graph does not know: single sources, stale ties, gaps in time."""
    return _answer(desk, "coverage", form, actor=_one(form.actor))


def latent(desk: Desk, form: LatentForm) -> int:
    """Which states may support a group unseen: inferred, asserted by no source."""
    return _answer(desk, "latent", form, id=[form.actor])


def _pair(desk: Desk, name: str, form: PairForm) -> int:
    return _answer(desk, name, form, between=[form.one, form.other])


def _one(actor: str | None) -> list[str] | None:
    return None if actor is None else [actor]


def _answer(desk: Desk, name: str, form: Standing, **actors: Sequence[str] | None) -> int:
    """Ask a question of the actors that these parameters name, and show the answer."""
    outline = OUTLINES[name]
    with desk.graph() as graph:
        ids = {parameter: _ids(graph, form, some) for parameter, some in actors.items()}
        with desk.progress(name, total=WHOLE) as bar:
            budget = Budget(heard=lambda done: bar.move(round(WHOLE * done), WHOLE))
            answer = put(graph, QUESTIONS[name], form, budget=budget, **ids)
        show(desk, graph, answer, form, lambda sheet: show_outline(sheet, answer, outline))
    return NO_RESULT if outline.empty(answer.data) else ANSWERED


def _ids(graph: Graph, form: Standing, actors: Sequence[str] | None) -> str | None:
    """The ids of actors, meant as they were called on the later day, in a list."""
    if not actors:
        return None
    later = day_from(getattr(form, "to", None), "to")
    on = form if later is None else Standing(as_of=day(later), known_at=form.known_at)
    return ",".join(map(resolving(graph, on), actors))
