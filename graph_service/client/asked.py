"""A question in plain words: what was understood of it, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_service.client.answers import Answer
from graph_service.client.connection import Connection, Reply
from graph_service.client.errors import Refused
from graph_service.client.markup import SOFT, tag
from graph_service.client.outlined_answers import OUTLINED
from graph_service.client.plain import Told, shown
from graph_service.client.rankings import InfluenceAnswer, LeverageAnswer
from graph_service.client.reading import read
from graph_service.client.ties import NeighboursAnswer, PathsAnswer
from graph_service.domain.sources import Source

if TYPE_CHECKING:
    import networkx
    import pandas

    from graph_service.ask.ask import Asked, Suggestion, Understood
    from graph_service.client.views import View

_ANSWERS: Mapping[str, type[Answer[Any]]] = {
    "leverage": LeverageAnswer,
    "influence": InfluenceAnswer,
    "neighbours": NeighboursAnswer,
    "paths": PathsAnswer,
    **{kind.question: kind for kind in OUTLINED},
}


@dataclass(frozen=True, repr=False)
class AskAnswer:
    """What was understood of a question in words, and the `answer` to it: the very same as the
    method of that name gives. None where it was not understood, and `why` and `suggestions` say
    what to do."""

    data: "Asked"
    answer: Answer[Any] | None = field(default=None)

    @classmethod
    def of(cls, reply: Reply, connection: Connection) -> "AskAnswer":
        """What a reply holds."""
        from graph_service.ask.ask import Asked

        data = read(Asked, reply.data)
        if data.understood is None or data.answer is None:
            return cls(data)
        there = f"{connection.url}{data.understood.url}"
        kind = _ANSWERS[data.understood.question]
        return cls(data, kind.of(replace(reply, data=reply.data["answer"], url=there), connection))

    @property
    def understood(self) -> "Understood | None":
        """The question as it was understood."""
        return self.data.understood

    @property
    def why(self) -> str | None:
        """Why there is no answer."""
        return self.data.why

    @property
    def suggestions(self) -> "tuple[Suggestion, ...]":
        """Questions near to it that can be asked."""
        return self.data.suggestions

    @cached_property
    def df(self) -> "pandas.DataFrame":
        """The answer as a table of pandas."""
        return self._answered().df

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that the answer cites."""
        return self._answered().sources

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """The claims that the answer cites, as a graph."""
        return self._answered().to_networkx()

    def view(self) -> "View":
        """The answer as a picture."""
        return self._answered().view()

    def to_html(self, path: str | PathLike[str]) -> Path:
        """Write the picture to a file of its own."""
        return self._answered().to_html(path)

    def explain(self) -> Told:
        """The answer told step by step."""
        return self._answered().explain()

    def cite(self) -> Told:
        """A footnote for the answer."""
        return self._answered().cite()

    def _answered(self) -> Answer[Any]:
        if self.answer is None:
            raise Refused(self._why(), suggestions=[each.words for each in self.suggestions])
        return self.answer

    def _why(self) -> str:
        return shown(self.why or f"{self.data.asked!r} was not understood")

    def __repr__(self) -> str:
        if self.answer is None:
            nearest = "; ".join(shown(each.words) for each in self.suggestions)
            return f"<AskAnswer: {self._why()}{f' Ask: {nearest}' if nearest else ''}>"
        return f"<AskAnswer: {self.answer!r}>"

    def _repr_html_(self) -> str:
        if self.understood is None or self.answer is None:
            nearest = [tag("li", each.words) for each in self.suggestions]
            return str(tag("div", tag("div", self._why()), tag("ul", *nearest)))
        understood = self.understood
        lines = (f"Understood as: {understood.words}", understood.command, *understood.notes)
        told = [tag("div", line, style=SOFT) for line in lines]
        return str(tag("div", *told)) + self.answer._repr_html_()
