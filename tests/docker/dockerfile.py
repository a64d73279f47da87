"""A Dockerfile and a .dockerignore, read as far as ours go."""

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "docker" / "Dockerfile"
COMPOSE = ROOT / "docker" / "compose.yaml"


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction with what follows it, on one line."""

    instruction: str
    text: str

    def named(self) -> dict[str, str]:
        """What a LABEL or ENV gives: values by name."""
        pairs = (pair.partition("=") for pair in shlex.split(self.text))
        return {name: value for name, _, value in pairs}


def steps(text: str) -> tuple[Step, ...]:
    """Every instruction, in order."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = "\n".join(lines).replace("\\\n", "")
    return tuple(Step(*line.split(maxsplit=1)) for line in joined.splitlines() if line.strip())


def our_steps(instruction: str) -> list[Step]:
    """The instructions of this kind in the Dockerfile that ships."""
    return [
        step for step in steps(DOCKERFILE.read_text("utf-8")) if step.instruction == instruction
    ]


def sent_files(root: Path) -> Iterator[PurePosixPath]:
    """What a build is sent of a folder: everything that its .dockerignore does not hold back."""
    rules = (root / ".dockerignore").read_text("utf-8").splitlines()
    for folder, folders, files in os.walk(root):
        place = PurePosixPath(Path(folder).relative_to(root).as_posix())
        folders[:] = [name for name in folders if is_sent(place / name, rules)]
        yield from (place / name for name in files if is_sent(place / name, rules))


def is_sent(path: PurePosixPath, rules: list[str]) -> bool:
    """Whether the last rule that names a path, or a folder it is in, lets it through."""
    sent = True
    for rule in rules:
        if rule and not rule.startswith("#"):
            pattern = rule.removeprefix("!")
            if any(_fits(place, pattern) for place in (path, *path.parents)):
                sent = rule.startswith("!")
    return sent


def _fits(path: PurePosixPath, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatchcase(path.name, pattern.removeprefix("**/"))
    return "/" not in str(path) and fnmatchcase(str(path), pattern)


def pinned(image: str) -> str | None:
    """The version down to the patch in the tag of an image; None where the tag may move."""
    found = re.fullmatch(r"[a-z0-9/]+:(\d+\.\d+\.\d+)(?:-[a-z0-9.-]+)?", image)
    return found[1] if found else None
