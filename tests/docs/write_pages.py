"""Write the pages of the documentation that are made of something else: `make pages`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.docs.api_page import api_page
from tests.docs.cli_page import cli_page
from tests.docs.ontology_page import ontology_page
from tests.docs.settings_page import settings_page

DOCS = Path(__file__).parents[2] / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "api.md": api_page,
    "cli.md": cli_page,
    "ontology.md": ontology_page,
    "settings.md": settings_page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
