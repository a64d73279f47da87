"""Answers told in outline, as pages for people."""

from typing import Any

from graph_service.cli.sheet import NO_PROOF, Sheet, columns
from graph_service.queries.answers import Answer
from graph_service.queries.outline import Block, Evidence, Heading, Line, Outline, Rows


def show_outline(sheet: Sheet, answer: Answer[Any], outline: Outline[Any]) -> None:
    """The title, what is told, the sources, and where the answer stands."""
    data = answer.data
    sheet.foreword(answer.meta, one_origin=getattr(data, "one_origin", False))
    sheet.title(f"{outline.title(data)}, as of {answer.meta.as_of}")
    sheet.line()
    for block in outline.blocks(data, sheet.name_of):
        _show(sheet, block)
    if outline.empty(data):
        sheet.line(NO_PROOF)
    if answer.page is not None and answer.page.next_cursor:
        sheet.line()
        sheet.line(f"There is more: go on with --cursor {answer.page.next_cursor}")
    sheet.sources()
    sheet.standing(answer.meta)


def _show(sheet: Sheet, block: Block) -> None:
    match block:
        case Heading(text):
            sheet.line()
            sheet.title(text)
        case Line(text, indent):
            sheet.line(text, indent=indent, hang=2)
        case Evidence(claims, missing, indent):
            sheet.claims(claims, indent=indent)
            sheet.doubts(missing, indent=indent)
        case Rows(headings, rows, right):
            table = columns(*headings, right=right)
            for row in rows:
                table.add_row(*row)
            sheet.table(table)
