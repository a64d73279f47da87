"""One large JSON document, read part by part: the elements of one list or object in it.

What a part holds is read by `strict_json`; here only its end is looked for, so that a document of
any size takes the memory of its largest part.
"""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.packed import BLOCK
from graph_service.importers.strict_json import strict_json

LARGEST_PART = 16_000_000
"""A part of more characters is refused: the largest items of Wikidata have a third of them."""

_SPACE = " \t\n\r"
_ENDS = frozenset({*_SPACE, ",", "]", "}", ":"})


class Part(NamedTuple):
    """A value in a document: the name of the member that it stands under (empty in a list that is
    the whole), the line on which it begins (from 1), and its text."""

    name: str
    line: int
    text: str

    def value(self) -> object:
        """What it says; raises `InvalidRecord` for what is no JSON after all, or not strictly."""
        return strict_json(self.text.encode())


def parts(stream: BinaryIO, inside: str) -> Iterator[Part]:
    """The members of the document, and the elements instead of the whole of the member `inside`,
    or those of the document itself where it is a list.

    Raises `InvalidRecord` with the line where it is no JSON, ends too early or has a part that is
    too large.
    """
    text = _Text(stream)
    match text.peek():
        case "[":
            yield from _elements(text, "")
        case "{":
            for name in _names(text):
                if name == inside and text.peek() in ("[", "{"):
                    yield from _elements(text, name)
                else:
                    yield text.part(name)
        case _:
            raise text.fault("this is no JSON document: it begins with neither { nor [")
    if text.peek():
        raise text.fault("the document goes on after its end")


def _elements(text: "_Text", name: str) -> Iterator[Part]:
    """The elements of a list, or the values of an object."""
    if text.peek() == "{":
        for _ in _names(text):
            yield text.part(name)
        return
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    end = ","
    while end == ",":
        yield text.part(name)
        end = text.take(",]")


def _names(text: "_Text") -> Iterator[str]:
    """The names in an object, each before its value is read."""
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        return
    end = ","
    while end == ",":
        name = strict_json(text.part("").text.encode()) if text.peek() == '"' else None
        if not isinstance(name, str):
            raise text.fault("an object has a name in quotes here")
        text.take(":")
        yield name
        end = text.take(",}")


class _Text:
    """The text of a document from where it was read to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        # Only where a number ends matters, and long ones take long to read.
        self._scan = json.JSONDecoder(parse_int=len, parse_float=len).raw_decode
        self._text = ""
        self._place = 0
        self._line = 1
        self._ended = False

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._place < len(self._text):
                if self._text[self._place] not in _SPACE:
                    return self._text[self._place]
                self._step(1)
            if not self._fill(BLOCK):
                return ""

    def take(self, wanted: str) -> str:
        """Step over the next character, which is one of those wanted."""
        found = self.peek()
        if not found or found not in wanted:
            what = "the document ends" if not found else f"{found!r} stands"
            raise self.fault(f"{what} where {' or '.join(wanted)} belongs")
        self._step(1)
        return found

    def part(self, name: str) -> Part:
        """Step over the next value, and answer it."""
        self.peek()
        line = self._line
        end = self._end()
        text = self._text[self._place : end]
        self._step(end - self._place)
        return Part(name, line, text)

    def fault(self, reason: str) -> InvalidRecord:
        """What is wrong, with the line."""
        return InvalidRecord(reason, line=self._line)

    def _end(self) -> int:
        """Where the value ends that begins here."""
        while True:
            fault = ""
            try:
                end = self._scan(self._text, self._place)[1]
            except RecursionError:
                raise self.fault("this is nested too deeply") from None
            except ValueError as error:
                fault, end = str(error), len(self._text)
            self._check_size(end - self._place)
            # A number may go on in the next block where nothing that ends it has been read.
            if not fault and (self._text[end : end + 1] in _ENDS or not self._fill(BLOCK)):
                return end
            # Twice as much each time, so that a part is not looked at for every block of it.
            if fault and not self._fill(max(BLOCK, end - self._place)):
                raise self.fault(f"this is no JSON, or the document is cut off: {fault}")

    def _check_size(self, size: int) -> None:
        if size > LARGEST_PART:
            raise self.fault(f"a part of the document has more than {LARGEST_PART:,} characters")

    def _step(self, count: int) -> None:
        self._line += self._text.count("\n", self._place, self._place + count)
        self._place += count

    def _fill(self, size: int) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        data = self._stream.read(size)
        self._ended = not data
        try:
            more = self._decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise self.fault("the document is not UTF-8: save it as UTF-8") from error
        self._text = self._text[self._place :] + more
        self._place = 0
        return not self._ended
