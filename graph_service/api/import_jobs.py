"""Imports, as reports that every worker can give, also after a restart."""

import hashlib
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson
from pydantic import TypeAdapter

from graph_service.api.import_folder import Folder
from graph_service.api.problems import IMPORT_STOPPED, Problem
from graph_service.domain.errors import NotFound
from graph_service.importers.reports import Report, Stage

_ID = re.compile("i_[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Job:
    """An import and what nobody is told of it: the process that has it, what was sent (the digest
    of the file and of how it is to be taken in), and by which request."""

    report: Report
    owner: str
    digest: str
    request_id: str

    @property
    def was_stopped(self) -> bool:
        """Whether it was broken off, so that sending it again means another try."""
        problem = self.report.problem
        return problem is not None and problem["type"] == IMPORT_STOPPED.uri

    def stopped(self) -> "Job":
        """The same, broken off."""
        problem = Problem(IMPORT_STOPPED, IMPORT_STOPPED.meaning).body(self.request_id)
        return replace(self, report=replace(self.report, state=Stage.FAILED, problem=problem))


_JOB = TypeAdapter(Job)


def id_of(by: str, key: str | None) -> str:
    """The id of what somebody sends under a key, always the same; without a key a new one."""
    if key is None:
        return f"i_{secrets.token_hex(16)}"
    named = f"{by}\n{key}".encode()
    return f"i_{hashlib.sha256(named).hexdigest()[:32]}"


class Jobs:
    """The imports into one store. The jobs of a process that is gone are broken off: nobody goes
    on with them. Raises what `Folder` raises."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def put(self, job: Job) -> None:
        """Keep a job as it stands now."""
        self._folder.replace(f"{job.report.id}.json", orjson.dumps(asdict(job)))

    def find(self, id_: str) -> Job:
        """The job of that id as it stands, whoever has it; raises `NotFound`."""
        job = self._read(id_)
        if job.report.has_ended or self._folder.is_alive(job.owner):
            return job
        # Its process may have ended it, and then itself, between the two looks.
        job = self._read(id_)
        return job if job.report.has_ended else job.stopped()

    def begin(self, job: Job) -> Job:
        """Keep a new job, and answer it; or the one that there is under its id, unless that one was
        broken off."""
        id_ = job.report.id
        with self._folder.alone("begin"):
            with suppress(NotFound):
                there = self.find(id_)
                if not there.was_stopped:
                    return there
            self.refused_rows(id_).unlink(missing_ok=True)
            self.put(job)
        return job

    def refused_rows(self, id_: str) -> Path:
        """The file in which the rows of a job are listed that were refused."""
        return self._folder.file(f"{id_}.refused.csv")

    def _read(self, id_: str) -> Job:
        data = self._folder.read(f"{id_}.json") if _ID.fullmatch(id_) else None
        if data is None:
            raise NotFound("import", id_)
        return _JOB.validate_json(data)
