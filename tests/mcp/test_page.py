"""The page about assistants names every tool, and no other."""

import re
from pathlib import Path

from tests.mcp.conversation import Conversation

PAGE = Path(__file__).parents[2] / "docs" / "mcp.md"


def test_the_page_lists_every_tool() -> None:
    talk = Conversation()

    assert re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE) == list(
        talk.tools()
    )
    talk.client.close()
