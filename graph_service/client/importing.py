"""Files that are taken in, as methods of a client."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from urllib.parse import quote

from graph_service.client.connection import Connection
from graph_service.client.errors import Refused, error_of
from graph_service.client.reading import read
from graph_service.importers.reports import Report

PATH = "/v1/imports"


class Importing:
    """What takes in files, and tells what became of them."""

    _connection: Connection

    def import_file(  # noqa: PLR0913 - what can be asked of an import, as every edge spells it
        self,
        path: str | PathLike[str],
        format: str,
        *,
        name: str | None = None,
        dry_run: bool = False,
        strict: bool = False,
        reliability: str | None = None,
        confidence: float | None = None,
        encoding: str | None = None,
        more: Mapping[str, str] | None = None,
        wait: bool = True,
    ) -> Report:
        """Take in a file, plain or packed with gzip or zstandard: `icews`, `gdelt`, `table`, … or
        `native` records.

        Rows that cannot be taken in are refused, and the rest goes in; with `strict` nothing does.
        `dry_run` only says what would come of it; `more` is what only one format knows. Answers
        the report at its end, or at once without `wait`. Raises `Refused` where the file as a whole
        cannot be taken in, and `Unavailable` where it can be sent again.
        """
        file = Path(path)
        try:
            reply = self._connection.send(
                PATH,
                file,
                format=format,
                name=name or file.name,
                dry_run=dry_run or None,
                strict=strict or None,
                reliability=reliability,
                confidence=confidence,
                encoding=encoding,
                more=None if more is None else [f"{key}={value}" for key, value in more.items()],
            )
        except OSError as error:
            raise Refused(f"{file} cannot be read: {error.strerror}") from error
        report = read(Report, reply.data)
        return self._ended(report) if wait else report

    def import_report(self, id: str) -> Report:
        """How far an import is, or what became of it, which is kept for seven days. What is asked
        after its end sees what it wrote. Raises `NotFound`."""
        reply = self._connection.get(f"{PATH}/{quote(id, safe='')}")
        report = read(Report, reply.data)
        if report.sequence is not None:
            self._connection.has_written(report.sequence)
        return report

    def _ended(self, report: Report) -> Report:
        looked = 0
        what = f"{report.name} to be taken in"
        with self._connection.waiting_for(what, lambda: _share(report)) as look_again:
            while not report.has_ended:
                look_again(looked)
                looked += 1
                report = self.import_report(report.id)
        if report.problem is not None:
            raise error_of(report.problem["status"], report.problem)
        return report


def _share(report: Report) -> float | None:
    """How much of the file has been read."""
    return report.bytes_done / report.bytes_total if report.bytes_total else None
