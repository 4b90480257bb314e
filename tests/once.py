"""What the program makes anew for each project, and the tests make once for the whole run.

Neither its compiled SQL nor an empty project depends on the project, and to make them took
most of the time of a test that opens one. What is made is the same, letter by letter.
"""

import contextlib
import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import postgres
import pytest
import sqlalchemy as sa

from workbench.store import engine
from workbench.store.engine import Store

Key = tuple[Any, ...]


class Compiled(dict[Key, Any]):
    """The compiled statements of all projects on one kind of database.

    SQLAlchemy looks a statement up by a key that begins with the dialect object, of which
    every project that is opened has its own. All of one kind are alike here, so that this
    part is left away.
    """

    def get(self, key: Key, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Key, compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


@contextlib.contextmanager
def compiled() -> Iterator[None]:
    """Let all projects that are opened in the block share their compiled statements."""
    kept = {"sqlite": Compiled(), "postgresql": Compiled()}
    made = engine._engine

    def shared(where: str) -> sa.Engine:
        found = made(where)
        found.update_execution_options(compiled_cache=kept[found.dialect.name])
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_engine", shared)
        yield


class EmptyProjects:
    """Lays out new projects as the program does: the first itself, the others as its copies.

    `database` is the URL of a database for the first one on a server; without it every
    project there is laid out by the program itself.
    """

    def __init__(self) -> None:
        self.by_program = engine._lay_out
        self.database = ""

    def lay_out(self, store: Store) -> None:
        copied = self._copied_file(store) if store.is_file else self._copied_database(store)
        if not copied:
            self.by_program(store)

    def _copied_file(self, store: Store) -> bool:
        try:
            Path(store.where).write_bytes(self._file)
        except OSError:
            return False
        return True

    @functools.cached_property
    def _file(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "empty.fwb"
            self._made(str(path))
            return path.read_bytes()

    def _copied_database(self, store: Store) -> bool:
        if not self.database or postgres.tables(store.engine):
            return False
        store.engine.dispose()
        postgres.copy(self._laid_out, store.engine.url)
        return True

    @functools.cached_property
    def _laid_out(self) -> sa.URL:
        self._made(self.database)
        return sa.make_url(self.database)

    def _made(self, where: str) -> None:
        first = Store(engine._engine(where), where)
        self.by_program(first)
        first.close()


@contextlib.contextmanager
def empty_projects() -> Iterator[EmptyProjects]:
    """Let projects that are made in the block be laid out as copies of the first."""
    empty = EmptyProjects()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_lay_out", empty.lay_out)
        yield empty
