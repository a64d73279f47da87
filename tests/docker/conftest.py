import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docker.dockerfile import DOCKERFILE, ROOT
from tests.docker.replay import Image, replay, shut


@pytest.fixture(scope="session")
def image() -> Iterator[Image]:
    """Built in a folder that other users may enter, and shut: a root that can only be read."""
    folder = Path(tempfile.mkdtemp(prefix="graph-service-image-"))
    folder.chmod(0o755)
    try:
        built = replay(DOCKERFILE.read_text("utf-8"), ROOT, folder)
        shut(built.root / "opt")
        yield built
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(folder)], check=False)
        shutil.rmtree(folder)
