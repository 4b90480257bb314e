"""Whatever is wrong with a file: a report or a sentence of ours, soon, and no half import.

Each reader gets files that are whole but for a few changes. `WORKBENCH_FUZZ=10000` says how
many; `WORKBENCH_FUZZ_FROM` where to begin counting. A file can be made again by its number:
`broken(reader, number, ...)`.
"""

import os
import random
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import builders
import file_seeds
import mutations
import pytest

from workbench.errors import WorkbenchError
from workbench.project import imports
from workbench.project.door import Project, create

NUMBER = int(os.environ.get("WORKBENCH_FUZZ", "40" if os.environ.get("CI") else "12"))
FIRST = int(os.environ.get("WORKBENCH_FUZZ_FROM", "0"))
SECONDS = 10
_LIGHT, _MOSTLY, _RARELY = 50_000, 0.9, 0.1
"""Bytes of other people's files that are quickly read; how often quick ones are taken, and
how often, of the others, those that are not."""
_TOLD = 12
"""Different faults that a run tells before it stops looking."""


class TooSlowError(Exception):
    """A file was read for longer than anybody waits."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Stop what takes longer."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def broken(reader: str, number: int, files: file_seeds.Files, folder: Path) -> Path:
    """Write a file with changes that its number stands for, and return its path."""
    chance = random.Random(f"{reader} {number}")  # noqa: S311  # broken files, no secrets
    light = [f for f in files if not _heavy(f)]
    light = [f for f in light if not f[0].endswith(".xlsx")] or light
    quick = chance.random() < _MOSTLY
    others = files if chance.random() < _RARELY else [f for f in files if not _heavy(f)]
    name, content = chance.choice(light if quick else others)
    path = folder / name
    path.write_bytes(mutations.mutated(chance, content, folder))
    return path


def _heavy(file: tuple[str, bytes]) -> bool:
    return file[0].startswith("real") and len(file[1]) >= _LIGHT


def fault(project: Project, path: Path, *, whole: bool = True) -> str:
    """Return what is wrong with how a file came in; nothing when all is well.

    With `whole` a file that is refused is brought in once more, and must leave nothing.
    """
    try:
        with at_most(SECONDS):
            project.rehearse_import(path)
        return ""
    except WorkbenchError:
        if not whole:
            return ""
    except Exception as error:  # noqa: BLE001  # any other is what is looked for
        where = traceback.extract_tb(error.__traceback__)
        ours = [f"{Path(f.filename).name}:{f.lineno}" for f in where if "workbench" in f.filename]
        return f"{type(error).__name__} at {' < '.join(reversed(ours[-3:]))}: {str(error)[:200]}"
    before = len(project.history())
    try:
        imports.import_files(project, [path])
    except WorkbenchError:
        return "" if len(project.history()) == before else "a part of a file that failed was kept"
    return "a file that failed when it was rehearsed came in"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Iterator[Project]:
    """A project with a transcript of the name that segments are told of."""
    with create(tmp_path_factory.mktemp("fuzz") / "a.fwb") as project:
        builders.bring(project, ("talk", "I: How was it?\nKari: We waited 👩 for an hour."))
        yield project


@pytest.mark.parametrize("reader", file_seeds.READERS)
def test_a_broken_file_ends_in_a_report_or_a_sentence(reader, project, tmp_path, shared) -> None:
    files = file_seeds.seeds(reader, tmp_path, shared / "real")
    if NUMBER < 1_000:
        files = [f for f in files if not _heavy(f)]
    faults: dict[str, list[int]] = {}
    for number in range(FIRST, FIRST + NUMBER):
        path = broken(reader, number, files, tmp_path)
        found = fault(project, path, whole=number % 4 == 0)
        if found:
            faults.setdefault(found.partition(": ")[0], []).append(number)
            print(reader, number, found)  # a long run is watched
        if len(faults) >= _TOLD:
            break
    assert faults == {}


@pytest.mark.parametrize("reader", file_seeds.READERS)
def test_the_whole_files_come_in(reader, project, tmp_path) -> None:
    """So that what is broken was a file of that reader to begin with."""
    before = len(project.history())
    for name, content in file_seeds.seeds(reader, tmp_path, None):
        path = tmp_path / name
        path.write_bytes(content)
        if reader == "chart back":
            with pytest.raises(WorkbenchError):
                project.rehearse_import(path)
        elif name != "links.csv":
            report = project.rehearse_import(path)
            assert any(report.counts.values()), (name, report.lines())
    assert len(project.history()) == before
