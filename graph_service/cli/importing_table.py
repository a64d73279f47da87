"""Taking in a spreadsheet, and proposing how its columns are read."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from typer import Option

from graph_service.cli.desk import Desk
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms_importing import ImportFilesForm
from graph_service.cli.importing import import_files
from graph_service.domain.errors import GraphError, InvalidQuestion
from graph_service.domain.ontology import load_ontology
from graph_service.importers.guessing_text import proposed
from graph_service.importers.packed import opened
from graph_service.importers.sheets import Layout
from graph_service.importers.table import table_format


@dataclass(frozen=True, kw_only=True, slots=True)
class TableForm(ImportFilesForm):
    """Which tables are taken in, and how their columns are read."""

    mapping: Annotated[
        Path | None,
        Option(metavar="FILE", help="A mapping in TOML that says how columns are read."),
    ] = None
    guess: Annotated[
        bool, Option("--guess", help="Only propose a mapping; nothing is taken in.")
    ] = False
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FILE", help="Where the proposed mapping is written."),
    ] = None


def import_table(desk: Desk, form: TableForm) -> int:
    """Take in a spreadsheet: CSV, TSV, Excel (.xlsx) or Parquet.

    Columns are read as a mapping says (--mapping), else as they are plainly
    named: who, what, whom, when, source. --guess proposes a mapping. Our own
    CSV export is known by its header.

    --more published=…  when the sources were published that do not say it, such as 2024-09
    """
    if form.guess:
        return _propose(desk, form)
    if form.output is not None:
        raise InvalidQuestion("--output is where --guess writes: add --guess", parameter="output")
    told: dict[str, None] = {}

    def tell(line: str) -> None:
        if line not in told:
            told[line] = None
            desk.err.print(line, markup=False, soft_wrap=True)

    more = list(form.more or ())
    if form.mapping is not None:
        more.append(f"mapping={form.mapping}")
    return import_files(desk, table_format(tell), replace(form, more=more))


def _propose(desk: Desk, form: TableForm) -> int:
    if len(form.files) != 1:
        raise InvalidQuestion("a mapping is proposed for one file at a time", parameter="file")
    name = form.files[0]
    try:
        with opened(name) as packed:
            text = proposed(packed, Layout(encoding=form.encoding), load_ontology())
    except GraphError as error:
        error.add_note(Path(name).name)
        raise
    if form.output is None:
        desk.write(text.encode("utf-8", "replace"))
        return ANSWERED
    if form.output.exists():
        raise InvalidQuestion(f"{form.output} is there already: name another", parameter="output")
    form.output.write_text(f"{text}\n", "utf-8")
    desk.err.print(
        f"Look at {form.output}, then: graph-service import table {name} --mapping {form.output}",
        markup=False,
        soft_wrap=True,
    )
    return ANSWERED
