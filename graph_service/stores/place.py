"""Where a store's file lies, and whether it is still the same file that was opened."""

from pathlib import Path

from graph_service.domain.errors import StoreMissing, StoreUnavailable


class Place:
    """The file that lies at a path now; made once the file is open."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()  # the process may change its directory
        self._file = self._find()

    def check(self) -> None:
        """Raises `StoreUnavailable` once another file, or none, lies there."""
        if self._find() != self._file:
            raise self._gone()

    def _find(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self._gone() from error
        except OSError as error:
            raise StoreUnavailable(f"{self._path} cannot be reached: {error.strerror}") from error
        return found.st_dev, found.st_ino

    def _gone(self) -> StoreUnavailable:
        return StoreUnavailable(
            f"{self._path} was moved or replaced while it was open: put the right file there and "
            "restart this program"
        )


def check_place(path: Path, *, create: bool) -> None:
    """Raises `StoreMissing` where no store can be opened at a path."""
    try:
        if path.is_dir():
            raise StoreMissing(f"{path} is a directory: name a file in it")
        if not path.exists():
            _check_absent(path, create=create)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be reached: {error.strerror}") from error


def _check_absent(path: Path, *, create: bool) -> None:
    if not create:
        raise StoreMissing(f"there is no store at {path}: import records to make one")
    if not path.parent.is_dir():
        raise StoreMissing(f"there is no directory {path.parent}: make it first")
