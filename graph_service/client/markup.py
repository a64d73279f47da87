"""HTML that can only hold what was put there: text is escaped, unless it is markup already."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

from graph_service.client.plain import shown

SOFT = "opacity:.75;font-size:.9em"
"""For what stands below or beside what was asked."""
# Notebooks give tables columns of one width and small letters, which these have no use for.
_TABLE = "border-collapse:collapse;table-layout:auto;font-size:inherit;margin:.4em 0"
_CELL = "text-align:left;vertical-align:top;padding:.35em 1em .35em 0;border-top:1px solid #8884"


class Markup(str):
    """HTML as it stands."""

    __slots__ = ()


def tag(name: str, *inside: str, style: str = "", **attributes: str) -> Markup:
    """An element. Text inside is escaped and set apart, so that its direction stays its own."""
    if style:
        attributes["style"] = style
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{given}>{''.join(map(safe, inside))}</{name}>")


def safe(text: str) -> Markup:
    """A text as markup."""
    return text if isinstance(text, Markup) else Markup(escape(shown(text)))


def name(text: str) -> Markup:
    """A text of others among ours."""
    return tag("bdi", shown(text, 120))


def link(text: str, url: str | None) -> Markup:
    """A text that leads to a URL, where that is one of the web."""
    if url is None or not _is_of_the_web(url):
        return name(text)
    return tag("a", name(text), href=url, rel="noopener noreferrer", target="_blank")


def table(headings: Iterable[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table, a cell for each text."""
    head = tag("tr", *(tag("th", text, style=_CELL) for text in headings))
    body = [tag("tr", *(tag("td", cell, style=_CELL) for cell in row)) for row in rows]
    return tag("table", head, *body, style=_TABLE)


def joined(parts: list[Markup], between: str = "") -> Markup:
    """Markup in a row."""
    return Markup(escape(between).join(parts))


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    tame = url.isprintable() and " " not in url and len(url) <= 2000
    return tame and parts.scheme in ("http", "https") and bool(parts.hostname)
