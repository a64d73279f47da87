"""`/v1/ask`: a question in plain words."""

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from graph_service.api.asking import Ask
from graph_service.api.describe import QuestionMeta, described
from graph_service.api.parameters import Words
from graph_service.api.problems import INVALID_PARAMETER, OVERLOADED
from graph_service.api.standpoint import Standpoint
from graph_service.ask.ask import Asked, Reply
from graph_service.ask.ask import ask as ask_in_words
from graph_service.graph.view import View
from graph_service.queries.answers import NounMeta
from graph_service.queries.budget import Budget

router = APIRouter(prefix="/v1/ask")


class AnsweredInWords(BaseModel):
    """What was understood of a text, the answer to it, and where that stands."""

    data: Asked
    meta: QuestionMeta | NounMeta


@router.get(
    "",
    summary="Ask in plain words",
    **described(
        AnsweredInWords,
        INVALID_PARAMETER,
        OVERLOADED,
        examples=(
            "/v1/ask?q=Who%20has%20leverage%20over%20Hamas%20as%20of%20September%202024%3F",
            "/v1/ask?q=Whom%20does%20Iran%20influence%3F",
            "/v1/ask?q=Who%20has%20attacked%20Israel%20since%207%20October%3F",
        ),
        tag="Ask",
    ),
)
async def asked_in_words(ask: Ask, q: Words) -> Response:
    """`understood` is the question that the text was read as, in words, as the request and as the
    command that ask the same, and `answer` is the very data of that request; `meta` is its meta.
    What is not understood is not guessed at: `understood` is null, `why` says what stands in the
    way, and `suggestions` are the nearest questions that can be asked."""
    replies: list[Reply] = []

    def asked(view: View, budget: Budget) -> Reply:
        today = date.fromordinal(view.frame.as_of)
        replies.append(ask_in_words(ask.graph, q, today=today, budget=budget))
        return replies[-1]

    response = await ask.question(Standpoint(), asked)
    for reply in replies:
        _go_on_at_the_question(response, reply)
    return response


def _go_on_at_the_question(response: Response, reply: Reply) -> None:
    """The next page is one of the question that was understood, and not of the text."""
    understood, page = reply.data.understood, reply.page
    if understood is not None and page is not None and page.next_cursor is not None:
        joint = "&" if "?" in understood.url else "?"
        url = f"{understood.url}{joint}cursor={quote(page.next_cursor, safe='')}"
        response.headers["Link"] = f'<{url}>; rel="next"'
