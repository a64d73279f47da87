"""The steps of a Dockerfile without an engine: in a folder that stands for the image's root.

What only an engine can do (make a user, shut the root file system) is not done here, and is named:
the user is one without privileges, and what was installed is shut by its permissions.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from tests.cli.served import environment as of_the_tests
from tests.docker.dockerfile import Step, sent_files, steps

PLACES = ("/source", "/wheels", "/opt/graph-service", "/data")
"""Where our image has anything of its own. A step that names another place is refused: it would
touch this machine."""
_PLACE = re.compile(r"(?<![\w./])(" + "|".join(PLACES) + r")\b")
_ABSOLUTE = re.compile(r"(?<![\w./])/[\w./-]+")
_ONLY_AN_ENGINE = "useradd"
PATIENCE = 60.0
OLDEST_PYTHON = "import sys; raise SystemExit(sys.version_info < (3, 11))"


@dataclass(slots=True)
class Image:
    """What the steps came to: a root, what runs in it, and the steps that were not taken."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = "0:0"
    command: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    left_out: list[Step] = field(default_factory=list)

    def placed(self, text: str) -> str:
        """The text with the image's own places as they are under the root."""
        return _PLACE.sub(lambda found: f"{self.root}{found[1]}", text)

    def path(self, place: str) -> Path:
        """A path of the image, relative ones from its working folder."""
        return self.root / os.path.join(self.workdir, place).lstrip("/")  # noqa: PTH118

    def around(self, **more: str) -> dict[str, str]:
        """The environment of a container: what the image gives, and what it is started with."""
        return {**self.environment, "HOME": str(self.root / "data"), **more}

    def start(self, command: Sequence[str], **more: str) -> "subprocess.Popen[str]":
        """Run a command as a container would, as the user of the image."""
        return subprocess.Popen(
            [*unprivileged(self.user), *command],
            cwd=self.path("."),
            env=self.around(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, **more: str) -> tuple[int, str]:
        """What `docker run IMAGE ARGUMENTS` answers: the exit code, and what it printed."""
        return self.execute(*self.entrypoint, *arguments, **more)

    def execute(self, *command: str, **more: str) -> tuple[int, str]:
        """The same of another program than the image's own."""
        process = self.start(command, **more)
        printed = process.communicate(timeout=PATIENCE)[0]
        return process.returncode, printed


@contextmanager
def served(image: Image, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """The container as it is started without a command, once it calls itself healthy."""
    process = image.start([*image.entrypoint, *image.command], **more)
    try:
        end = time.monotonic() + PATIENCE
        while healthy(image, **more) != 0 and time.monotonic() < end and process.poll() is None:
            time.sleep(0.2)
        yield process
    finally:
        process.kill()
        process.communicate()


def healthy(image: Image, **more: str) -> int:
    """The exit code of the health check, as an engine sees it."""
    return image.execute(*image.health, **more)[0]


def unprivileged(user: str) -> list[str]:
    """What a command is started by to run as this user, with no privilege left. Who is not root
    has none to give up."""
    if os.geteuid() != 0:
        return []
    uid, gid = user.split(":")
    gone = ["--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]
    # setpriv still has its privileges when it looks for a program; env, which it runs, has none.
    return ["setpriv", f"--reuid={uid}", f"--regid={gid}", *gone, "env"]


def replay(dockerfile: str, context: Path, folder: Path) -> Image:
    """Take every step that can be taken, in a folder that everybody may enter."""
    build = _Build(context, folder)
    for step in steps(dockerfile):
        build.take(step)
    return build.image


class _Build:
    def __init__(self, context: Path, folder: Path) -> None:
        self._context = _sent(context, folder / "context")
        self._path = f"{_tools(folder / 'tools')}:/usr/bin:/bin"
        self._folder = folder
        self._stages: dict[str, Path] = {}
        self._name = ""
        self.image = Image(folder / "root")

    def take(self, step: Step) -> None:
        image = self.image
        taken: dict[str, Callable[[str], None]] = {
            "FROM": self._begin,
            "WORKDIR": self._enter,
            "COPY": self._copy,
            "RUN": self._run,
            "ENV": self._set,
            "VOLUME": self._give,
            "USER": lambda user: setattr(image, "user", user),
            "ENTRYPOINT": lambda text: image.entrypoint.extend(json.loads(text)),
            "CMD": lambda text: image.command.extend(json.loads(text)),
            "HEALTHCHECK": lambda text: image.health.extend(json.loads(text.partition("CMD ")[2])),
            # What an engine remembers and nothing here asks for.
            "LABEL": lambda text: None,
            "EXPOSE": lambda text: None,
        }
        taken[step.instruction](step.text)

    def _begin(self, text: str) -> None:
        # The next stage has the same places at the same paths, and of this one only what it copies.
        if self.image.root.exists():
            self._stages[self._name] = self._folder / self._name
            self.image.root.rename(self._stages[self._name])
        self._name = text.partition(" AS ")[2]
        self.image = Image(self._folder / "root", {"PATH": self._path})
        self.image.root.mkdir()

    def _enter(self, place: str) -> None:
        self.image.workdir = place
        self.image.path(".").mkdir(parents=True, exist_ok=True)

    def _set(self, text: str) -> None:
        for name, value in Step("ENV", text).named().items():
            known = Template(value).substitute(self.image.environment)
            self.image.environment[name] = self.image.placed(known)

    def _copy(self, text: str) -> None:
        options = [word for word in text.split() if word.startswith("--from=")]
        *sources, target = (word for word in text.split() if word not in options)
        stage = self._stages[options[0].removeprefix("--from=")] if options else self._context
        for source in sources:
            found, place = stage / source.lstrip("/"), self.image.path(target)
            if found.is_dir():
                # Links in place of copies: what is installed is large, and nobody writes to it.
                shutil.copytree(
                    found, place, symlinks=True, copy_function=os.link, dirs_exist_ok=True
                )
            else:
                shutil.copy2(found, place)

    def _run(self, text: str) -> None:
        if _ONLY_AN_ENGINE in text:
            self.image.left_out.append(Step("RUN", text))
            return
        elsewhere = [path for path in _ABSOLUTE.findall(text) if not path.startswith(PLACES)]
        assert elsewhere == [], f"{text} names {elsewhere}, which the replay does not know"
        ran = subprocess.run(
            ["sh", "-c", self.image.placed(text)],
            cwd=self.image.path("."),
            env=self._around(),
            check=False,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, f"{text}\n{ran.stdout}{ran.stderr}"

    def _around(self) -> dict[str, str]:
        around = {**of_the_tests(), **self.image.environment}
        # What pip downloads for one run of the tests is kept for the next one.
        around.pop("PIP_NO_CACHE_DIR", None)
        return around

    def _give(self, place: str) -> None:
        given = self.image.path(place)
        given.mkdir(parents=True, exist_ok=True)
        given.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(given, *map(int, self.image.user.split(":")))


def _sent(context: Path, folder: Path) -> Path:
    for path in sent_files(context):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(context / path, folder / path)
    return folder


def _tools(folder: Path) -> Path:
    """The programs that the base image brings, in a folder for PATH."""
    folder.mkdir()
    for name, command in {"python": python(), "pip": f"{sys.executable} -m pip"}.items():
        (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


def python() -> str:
    """A Python that somebody without privileges may run: one in the home of root is not."""
    for found in _pythons():
        asked = [*unprivileged("65534:65534"), found, "-c", OLDEST_PYTHON]
        if subprocess.run(asked, check=False, capture_output=True).returncode == 0:
            return found
    raise AssertionError("no Python, 3.11 or later, that everybody may run: install one for all")


def _pythons() -> Iterator[str]:
    own = Path(sys.base_prefix) / "bin" / "python3"
    for path in (own, Path("/usr/local/bin/python3"), Path("/usr/bin/python3")):
        if path.exists():
            yield str(path)


def shut(place: Path) -> None:
    """Let nobody write into a folder any more, its owner not either."""
    subprocess.run(["chmod", "-R", "a-w", str(place)], check=True)
