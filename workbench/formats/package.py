"""Documents that are zip archives of XML parts (docx, odt), opened without trust.

Nothing is written to disk, so the names inside can do no harm; what is unpacked is
measured first; XML is read with entities and network off and a limit on its depth.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from workbench.errors import BrokenFile, EncryptedFile, FileTooLarge

UNPACKED = 4
"""A part may unpack to this many times the limit for the file itself."""
_SUSPICIOUS_SIZE, _SUSPICIOUS_RATIO = 5_000_000, 300

_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    IndexError,
)
"""What the standard library raises at a damaged or unusual archive."""


class Package:
    """One opened archive: which parts it has, and each as bytes or as XML."""

    def __init__(self, data: bytes | Path, name: str, max_bytes: int) -> None:
        self.name, self.limit = name, UNPACKED * max_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
            self.parts = {info.filename: info for info in self._zip.infolist()}
        except _ZIP_FAULTS as error:
            raise BrokenFile(name, "the archive it consists of cannot be opened.") from error

    def close(self) -> None:
        """Let go of the file that was opened by its path."""
        self._zip.close()

    def bytes(self, part: str) -> bytes:
        """Return one part unpacked.

        Raises:
            BrokenFile: the part is missing or damaged, or no document packs so tightly.
            EncryptedFile: it is locked with a password.
            FileTooLarge: it unpacks to more than four times the limit for a file.
        """
        info = self._measured(part)
        try:
            with self._zip.open(info) as stream:
                content = stream.read(self.limit + 1)
        except RuntimeError as error:
            raise EncryptedFile(self.name) from error
        except _ZIP_FAULTS as error:
            raise BrokenFile(self.name, f"its part “{part}” is damaged.") from error
        if len(content) > self.limit:
            raise FileTooLarge(self.name, len(content), self.limit)
        return content

    def _measured(self, part: str) -> zipfile.ZipInfo:
        info = self.parts.get(part)
        if info is None:
            raise BrokenFile(self.name, f"its part “{part}” is missing.")
        if info.file_size > self.limit:
            raise FileTooLarge(self.name, info.file_size, self.limit)
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _SUSPICIOUS_SIZE and ratio > _SUSPICIOUS_RATIO:
            raise BrokenFile(
                self.name, f"its part “{part}” unpacks to {ratio:,.0f} times its size."
            )
        return info

    def xml(self, part: str) -> etree._Element:
        """Return the root of one XML part, comments and instructions taken away.

        Raises:
            BrokenFile: not well-formed, too deep, or with entities of its own.
        """
        content = self.bytes(part)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BrokenFile(self.name, f"its part “{part}” is not well-formed XML.") from error
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
            raise BrokenFile(self.name, f"its part “{part}” declares entities, as none should.")
        return root


def kind_of_archive(data: bytes) -> str:
    """Return what a zip archive holds: “docx”, “odt”, “xlsx” …, or “zip”.

    >>> kind_of_archive(b"PK")
    'zip'
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename for info in archive.infolist()}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = _open_document(archive.read("mimetype"))
                if kind:
                    return kind
    except (*_ZIP_FAULTS, RuntimeError):
        return "zip"
    return next(_by_names(names), "zip")


def _open_document(mimetype: bytes) -> str | None:
    found = re.match(
        rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)", mimetype
    )
    if not found:
        return None
    return {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}[found.group(1)]


def _by_names(names: set[str]) -> Iterator[str]:
    if any(re.match(r"word/document\d*\.xml$", name) for name in names):
        yield "docx"
    for entry, kind in (
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsx"),
        ("ppt/presentation.xml", "pptx"),
        ("word/", "docx"),
    ):
        if entry in names:
            yield kind
    if any(re.match(r"[^/\\]+\.qde$", name, re.I) for name in names):
        yield "qdpx"
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        yield "odt"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        yield "docx"
