"""Writing a file, or a folder, whole or not at all."""

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
        CannotWrite: the folder is missing, the name is a folder's, the file is open
            in another program, or the system refuses.
    """
    target = _resolved(path)
    beside = target.with_name(f".writing-{secrets.token_hex(6)}{target.suffix[:12]}")
    try:
        yield beside
        beside.replace(target)
    except PermissionError as error:
        raise CannotWrite(
            path, "it is open in another program, or the folder is protected"
        ) from error
    except OSError as error:
        raise CannotWrite(path, error.strerror or str(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def _resolved(path: Path | str) -> Path:
    """Return the path behind links, once nothing visible stands in the way."""
    try:
        target = Path(path).resolve()
        if target.is_dir():
            raise CannotWrite(path, "this is a folder; add the name of a file")
        if not target.parent.is_dir():
            raise CannotWrite(path, f"there is no folder {target.parent}; make it first")
        lock = next((n for n in _lock_names(target.name) if target.with_name(n).exists()), None)
    except (OSError, ValueError) as error:
        raise CannotWrite(path, f"the name cannot be used ({error})") from error
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
