"""The parameters of an import."""

import codecs
import re
from typing import Annotated

from fastapi import Depends, Path, Query

from graph_service.api.access import Writer
from graph_service.api.import_order import NATIVE, Order
from graph_service.domain.errors import InvalidQuestion
from graph_service.domain.sources import Reliability
from graph_service.importers.formats import FORMATS, format_called
from graph_service.importers.intake import Wishes
from graph_service.importers.running import Format
from graph_service.imports import check_wishes

UNNAMED = "upload"
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)

ImportId = Annotated[
    str,
    Path(
        max_length=200,
        description="The id of an import.",
        examples=["i_58c0d30041692997df4842169aec0506"],
    ),
]
FormatName = Annotated[
    str,
    Query(
        alias="format",
        description="What kind of file it is.",
        json_schema_extra={"enum": [NATIVE, *FORMATS]},
    ),
]
Name = Annotated[
    str,
    Query(
        max_length=200,
        description="What the file is called, in reports and where its name tells its source. "
        "Folders in front of it are left away.",
        examples=["events-2024.csv.gz"],
    ),
]
DryRun = Annotated[
    bool,
    Query(
        description="Only say what would come of it; nothing is written.", examples=[False, True]
    ),
]
Strict = Annotated[
    bool,
    Query(
        description="Write nothing of the file if a row of it is refused; native records are "
        "always taken in whole or not at all.",
        examples=[False, True],
    ),
]
ReliabilityOfAll = Annotated[
    Reliability | None,
    Query(
        description="How far its sources are believed, instead of what is usual for the format.",
        examples=["C"],
    ),
]
ConfidenceOfAll = Annotated[
    float | None,
    Query(
        ge=0.01,
        le=0.95,
        allow_inf_nan=False,
        description="How sure its coding is, instead of what is usual for the format.",
        examples=[0.7],
    ),
]
Encoding = Annotated[
    str,
    Query(max_length=40, description="How a file of text is encoded.", examples=["cp1252"]),
]
More = Annotated[
    str | None,
    Query(
        max_length=2_000,
        description="What only this format knows, as `NAME=VALUE` separated by commas; "
        "`graph-service import FORMAT --help` lists it. What names another file is for the command "
        "line only.",
        examples=["published=2024-09"],
    ),
]


async def _order(  # noqa: PLR0913 - every parameter that an import has
    by: Writer,
    format_: FormatName,
    name: Name = UNNAMED,
    dry_run: DryRun = False,
    strict: Strict = False,
    reliability: ReliabilityOfAll = None,
    confidence: ConfidenceOfAll = None,
    encoding: Encoding = "utf-8",
    more: More = None,
) -> Order:
    called = None if format_ == NATIVE else format_called(format_)
    _check_encoding(encoding)
    wishes = Wishes(reliability, confidence, encoding, _more_from(more))
    _check_wishes(called, wishes)
    return Order(called, _FOLDERS.sub("", name) or UNNAMED, by, dry_run, strict, wishes)


OrderAsked = Annotated[Order, Depends(_order)]


def _more_from(text: str | None) -> dict[str, str]:
    """`NAME=VALUE` between commas as pairs; raises `InvalidQuestion`."""
    found: dict[str, str] = {}
    for one in [] if text is None else text.split(","):
        name, is_there, value = (part.strip() for part in one.partition("="))
        if not (name and is_there and value) or name in found:
            raise InvalidQuestion(
                f"{one!r}: write NAME=VALUE, several with commas, each name once", parameter="more"
            )
        found[name] = value
    return found


def _check_wishes(format_: Format | None, wishes: Wishes) -> None:
    if format_ is None:
        if wishes != Wishes():
            raise InvalidQuestion(
                "native records say themselves how far they are believed, and are in UTF-8: leave "
                "reliability, confidence, encoding and more away",
                parameter="format",
            )
        return
    check_wishes(format_, wishes)
    for name in format_.files:
        if name in wishes.more:
            raise InvalidQuestion(
                f"{name} names another file, which cannot be sent: use the command line, "
                f"`graph-service import {format_.name} FILE --more {name}=FILE`",
                parameter="more",
            )


def _check_encoding(name: str) -> None:
    try:
        "".encode(name)
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as error:
        raise InvalidQuestion(
            f"{name!r} is no encoding that is known: utf-8, utf-16, latin-1, cp1252 are",
            parameter="encoding",
        ) from error
