"""txt and md: how bytes become letters.

A byte order mark decides; without one the bytes are tried as UTF-8, as UTF-16 (whose
NULs give it away), and last as Windows-1252, with a preview of what that made of them.
"""

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from workbench.errors import BinaryFile, BrokenFile
from workbench.formats.sentences import number_of
from workbench.model.transcript import with_lf

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little-endian)"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big-endian)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little-endian)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big-endian)"),
)
"""Byte order marks, the longer before the shorter that begins alike."""

_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_WINDOWS = "".join(
    chr(byte) if byte in _UNDEFINED else bytes([byte]).decode("cp1252") for byte in range(256)
)
"""Windows-1252, its five gaps filled with the control letters of Latin-1."""

_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_UTF8_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


class Cell(NamedTuple):
    """A cell of a table: its column, from 0, and its segment of the text."""

    column: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a file as it will be stored, before anybody looks for turns.

    `guesses` and `left_out` are sentences for the import report. `wrapped_by_hand`
    is true for formats in which a paragraph may go over several lines. `rows` are those
    of its tables, `headings` level, start and stop of each paragraph styled as one.
    """

    text: str
    encoding: str
    guesses: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    wrapped_by_hand: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    headings: tuple[tuple[int, int, int], ...] = ()


def letters(data: bytes, name: str) -> Letters:
    """Return the text of a txt or md file.

    Raises:
        BinaryFile: NULs or too many control letters stand where text should be.
        BrokenFile: the byte order mark promises an encoding that the rest breaks.

    >>> letters("Kari: Går det bra?".encode("cp1252"), "a.txt").guesses[0][:52]
    'The bytes are not UTF-8 and were read as Windows-125'
    """
    text, encoding, guesses = decoded(data, name)
    text = stored(text)
    if "\0" in text or _controls(text) > len(text) // 50:
        raise BinaryFile(name)
    if encoding == "Windows-1252":
        guesses += (_preview(text),)
    return Letters(text, encoding, guesses, wrapped_by_hand=True)


def stored(text: str) -> str:
    """Return the text as `with_lf` leaves it, and would leave it a second time."""
    return with_lf(text.lstrip("\ufeff"))


def _controls(text: str) -> int:
    """Count control letters, but for white space and escape."""
    plain = text.encode("utf-8", "surrogatepass")
    return len(plain) - len(plain.translate(None, _CONTROL))


def decoded(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a file's letters without its byte order mark, its encoding, and what was guessed.

    Line ends are as they stand there. Raises like `letters`.
    """
    for mark, codec, encoding in MARKS:
        if data.startswith(mark):
            return _as_promised(data[len(mark) :], codec, encoding, name), encoding, ()
    if b"\0" in data:
        return _sixteen_bits(data, name)
    try:
        return data.decode("utf-8"), "UTF-8", ()
    except UnicodeDecodeError:
        return _eight_bits(data)


def _as_promised(data: bytes, codec: str, encoding: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise BrokenFile(
            name,
            f"it says that it is {encoding}, but the bytes from number {error.start + 1:,} "
            "on are not.",
        ) from error


def _sixteen_bits(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return text whose NULs stand as those of UTF-16 do; any other NUL is no text.

    They stand in every second byte, nearly all of them where the rest reads as letters of
    one byte: a few NULs in such a text are damage, and its pairs of letters no Chinese.
    """
    even, odd = data[0::2].count(0), data[1::2].count(0)
    little, most = odd > even, max(even, odd)
    codec, encoding = ("utf-16-le", MARKS[3][2]) if little else ("utf-16-be", MARKS[4][2])
    if min(even, odd) * 50 > most or most * 20 < len(data):
        raise BinaryFile(name)
    controls = len(data) - len(data.translate(None, _CONTROL)) - even - odd
    if controls * 50 <= len(data) and most * 8 < 3 * len(data):
        raise BinaryFile(name)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise BinaryFile(name) from error
    said = (
        f"The file does not say its encoding; the pattern of its NUL bytes is that of {encoding}."
    )
    return text, encoding, (said,)


def _eight_bits(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return text whose bytes are not all UTF-8: damaged UTF-8, or Windows-1252.

    In Windows-1252 a letter beyond ASCII followed by the right kind of second byte is
    rare, so many such pairs and few stray bytes are UTF-8 with a few bytes spoilt.
    """
    lenient = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall(r"[\udc80-\udcff]", lenient))
    if len(_UTF8_MULTIBYTE.findall(data)) < 4 * stray:
        return codecs.charmap_decode(data, "strict", _WINDOWS)[0], "Windows-1252", ()
    repaired = lenient.translate({0xDC00 + byte: _WINDOWS[byte] for byte in range(0x80, 0x100)})
    said = (
        f"The file is UTF-8 but for {number_of(stray, 'byte')}, read as Windows-1252. "
        "Look at them: two programs may have written into this file."
    )
    return repaired, "UTF-8, damaged", (said,)


def _preview(text: str) -> str:
    """Show the first letters that Windows-1252 made of bytes beyond ASCII, in context."""
    first: dict[str, int] = {}
    for found in re.finditer(r"[^\x00-\x7f]", text):
        first.setdefault(found.group(), found.start())
        if len(first) == 5:
            break
    shown = ", ".join(
        f"{letter} in “{' '.join(text[max(0, at - 12) : at + 13].split())}”"
        for letter, at in first.items()
    )
    said = (
        "The bytes are not UTF-8 and were read as Windows-1252 (cp1252). "
        f"Check the odd letters: {shown}."
    )
    gaps = len(re.findall(r"[\x81\x8d\x8f\x90\x9d]", text))
    if gaps:
        said += f" Without a letter in Windows-1252, kept as control letters: {gaps:,}."
    return said
