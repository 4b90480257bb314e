"""A project: opened, read and acted upon."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple, Self

from sqlalchemy.engine import Connection

from workbench.errors import (
    BadValue,
    CannotWrite,
    DeliveredAlready,
    NotAProject,
    Refused,
    StoreUnreachable,
    WorkbenchError,
    WrongUse,
)
from workbench.formats import files
from workbench.project import blindness
from workbench.store import deliveries, engine, history, records, schema, undoing


class _Delivery(NamedTuple):
    """The operation of a browser client that is being carried out in one project."""

    store: engine.Store
    client: str
    number: int


_at_hand: ContextVar[_Delivery | None] = ContextVar("delivery at hand", default=None)
"""Of this thread: pages of several people may share one open project."""


class _Rehearsal(NamedTuple):
    """The transaction in which acts of one project happen and are not kept."""

    store: engine.Store
    connection: Connection


_rehearsed: ContextVar[_Rehearsal | None] = ContextVar("rehearsal", default=None)
"""Of this thread, as `_at_hand`."""


class Project:
    """One research project, held in one file or one database.

    `who` is the handle that the history writes beside each act. Everything that changes
    the project is a function of `workbench.edits`; everything that shows it a function of
    `workbench.project.views` and its neighbours, which `workbench.Project` has as methods.
    """

    def __init__(self, store: engine.Store, who: str) -> None:
        self.store, self.who = store, who
        self.did = ""
        """What the history says of the newest act done here; nothing if it changed nothing."""
        self.not_anew = ""
        """Why the files could not be written anew when something was removed for good."""

    @property
    def where(self) -> str:
        """The file or the address (without its password)."""
        return self.store.where

    def close(self) -> None:
        """Let go of the file or the server; the project can be opened again."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self, *, whole: bool = False) -> Iterator[Connection]:
        """Give a connection that sees one state of the project throughout.

        What is shut to the project's person (see `blindness`) is shut to it, unless the
        `whole` is asked for, as checks of the project do.
        """
        rehearsal = self._rehearsal()
        if rehearsal is not None:
            yield rehearsal.connection
            return
        with self.store.reading() as connection:
            yield connection if whole else blindness.reading(connection, self.who)

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Let acts happen inside and keep nothing of them.

        They are one transaction, which is rolled back: each sees what those before it did,
        nobody else does, and others wait with their own acts meanwhile.

        Raises:
            Refused: a rehearsal is going on already.
        """
        if self.rehearses:
            raise Refused("A rehearsal is going on already. End it first.")
        did = self.did
        with self.store.writing(kept=False) as connection:
            before = _rehearsed.set(_Rehearsal(self.store, connection))
            try:
                yield
            finally:
                _rehearsed.reset(before)
                self.did = did

    @property
    def rehearses(self) -> bool:
        """Whether what is done now is not kept."""
        return self._rehearsal() is not None

    def _rehearsal(self) -> _Rehearsal | None:
        held = _rehearsed.get()
        return held if held is not None and held.store is self.store else None

    @contextmanager
    def acting(self, verb: str, who: str | None = None) -> Iterator[history.Act]:
        """Open one transaction with one history entry."""
        with (
            self._writing() as connection,
            history.act(connection, who or self.who, verb) as act,
        ):
            yield act
        self.did = act.summary if act.made or act.changed else ""
        if act.emptied and not self.rehearses:
            self.not_anew = self.store.write_anew()

    def undo(self, *, only_mine: bool = False) -> str:
        """Take back the newest act that stands and return what it was."""
        with self._writing() as connection:
            said = undoing.undo(connection, self.who, self.who if only_mine else None)
        return self._told(said)

    def redo(self, *, only_mine: bool = False) -> str:
        """Do again what the newest undo took back and return what it was."""
        with self._writing() as connection:
            said = undoing.redo(connection, self.who, self.who if only_mine else None)
        return self._told(said)

    def _told(self, said: str) -> str:
        """Return what was taken back or done again, as the history says it to the person."""
        newest = self.history(1)
        untold = newest and newest[0]["summary"] in blindness.UNTOLD_ACTS
        return str(newest[0]["summary"]) if untold else said

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open the transaction of one act, and of the note that it was delivered."""
        delivery, rehearsal = _at_hand.get(), self._rehearsal()
        if rehearsal is not None:
            yield rehearsal.connection
            return
        with self.store.writing() as connection:
            if delivery is None or delivery.store is not self.store:
                yield connection
            else:
                with deliveries.carrying_out(connection, delivery.client, delivery.number):
                    yield connection

    @contextmanager
    def delivering(self, client: str, number: int) -> Iterator[None]:
        """Carry out one operation of a browser client: the one act, undo or redo inside.

        That it was carried out is noted in the act's own transaction, so that an operation
        that arrives twice, or in two windows at once, is carried out once. A client numbers
        its operations from 1 and hands them in in that order. An operation is one act: a
        second one inside is refused.

        Raises:
            DeliveredAlready: on entering, it was carried out before; from the act, somebody
                carried it out meanwhile, and nothing of this act was stored.
            BadValue: the client has no name or one over 64 characters, or the number is
                not from 1.
        """
        if not 0 < len(client) <= _LONGEST_CLIENT or not records.storable(client):
            raise BadValue("A client", client[:80], f"a name of up to {_LONGEST_CLIENT} characters")
        if not 0 < number < 2**31:
            raise BadValue("The number of an operation", number, "1 or more")
        if self.was_delivered(client, number):
            raise DeliveredAlready(client, number)
        before = _at_hand.set(_Delivery(self.store, client, number))
        try:
            yield
        finally:
            _at_hand.reset(before)

    def delivered(self, client: str) -> int:
        """Return the highest number of a client's operations that was carried out, or 0."""
        with self.reading() as connection:
            return deliveries.highest(connection, client)

    def was_delivered(self, client: str, number: int) -> bool:
        """Whether a client's operation, or one after it, was carried out."""
        return number <= self.delivered(client)

    def history(self, newest: int | None = None) -> list[dict[str, Any]]:
        """Return the acts, newest first (see `store.history.log`).

        What was done in runs that are shut to the project's person is not told in words.
        """
        with self.reading() as connection:
            return blindness.without_words(connection, history.log(connection, newest))


_LONGEST_CLIENT = 64


def somebody() -> str:
    """Return who acts when nobody is named: WORKBENCH_USER, else the login name."""
    return os.environ.get("WORKBENCH_USER") or getpass.getuser()


def open_project(where: str | Path, *, who: str | None = None) -> Project:
    """Open a project: a file, or a database URL.

    Raises:
        NotAProject, NewerSchema, OlderSchema, StoreUnreachable: see `errors`.
        CannotWrite: its file or folder is protected.
    """
    if not engine.is_url(str(where)):
        _refuse_protected(Path(where))
    return Project(engine.open_store(str(where)), who or somebody())


def create(where: str | Path, *, who: str | None = None) -> Project:
    """Make an empty project and open it.

    Raises:
        ProjectExists: something stands there already.
        CannotWrite: there is no such folder, or it is protected.
    """
    if not engine.is_url(str(where)):
        _refuse_bad_place(str(where))
    return Project(engine.create(str(where)), who or somebody())


def _refuse_bad_place(where: str) -> None:
    if not where.strip():
        raise BadValue("The name of a project", where, "a file, such as study.fwb")
    folder = Path(where).parent
    if not _stands(folder) or not folder.is_dir():
        raise CannotWrite(where, f"there is no folder {folder}; make it first")
    if not _stands(where):
        files.refuse_protected(where)


def _refuse_protected(path: Path) -> None:
    """Refuse a folder, and a file that is only for reading: opening a project may write."""
    if not _stands(path):
        return
    if path.is_dir():
        raise NotAProject(str(path), "it is a folder")
    if not path.is_file() or (os.access(path, os.R_OK) and not _begins_as_database(path)):
        return  # the store says what it thinks of it
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.resolve().parent, os.W_OK)):
        raise CannotWrite(
            path, "it, or its folder, is protected; copy the project into a folder of your own"
        )


def _begins_as_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(6) == b"SQLite"


def _stands(where: str | Path) -> bool:
    """Whether a file or folder stands there.

    Raises:
        StoreUnreachable: the system does not tell.
    """
    try:
        return Path(where).exists()
    except OSError as error:
        hidden = isinstance(error, PermissionError)
        why = "its folder is protected" if hidden else "the name cannot be used"
        raise StoreUnreachable(str(where), why) from error


def open_or_create(where: str | Path, *, who: str | None = None) -> Project:
    """Open a project, or make it where there is none yet."""
    if engine.is_url(str(where)):
        return (
            open_project(where, who=who)
            if engine.holds_project(str(where))
            else create(where, who=who)
        )
    return open_project(where, who=who) if _stands(where) else create(where, who=who)


@contextmanager
def opened_or_made(where: str | Path, *, who: str | None = None) -> Iterator[Project]:
    """Open a project to bring something in, or make one.

    A file that was made for it goes again if it holds nothing in the end; a database
    stays, which the error says.

    Raises:
        WrongUse: there is no such project, and the name is that of something to bring in.
    """
    in_file = not engine.is_url(str(where))
    made = not (_stands(where) if in_file else engine.holds_project(str(where)))
    if in_file and made:
        _refuse_material(Path(where))
    project = open_or_create(where, who=who)
    try:
        yield project
    except WorkbenchError as error:
        if made and not in_file and _holds_nothing(project):
            error.and_also(f"An empty project is left in {project.where}.")
        raise
    finally:
        empty = made and in_file and _holds_nothing(project)
        project.close()
        if empty:
            Path(where).unlink(missing_ok=True)


_INTERVIEWS = {".txt", ".md", ".docx", ".doc", ".odt", ".rtf", ".vtt", ".srt", ".html", ".pdf"}
_TABLES = {".csv", ".tsv", ".xlsx", ".xls", ".ods"}
_MATERIAL = _INTERVIEWS | _TABLES | {".yaml", ".yml", ".json"}
"""Endings of what is brought in, those too that are not read here."""


def _refuse_material(path: Path) -> None:
    if path.suffix.lower() in _MATERIAL:
        raise WrongUse(
            f"There is no project {path}, and none is made under the name of a {path.suffix} "
            "file. The project comes first, then the files: "
            "workbench import study.fwb a.txt b.txt."
        )


def _holds_nothing(project: Project) -> bool:
    with project.reading() as connection:
        return not any(records.exists(connection, table) for table in schema.ROWS)


def upgrade(where: str | Path, *, who: str | None = None) -> Project:
    """Open a shared database of an older schema and bring it up to date, as asked."""
    return Project(engine.open_store(str(where), upgrade_shared=True), who or somebody())
