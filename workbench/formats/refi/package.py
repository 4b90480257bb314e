"""Files of REFI-QDA, opened without trust: a zip archive with its XML, or the XML alone.

The XML is the only `*.qde` at the root, `project.qde` where there are several; its parts are
found whatever the case of their folder, and by their own name where the folder is another.
Nothing is written to disk. No XML with a document type is read, and none nested deeper than
libxml2 takes on (256).
"""

import codecs
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from workbench.errors import BadFile, BrokenFile, UnknownFormat
from workbench.formats import contents
from workbench.formats.package import UNPACKED, Package
from workbench.formats.refi.elements import Kind, local
from workbench.formats.refi.places import OWN_FOLDER

KNOWN = ("REFI-QDA projects (qdpx, qde)", "REFI-QDA codebooks (qdc)")
MAX_BYTES = 2_000_000_000
MAX_XML = 250_000_000
"""Bytes of the project's XML, and of any part of the archive, once unpacked."""
MAX_UNPACKED = 2_000_000_000
"""Bytes of all parts of one archive that are read."""
MAX_PARTS = 100_000

_ROOTS: dict[str, Kind] = {"Project": "project", "CodeBook": "codebook"}
_SIXTEEN = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_FIRST = re.compile(r"<(?:\w+:)?([A-Za-z]\w*)[\s>/]")
_ROOT = re.compile(r"[^/\\]+\.(qde|qdc)", re.I)
_OUTSIDE = re.compile(r"^(/|[A-Za-z]:)|(^|/)\.\.(/|$)")


class Exchange:
    """One opened file: its XML, and the texts that the XML names.

    `notes` are sentences for the import report.
    """

    def __init__(self, path: Path | str) -> None:
        self.path, self.name = Path(path), str(path)
        self.notes: list[str] = []
        self._package: Package | None = None
        self._found: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        self._read = 0
        contents.measured(path, MAX_BYTES)
        if _is_zip(self.path):
            self._package = Package(self.path, self.name, MAX_XML // UNPACKED)
            try:
                content = self._listed(self._package)
            except BadFile:
                self.close()
                raise
        else:
            content = contents.of(path, MAX_XML)
        try:
            self.root = self._parsed(content)
            self.kind = self._kind_of(self.root)
        except BadFile:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        if self._package is not None:
            self._package.close()

    def part(self, path: str) -> tuple[str, bytes] | None:
        """Return the name and bytes of what a path of the XML means; None when it is not here.

        A path is `internal://name`, a bare name, or an address outside the archive, of which
        a file of the same name inside is taken.

        Raises:
            BadFile: it is there, and damaged, locked or too large.
        """
        found = self.entry(path)
        if found is None or self._package is None:
            return None
        content = self._package.bytes(found)
        self._read += len(content)
        if self._read > MAX_UNPACKED:
            gigabytes = MAX_UNPACKED // 1_000_000_000
            raise BrokenFile(self.name, f"its parts unpack to more than {gigabytes} GB.")
        return found, content

    @property
    def files(self) -> list[str]:
        """The entries that somebody put beside the XML; hidden ones are the system's."""
        shown = (e for e in self._found.values() if not e.startswith((OWN_FOLDER, "__MACOSX/")))
        names = ((e, e.replace("\\", "/").rpartition("/")[2]) for e in shown)
        return [e for e, name in names if not (name.startswith(".") or _ROOT.fullmatch(e))]

    def entry(self, path: str) -> str | None:
        """Return the entry of the archive that a path means; None when it is not here."""
        inside = re.sub(r"^(internal|relative|absolute):/*", "", path.strip(), flags=re.I)
        inside = inside.replace("\\", "/").lstrip("/").casefold()
        for likely in (f"sources/{inside}", inside):
            if likely in self._found:
                return self._found[likely]
        alike = self._by_name.get(inside.rpartition("/")[2], [])
        return alike[0] if len(alike) == 1 else None

    def _listed(self, package: Package) -> bytes:
        """Note what the archive holds and return its XML."""
        if len(package.parts) > MAX_PARTS:
            raise BrokenFile(self.name, f"the archive has {len(package.parts):,} parts, too many.")
        for entry in package.parts:
            plain = entry.replace("\\", "/")
            if _OUTSIDE.search(plain):
                raise BrokenFile(self.name, f"its part “{entry}” names a place outside the file.")
            if plain.endswith("/"):
                continue
            low = plain.casefold()
            self._found.setdefault(low, entry)
            self._by_name.setdefault(low.rpartition("/")[2], []).append(entry)
        roots = [e for e in package.parts if _ROOT.fullmatch(e)]
        named = [e for e in roots if e.casefold() == "project.qde"]
        chosen = (named or roots)[:1]
        if not chosen:
            raise UnknownFormat(self.path, KNOWN)
        if len(roots) > 1:
            others = len(roots) - 1
            self.notes.append(
                f"Of the projects in the file, {others} beside {chosen[0]} were not read."
            )
        return package.bytes(chosen[0])

    def _parsed(self, content: bytes) -> etree._Element:
        """Return the root of the XML; letters that are not UTF-8 are read as Windows-1252."""
        try:
            root = _xml(content)
        except (etree.XMLSyntaxError, ValueError) as error:
            text = _as_windows(content)
            try:
                if text is None:
                    raise
                root = _xml(text)
            except (etree.XMLSyntaxError, ValueError):
                raise self._refused(error) from error
            self.notes.append(
                "The project says that it is UTF-8 and is not; it was read as Windows-1252 "
                "(cp1252). Check the odd letters."
            )
        if root.getroottree().docinfo.doctype:
            raise BrokenFile(self.name, "its XML declares a document type, as none should.")
        return root

    def _refused(self, error: Exception) -> BrokenFile:
        if "depth" in str(error).casefold():
            return BrokenFile(self.name, "its XML is nested too deeply for a project.")
        return BrokenFile(self.name, "its XML is not well-formed.")

    def _kind_of(self, root: etree._Element) -> Kind:
        kind = _ROOTS.get(local(root))
        if kind is None:
            raise UnknownFormat(self.path, KNOWN)
        return kind


@contextmanager
def opened(path: Path | str) -> Iterator[Exchange]:
    """Open a file of REFI-QDA.

    Raises:
        UnknownFormat: it is no such file.
        BrokenFile, EncryptedFile, FileTooLarge, MissingFile, BadFile: it cannot be read, or
            is made so that nobody should read it.
    """
    exchange = Exchange(path)
    try:
        yield exchange
    finally:
        exchange.close()


def recognises(path: Path | str) -> Kind | None:
    """Return what a file of REFI-QDA says that it holds; it may be damaged. None for others."""
    file = Path(path)
    try:
        if _is_zip(file):
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
            return "project" if any(re.fullmatch(r"[^/\\]+\.qde", n, re.I) for n in names) else None
        with file.open("rb") as stream:
            head = stream.read(4096)
    except (BadFile, OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    text = head.decode("utf-16" if head.startswith(_SIXTEEN) else "latin-1", "ignore")
    first = _FIRST.search(_COMMENT.sub("", text))
    if first is None or not text.lstrip("ï»¿\ufeff \r\n\t").startswith("<"):
        return None
    return _ROOTS.get(first.group(1))


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
    except OSError as error:
        raise contents.unreadable(path, error) from error


def _xml(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _as_windows(content: bytes) -> bytes | None:
    """Return XML of Windows-1252 as UTF-8; None where its letters are no reason to refuse it."""
    if content.startswith(_SIXTEEN):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _DECLARATION.sub("", content.decode("cp1252", "replace"), count=1).encode()
    return None
