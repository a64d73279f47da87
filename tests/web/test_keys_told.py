"""The page about the explorer names the keys that it listens to."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_tells_every_key_of_the_picture() -> None:
    told = (ROOT / "docs" / "explorer.md").read_text("utf-8")
    stage = (ROOT / "graph_service" / "web" / "src" / "stage.ts").read_text("utf-8")
    keys = set(re.findall(r'event\.key(?:\.toLowerCase\(\))? === "(.)"', stage)) - {"="}

    assert keys == {"+", "-", "0", "p"}
    assert all(f"`{key.upper()}`" in told for key in keys)
