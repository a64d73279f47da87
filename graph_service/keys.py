"""Keys to the service: who may read or write, as a file that holds hashes and no token.

A token is 256 random bits, which nobody finds by trying, so that one round of SHA-256 keeps it as
well as a slow hash would: those make up for secrets that people choose.
"""

import hashlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from graph_service.domain.errors import (
    Conflict,
    InvalidQuestion,
    NotFound,
    StoreCorrupt,
    StoreError,
    StoreUnavailable,
)
from graph_service.stores.urls import file_of

LOCAL = "local"
"""Who writes without a key, where that is allowed; no key has this name."""

PREFIX = "gs_"
TOKEN_BYTES = 32
_DEFAULT = "graph-service.keys"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}", re.ASCII)
_HASH = re.compile("[0-9a-f]{64}")
_OTHERS_MAY_WRITE = 0o022


class Scope(StrEnum):
    """What a key allows; who may write may read."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name (what it writes stands under it in the log), and the hash of its token."""

    name: str
    scope: Scope
    hash: str
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Whether it was not revoked."""
        return self.revoked_at is None


def keys_path(store_url: str) -> Path:
    """Where the keys of a store lie unless it is said: beside its file, else where one stands.

    >>> keys_path("sqlite:graph.sqlite").name, keys_path("memory:").name
    ('graph.sqlite.keys', 'graph-service.keys')
    """
    path = file_of(store_url)
    return Path(_DEFAULT) if path is None else path.with_name(f"{path.name}.keys")


class KeyRing:
    """The keys in a file, followed as other processes change it: every key that was ever made, in
    order, revoked ones too. A file that is not there holds none.

    Raises `StoreCorrupt` and `StoreUnavailable` where it cannot be read or written.
    """

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        self.path = path
        self._patience = patience
        self._read: tuple[object, tuple[Key, ...]] = (None, ())

    def __iter__(self) -> Iterator[Key]:
        return iter(self._held())

    def find(self, token: str) -> Key | None:
        """The live key of this token. Every key is compared, and each in the same time, so that
        the time it takes tells nothing."""
        given = _hash_of(token)
        found = None
        for key in self:
            if hmac.compare_digest(key.hash, given) and key.is_live:
                found = key
        return found

    def add(self, name: str, scope: Scope, *, at: datetime) -> str:
        """Make a key and answer its token, which is nowhere kept and cannot be had again."""
        if not _NAME.fullmatch(name) or name == LOCAL:
            raise InvalidQuestion(
                f"{name[:80]!r} is no name for a key: write up to 64 letters, digits and . _ ~ -, a "
                f"letter or digit first; {LOCAL!r} is whoever writes without a key",
                parameter="name",
            )
        token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        fresh = Key(name, scope, _hash_of(token), at)

        def added(keys: tuple[Key, ...]) -> tuple[Key, ...]:
            if any(key.name == name for key in keys):
                raise Conflict(
                    f"there is or was a key {name!r}, and a name is given once, since it says in "
                    "the log who wrote: choose another"
                )
            return (*keys, fresh)

        self._change(added)
        return token

    def revoke(self, name: str, *, at: datetime) -> None:
        """Make a key worthless from now on; it stays listed. Raises `NotFound`."""

        def revoked(keys: tuple[Key, ...]) -> tuple[Key, ...]:
            names = [key.name for key in keys]
            if name not in names:
                raise NotFound("key", name, suggestions=get_close_matches(name, names))
            return tuple(
                replace(key, revoked_at=at) if key.name == name and key.is_live else key
                for key in keys
            )

        self._change(revoked)

    def _change(self, change: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> None:
        with self._told("written"), self._alone() as new:
            # Two files that follow each other closely can look alike to `stat`.
            self._read = (None, ())
            kept = {"keys": [asdict(key) for key in change(self._held())]}
            with new.open("wb") as file:
                file.write(orjson.dumps(kept, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z))
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
            _make_durable(self.path.parent)

    def _held(self) -> tuple[Key, ...]:
        with self._told("read"):
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                return ()
            self._check_mode(stat.st_mode)
            state = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            seen, keys = self._read
            if seen != state:
                keys = self._parse(self.path.read_bytes())
                self._read = state, keys
            return keys

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        """The new file, which only one process can make at a time: it is the lock, too."""
        new = self.path.with_name(f"{self.path.name}.new")
        end = time.monotonic() + self._patience
        while True:
            try:
                os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                break
            except FileExistsError:
                if time.monotonic() > end:
                    raise StoreUnavailable(
                        f"somebody else is changing the keys; if nobody is, remove {new}"
                    ) from None
                time.sleep(0.02)
        try:
            yield new
        except BaseException:
            # Once it has taken the place of the old one, a file of this name is somebody else's.
            new.unlink(missing_ok=True)
            raise

    def _parse(self, data: bytes) -> tuple[Key, ...]:
        try:
            return tuple(_key(item) for item in orjson.loads(data)["keys"])
        except (ValueError, TypeError, KeyError) as error:
            raise StoreCorrupt(
                f"{self.path} is no file of keys, or was damaged: restore it, or remove it and "
                "make the keys anew"
            ) from error

    def _check_mode(self, mode: int) -> None:
        # Who can write the file can let anybody in. On Windows the bits say nothing.
        if os.name == "posix" and mode & _OTHERS_MAY_WRITE:
            raise StoreError(f"others than its owner may write {self.path}: chmod 600 {self.path}")

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreUnavailable(
                f"the keys at {self.path} cannot be {what}: {error.strerror}"
            ) from error


def _make_durable(folder: Path) -> None:
    # Else a power cut may bring a revoked key back. Windows opens no folder, and needs not to.
    if os.name == "posix":
        held = os.open(folder, os.O_RDONLY)
        os.fsync(held)
        os.close(held)


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _key(item: dict[str, Any]) -> Key:
    revoked = item["revoked_at"]
    if not _HASH.fullmatch(item["hash"]):
        raise ValueError("this is no SHA-256")
    return Key(
        name=str(item["name"]),
        scope=Scope(item["scope"]),
        hash=item["hash"],
        created_at=datetime.fromisoformat(item["created_at"]),
        revoked_at=None if revoked is None else datetime.fromisoformat(revoked),
    )
