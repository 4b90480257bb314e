"""Rebuild a study from its folder and hold it against the tables that were printed."""

import datetime
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pandas as pd

from workbench.checks import reproduction
from workbench.checks.reproduction import Account
from workbench.errors import BadFile, BadValue, CannotWrite, Refused
from workbench.formats import published
from workbench.formats.xlsx import reproduction as report
from workbench.model import frames
from workbench.model.manifest import Manifest
from workbench.model.published import VERDICTS, Printed
from workbench.project import checking, figures, manifests, opening, studies
from workbench.project.edits.refs import Refs
from workbench.project.edits.rowwise import passing_over
from workbench.project.opening import Project
from workbench.project.quoted import Quote, quotes
from workbench.project.samples import samples


@dataclass(frozen=True)
class Reproduction:
    """One study held against its printed tables.

    `passed_over` are rows of its tables that could not be taken, `broken` the laws that
    the rebuilt project breaks; both keep a study from being reproduced.
    """

    study: str
    title: str
    account: Account
    passed_over: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def reproduces(self) -> bool:
        """Whether every cell is equal or explained and nothing went wrong on the way."""
        return self.account.reproduces and not self.passed_over and not self.broken

    @property
    def cells(self) -> pd.DataFrame:
        """`frames.REPRODUCED`; `attrs["evidence"]` has the coding ids of each cell."""
        rows = [
            (
                self.study,
                j.cell.table,
                j.cell.cell,
                j.cell.row,
                j.cell.column,
                j.cell.value,
                j.rebuilt,
                j.verdict,
                j.why,
                "; ".join(j.cell.register),
                j.cell.where,
                len(j.evidence),
            )
            for j in self.account.cells
        ]
        frame = pd.DataFrame(rows, columns=list(frames.REPRODUCED)).astype(frames.REPRODUCED)
        frame.attrs["evidence"] = {j.cell.cell: j.evidence for j in self.account.cells}
        return frame

    @property
    def register(self) -> pd.DataFrame:
        """`frames.REGISTER`: the contradictions, and whether each still stands as it is told."""
        rows = [
            (self.study, e.entry.entry, e.entry.kind, e.entry.what, e.holds, e.sums, e.why)
            for e in self.account.register
        ]
        return pd.DataFrame(rows, columns=list(frames.REGISTER)).astype(frames.REGISTER)

    @property
    def tables(self) -> pd.DataFrame:
        """One row a printed table: how many of its cells came to each verdict."""
        cells = self.cells
        counted = pd.crosstab(cells["table"], cells["verdict"]) if len(cells) else pd.DataFrame()
        order = list(dict.fromkeys(cells["table"]))
        out = counted.reindex(index=order, columns=list(VERDICTS), fill_value=0).astype("int64")
        out.insert(0, "cells", out.sum(axis=1))
        out.insert(0, "study", self.study)
        return out.rename_axis("table").rename_axis(None, axis=1).reset_index()


def printed_studies(home: Path) -> list[Path]:
    """Return the study folders below a folder that print tables, by name."""
    found = (f.parent for f in sorted(home.glob("*/study.yaml")))
    return [folder for folder in found if (folder / "published").is_dir()]


def shipped_studies() -> list[Path]:
    """Return the studies that come with the workbench and print tables."""
    return printed_studies(samples().parent)


def reproduce(folder: Path) -> Reproduction:
    """Build a study anew in a place of its own and hold it against its printed tables.

    A row of its tables that cannot be taken costs the cells that rest on it, and is told.

    Raises:
        Refused: the study prints no table.
        BadFile: the folder is no study, or study.yaml, a framework, a transcript or a
            printed table cannot be read.
    """
    _refuse_unprinted(folder)
    with rebuilding(folder) as (project, refs, title, passed_over):
        return told(project, folder, title, refs, passed_over)


def reproduce_with_words(folder: Path) -> tuple[Reproduction, dict[str, Quote]]:
    """Do what `reproduce` does; return the words behind the rebuilt figures beside it, by id."""
    _refuse_unprinted(folder)
    with rebuilding(folder) as (project, refs, title, passed_over):
        done = told(project, folder, title, refs, passed_over)
        ids = {coding for judged in done.account.cells for coding in judged.evidence}
        return done, {q.coding_id: q for q in quotes(project, ids)}


def _refuse_unprinted(folder: Path) -> None:
    if not studies.is_study(folder):
        problem = "this is no study: a study is a folder with a study.yaml."
        raise BadFile(folder, problem, "“workbench study init FOLDER” begins one.")
    printed = published.read(folder)
    if not printed.cells:
        raise Refused(
            f"{folder} prints no table to hold it against. Put one into its folder published; "
            "“workbench help studies” tells how."
        )


def told(
    project: Project, folder: Path, title: str, refs: Refs, passed_over: Sequence[str] = ()
) -> Reproduction:
    """Hold a project that was built from a study folder against the folder's printed tables."""
    account = held_against(project, published.read(folder), refs)
    broken = tuple(
        f"law {f.law}: {f.problem}" for f in checking.check(project) if f.severity == "broken"
    )
    return Reproduction(folder.resolve().name, title, account, tuple(passed_over), broken)


@contextmanager
def rebuilding(folder: Path) -> Iterator[tuple[Project, Refs, str, list[str]]]:
    """Build a study in a place of its own; give the project, names, title, rows passed over."""
    with (
        tempfile.TemporaryDirectory(prefix="workbench-") as place,
        opening.create(Path(place) / "study.fwb", who="reproduce") as project,
    ):
        refs = Refs()
        with passing_over() as passed_over:
            built = studies.build(project, folder, refs=refs)
        yield project, refs, built.source, passed_over


def held_against(project: Project, printed: Printed, refs: Refs | None = None) -> Account:
    """Hold a project against printed tables; `refs` are names that only its study knows."""
    with project.reading(whole=True) as connection:
        sources = figures.Sources(connection, refs)
        rebuilt, problems = figures.rebuilt(printed.cells, sources)
        return reproduction.judge(printed, rebuilt, problems, sources.words)


def can_report(path: Path) -> None:
    """Check that a report can be written there, before studies are rebuilt for it.

    Raises:
        BadValue: the name does not end in .xlsx.
        CannotWrite: there is no such folder.
    """
    if path.suffix.lower() != ".xlsx":
        raise BadValue("The name of the report", path.name, "one that ends in .xlsx")
    if not path.parent.is_dir():
        raise CannotWrite(path, "there is no such folder")


def write_report(path: Path, done: Sequence[Reproduction]) -> None:
    """Write studies as a workbook: each printed table with its differing cells marked.

    Raises:
        BadValue, CannotWrite: see `can_report`; or the file cannot be written.
    """
    can_report(path)
    studied = [
        (d.study, d.title, d.reproduces, _problems(d), d.tables, d.cells, d.register) for d in done
    ]
    report.write(studied, path, _manifest(done).properties())


def _manifest(done: Sequence[Reproduction]) -> Manifest:
    """Return what a workbook of studies says of itself; they are of no project's history."""
    return Manifest(
        workbench=import_module("workbench").__version__,
        project=", ".join(d.study for d in done),
        what="published tables, rebuilt",
        made=f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        act="",
        left_out=tuple(problem for d in done for problem in _problems(d)),
        sha256=manifests.of_data([[d.study, d.cells, d.register, _problems(d)] for d in done]),
    )


def _problems(done: Reproduction) -> list[str]:
    passed_over = [f"Passed over: {problem}" for problem in done.passed_over]
    return [*passed_over, *(f"Broken: {problem}" for problem in done.broken)]


def as_data(done: Reproduction) -> dict[str, object]:
    """Return a study's reproduction as plain data, every cell with its coding ids."""
    evidence = {j.cell.cell: list(j.evidence) for j in done.account.cells}
    cells = [{**c, "evidence": evidence[c["cell"]]} for c in done.cells.to_dict("records")]
    return {
        "study": done.study,
        "title": done.title,
        "reproduces": done.reproduces,
        "cells": cells,
        "register": done.register.to_dict("records"),
        "passed_over": list(done.passed_over),
        "broken": list(done.broken),
    }


def seals(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield cell and seal of every rebuilt cell: what its column `evidence` should say."""
    printed = published.read(folder)
    with rebuilding(folder) as (project, refs, _, _), project.reading(whole=True) as connection:
        sources = figures.Sources(connection, refs)
        rebuilt, _ = figures.rebuilt(printed.cells, sources)
        for cell, found in rebuilt.items():
            yield cell, reproduction.seal(found.evidence, sources.words)
