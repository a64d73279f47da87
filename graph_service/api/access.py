"""Who asks, and whether they may.

Every request under `/v1`, or for a guide to an actor, passes here, so that no route can forget to
ask. Reading is free unless the service is private. Writing takes a key, but for programs of the
very machine where the service listens to nobody else.
"""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import Request

from graph_service.api.context import Context
from graph_service.domain.errors import KeyNeeded, NotAllowed
from graph_service.keys import LOCAL, Key, KeyRing, Scope, keys_path
from graph_service.settings import DEFAULT_STORE, Settings

ACTOR_GUIDES = "/browser/guides/actors/"
"""Under this path Neo4j Browser reads what the graph knows of an actor."""
MAKE_KEY = "graph-service keys add NAME --scope write"
_READS = frozenset({"GET", "HEAD"})
_PASSED_ON = (
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip",
)  # fmt: skip


class Gate:
    """A dependency of every route."""

    async def __call__(self, request: Request) -> None:
        """Raise `KeyNeeded` or `NotAllowed` where this may not be asked; note who writes."""
        if request.url.path.startswith(("/v1/", ACTOR_GUIDES)):
            context: Context = request.app.state.context
            request.state.writer = _admitted(request, context.settings, context.keys)


async def _writer(request: Request) -> str:
    name: str = request.state.writer
    return name


Writer = Annotated[str, Depends(_writer)]
"""The name that what is written stands under in the log."""


def _admitted(request: Request, settings: Settings, keys: KeyRing) -> str:
    reads = request.method in _READS
    if settings.read_only and not reads:
        raise NotAllowed("this service was started for reading only: nothing can be written to it")
    if reads and not settings.private:
        return LOCAL
    header = request.headers.get("authorization")
    if header is None:
        _check_needs_no_key(request, settings)
        return LOCAL
    return _holder(header, keys, reads=reads).name


def holder_of(request: Request) -> Key:
    """The key that a request carries; raises `KeyNeeded` where it carries none that is known."""
    context: Context = request.app.state.context
    header = request.headers.get("authorization")
    if header is None:
        raise KeyNeeded(
            "this takes a key, on this machine too: send Authorization: Bearer gs_…, made by "
            "graph-service keys add NAME"
        )
    return _found(header, context.keys)


def _found(header: str, keys: KeyRing) -> Key:
    scheme, _, token = header.partition(" ")
    key = keys.find(token.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        raise KeyNeeded("this key is unknown or was revoked: send Authorization: Bearer gs_…")
    return key


def _holder(header: str, keys: KeyRing, *, reads: bool) -> Key:
    key = _found(header, keys)
    if not reads and key.scope is not Scope.WRITE:
        raise NotAllowed(
            f"the key {key.name!r} has the scope {key.scope}, writing takes the scope "
            f"{Scope.WRITE}: {MAKE_KEY}"
        )
    return key


def _check_needs_no_key(request: Request, settings: Settings) -> None:
    if settings.private or not settings.local_writes or not is_loopback(settings.host):
        raise KeyNeeded(f"this takes a key: send Authorization: Bearer gs_…, made by {MAKE_KEY}")
    # A page of another site can send a browser here, under a name of its own that leads here, and
    # a proxy on this machine can pass on what comes from anywhere.
    hosts = [f"//{request.headers.get('host', '')}", *request.headers.getlist("origin")]
    if not all(is_loopback(host_in(url)) for url in hosts):
        raise NotAllowed(
            "without a key, only what is sent from this machine to this machine is written: ask "
            "for localhost or 127.0.0.1, from no other site, or send a key"
        )
    if any(name in request.headers for name in _PASSED_ON):
        raise NotAllowed("this came through a proxy, and nobody knows from where: send a key")


def is_loopback(host: str) -> bool:
    """Whether an address to listen on, or the host of a URL, is this machine to itself.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1")
    (True, True, True)
    >>> is_loopback("0.0.0.0"), is_loopback("localhost.example.org")
    (False, False)
    """
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def host_in(url: str) -> str:
    """The host that a URL names, empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def ring_of(settings: Settings, store_url: str) -> KeyRing:
    """The keys to a service over this store."""
    return KeyRing(settings.keys or keys_path(store_url))


def check_listening(settings: Settings) -> None:
    """Raise `KeyNeeded` where others are listened to, and nobody could write."""
    if settings.read_only or is_loopback(settings.host):
        return
    keys = ring_of(settings, settings.store)
    if not any(key.is_live and key.scope is Scope.WRITE for key in keys):
        raise KeyNeeded(
            f"to listen on {settings.host}, where others can reach it, the service needs a key for "
            f"writing: make one with {_make_key(settings)}, or start it with --read-only"
        )


def _make_key(settings: Settings) -> str:
    if settings.keys is not None:
        return f"{MAKE_KEY} --keys {settings.keys}"
    return MAKE_KEY if settings.store == DEFAULT_STORE else f"{MAKE_KEY} --store {settings.store}"
