"""Projects of REFI-QDA (.qdpx) and codebooks (.qdc) on their way out, as the standard says.

Texts are UTF-8 with LF line ends and no byte order mark, positions code points with the last
one outside. What tools take amiss though the standard allows it is left alone (see
`checker`): identifiers are in capitals, each once; nothing refers to what is not there.
The same project gives the same bytes.
"""

import hashlib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from workbench.errors import Refused
from workbench.formats.files import replacing
from workbench.formats.refi import code_nodes, kept_xml, nodes
from workbench.formats.refi.nodes import Identifiers, Node, container, one_line
from workbench.formats.refi.outgoing import Outgoing, Progress
from workbench.formats.refi.places import SOURCES, XML
from workbench.formats.refi.project import RefiCode, RefiProject, RefiSet

Manifest = Callable[[Mapping[str, str]], tuple[str, bytes]]
"""Called with the name of each file in the archive → its SHA-256."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(
    held: RefiProject,
    path: Path,
    *,
    modified: str = "",
    beside: Mapping[str, bytes] | None = None,
    manifest: Manifest | None = None,
    progress: Progress | None = None,
) -> None:
    """Write a project as a .qdpx; files `beside` stand in the archive for those who know them.

    `manifest` gets the SHA-256 of each file and returns the last of them and its content.

    Raises:
        CannotWrite: the file cannot be written.
    """
    outgoing = Outgoing(held, modified, progress)
    with (
        replacing(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        with archive.open(_entry(XML), "w") as stream:
            hashing = _Hashing(stream)
            nodes.put([outgoing.root()], "project", hashing)
        sha256 = {XML: hashing.hash.hexdigest()}
        for own, source in outgoing.sources:
            name, content = f"{SOURCES}/{own}.txt", source.text.encode("utf-8", "replace")
            sha256[name] = _put(archive, name, content)
        for part in held.parts:
            if part.content:
                name = f"{SOURCES}/{kept_xml.filed(part, outgoing.ids)}"
                sha256[name] = _put(archive, name, part.content)
        for file, content in outgoing.laid_out():
            sha256[f"{SOURCES}/{file}"] = _put(archive, f"{SOURCES}/{file}", content)
        for name, content in (beside or {}).items():
            sha256[name] = _put(archive, name, content)
        if manifest is not None:
            _put(archive, *manifest(sha256))


def write_codebook(
    codes: Sequence[RefiCode], path: Path, *, origin: str = "", sets: Sequence[RefiSet] = ()
) -> None:
    """Write codes as a codebook of their own (.qdc).

    Raises:
        Refused: there are none, and the standard knows no empty codebook.
        CannotWrite: the file cannot be written.
    """
    if not codes:
        raise Refused(
            "There are no codes to write, and REFI-QDA has no empty codebook. Add codes first."
        )
    ids = Identifiers()
    numbered = [(ids.allot("code", code.guid), code) for code in codes]
    inside = [
        Node("Codes", {}, code_nodes.codes(numbered, {})),
        *container("Sets", (code_nodes.set_of_codes(s, ids) for s in sets)),
    ]
    with replacing(path) as temporary, temporary.open("wb") as stream:
        root = Node("CodeBook", {"origin": one_line(origin)}, inside)
        nodes.put([root], "codebook", stream)


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry of the archive that says nothing of the machine or the hour."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.create_system, entry.external_attr = (
        zipfile.ZIP_DEFLATED,
        3,
        0o644 << 16,
    )
    return entry


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> str:
    """Write a file into the archive and return its SHA-256."""
    archive.writestr(_entry(name), content)
    return hashlib.sha256(content).hexdigest()


class _Hashing:
    """A stream that is hashed as it is written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.hash = stream, hashlib.sha256()

    def write(self, content: bytes) -> None:
        """Write on, and hash."""
        self.hash.update(content)
        self._stream.write(content)
