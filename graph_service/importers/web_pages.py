"""Pages that files cite by their URL."""

import re
from urllib.parse import urlsplit

from graph_service.importers.json_values import shown

_LONGEST_URL = 2_000
_DATED = re.compile(
    r"/(19[89]\d|20\d\d)[/-](0[1-9]|1[0-2])(?:[/-](0[1-9]|[12]\d|3[01]))?(?=[/-])", re.ASCII
)


def is_url(url: str) -> bool:
    """Whether a page can be opened by it."""
    return url.startswith(("https://", "http://")) and shown(url, _LONGEST_URL) == url


def host(url: str) -> str | None:
    """The host of a page without `www`: who owns what stands there, as far as a URL tells it.

    >>> host("https://www.example.org/a"), host("nowhere")
    ('example.org', None)
    """
    try:
        found = shown(urlsplit(url).hostname)
    except ValueError:
        return None
    return None if found is None else found.removeprefix("www.")


def date_in(url: str) -> str | None:
    """The day or month that a URL names, as those of news and reports do; None where it has none.

    >>> date_in("https://example.org/2014/05/20/charges.html"), date_in("https://example.org/2014")
    ('2014-05-20', None)
    """
    match = _DATED.search(url)
    return None if match is None else "-".join(part for part in match.groups() if part)
