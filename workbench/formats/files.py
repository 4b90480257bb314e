"""Writing a file, or a folder, whole or not at all."""

import errno
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import CannotWrite


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Lend a temporary path beside `path`; what was written there takes its name at the end.

    When the writing fails, the temporary file goes and whatever stood at `path`
    stays as it was.

    Raises:
        CannotWrite: the folder is missing or protected, the name is a folder's, the file
            is open in another program, or the system refuses.
    """
    target = _resolved(path)
    beside = _begun(path, target)
    try:
        yield beside
        beside.replace(target)
    except PermissionError as error:
        raise CannotWrite(
            path, "it is open in another program, or it belongs to somebody else"
        ) from error
    except OSError as error:
        raise CannotWrite(path, why(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def refuse_protected(path: Path | str) -> None:
    """Check that a file can be made in the folder of `path`.

    Raises:
        CannotWrite: it cannot.
    """
    _begun(path, Path(path).absolute()).unlink()


def stands(path: Path | str) -> bool:
    """Whether something has that name already.

    Raises:
        CannotWrite: the folder is protected, so that nobody can tell.
    """
    try:
        return Path(path).exists()
    except OSError as error:
        raise CannotWrite(path, protected(Path(path).absolute().parent)) from error


def why(error: OSError) -> str:
    """Return why the system refused to write, without the names of our temporary files.

    >>> why(OSError(28, "No space left on device", "study/.writing-1.csv"))
    'the disk is full; make room there, or choose another folder'
    """
    if error.errno == errno.ENOSPC:
        return "the disk is full; make room there, or choose another folder"
    return error.strerror or "the system refuses"


def _begun(path: Path | str, target: Path) -> Path:
    """Return the path of a new, empty file beside `target`."""
    beside = target.with_name(f".writing-{secrets.token_hex(6)}{target.suffix[:12]}")
    try:
        beside.touch(exist_ok=False)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise CannotWrite(path, why(error) if full else protected(target.parent)) from error
    return beside


def protected(folder: Path) -> str:
    """Return what to say, and to do, where a folder takes no files."""
    return (
        f"the folder {folder} is protected; choose another folder, or ask for the right to "
        "write there"
    )


def _resolved(path: Path | str) -> Path:
    """Return the path behind links, once nothing visible stands in the way."""
    try:
        target = Path(path).resolve()
        if target.is_dir():
            raise CannotWrite(path, "this is a folder; add the name of a file")
        if not target.parent.is_dir():
            raise CannotWrite(path, f"there is no folder {target.parent}; make it first")
        lock = next((n for n in _lock_names(target.name) if target.with_name(n).exists()), None)
    except PermissionError as error:
        raise CannotWrite(path, protected(Path(path).absolute().parent)) from error
    except (OSError, ValueError) as error:
        raise CannotWrite(path, "the name cannot be used; choose a shorter, plainer one") from error
    if lock:
        raise CannotWrite(
            path, f"it is open in another program; close it there (or delete {lock} after a crash)"
        )
    return target


def _lock_names(name: str) -> tuple[str, str]:
    """Return what LibreOffice and Excel put beside a document they have open."""
    return f".~lock.{name}#", f"~${name}"


@contextmanager
def new_folder(path: Path | str) -> Iterator[Path]:
    """Lend a folder beside `path` that takes its place at the end, whole or not at all.

    Folders above it are made.

    Raises:
        CannotWrite: a file stands at `path`, or a folder that holds something; or the
            system refuses.
    """
    home = _unused(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=home.parent) as place:
            made = Path(place) / home.name
            made.mkdir()
            yield made
            if home.exists():
                home.rmdir()
            made.rename(home)
    except OSError as error:
        raise CannotWrite(path, error.strerror or str(error)) from error


def _unused(path: Path | str) -> Path:
    """Return the whole path of a new folder, the folders above it made."""
    try:
        home = Path(path).resolve()
        if home.exists() and not home.is_dir():
            raise CannotWrite(path, "a file stands there; name a new folder")
        if home.exists() and any(home.iterdir()):
            raise CannotWrite(path, "the folder is not empty; name a new one")
        home.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise CannotWrite(path, getattr(error, "strerror", "") or str(error)) from error
    return home
