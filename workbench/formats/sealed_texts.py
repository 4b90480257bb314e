"""Earlier texts of transcripts and the files that they came from, sealed with a passphrase."""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench.errors import CannotWrite
from workbench.formats import files, locked

_WHAT = "sealed texts of a Framework Workbench project"
_LIMIT = 2_000_000_000
_ODD = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
"""Characters that some file system takes in no name."""
_LONGEST = 60


class SealedText(NamedTuple):
    """One version of a transcript; `original` is empty where the file is the text itself.

    Of a `current` version the text is in the project still, and its file is what was sealed.
    """

    transcript: str
    version_id: str
    number: int
    current: bool
    reason: str
    source_name: str
    text: str
    original: bytes


def write(texts: Iterable[SealedText], path: Path, passphrase: str) -> None:
    """Write the texts, encrypted.

    Raises:
        CannotWrite: the file cannot be written.
    """
    rows = [{**one._asdict(), "original": base64.b64encode(one.original).decode()} for one in texts]
    said = json.dumps(rows, ensure_ascii=False).encode()
    locked.write(_WHAT, zlib.compress(said), path, passphrase)


def read(path: Path, passphrase: str) -> list[SealedText]:
    """Return the texts in a sealed file.

    Raises:
        BadFile: it is none, it is damaged, or the passphrase does not open it.
    """
    rows = json.loads(zlib.decompress(locked.read(_WHAT, path, passphrase, _LIMIT)))
    return [SealedText(**{**row, "original": base64.b64decode(row["original"])}) for row in rows]


def write_out(texts: Sequence[SealedText], folder: Path) -> list[Path]:
    """Write texts and files into a folder that is empty or not there yet; return what.

    Raises:
        CannotWrite: something is in the folder, or the system refuses.
    """
    try:
        folder.mkdir(exist_ok=True)
        if any(folder.iterdir()):
            raise CannotWrite(folder, "something is in the folder already; name an empty one")
    except OSError as error:
        raise CannotWrite(folder, files.why(error)) from error
    written = []
    for name, content in _named(texts):
        with files.replacing(folder / name) as beside:
            beside.write_bytes(content)
        written.append(folder / name)
    return written


def _named(texts: Sequence[SealedText]) -> list[tuple[str, bytes]]:
    """Return names of files and what goes into each; no two names differ only in capitals."""
    found: dict[str, tuple[str, bytes]] = {}
    for one in texts:
        stem = f"{_plain(one.transcript)} version {one.number}"
        ending = _plain(Path(one.source_name).suffix[:12])
        pair = [] if one.current else [(f"{stem}.txt", one.text.encode())]
        if one.original:
            pair.append((f"{stem} original{ending}", one.original))
        for name, content in pair:
            free, again = name, 1
            while free.lower() in found:
                again += 1
                free = f"{Path(name).stem} ({again}){Path(name).suffix}"
            found[free.lower()] = (free, content)
    return list(found.values())


def _plain(name: str) -> str:
    """Return a name as every file system takes it.

    >>> _plain("../a:b?"), _plain("..")
    ('.._a_b_', '_')
    """
    plain = _ODD.sub("_", name)[:_LONGEST].strip(" ")
    return "_" if plain.strip(".") == "" and plain else plain
