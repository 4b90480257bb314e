"""Copies of a project's file: made beside it, and listed."""

import glob
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from workbench.errors import ProjectExists, Refused
from workbench.project.opening import Project
from workbench.store import engine


class Backup(NamedTuple):
    """One copy of a project's file, and when it was written."""

    path: Path
    at: datetime
    size: int


_OF_SERVER = (
    "A project in a database is copied with the tools of the database: pg_dump writes a file, "
    "pg_restore reads it into an empty database."
)


def make(project: Project, to: Path | None = None) -> Path:
    """Write a complete copy of an open project, beside its file or `to` a place; return its path.

    Raises:
        Refused: the project is in a database of a server.
        ProjectExists: something stands at the place.
        CannotWrite: the folder is full or protected.
    """
    if to is not None:
        path = _file(project)
        if to.exists():
            raise ProjectExists(str(to))
        engine.write_copy(project.store, path, to)
        return to
    return engine.backup(project.store, _file(project), "by-hand")


def held(project: Project) -> list[Backup]:
    """Return the copies that lie beside a project's file, the newest first.

    Raises:
        Refused: the project is in a database of a server.
    """
    path = _file(project)
    found = []
    for copy in path.parent.glob(f"{glob.escape(path.stem)}.backup-*{path.suffix}"):
        told = copy.stat()
        found.append(Backup(copy, datetime.fromtimestamp(told.st_mtime, UTC), told.st_size))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def _file(project: Project) -> Path:
    if not project.store.is_file:
        raise Refused(_OF_SERVER)
    return Path(project.where)
