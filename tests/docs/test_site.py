"""The documentation as `make docs` makes it: whole, linked, and without a line from elsewhere."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.cli.served import environment

ROOT = Path(__file__).parents[2]
RESOURCES = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
VISITED = {"a": "href", "form": "action"}

pytestmark = pytest.mark.slow


@dataclass
class Page(HTMLParser):
    """What a page shows, what it leads to, and what can be linked to in it."""

    text: str
    ids: set[str] = field(default_factory=set)
    resources: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        for kinds, kept in ((RESOURCES, self.resources), (VISITED, self.links)):
            if tag in kinds and kinds[tag] in found:
                kept.add(found[kinds[tag]])
        if found.get("http-equiv") == "refresh":
            self.links.add(found["content"].partition("url=")[2])


@dataclass(frozen=True)
class Site:
    """The folder that was made, and every page of it by its place there."""

    folder: Path
    pages: Mapping[str, Page]

    def inward(self, place: str, links: set[str]) -> Iterator[tuple[str, str]]:
        """The place and the fragment of every link within the site."""
        for link in links:
            parts = urlsplit(link)
            if not parts.scheme and not parts.netloc:
                path = (self.folder / place).parent / unquote(parts.path)
                target = path.resolve() if parts.path else self.folder / place
                yield str(target.relative_to(self.folder)), unquote(parts.fragment)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Made as `make docs` does, where any warning is an error."""
    place = tmp_path_factory.mktemp("site").resolve()
    command = re.search(r"^\t\$\(BIN\)/python (-m sphinx .*)$", makefile(), re.MULTILINE)
    assert command
    args = command[1].replace("build/doctrees", str(place / "kept")).split()
    folder = place / "site"
    made = subprocess.run(
        [sys.executable, *args[:-1], str(folder)],
        cwd=ROOT, check=False, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    assert (made.returncode, made.stdout + made.stderr) == (0, "")
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*.html")}
    return Site(folder, {name: Page(path.read_text("utf-8")) for name, path in found.items()})


def makefile() -> str:
    return (ROOT / "Makefile").read_text("utf-8")


def test_every_page_of_the_documentation_is_in_it(site: Site) -> None:
    written = {f"docs/{path.stem}.html" for path in (ROOT / "docs").glob("*.md")}

    assert written <= site.pages.keys()
    assert {"README.html", "CONTRIBUTING.html", "docker/README.html"} <= site.pages.keys()


def test_every_page_can_be_reached_from_the_first_one(site: Site) -> None:
    reached: set[str] = set()
    left = {"index.html"}
    while left:
        place = left.pop()
        reached.add(place)
        led_to = {target for target, _ in site.inward(place, site.pages[place].links)}
        left |= (led_to & site.pages.keys()) - reached

    assert reached == site.pages.keys()


def test_every_link_leads_to_a_file_and_to_a_place_in_it(site: Site) -> None:
    broken = [
        f"{place}: {target}#{fragment}"
        for place, page in site.pages.items()
        for target, fragment in site.inward(place, page.links | page.resources)
        if not (site.folder / target).is_file()
        or (fragment and target in site.pages and fragment not in site.pages[target].ids)
    ]

    assert broken == []


def test_nothing_is_fetched_from_another_host(site: Site) -> None:
    fetched = {one for page in site.pages.values() for one in page.resources}
    styles = [path.read_text("utf-8") for path in site.folder.rglob("*.css")]
    fetched |= {url for style in styles for url in re.findall(r"url\([\"']?([^\"')]+)", style)}
    imported = [name for style in styles for name in re.findall(r"@import[^;]+", style)]

    assert fetched
    assert [url for url in fetched if urlsplit(url).scheme not in ("", "data")] == []
    assert [url for url in fetched if url.startswith("//")] == []
    assert imported == []


def test_links_out_are_written_as_addresses_are(site: Site) -> None:
    out = [urlsplit(link) for page in site.pages.values() for link in page.links if ":" in link]

    assert out
    assert [one for one in out if one.scheme not in ("http", "https") or not one.hostname] == []
    assert [one.geturl() for one in out if re.search(r"\s|[.,;]$", one.geturl())] == []
