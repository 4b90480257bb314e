"""Files that are almost right: one change or a few, drawn from a seed."""

import io
import random
import sqlite3
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

Mutation = Callable[[random.Random, bytes], bytes]

_NUMBERS = (b"0", b"-1", b"1", b"99999999999999999999", b"1e999", b"nan", b"2147483648", b"0x10")
_SIGNS = (
    *(b"\0", b'"', b"'", b"<", b">", b"&", b";", b",", b"\t", b"\n", b"\r", b"\r\n", b"%", b"{"),
    *(b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x91\xa9", b"\xe2\x80\xae", b"\xc3"),
    *(b"&#0;", b"&x;", b"<!DOCTYPE a>", b"]]>", b"=1+1", b"\\", b" / ", b":", b"-", b"  "),
)


def mutated(chance: random.Random, content: bytes, scratch: Path) -> bytes:
    """Return a file with one to four changes: in its bytes, its parts, its rows."""
    if content.startswith(b"SQLite format 3\0") and chance.random() < 0.6:
        content = _in_rows(chance, content, scratch)
        return content if chance.random() < 0.8 else _in_bytes(chance, content)
    if content.startswith(b"PK") and chance.random() < 0.85:
        return _in_parts(chance, content, scratch)
    return _several(chance, content)


def _several(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
        content = chance.choice((_in_bytes, _in_words, _in_words, _in_lines))(chance, content)
    return content


def _stretch(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + int(chance.expovariate(1 / 12)))


def _in_bytes(chance: random.Random, content: bytes) -> bytes:
    start, stop = _stretch(chance, content)
    match chance.randrange(6):
        case 0:
            return content[:start] + chance.randbytes(stop - start) + content[stop:]
        case 1:
            return content[:start] + content[stop:]
        case 2:
            return content[:start] + content[start:stop] * chance.randrange(2, 60) + content[stop:]
        case 3:
            return content[:start]
        case 4:
            at = chance.randrange(len(content) + 1)
            return content[:at] + content[start:stop] + content[at:]
        case _:
            one = bytes([content[start] ^ 1 << chance.randrange(8)]) if start < stop else b""
            return content[:start] + one + content[start + len(one) :]


def _in_words(chance: random.Random, content: bytes) -> bytes:
    """Change a number, a word or a sign, as somebody might who writes by hand."""
    start = chance.randrange(len(content) + 1)
    stop = start
    while stop < len(content) and content[stop : stop + 1].isalnum() and stop - start < 40:
        stop += 1
    new = chance.choice((*_NUMBERS, *_SIGNS, *_SIGNS, b"", b"x" * chance.randrange(3_000)))
    return content[:start] + new + content[stop:]


def _in_lines(chance: random.Random, content: bytes) -> bytes:
    between = b"\n" if b"\n" in content else b">"
    lines = content.split(between)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines[one] = lines[one] * chance.randrange(2, 20)
    return between.join(lines)


def _in_parts(chance: random.Random, content: bytes, scratch: Path) -> bytes:
    """Change one part of an archive and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _several(chance, content)
    at = chance.randrange(len(parts))
    name, held = parts[at]
    match chance.randrange(12):
        case 0:
            del parts[at]
        case 1:
            odd = ("../x", "/x", name.upper(), name + "/", "project.qde", "data.qda")
            parts[at] = (chance.choice(odd), held)
        case 2:
            parts.append((name + ".copy", held))
        case _:
            parts[at] = (name, mutated(chance, held, scratch))
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two parts may have one name
        for name, held in parts:
            archive.writestr(name, held)
    return packed.getvalue()


def _in_rows(chance: random.Random, content: bytes, scratch: Path) -> bytes:
    """Change values, rows, columns or tables of a database, so that it stays one."""
    path = scratch / "mutated.sqlite"
    path.write_bytes(content)
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")
            query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            tables = [name for (name,) in connection.execute(query)]
            for _ in range(chance.choice((1, 1, 2, 3, 6))):
                _in_table(chance, connection, chance.choice(tables))
            connection.commit()
    except (sqlite3.Error, IndexError):
        return content
    return path.read_bytes()


def _in_table(chance: random.Random, connection: sqlite3.Connection, table: str) -> None:
    columns = [r[1] for r in connection.execute("SELECT * FROM pragma_table_info(?)", (table,))]
    rows = [r for (r,) in connection.execute(f'SELECT rowid FROM "{table}"')]
    column = chance.choice(columns)
    try:
        match chance.randrange(12):
            case 0:
                connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', [chance.choice(rows)])
            case 1:
                connection.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
            case 2:
                connection.execute(f'ALTER TABLE "{table}" RENAME TO "other"')
                if chance.random() < 0.7:
                    connection.execute(f'CREATE VIEW "{table}" AS SELECT * FROM "other"')
            case 3:
                connection.execute(f'INSERT INTO "{table}" SELECT * FROM "{table}"')
            case 4:
                other = chance.choice(columns)
                connection.execute(f'UPDATE "{table}" SET "{column}" = "{other}"')
            case _:
                value = _value(chance)
                query = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ? OR ?'
                connection.execute(query, [value, chance.choice(rows), chance.random() < 0.2])
    except (sqlite3.Error, IndexError):
        return


def _value(chance: random.Random) -> object:
    return chance.choice(
        (
            *(None, 0, 1, -1, 2, 5, 2**62, -(2**63), 1.5, 1e300, float("inf"), "", " ", "x"),
            *("\0", "👩", "\ud7ff\n\r\n", "1", "nan", b"", b"\xff\x00", "x" * 5_000, "<b>", "a/b"),
            chance.randbytes(4).hex(),
            chance.randbytes(8),
        )
    )
