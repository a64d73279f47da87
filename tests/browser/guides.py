"""The statements in guides, as Neo4j Browser finds them."""

import re

# What Browser 5.24 leaves out of a guide before it reads it as Markdown.
_LEFT_OUT = (
    re.compile(r"""(\s+(on[^\s=]+)[^\s=]*\s*=\s*("[^"]*"|'[^']*'|[\w\-.:]+\s*))""", re.IGNORECASE),
    re.compile(r"<script\b[^<]*(?:(?!</script>)<[^<]*)*(</script>)?", re.IGNORECASE),
    re.compile(r"""href=(".*javascript:[^"]*"|'.*javascript:[^']*')"""),
)
_FENCED = re.compile(r"^```cypher\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def statements(guide: str) -> list[str]:
    """What runs at a click: commands of Browser (which begin with a colon) and Cypher."""
    return [found.strip() for found in _FENCED.findall(guide)]


def left_out(guide: str) -> list[str]:
    """What Browser takes for an attack and leaves out, statement or not: ` one = 1`, for example,
    for the handler of an event."""
    return [found[0] for pattern in _LEFT_OUT for found in pattern.finditer(guide)]
