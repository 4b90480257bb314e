"""Work that takes its time: it goes on beside the pages, and its result waits.

One import and one export a project and person; a page that is left and found again finds
them too.
"""

import functools
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from workbench.errors import WorkbenchError
from workbench.model.report import ImportReport
from workbench.project import door
from workbench.ui import session, show

T = TypeVar("T")
Kind = Literal["look", "bring", "write"]
Way = Literal["in", "out"]


@dataclass
class Job:
    """An import, rehearsed (`look`) or done (`bring`), of files in a folder of its own, or a
    file that is written (`write`) there.
    """

    kind: Kind
    folder: Path
    files: tuple[Path, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    at: str = ""
    over: bool = False
    left: bool = False
    report: ImportReport | None = None
    problem: Exception | None = None

    @property
    def way(self) -> Way:
        """Whether files come in or go out."""
        return "out" if self.kind == "write" else "in"

    @property
    def share(self) -> float:
        """How much of it is done, between 0 and 1."""
        return self.done / self.total if self.total else 0.0

    def said(self, text: str) -> str:
        """Return a sentence with files called by their names alone."""
        for folder in {file.parent for file in self.files}:
            text = text.replace(f"{folder}/", "")
        return text


class _LeftError(Exception):
    """The researcher does not want the result any more."""


_JOBS: dict[tuple[str, str, Way], Job] = {}


@functools.cache
def aside() -> tempfile.TemporaryDirectory[str]:
    """Return where files lie that came or are to go; it goes when the server stops."""
    return tempfile.TemporaryDirectory(prefix="workbench-")


def _folder() -> Path:
    return Path(tempfile.mkdtemp(dir=aside().name))


def mine(way: Way = "in") -> Job | None:
    """Return the work of this session's person in this session's project."""
    return _JOBS.get(_whose(way))


def put_aside(files: Iterable[tuple[str, bytes]]) -> tuple[Path, tuple[Path, ...]]:
    """Write uploaded files into a folder of their own, under their names; return both."""
    folder = _folder()
    written = []
    for number, (name, content) in enumerate(files):
        path = folder / (Path(name.replace("\\", "/")).name or "file")
        if path.exists():
            path = folder / str(number) / path.name
            path.parent.mkdir()
        path.write_bytes(content)
        written.append(path)
    return folder, tuple(written)


def read_once(name: str, content: bytes, read: Callable[[Path], T]) -> T | None:
    """Return what is read from an uploaded file, which goes at once; else say what is wrong."""
    folder, (path,) = put_aside([(name, content)])
    try:
        return read(path)
    except WorkbenchError as problem:
        show.error(str(problem).replace(f"{folder}/", ""))
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(
    kind: Kind, folder: Path, files: tuple[Path, ...], options: Mapping[str, Any]
) -> threading.Thread:
    """Begin to look at files, to bring them in, or to write one, with a connection of its own."""
    place = session.place(session.key())
    if place is None:
        raise LookupError("no project is open")
    job = Job(kind, folder, files, dict(options))
    _JOBS[_whose(job.way)] = job
    thread = threading.Thread(target=_run, args=(job, place, session.who()), daemon=True)
    thread.start()
    return thread


def write(file_name: str, options: Mapping[str, Any]) -> threading.Thread:
    """Begin to write a file of that name (see `Project.export`)."""
    folder = _folder()
    return start("write", folder, (folder / file_name,), options)


def forget(way: Way = "in") -> None:
    """Leave this session's work: what is not done yet is taken back, its files go."""
    job = _JOBS.pop(_whose(way), None)
    if job is not None:
        job.left = True
        if job.over:
            shutil.rmtree(job.folder, ignore_errors=True)


def _whose(way: Way) -> tuple[str, str, Way]:
    return session.key(), session.who(), way


def _run(job: Job, place: str, who: str) -> None:
    def progress(done: int, total: int, name: str) -> None:
        if job.left:
            raise _LeftError
        job.done, job.total, job.at = done, total, name

    try:
        with door.open_project(place, who=who) as project:
            if job.kind == "write":
                project.export(*job.files, progress=progress, **job.options)
            else:
                bring = project.rehearse_import if job.kind == "look" else project.import_files
                job.report = bring(*job.files, progress=progress, **job.options)
    except Exception as problem:  # noqa: BLE001  # the page tells it
        job.problem = problem
    job.over = True
    if job.left:
        shutil.rmtree(job.folder, ignore_errors=True)
