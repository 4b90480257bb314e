"""The bytes of a file, measured before they are read."""

import errno
import hashlib
from pathlib import Path

from workbench.errors import BadFile, FileTooLarge, MissingFile


def of(path: Path | str, limit: int) -> bytes:
    """Return the bytes of a file of at most `limit` bytes.

    Raises:
        MissingFile: nothing stands there.
        FileTooLarge: it has more bytes than the limit.
        BadFile: a folder, a device or a pipe stands there, or the system refuses.
    """
    measured(path, limit)
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > limit:
        raise FileTooLarge(path, len(content), limit)
    return content


def sha256(path: Path | str) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal, read a stretch at a time.

    Raises:
        BadFile: the system does not hand it over.
    """
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error


def measured(path: Path | str, limit: int) -> int:
    """Return the size of an ordinary file in bytes; raises like `of`."""
    file = Path(path)
    try:
        if not file.exists():
            raise MissingFile(path)
        if file.is_dir():
            raise BadFile(path, "this is a folder.", "Name a file.")
        if not file.is_file():
            raise BadFile(path, "this is a device or a pipe.", "Name an ordinary file.")
        size = file.stat().st_size
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if size > limit:
        raise FileTooLarge(path, size, limit)
    return size


def unreadable(path: Path | str, error: Exception) -> BadFile:
    """Return the error for a file that the system does not hand over."""
    if isinstance(error, PermissionError):
        return BadFile(
            path, "it, or its folder, is protected.", "Ask for the right to read it, or copy it."
        )
    if isinstance(error, ValueError) or getattr(error, "errno", 0) == errno.ENAMETOOLONG:
        return BadFile(path, "the name cannot be used.", "Give it a shorter, plainer one.")
    return BadFile(path, "it cannot be read.", "Open it to see whether it is whole, or copy it.")
