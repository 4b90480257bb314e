"""Writing a file whole or not at all."""

import secrets
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
