"""What a sentence may mean that was read and cannot be asked."""

from graph_service.questions import Question


class Unaskable(Exception):
    """A sentence that was read and cannot be asked; the message is a sentence that says why, and
    `instead` are questions that it may mean."""

    def __init__(self, why: str, *, instead: tuple[Question, ...] = ()) -> None:
        super().__init__(why)
        self.instead = instead
