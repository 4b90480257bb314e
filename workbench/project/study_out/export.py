"""A study folder from a project, rebuilt once to see what came back."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import BadFile, Refused, WorkbenchError
from workbench.formats import files, study_writing, tables
from workbench.formats.study_files import MANIFEST
from workbench.formats.tables import KINDS, Kind
from workbench.model.published import PublishedCell
from workbench.model.report import ImportReport, counted
from workbench.project import blindness, figures, manifests, opening, studies
from workbench.project.edits.refs import Refs
from workbench.project.edits.rowwise import passing_over
from workbench.project.opening import Project
from workbench.project.study_out import likeness, printed, settings, texts
from workbench.project.study_out import tables as rows_of
from workbench.project.study_out.held import Held

Files = dict[str, str | bytes]
Rows = dict[Kind, list[dict[str, str]]]
_PASSED_OVER = re.compile(r"(\w+)\.csv, line (\d+): (.*)", re.DOTALL)


def export(project: Project, folder: Path) -> ImportReport:
    """Write a project as a study folder, and report what a study cannot say.

    The folder is built again beside the project before it takes its place: what did not
    come back the same is in the report, and its printed tables hold what both give. Where
    something was lost, the folder is written once more from what came back, so that
    exporting what was built from it gives the same files. Its manifest says of which project
    it was written, when, and what is not in it.

    Raises:
        Refused: there is no transcript, or what was written cannot be built again.
        CannotWrite: the folder is not empty, or the system refuses.
    """
    with files.new_folder(folder) as made, project.reading() as connection:
        report = _write(Held(connection), project.where, made, str(folder))
        report.notes.append(
            f"Not in a study: the history ({counted(len(project.history()), 'acts')}), who wrote "
            "each statement, node and link, and what was withdrawn."
        )
        left_out = [f"{counted(o.count, o.what)}: {o.why}." for o in report.left_out]
        of = manifests.manifest(
            project, "study", of_framework=False, left_out=[*left_out, report.notes[-1]]
        )
        manifests.write(manifests.hashed(of, manifests.of_folder(made)), made / MANIFEST)
    return report


def _write(
    held: Held, where: str, made: Path, called: str, *, once_more: bool = True
) -> ImportReport:
    """Write the files of a study, and build it again to see what it gives."""
    report = ImportReport(called)
    for run in sorted(held.shut["run_id"]):
        report.leave_out("runs", blindness.SHUT, str(held.names.run(run)["name"]))
    written, rows = _first(held, where, report)
    who = next(iter(held.people.values()), None)
    while True:
        study_writing.write(made, {**written, **_tables(made, rows)})
        with (
            _rebuilt(made, who) as (again, refs, passed_over),
            again.reading(whole=True) as connection,
        ):
            if not passed_over:
                _compare(held, Held(connection), report)
                if once_more and (report.left_out or report.guesses):
                    _clear(made)
                    other = _write(Held(connection), where, made, called, once_more=False)
                    report.counts = other.counts
                else:
                    _print(held, figures.Sources(connection, refs), made)
                    _count(held, rows, report)
                return report
        _leave_out(made, rows, passed_over, report)


def _first(held: Held, where: str, report: ImportReport) -> tuple[Files, Rows]:
    """Return the files of a study, tables aside, and the rows of its tables."""
    told = texts.of(held.names, report)
    held.called = told.called
    written: Files = {**told.files}
    try:
        written |= settings.frameworks(held)
    except WorkbenchError as error:
        raise Refused(f"A framework of the project cannot be written as a file. {error}") from error
    data = settings.data(held, where, told.settings, report)
    written["study.yaml"] = study_writing.yaml_text(data)
    rows = rows_of.rows(held, settings.method(held), report)
    _leave_out_unsayable(rows, report)
    _tell_changed(rows, report)
    return written, rows


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _tables(made: Path, rows: Rows) -> Files:
    """Return the files of all tables that have rows; those that lost their rows go."""
    for kind in KINDS:
        (made / f"{kind}.csv").unlink(missing_ok=True)
    return {f"{k}.csv": study_writing.table_text(k, rows[k]) for k in KINDS if rows.get(k)}


@contextmanager
def _rebuilt(made: Path, who: str | None) -> Iterator[tuple[Project, Refs, list[str]]]:
    """Build the folder in a place of its own; give the project, its refs, rows passed over.

    Raises:
        Refused: the folder cannot be built.
    """
    with (
        tempfile.TemporaryDirectory(prefix="workbench-") as place,
        opening.create(Path(place) / "study.fwb", who=who) as project,
    ):
        refs = Refs()
        try:
            with passing_over() as passed_over:
                studies.build(project, made, refs=refs)
        except BadFile as error:
            said = str(error).replace(f"{made}/", "")
            raise Refused(f"The project cannot be written as a study. {said}") from error
        yield project, refs, passed_over


def _leave_out_unsayable(rows: Rows, report: ImportReport) -> None:
    """Drop the rows that no reader would take."""
    for kind, held in rows.items():
        kept = []
        for row in held:
            why = study_writing.problem(kind, row)
            if why:
                report.leave_out(_said(kind), why, f"{kind}.csv")
            else:
                kept.append(row)
        held[:] = kept


def _tell_changed(rows: Rows, report: ImportReport) -> None:
    """Tell which texts come back otherwise: blanks at the ends of names, odd line ends."""
    for kind, held in rows.items():
        changed = sum(
            study_writing.read_back(kind, column, said) != said
            for row in held
            for column, said in row.items()
        )
        if changed:
            what = "blanks at the ends of names, and line ends other than a line feed"
            report.guess(what, "tables keep neither", "certain", f"{kind}.csv, {changed} fields")


def _leave_out(made: Path, rows: Rows, passed_over: list[str], report: ImportReport) -> None:
    """Drop the rows that an import passed over, in its own words."""
    gone: dict[Kind, dict[int, str]] = {}
    for said in passed_over:
        found = _PASSED_OVER.fullmatch(said)
        kind = next((k for k in KINDS if found and k == found[1]), None)
        if found is None or kind is None:
            raise Refused(f"The project cannot be written as a study. {said}")
        gone.setdefault(kind, {})[int(found[2])] = found[3]
    for kind, by_line in gone.items():
        lines = [row.line for row in tables.read(made / f"{kind}.csv", kind).rows]
        for line in by_line:
            report.leave_out(_said(kind), by_line[line].rstrip("."), f"{kind}.csv")
        kept = zip(lines, rows[kind], strict=True)
        rows[kind] = [row for line, row in kept if line not in by_line]


def _compare(held: Held, again: Held, report: ImportReport) -> None:
    """Tell what of the project is not in what was rebuilt, or not so."""
    known: dict[str, int] = {}
    for left_out in report.left_out:
        known[left_out.what] = known.get(left_out.what, 0) + left_out.count
    for what, number in likeness.missing(held, again).items():
        more = number - known.get(what, 0)
        if more > 0:
            report.leave_out(what, "they come back otherwise, or not at all", "the study", more)


def _print(held: Held, again: figures.Sources, made: Path) -> None:
    """Write the printed tables of the study."""
    by_table: dict[str, list[PublishedCell]] = {}
    for cell in printed.cells(held, again):
        by_table.setdefault(cell.table, []).append(cell)
    texts_of = {t: study_writing.published_text(own) for t, own in by_table.items()}
    study_writing.write(made, {f"published/{t}.csv": text for t, text in texts_of.items()})


def _count(held: Held, rows: Rows, report: ImportReport) -> None:
    """Say how many of what were written."""
    for what, number in (
        ("transcripts", len(held.transcripts)),
        ("frameworks", len(held.versions)),
        ("runs", len(held.runs)),
        *((_said(kind), len(of)) for kind, of in rows.items()),
    ):
        if number:
            report.count(what, number)


def _said(kind: Kind) -> str:
    return {"ladder": "nodes", "cells": "marks of cells", "spans": "spans of cases"}.get(kind, kind)
