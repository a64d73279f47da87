"""Forms that are filled in with the user's own editor: nothing that was typed is lost."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from graph_service.cli.desk import Desk
from graph_service.cli.failures import NO_RESULT, in_lines
from graph_service.domain.errors import (
    Conflict,
    InvalidQuestion,
    InvalidRecord,
    LostUpdate,
    NotFound,
)

SAID = "#! "
"""What a line that says what is wrong with a form begins with."""
_MENDABLE = (Conflict, InvalidQuestion, InvalidRecord, NotFound)


def editor_from(environment: Mapping[str, str]) -> list[str]:
    """The editor's command and its arguments; raises `InvalidQuestion` where none is set."""
    told = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(told)
    except ValueError as error:
        raise InvalidQuestion(
            f"VISUAL or EDITOR cannot be read: {error}", parameter="edit"
        ) from error
    if not words:
        raise InvalidQuestion(
            "no editor is set: name yours in VISUAL or EDITOR, as in EDITOR=nano", parameter="edit"
        )
    return words


def fill_in(
    desk: Desk, form: str, use: Callable[[str], int], *, ending: str, resumed: bool = False
) -> int:
    """Have a form filled in, and use what was written; answers the exit code.

    A form that is left empty, or as it was unless it is `resumed`, ends without being used. One
    that cannot be used is opened again, with the reason at its top, until it can be or is left as
    it is. Whatever else stops it, the text stays in a file and the user is told where.
    """
    editor = editor_from(os.environ)
    draft = _Draft.begun(form, ending, resumed=resumed)
    try:
        return _filled_in(desk, draft, editor, use)
    finally:
        draft.end(desk)


def _filled_in(
    desk: Desk, draft: "_Draft", editor: Sequence[str], use: Callable[[str], int]
) -> int:
    while True:
        before = draft.text()
        status = _run([*editor, str(draft.path)])
        if status != 0:
            desk.err.print(f"The editor ended with {status}: nothing was written.")
            return NO_RESULT
        if draft.is_blank():
            desk.err.print("The form is empty or as it was: nothing was written.")
            return NO_RESULT
        text = without_remarks(draft.text())
        try:
            code = use(text)
        except _MENDABLE as error:
            # Left as it was, or with nobody there to mend it, it would be opened for ever.
            left = draft.text() == before
            if left or isinstance(error, LostUpdate) or not desk.err.is_terminal:
                raise
            draft.put(_remarked(text, in_lines(error)))
        else:
            draft.used = True
            return code


class _Draft:
    """A form on its way through an editor, in a file of its own that only its user can read."""

    def __init__(self, path: Path, form: str, *, resumed: bool) -> None:
        self.path = path
        self.used = False
        self._untouched = None if resumed else form
        self.put(form)

    @classmethod
    def begun(cls, form: str, ending: str, *, resumed: bool) -> "_Draft":
        handle, name = tempfile.mkstemp(prefix="graph-service-", suffix=ending)
        os.close(handle)
        return cls(Path(name), form, resumed=resumed)

    def put(self, text: str) -> None:
        self.path.write_bytes(text.encode("utf-8", "surrogateescape"))

    def text(self) -> str:
        if not self.path.exists():  # an editor may remove what there is no use for
            return ""
        return self.path.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")

    def is_blank(self) -> bool:
        """Whether nothing was written into the form, or everything was taken out of it."""
        text = without_remarks(self.text())
        return text == self._untouched or not any(map(_says_something, text.splitlines()))

    def end(self, desk: Desk) -> None:
        if self.used or self.is_blank():
            self.path.unlink(missing_ok=True)
        else:
            desk.err.print(f"What was typed is kept in {self.path}", markup=False, soft_wrap=True)


def without_remarks(text: str) -> str:
    """A form without the lines that say what is wrong with it."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(SAID))


def _remarked(text: str, lines: Sequence[str]) -> str:
    said = (part for line in lines for part in line.splitlines())
    return "".join(f"{SAID}{line}\n" for line in said) + text


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _run(command: Sequence[str]) -> int:
    try:
        process = subprocess.Popen(command)
    except OSError as error:
        raise InvalidQuestion(
            f"the editor {command[0]} cannot be started: {error.strerror}. "
            "VISUAL and EDITOR say which one it is",
            parameter="edit",
        ) from error
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the editor was interrupted too, and knows what that means to it
