"""The key of a project: which pseudonym stands for whom, in a file that a passphrase opens."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from workbench.formats import locked

_WHAT = "key of a Framework Workbench project"
_LIMIT = 20_000_000


class KeyRow(NamedTuple):
    """A real name, of what kind, and its pseudonym."""

    name: str
    kind: str
    replacement: str


def write(rows: Sequence[KeyRow], path: Path, passphrase: str) -> None:
    """Write the key, encrypted; what stood there gives way when the new one is whole.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    said = json.dumps([row._asdict() for row in rows], ensure_ascii=False)
    locked.write(_WHAT, said.encode(), path, passphrase)


def read(path: Path, passphrase: str) -> list[KeyRow]:
    """Return what a key holds.

    Raises:
        BadFile: it is no key, it is damaged, or the passphrase does not open it.
    """
    return [KeyRow(**row) for row in json.loads(locked.read(_WHAT, path, passphrase, _LIMIT))]
