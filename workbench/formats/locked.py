"""Files that a passphrase opens, and nothing else.

The passphrase is stretched by scrypt, with a salt of each file's own, and the content is
encrypted and signed with it (Fernet). Both are of the library `cryptography`.
"""

import base64
import json
import secrets
from pathlib import Path
from typing import Any

from workbench.errors import BadFile
from workbench.formats import contents, files

_COST = 2**17
"""What OWASP asks of scrypt at least, with r = 8 and p = 1 (Password Storage Cheat Sheet)."""
_MOST_COST = 2**20
"""More than a gigabyte of memory would go into opening a file that asks for more."""
_ANOTHER = "Name another file."


def write(what: str, content: bytes, path: Path, passphrase: str) -> None:
    """Write content, encrypted; what stood there gives way when the new file is whole.

    `what` says in plain letters what kind of file it is.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    salt = secrets.token_bytes(16)
    held = {
        "what": what,
        "version": 1,
        "scrypt": {"salt": base64.b64encode(salt).decode(), "cost": _COST},
        "locked": _box(passphrase, salt, _COST).encrypt(content).decode(),
    }
    with files.replacing(path) as beside:
        beside.write_text(json.dumps(held, indent=1), encoding="utf-8")


def read(what: str, path: Path, passphrase: str, limit: int) -> bytes:
    """Return the content of a file of that kind, of at most `limit` bytes.

    Raises:
        BadFile: it is of another kind, it is damaged, or the passphrase does not open it.
    """
    from cryptography.fernet import InvalidToken

    data = contents.of(path, limit)
    try:
        held: dict[str, Any] = json.loads(data)
        known = held["what"] == what and held["version"] == 1
        salt, cost = base64.b64decode(held["scrypt"]["salt"]), held["scrypt"]["cost"]
        token = held["locked"].encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = "this is a file of another kind, or it is damaged."
        raise BadFile(path, problem, _ANOTHER) from error
    sound = isinstance(cost, int) and 2 <= cost <= _MOST_COST and not cost & (cost - 1)
    if not (known and sound):
        problem = "this is a file of another kind, or of a newer workbench."
        raise BadFile(path, problem, _ANOTHER)
    try:
        return bytes(_box(passphrase, salt, cost).decrypt(token))
    except InvalidToken as error:
        problem = "the passphrase does not open it, or the file is damaged."
        raise BadFile(path, problem, "Try again: without the right one nobody can.") from error


def _box(passphrase: str, salt: bytes, cost: int) -> Any:
    """Return what encrypts and decrypts with a passphrase."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    secret = passphrase.encode("utf-8", "surrogateescape")
    stretched = Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(secret)
    return Fernet(base64.urlsafe_b64encode(stretched))
