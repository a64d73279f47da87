"""The commands on the pages are run, in their order, and print what the pages show."""

from pathlib import Path

import pytest

from tests.cli.served import serving
from tests.docs.write_pages import DOCS
from tests.test_readme import PROGRAM, examples, matches, run

RUN = ("graph-service", "curl")


@pytest.mark.slow
@pytest.mark.parametrize("page", ["tutorial.md", "deploying.md"])
def test_every_example_prints_what_the_page_shows(page: str, tmp_path: Path) -> None:
    every = examples((DOCS / page).read_text("utf-8"))
    shown = [each for each in every if each.command.split()[0] in RUN]
    assert shown

    with serving(PROGRAM, tmp_path) as served:
        for example in shown:
            output = run(example, tmp_path, served)

            assert matches(output, example.output), f"$ {example.command}\n{output}"
