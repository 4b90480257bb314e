"""rtf: the words of a rich text file, by way of striprtf.

striprtf reads the words; before it sees the file, what it would stumble over is put
into the form it handles in linear time: binary data, the font table, fields.
"""

import re
from collections import Counter

from striprtf.striprtf import rtf_to_text

from workbench.errors import BrokenFile
from workbench.formats.sentences import counted, number_of
from workbench.formats.textfile import Letters, stored

_CELL = "\ufdd0"
"""A noncharacter of Unicode: marks the end of a table cell until tabs can be told apart."""

_BACKSLASH_OR_BINARY = re.compile(r"\\(?:(\\)|bin(\d{0,9})(?![0-9a-zA-Z]) ?)")
_FONT_TABLE = re.compile(r"\{\s*\\fonttbl")
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)")
_CHARSET = re.compile(r"\\fcharset(\d{1,3})(?!\d)")
_LEFT_OUT = {
    "footnote": "footnote",
    "comment": "annotation",
    "picture": "pict",
    "text box": "shptxt",
    "page header or footer": "header headerf headerl headerr footer footerf footerl footerr",
    "link address": "fldinst",
}
_KEPT = {"stretch of deleted text": "deleted", "stretch of hidden text": "v"}
_WORD = re.compile(r"\\([a-z]{1,32}-?\d{0,10})")


def letters(data: bytes, name: str) -> Letters:
    """Return the text of an rtf file.

    Raises:
        BrokenFile: striprtf gives up on it.
    """
    source = _without_binary(re.sub(r"[\x80-\xff]", _as_hex, data.decode("latin-1")))
    words = Counter[str](_WORD.findall(source))
    words["pict"] -= words["nonshppict"]
    try:
        text: str = rtf_to_text(_prepared(source), errors="replace")  # type: ignore[no-untyped-call]  # striprtf has no types
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise BrokenFile(name, "its rich text cannot be followed.") from error
    text, guesses = _repaired(text)
    return Letters(
        stored(_rows(text)),
        "rtf",
        guesses=guesses + _kept(words),
        left_out=counted(_counts(_LEFT_OUT, words)),
    )


def _as_hex(letter: re.Match[str]) -> str:
    return f"\\'{ord(letter.group()):02x}"


def _without_binary(source: str) -> str:
    r"""Cut the data after each `\binN`; write a backslash that is text as its number.

    >>> print(_without_binary(r"{\bin3 {{{C:\\bin}"))
    {C:\'5cbin}
    """
    pieces, at = [], 0
    while found := _BACKSLASH_OR_BINARY.search(source, at):
        pieces.append(source[at : found.start()])
        at = found.end()
        if found.group(1):
            pieces.append("\\'5c")
        else:
            at += int(found.group(2) or "0")
    return "".join(pieces) + source[at:]


def _prepared(source: str) -> str:
    """Return the source with a plain font table, marked cells, and fields by their result."""
    source = re.sub(r"(?i)(\{\\field)\{", r"\1 {", source)
    source = re.sub(r"\\(?:nest)?cell(?![a-z]) ?", r"{\\uc1\\u64976 ?}", source)
    start, stop = _font_table(source)
    if start == stop:
        return source
    fonts = [
        (number.group(1), charset.group(1))
        for entry in source[start:stop].replace("{", ";").split(";")
        if (number := _FONT.search(entry)) and (charset := _CHARSET.search(entry))
    ]
    table = "".join(f"{{\\f{number}\\fcharset{charset} x;}}\n" for number, charset in fonts)
    return f"{source[:start]}{{\\fonttbl\n{table}}}{source[stop:]}"


def _font_table(source: str) -> tuple[int, int]:
    """Return where the group of the font table begins and ends; (0, 0) without one."""
    found = _FONT_TABLE.search(source)
    if not found:
        return 0, 0
    depth = 1
    for brace in re.compile(r"\\[\\{}]|[{}]").finditer(source, found.end()):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0:
            return found.start(), brace.end()
    return found.start(), len(source)


def _repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """Join letters written as two halves (UTF-16), and count what is beyond repair."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    whole = whole.replace("\0", "\ufffd")
    lost = whole.count("\ufffd")
    said = f"{lost:,} letters of the rich text have no meaning in its encoding and stand as \ufffd."
    return whole, (said,) if lost else ()


def _rows(text: str) -> str:
    """Join the cells of a row with tabs, without one after the last."""
    return text.replace(_CELL + "\n", "\n").replace(_CELL, "\t")


def _counts(names: dict[str, str], words: Counter[str]) -> dict[str, int]:
    return {
        what: sum(words[control] for control in controls.split())
        for what, controls in names.items()
    }


def _kept(words: Counter[str]) -> tuple[str, ...]:
    return tuple(
        f"{number_of(number, what)} came in with the text."
        for what, number in _counts(_KEPT, words).items()
        if number
    )
