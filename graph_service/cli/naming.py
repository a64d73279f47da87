"""Names as people write them: which actor, relation, source or episode is meant."""

from collections.abc import Collection

from graph_service.domain.actors import Actor
from graph_service.domain.errors import InvalidRecord, NotFound
from graph_service.domain.ontology import Ontology
from graph_service.names.folding import fold_name
from graph_service.stores.graph import Graph


def actor_meant(graph: Graph, name: str, field: str, fresh: Collection[Actor] = ()) -> str:
    """The id of the actor that a name, alias or id means, among those known and those that are
    `fresh`; raises `InvalidRecord` where it means none, or more than one."""
    if name in {actor.id for actor in fresh}:
        return name
    known, near = _known(graph, name)
    told = [actor.id for actor in fresh if _is_called(actor, name)]
    if told and all(one.lent for one in graph.names().bearing(name)):
        known = []  # whoever is called so by himself goes before those to whom the name is lent
    meant = sorted({*known, *told})
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise InvalidRecord(f"{name!r} may mean {' or '.join(meant)}: give the id", field=field)
    raise InvalidRecord(
        f"no actor {name!r} is known: add one with --new-actor ID:KIND:NAME, or as [[actor]] in "
        "the form of --edit",
        field=field,
        suggestions=near,
    )


def own_ids(graph: Graph, name: str) -> list[str]:
    """The actor of that id, else all who are called so: each by its own id, also where it is judged
    one with another, since that may be undone."""
    return [name] if graph.store.about(f"actor:{name}") else graph.names().called(name)


def relation_meant(name: str, ontology: Ontology) -> str:
    """The relation of that name or label; raises `InvalidRecord`, with a hint where it is the
    label that is read from the other end."""
    wanted = _spoken(name)
    for known, relation in ontology.relations.items():
        if wanted in (_spoken(known), _spoken(relation.label)):
            return known
        if wanted == _spoken(relation.inverse):
            raise InvalidRecord(
                f"{name!r} is {known!r} read from its object: write {known!r}, and let subject and "
                "object change places",
                field="relation",
            )
    ontology.relation(name)
    return name


def check_source(graph: Graph, id_: str, fresh: Collection[str]) -> None:
    """Raises `InvalidRecord` where a source is neither known nor fresh."""
    if id_ in fresh:
        return
    try:
        graph.source(id_)
    except NotFound as error:
        raise InvalidRecord(
            f"{error.message}: describe it with --source-title and --published, or as [[source]] "
            "in the form of --edit",
            field="source",
            suggestions=error.suggestions,
        ) from None


def check_episode(graph: Graph, id_: str, fresh: Collection[str]) -> None:
    """Raises `InvalidRecord` where an episode is neither known nor fresh."""
    if id_ in fresh:
        return
    try:
        graph.episode(id_)
    except NotFound as error:
        raise InvalidRecord(
            f"{error.message}: add it as [[episode]] in the form of --edit",
            field="episode",
            suggestions=error.suggestions,
        ) from None


def _known(graph: Graph, name: str) -> tuple[list[str], tuple[str, ...]]:
    """The ids of all who are called so; where nobody is, ids of those named like it."""
    called = own_ids(graph, name)
    if len(called) == 1:
        return called, ()
    try:
        return [graph.resolve(name)], ()
    except NotFound as error:
        return called, error.suggestions


def _is_called(actor: Actor, name: str) -> bool:
    names = (actor.name, *(alias.text for alias in actor.aliases))
    return fold_name(name) in map(fold_name, names)


def _spoken(name: str) -> str:
    return fold_name(name.replace("_", " "))
