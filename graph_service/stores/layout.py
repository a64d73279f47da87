"""The formats of the file: which one lies there, and how an older one is brought up."""

from importlib.resources import files
from pathlib import Path

import apsw

from graph_service.domain.errors import StoreCorrupt, StoreTooNew

APPLICATION_ID = 0x61637467  # "actg"
STEPS = ("schema.sql", "schema_2.sql", "schema_3.sql")
"""What each format adds to the one before."""
FORMAT_VERSION = len(STEPS)


def is_empty(db: apsw.Connection) -> bool:
    """Whether nothing has been made of the file yet."""
    tables = db.execute("SELECT count(*) FROM sqlite_schema").get
    return not tables and not db.pragma("application_id") and not db.pragma("user_version")


def check_format(db: apsw.Connection, path: Path) -> None:
    """Raises `StoreCorrupt` where another program made the file, `StoreTooNew` where a newer one."""
    if db.pragma("application_id") != APPLICATION_ID:
        raise StoreCorrupt(
            f"{path} is a database of another program, not a store of claims: name another file"
        )
    version = db.pragma("user_version")
    if version > FORMAT_VERSION:
        raise StoreTooNew(
            f"{path} has the format {version}, and this program reads up to {FORMAT_VERSION}: "
            "install a newer version"
        )


def is_older(db: apsw.Connection) -> bool:
    """Whether the file lacks tables that this program writes."""
    return int(db.pragma("user_version")) < FORMAT_VERSION


def bring_up(db: apsw.Connection) -> None:
    """Make the tables that the file lacks, all within the transaction of the caller; of two
    processes, the second finds them made."""
    if not is_older(db):
        return
    for step in STEPS[db.pragma("user_version") :]:
        db.execute(files("graph_service.stores").joinpath(step).read_text("utf-8"))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
