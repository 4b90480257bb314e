"""The front door for transcripts: bytes in, a reading out.

What a file is, its content says; the ending of its name must not say otherwise.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import (
    BinaryFile,
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    NotWhatItClaims,
    UnknownFormat,
)
from workbench.formats import docx, html_page, odt, pdf, rtf, subtitles, textfile
from workbench.formats.layouts.recognition import arranged
from workbench.formats.package import kind_of_archive
from workbench.formats.textfile import Letters
from workbench.model.transcript import Reading, with_lf

DEFAULT_LIMIT = 25_000_000
"""The most bytes a transcript may have unless the user says otherwise."""

ENDINGS = {
    ".txt": "text",
    ".md": "text",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".vtt": "vtt",
    ".srt": "srt",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}
"""The endings of names that are read here, with the kind of content they promise."""

NAMES = {
    "text": "plain text",
    "docx": "a Word document (docx)",
    "odt": "an OpenDocument text (odt)",
    "rtf": "rich text (rtf)",
    "vtt": "subtitles (vtt)",
    "srt": "subtitles (srt)",
    "html": "a page (html)",
    "xlsx": "a spreadsheet (xlsx)",
    "ods": "a spreadsheet (ods)",
    "pptx": "a presentation (pptx)",
    "odp": "a presentation (odp)",
    "qdpx": "a REFI-QDA project (qdpx)",
    "zip": "a zip archive",
    "ole": "an old Office document (doc), or one with a password",
    "doc": "an old Word document (doc)",
    "pdf": "a PDF",
    "png": "a picture (png)",
    "jpeg": "a picture (jpeg)",
    "gif": "a picture (gif)",
    "exe": "a program (exe)",
    "elf": "a program",
    "audio": "a sound recording",
    "video": "a video",
    "sqlite": "a database (SQLite)",
    "gzip": "a packed file (gzip)",
    "7z": "a packed file (7z)",
    "rar": "a packed file (rar)",
    "empty": "empty",
}
"""Every kind that `sniff` tells apart, in words."""

_SIGNATURES = (
    (rb"%PDF-", "pdf"),
    (rb"\x89PNG\r\n", "png"),
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"GIF8[79]a", "gif"),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "zip"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (rb"MZ(?=[^\n]{0,120}\0)", "exe"),
    (rb"\x7fELF", "elf"),
    (rb"SQLite format 3\0", "sqlite"),
    (rb"\x1f\x8b\x08", "gzip"),
    (rb"7z\xbc\xaf\x27\x1c", "7z"),
    (rb"Rar!\x1a\x07", "rar"),
    (rb"ID3[\x02-\x04]\0|OggS\0|fLaC\0|RIFF....WAVE|\xff[\xfb\xf3\xf2][\x10-\xef]", "audio"),
    (rb"....ftyp(?:M4A|mp3)", "audio"),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "video"),
    (rb"(?:\xef\xbb\xbf)?\s{0,20}\{\\rtf", "rtf"),
)


def read(
    data: bytes,
    name: str,
    *,
    interviewers: Sequence[str] = (),
    max_bytes: int = DEFAULT_LIMIT,
) -> Reading:
    """Return what a transcript holds: text, turns, header, speakers, and what was guessed.

    `name` is the file's name, for its ending and for messages. `interviewers` are
    labels (or names) that belong to interviewers whatever the file says.

    Raises:
        FileTooLarge, EmptyFile, BinaryFile, EncryptedFile, NotWhatItClaims,
        UnknownFormat, BrokenFile: see each; nothing is half read.

    >>> read(b"I: Why?\\nP1: Because.", "a.txt").speakers[1].role
    'participant'
    """
    if len(data) > max_bytes:
        raise FileTooLarge(name, len(data), max_bytes)
    if not data or data.isspace():
        raise EmptyFile(name)
    kind = sniff(data, name)
    _refuse(kind, data, name)
    if kind == "html":
        return html_page.reading(data, name, interviewers).noting(guesses=_surprise(kind, name))
    begins: tuple[int, ...] = ()
    if kind == "pdf":
        letters, begins = pdf.letters(data, name, max_bytes)
    else:
        letters = _letters(kind, data, name, max_bytes)
    if not re.search(r"[^\s\ufeff\u200b]", letters.text):
        raise EmptyFile(name)
    reading = (
        subtitles.reading(letters, name, interviewers)
        if kind in ("vtt", "srt")
        else arranged(letters, interviewers)
    )
    return replace(reading, pages=begins).noting(guesses=_surprise(kind, name))


def sniff(data: bytes, name: str = "") -> str:
    """Return what the content is, whatever the name says: a key of `NAMES`, or “binary”.

    `name` only settles what the content leaves open: an archive too damaged to look
    into is what its ending says.

    >>> sniff(b"WEBVTT\\n\\n00:01.000 --> 00:02.000\\nYes."), sniff(b"%PDF-1.7")
    ('vtt', 'pdf')
    """
    if not data or data.isspace():
        return "empty"
    kind = next((kind for pattern, kind in _SIGNATURES if re.match(pattern, data, re.S)), "text")
    if kind == "zip":
        inside = kind_of_archive(data)
        promised = ENDINGS.get(ending(name), "")
        return promised if inside == "zip" and promised in ("docx", "odt") else inside
    if kind == "ole" and "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if kind != "text":
        return kind
    head = _head(data)
    if "\0" in head:
        return "binary"
    if html_page.is_html(head):
        return "html"
    return "vtt" if subtitles.is_vtt(head) else "srt" if subtitles.is_srt(head) else "text"


def ending(name: str) -> str:
    """Return the ending of a file's name in lower case, “” when it has none.

    >>> ending("P03.DOCX"), ending("Interview 3. Ana"), ending("P03")
    ('.docx', '', '')
    """
    found = re.search(r"[^/\\](\.[A-Za-z0-9]{1,10})$", name)
    return found.group(1).lower() if found else ""


def _head(data: bytes) -> str:
    """Return the first letters of a text, as well as they can be told."""
    head, codec = data[:2048], "latin-1"
    if b"\0" in head:
        codec = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    for mark, promised, _ in textfile.MARKS:
        if head.startswith(mark):
            head, codec = head[len(mark) :], promised
            break
    return with_lf(head.decode(codec, "ignore"))


def _refuse(kind: str, data: bytes, name: str) -> None:
    """Raise what the content deserves under this name; nothing when it can be read."""
    suffix = ending(name)
    promised = ENDINGS.get(suffix)
    archive = promised in ("docx", "odt")
    if kind == "ole" and archive:
        raise EncryptedFile(name)
    if kind in ("text", "vtt", "srt", "html"):
        if suffix and promised is None:
            raise UnknownFormat(name, ENDINGS)
        if archive or promised == "rtf" or _breaks_promise(promised, kind):
            raise NotWhatItClaims(name, suffix, _described(kind, data, name))
    elif kind in ("docx", "odt", "rtf", "pdf"):
        if promised not in (kind, None):
            raise NotWhatItClaims(name, suffix, NAMES[kind])
    elif promised not in ("text", None):
        raise NotWhatItClaims(name, suffix, NAMES.get(kind, "not a text at all"))
    else:
        raise BinaryFile(name, NAMES.get(kind, ""))


def _breaks_promise(promised: str | None, kind: str) -> bool:
    """Say whether a name promises subtitles or a page, and a text of another kind stands there."""
    if promised == "html" or kind == "html":
        return promised != kind and promised in ("vtt", "srt", "html")
    return promised in ("vtt", "srt") and kind == "text"


def _described(kind: str, data: bytes, name: str) -> str:
    """Return in words what stands where a document was promised."""
    try:
        textfile.letters(data, name)
    except (BinaryFile, BrokenFile):
        return "not a text at all"
    return NAMES[kind]


def _letters(kind: str, data: bytes, name: str, max_bytes: int) -> Letters:
    if kind == "docx":
        return docx.letters(data, name, max_bytes)
    if kind == "odt":
        return odt.letters(data, name, max_bytes)
    if kind == "rtf":
        return rtf.letters(data, name)
    return textfile.letters(data, name)


def _surprise(kind: str, name: str) -> tuple[str, ...]:
    """Return a sentence when the content was read as something the name does not say."""
    suffix = ending(name)
    if kind == "text" or ENDINGS.get(suffix) == kind:
        return ()
    where = f"the name ends in {suffix}" if suffix else "the name has no ending"
    return (f"The file was read as {NAMES[kind]}, which its content is; {where}.",)
