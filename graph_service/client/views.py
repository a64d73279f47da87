"""Answers to look at in a notebook: a widget that draws, expands, and says what is chosen."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph_service.client.extra import extra

with extra():
    import anywidget
    import traitlets

from graph_service.client.frames import CLAIMS, claim_rows, frame_of
from graph_service.client.pictures import tie_of
from graph_service.client.ties import NeighboursAnswer
from graph_service.queries.answers import CitedClaim
from graph_service.web import built

if TYPE_CHECKING:
    import pandas

    from graph_service.client.answers import Answer


class View(anywidget.AnyWidget):
    """An answer drawn in a notebook, as `Answer.view()` gives it.

    `chosen` are the ties that are chosen (`subject~relation~object`) and `day` the day of the
    slider, empty for all of time: both can be read and set. `expand` draws all ties of an actor, as
    the button in the picture does. Where widgets do not run, the answer's table is shown.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    day = traitlets.Unicode("").tag(sync=True)

    def __init__(self, answer: "Answer[Any]") -> None:
        self._answer = answer
        self._grown: dict[str, NeighboursAnswer] = {}
        super().__init__(
            _esm=built("widget.js").decode(),
            _css=built("drawing.css").decode(),
            picture=answer.picture(),
        )
        self.on_msg(self._heard)

    @property
    def claims(self) -> Sequence[CitedClaim]:
        """The claims of the chosen ties; of all that is drawn where none is chosen."""
        answers = (self._answer, *self._grown.values())
        every = {claim.id: claim for answer in answers for claim in answer.claims}
        return tuple(
            claim for claim in every.values() if not self.chosen or tie_of(claim) in self.chosen
        )

    @property
    def df(self) -> "pandas.DataFrame":
        """`claims` as a table of pandas, a row each."""
        return frame_of(CLAIMS, claim_rows(self.claims, self._answer._known))

    def expand(self, actor: str) -> None:
        """Draw all ties of an actor (by id) as well, on the day and the knowledge of the answer."""
        self._grown[actor] = self._answer.ties_of(actor)
        claims = [claim for grown in self._grown.values() for claim in grown.claims]
        self.picture = self._answer.picture(and_=claims)

    def _heard(self, _: object, message: Mapping[str, Any], __: object) -> None:
        if isinstance(message.get("expand"), str):
            self.expand(message["expand"])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401 - what Jupyter hands over
        shown = super()._repr_mimebundle_(**kwargs)
        return shown and ({**shown[0], "text/html": self._answer._repr_html_()}, shown[1])
