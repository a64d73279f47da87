"""Draws README's picture from the answer itself: `python docs/picture.py > docs/leverage-over-hamas.svg`.

The strongest direct and indirect influence over one actor on the left, coercion on the right; the
width of an arrow is the value. Signs differ by colour, dash and glyph.
"""

import sys
from datetime import date
from xml.sax.saxutils import escape

from graph_service.dossiers import dossier
from graph_service.importers.native import read_native
from graph_service.queries.leverage import Entry, LeverageOver, leverage
from graph_service.stores.graph import open_graph

AS_OF = date(2024, 9, 30)
ROW, TOP, WIDTH, MIDDLE, LABEL = 46, 78, 900, 440, 250
SHOWN = 0.01


def answer() -> LeverageOver:
    """Who has leverage over Hamas, from the dossier that ships."""
    graph = open_graph("memory:")
    graph.write(read_native(dossier("gaza-mediation"), graph.ontology), by="picture")
    return leverage(graph.view(as_of=AS_OF.toordinal()), "hamas").data


def draw(data: LeverageOver) -> str:
    """The picture as SVG."""
    influence = [entry for entry in data.ranking if entry.leverage >= SHOWN]
    coercion = [entry for entry in data.coercion if entry.coercion >= SHOWN]
    height = TOP + ROW * max(len(influence), len(coercion)) + 40
    centre = (TOP + height - 40) / 2
    title = f"Who has leverage over {escape(data.target.name)}, as of {AS_OF}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        'font-family="system-ui, sans-serif" font-size="14">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="20" y="28" font-size="17">{title}</text>',
        '<text x="20" y="52" fill="#1b5e8a">+ influence</text>',
        f'<text x="{WIDTH - 20}" y="52" fill="#a33a1c" text-anchor="end">− coercion</text>',
        *(_arrow(entry, place, centre, left=True) for place, entry in enumerate(influence)),
        *(_arrow(entry, place, centre, left=False) for place, entry in enumerate(coercion)),
        f'<rect x="{MIDDLE - 48}" y="{centre - 20}" width="96" height="40" rx="8" fill="#222"/>',
        f'<text x="{MIDDLE}" y="{centre + 5}" fill="#fff" text-anchor="middle">',
        f"{escape(data.target.name)}</text>",
        f'<text x="20" y="{height - 14}" fill="#555" font-size="12">{_footer(data)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrow(entry: Entry, place: int, centre: float, *, left: bool) -> str:
    value = entry.leverage if left else entry.coercion
    y = TOP + ROW * place + ROW / 2
    edge, inner = (20, LABEL - 50) if left else (WIDTH - 20, WIDTH - LABEL)
    target = MIDDLE - 50 if left else MIDDLE + 50
    colour, dash = ("#1b5e8a", "") if left else ("#a33a1c", ' stroke-dasharray="7 4"')
    anchor = "start" if left else "end"
    return (
        f'<path d="M{inner} {y} C{(inner + target) / 2} {y} {(inner + target) / 2} {centre} '
        f'{target} {centre}" fill="none" stroke="{colour}" stroke-opacity=".75" '
        f'stroke-width="{max(1.0, 40 * value):.1f}"{dash}/>\n'
        f'<text x="{edge}" y="{y}" text-anchor="{anchor}">{escape(entry.actor.name)}</text>\n'
        f'<text x="{edge}" y="{y + 16}" text-anchor="{anchor}" fill="#555" font-size="12">'
        f"{value:.2f} {escape(_channels(entry, left=left))}</text>"
    )


def _channels(entry: Entry, *, left: bool) -> str:
    named = [name for name, value in entry.channels.items() if value >= SHOWN]
    return ", ".join(name for name in named if (name == "sticks") is not left)


def _footer(data: LeverageOver) -> str:
    voice = "All of it rests on one source." if data.one_origin else "Several sources."
    return f"{voice} An index in [0, 1), not a probability."


if __name__ == "__main__":
    sys.stdout.write(draw(answer()))
