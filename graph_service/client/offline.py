"""An answer as a file of its own: it opens in any browser, and asks nobody for anything."""

import base64
import hashlib
from html import escape

import orjson

from graph_service.client.pictures import Json
from graph_service.web import built


def page_of(picture: Json, *, told: str, cited: str) -> str:
    """One HTML file that draws a picture; `told` is the same in words and `cited` its footnote.

    Its policy allows the script and the style that are written in it, and nothing else.
    """
    script = built("offline.js").decode().replace("</script", "<\\/script")
    style = built("drawing.css").decode()
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    data = orjson.dumps(picture).decode().replace("<", "\\u003c")
    return "\n".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(picture['heading'])}</title>",
            # The id under which the drawing library looks for its own style: with it, it adds none.
            f'<style id="__________cytoscape_stylesheet">{style}</style></head><body>',
            '<main><div id="sight"></div>',
            f"<details><summary>In words</summary><pre>{escape(told)}</pre></details>",
            f"<p>{escape(cited)}</p></main>",
            f'<script type="application/json" id="told">{data}</script>',
            f"<script>{script}</script></body></html>",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
