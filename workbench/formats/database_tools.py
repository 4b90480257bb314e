"""Which tool a database is of: QualCoder (a file, its folder, or a zip of it) or RQDA."""

import zipfile
from pathlib import Path
from typing import Literal

from workbench.errors import BadFile
from workbench.formats import contents
from workbench.formats.databases import Database, opened

Tool = Literal["QualCoder", "RQDA"]

FILE = "data.qda"
"""How QualCoder calls the database in the folder of a project."""

TABLES: dict[Tool, dict[str, tuple[str, ...]]] = {
    "QualCoder": {
        "project": ("databaseversion",),
        "source": ("id", "name", "fulltext", "mediapath"),
        "code_name": ("cid", "name", "catid"),
        "code_cat": ("catid", "name"),
        "code_text": ("cid", "fid", "seltext", "pos0", "pos1"),
        "cases": ("caseid", "name"),
        "case_text": ("caseid", "fid", "pos0", "pos1"),
    },
    "RQDA": {
        "source": ("name", "id", "file", "status"),
        "freecode": ("name", "id", "status"),
        "coding": ("cid", "fid", "seltext", "selfirst", "selend", "status"),
        "codecat": ("name", "catid", "status"),
        "treecode": ("cid", "catid", "status"),
        "cases": ("name", "id", "status"),
        "caselinkage": ("caseid", "fid", "selfirst", "selend", "status"),
    },
}
"""The tables by which a database is told, with the columns that are needed."""


def tool(path: Path) -> Tool | None:
    """Return whose project a file or folder is; it may be damaged. None for others."""
    if is_folder(path) or entry(path) is not None:
        return "QualCoder"
    try:
        with opened(path, "QualCoder") as database:
            return tool_of(database)
    except BadFile:
        return None


def tool_of(database: Database) -> Tool | None:
    """Return whose tables a database has."""
    return next((t for t, tables in TABLES.items() if database.has(tables)), None)


def is_folder(path: Path) -> bool:
    """Tell whether a folder is one in which QualCoder keeps a project."""
    try:
        return path.is_dir() and (path / FILE).is_file()
    except (OSError, ValueError):
        return False


def entry(path: Path) -> str | None:
    """Return the one database of QualCoder in a zip; None where there is none, or several."""
    try:
        if not path.is_file() or not zipfile.is_zipfile(path):
            return None
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    found = [n for n in names if n == FILE or n.endswith("/" + FILE)]
    return found[0] if len(found) == 1 else None


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file that a project is, or of the database in its folder."""
    return contents.sha256(path / FILE if is_folder(path) else path)
