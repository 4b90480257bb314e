"""The key of a project: which pseudonym stands for whom, in a file that a passphrase opens.

The passphrase is stretched by scrypt, with a salt of each file's own, and the names are
encrypted and signed with it (Fernet). Both are of the library `cryptography`.
"""

import base64
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from workbench.errors import BadFile
from workbench.formats import contents, files

_WHAT = "key of a Framework Workbench project"
_LIMIT = 20_000_000
_COST = 2**16
_MOST_COST = 2**20
"""More than a gigabyte of memory would go into opening a file that asks for more."""


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
    salt = secrets.token_bytes(16)
    said = json.dumps([row._asdict() for row in rows], ensure_ascii=False).encode()
    token = _box(passphrase, salt, _COST).encrypt(said).decode()
    held = {
        "what": _WHAT,
        "version": 1,
        "scrypt": {"salt": base64.b64encode(salt).decode(), "cost": _COST},
        "names": token,
    }
    with files.replacing(path) as beside:
        beside.write_text(json.dumps(held, indent=1), encoding="utf-8")


def read(path: Path, passphrase: str) -> list[KeyRow]:
    """Return what a key holds.

    Raises:
        BadFile: it is no key, it is damaged, or the passphrase does not open it.
    """
    from cryptography.fernet import InvalidToken

    data = contents.of(path, _LIMIT)
    try:
        held: dict[str, Any] = json.loads(data)
        known = held["what"] == _WHAT and held["version"] == 1
        salt, cost = base64.b64decode(held["scrypt"]["salt"]), held["scrypt"]["cost"]
        token = held["names"].encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFile(path, "this is no key, or it is damaged.", "Name another file.") from error
    sound = isinstance(cost, int) and 2 <= cost <= _MOST_COST and not cost & (cost - 1)
    if not (known and sound):
        raise BadFile(path, "this is no key that this workbench can open.", "Name another file.")
    try:
        said = _box(passphrase, salt, cost).decrypt(token)
    except InvalidToken as error:
        problem = "the passphrase does not open it, or the file is damaged."
        raise BadFile(path, problem, "Try again: without the right one nobody can.") from error
    return [KeyRow(**row) for row in json.loads(said)]


def _box(passphrase: str, salt: bytes, cost: int) -> Any:
    """Return what encrypts and decrypts with a passphrase."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    secret = passphrase.encode("utf-8", "surrogateescape")
    stretched = Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(secret)
    return Fernet(base64.urlsafe_b64encode(stretched))
