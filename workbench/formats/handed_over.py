"""Files that a browser was given in a zip with their manifests, as `project.manifests` has them."""

import zipfile
from pathlib import Path

from workbench.formats.package import Package

BESIDE = ".manifest.json"
"""What stands after a file's name in that of its manifest."""


def recognises(path: Path) -> str:
    """Return the name of the only file in a zip beside its manifest; nothing for other files."""
    if path.suffix.lower() != ".zip":
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return ""
    held = [name for name in names if f"{name}{BESIDE}" in names]
    return held[0] if len(held) == 1 and len(names) == 2 and Path(held[0]).name == held[0] else ""


def unpacked(path: Path, name: str, folder: Path, max_bytes: int) -> Path:
    """Write the file of that name out of a zip into a folder and return where it stands.

    Raises:
        BadFile: the zip is damaged, locked, or made so that nobody should read it.
    """
    package = Package(path, path.name, max_bytes)
    try:
        out = folder / name
        out.write_bytes(package.bytes(name))
    finally:
        package.close()
    return out
