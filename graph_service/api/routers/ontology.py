"""`/v1/ontology`: the vocabulary, with every number that a score uses."""

from fastapi import APIRouter
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import Noun, described
from graph_service.api.problems import INVALID_PARAMETER
from graph_service.api.vocabulary import Vocabulary, vocabulary

router = APIRouter(prefix="/v1/ontology")


@router.get(
    "",
    summary="The ontology",
    **described(Noun[Vocabulary], INVALID_PARAMETER, examples=("/v1/ontology",), tag="Ontology"),
)
async def the_ontology(ask: Ask) -> Response:
    """Kinds of actors, channels, families and relations, each with its meaning and its parameters
    in the method, the kinds allowed at each end, and the codes of other vocabularies mapped to
    it."""
    return await ask.noun(lambda graph: vocabulary(graph.ontology))
