"""Keys to the service: make one, list them, revoke one."""

from pathlib import Path
from typing import Any

import orjson

from graph_service.cli.desk import Desk, Format
from graph_service.cli.failures import ANSWERED
from graph_service.cli.forms_keys import AddKeyForm, ListKeysForm, RevokeKeyForm
from graph_service.cli.sheet import columns
from graph_service.domain.periods import instant
from graph_service.keys import Key, KeyRing, keys_path
from graph_service.stores.log import now


def add_key(desk: Desk, form: AddKeyForm) -> int:
    """Make a key; standard output has its token and nothing else, this once."""
    ring = _ring(desk, form.keys)
    token = ring.add(form.name, form.scope, at=now())
    desk.write(token.encode())
    desk.err.print(
        f"The key {form.name!r} may {form.scope}. It is not shown again: only its hash is kept, in "
        f"{ring.path}. Send it as Authorization: Bearer gs_…",
        markup=False,
        soft_wrap=True,
    )
    return ANSWERED


def list_keys(desk: Desk, form: ListKeysForm) -> int:
    """Every key with its scope and dates, revoked ones too; never a token."""
    keys = list(_ring(desk, form.keys))
    if desk.shown_as(form.format) is Format.JSON:
        desk.write(orjson.dumps([_shown(key) for key in keys]))
        return ANSWERED
    if not keys:
        desk.out.print("There are no keys: graph-service keys add NAME --scope write makes one.")
        return ANSWERED
    table = columns("name", "scope", "made", "revoked")
    for key in keys:
        revoked = "" if key.revoked_at is None else instant(key.revoked_at)
        table.add_row(key.name, key.scope, instant(key.created_at), revoked)
    desk.out.print(table)
    return ANSWERED


def revoke_key(desk: Desk, form: RevokeKeyForm) -> int:
    """Make a key worthless, at once and for good; it stays in the list."""
    _ring(desk, form.keys).revoke(form.name, at=now())
    desk.out.print(f"The key {form.name!r} is revoked.", markup=False, soft_wrap=True)
    return ANSWERED


def _ring(desk: Desk, path: Path | None) -> KeyRing:
    return KeyRing(path or keys_path(desk.store))


def _shown(key: Key) -> dict[str, Any]:
    return {
        "name": key.name,
        "scope": key.scope,
        "created_at": instant(key.created_at),
        "revoked_at": None if key.revoked_at is None else instant(key.revoked_at),
    }
