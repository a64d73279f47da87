"""Links that open Neo4j Browser at an actor, with the guide that this service makes for it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

from starlette.requests import Request

from graph_service.api.access import ACTOR_GUIDES, is_loopback
from graph_service.settings import Settings
from graph_service.stores.urls import NEO4J

OPEN = "Open in Neo4j Browser"
_BESIDE = "http://localhost:7474/browser/"
_BOLT = 7687
_USUAL_NAME = "neo4j"
"""Fills in the form; as whom the service speaks to the database is nobody else's business."""


@dataclass(frozen=True, slots=True)
class BrowserAt:
    """The address of a Neo4j Browser, with the database that it is to open where that is known."""

    url: str

    @property
    def origin(self) -> str:
        """What Neo4j Browser says that it asks from."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def opening(self, guide: str) -> str:
        """Where Neo4j Browser opens with this guide beside the graph."""
        # Browser decodes its whole address before it looks for parameters: only what is encoded
        # twice, or needs no encoding, comes through. A guide's address needs none.
        parts = urlsplit(self.url)
        query = "&".join(filter(None, [parts.query, f"cmd=guide&arg={quote(guide, safe='')}"]))
        return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def browser_at(settings: Settings, store: str) -> BrowserAt | None:
    """The Neo4j Browser that links lead to: the one that is set, else the one beside a Neo4j on
    this machine; None where there is none, or where it could not read the guides."""
    set_, parts = settings.neo4j_browser, urlsplit(store)
    if settings.private or set_ == "":
        return None
    is_neo4j = parts.scheme in NEO4J
    if set_ is None and not (is_neo4j and _is_usual(store)):
        return None
    url = _BESIDE if set_ is None else set_
    if is_neo4j and "dbms" not in parse_qs(urlsplit(url).query):
        url += ("&" if urlsplit(url).query else "?") + _database(store)
    return BrowserAt(url)


def guide_of(request: Request, actor: str, as_of: str) -> str:
    """The address of an actor's guide, as Neo4j Browser may ask for it."""
    return f"{service_at(request)}{ACTOR_GUIDES}{quote(actor, safe=':')}.md?as_of={as_of}"


def service_at(request: Request) -> str:
    """This service, as Neo4j Browser may ask for it: guides from `localhost` are allowed to it from
    the start, those from `127.0.0.1` are not."""
    url = request.base_url
    if is_loopback(url.hostname or ""):
        url = url.replace(hostname="localhost")
    return str(url).rstrip("/")


def _is_usual(store: str) -> bool:
    """Whether a Neo4j on this machine listens where it does when nobody told it otherwise, so that
    its Browser does too."""
    parts = urlsplit(store)
    return is_loopback(parts.hostname or "") and parts.port in (None, _BOLT)


def _database(store: str) -> str:
    parts = urlsplit(store)
    named = {"dbms": f"{parts.scheme}://{_USUAL_NAME}@{parts.netloc}"}
    if parts.path.strip("/"):
        named["db"] = parts.path.strip("/")
    return urlencode(named, safe=":/@", quote_via=quote)
