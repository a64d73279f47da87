"""The explorer's page and the drawing for notebooks, bundled when the package is built."""

from importlib.resources import files

_HOW = (
    "the page is not built: pip install the package, or run `python hatch_build.py` in a checkout"
)


class NotBuilt(RuntimeError):
    """The bundles are not there, which only happens in a checkout that was never installed."""


def built(name: str) -> bytes:
    """A bundle as it goes to a browser: `explore.html`, `explore.js`, `explore.css`, and for
    notebooks `widget.js`, `offline.js` and `drawing.css`; with `.gz` the same, compressed.

    Raises `NotBuilt` where there are none.
    """
    file = files(__name__) / "built" / name
    if not file.is_file():
        raise NotBuilt(_HOW)
    return file.read_bytes()
