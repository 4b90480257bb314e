"""A process that is killed in the middle of its writes loses nothing it acknowledged."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from trying import some

from workbench.project import edits
from workbench.project.door import Project, open_project
from workbench.project.names import Names
from workbench.store import records

WRITER = Path(__file__).with_name("crash_writer.py")
WRITES = 200  # as in the writer
ROUNDS, FULL_CHECK_EVERY = 50, 10


class Writer:
    """The child process that forks a writer for each project it is given."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, path: Path) -> None:
        """Let a new writer work on a project."""
        assert self.process.stdin is not None
        print(path, file=self.process.stdin, flush=True)

    def killed(self, after: int, delay: float) -> list[str]:
        """Kill the writer some time after so many acknowledged writes; return all of these."""
        said = self._said()
        pid = int(next(said).removeprefix("process "))
        ids: list[str] = []
        while len(ids) < after:
            ids.append(next(said).removeprefix("coding "))
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        return ids + [line.removeprefix("coding ") for line in said]

    def _said(self) -> Iterator[str]:
        """Yield what the writer says, until it has ended."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line == "ended\n":
                return
            yield line.rstrip("\n")

    def close(self) -> None:
        """Let the child end, and wait for it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture
def writer() -> Iterator[Writer]:
    started = Writer()
    yield started
    started.close()


@pytest.fixture(scope="module")
def long_text(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a project with a transcript that is long enough for all writes."""
    path = tmp_path_factory.mktemp("crash") / "long.fwb"
    with builders.copy(path).project as project:
        builders.bring(project, ("long", "P1: " + "We dig and we water. " * 20))
    return path.read_bytes()


def written(project: Project) -> list[str]:
    """Return the ids of the codings of the long text, in the order they were made."""
    with project.reading() as connection:
        text = Names(connection).transcript("long")["id"]
        return [c["id"] for c in records.find(connection, "coding", transcript_version_id=text)]


def seqs(project: Project) -> list[int]:
    return [act["seq"] for act in project.history()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is a matter of POSIX systems")
def test_kills_in_the_middle_of_writing_lose_no_acknowledged_act(writer, long_text, tmp_path):
    chance = random.Random(20240506)  # noqa: S311  # says when to kill
    acknowledged = 0
    rounds = some(range(1, ROUNDS + 1))
    for number in rounds:
        path = tmp_path / f"{number}.fwb"
        path.write_bytes(long_text)
        writer.start(path)
        ids = writer.killed(min(int(chance.expovariate(1 / 12)), 150), chance.random() * 0.02)
        acknowledged += len(ids)
        with open_project(path, who="anna") as project:
            stored = written(project)
            assert stored[: len(ids)] == ids
            assert len(stored) - len(ids) in (0, 1), "at most the write at hand is not acknowledged"
            assert len(stored) < WRITES, "the writer was to be killed before it had ended"
            assert seqs(project) == list(range(len(seqs(project)), 0, -1))
            if number % FULL_CHECK_EVERY == 0:
                edits.code_quote(project, "gardener", "Rain", "1.2")
                assert project.undo() == "Coded “Rain” as 1.2"
                assert project.check() == []
    assert acknowledged > len(rounds)
