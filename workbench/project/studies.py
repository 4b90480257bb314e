"""Build a project from a study folder, act by act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from workbench.errors import BadValue, Refused, UndoBlocked, WorkbenchError
from workbench.formats import files, study_example, study_writing
from workbench.formats import study as study_format
from workbench.model.report import ImportReport
from workbench.project import edits, imports
from workbench.project.edits.refs import Refs
from workbench.project.edits.transcripts import CaseRule
from workbench.project.opening import Project
from workbench.store import records

_LONGEST_TITLE = 1_000
_BEFORE_FINISHING = ("cases", "spans", "codings")


def is_study(folder: Path) -> bool:
    """Tell whether a folder is a study folder: it holds a study.yaml."""
    return study_format.is_study(folder)


def init(folder: Path, title: str | None = None) -> None:
    """Write a small commented study that reproduces itself, to start an own one from.

    `title` is the name of the folder where none is given.

    Raises:
        CannotWrite: the folder holds something already, or the system refuses.
        BadValue: the title is blank or too long.
    """
    said = folder.resolve().name if title is None else title.strip()
    if not said or len(said) > _LONGEST_TITLE:
        raise BadValue("The title of a study", said[:40], "some words, not a whole page")
    with files.new_folder(folder) as made:
        study_writing.write(made, study_example.files(said, folder.resolve().name))


def build(
    project: Project,
    folder: Path,
    options: imports.Options | None = None,
    *,
    refs: Refs | None = None,
    at: Callable[[str], None] | None = None,
) -> ImportReport:
    """Bring a whole study in and return what came, was left out and was guessed.

    `refs` is filled with what the names in the study's tables became. `at` is called with
    what comes next: “transcripts”, or the kind of a table.

    Where cases.csv says which transcripts a case has, it makes the cases; else the
    transcripts do (see `edits.import_transcripts`).

    Raises:
        Refused: the project holds transcripts, frameworks or cases already.
        BadFile: something in the folder cannot be taken; what this had stored is undone.
    """
    with project.reading() as connection:
        if any(records.exists(connection, t) for t in ("transcript", "framework", "case")):
            raise Refused("A study is built into an empty project. Choose a new file for it.")
    study = study_format.read(folder)
    with _undone_if_it_fails(project):
        return _build(
            project,
            study,
            options or imports.Options(),
            Refs() if refs is None else refs,
            at or _tell_nobody,
        )


@contextmanager
def _undone_if_it_fails(project: Project) -> Iterator[None]:
    """Undo the acts that were done here when one of them fails."""
    before = _last(project)
    try:
        yield
    except BaseException as error:
        said = "What the study had brought in was undone; mend the folder and build it again."
        try:
            while _last(project) > before:
                project.undo(only_mine=True)
        except UndoBlocked as blocked:
            said = f"Some of what the study had brought in stays. {blocked}"
        if isinstance(error, WorkbenchError):
            error.and_also(said)
        raise


def _last(project: Project) -> int:
    """Return the number of the newest act of this person that stands, or 0."""
    mine = (
        int(a["seq"])
        for a in project.history()
        if a["who"] == project.who and a["kind"] == "do" and not a["undone"]
    )
    return max(mine, default=0)


def _tell_nobody(what: str) -> None:
    """Do nothing with what comes next."""


def _build(
    project: Project,
    study: study_format.StudyFolder,
    given: imports.Options,
    refs: Refs,
    at: Callable[[str], None],
) -> ImportReport:
    report = ImportReport(study.title)
    edits.set_up_study(project, study)
    chosen = imports.Options(
        case_by=_case_rule(study, given.case_by),
        interviewers=(*study.settings.interviewers, *given.interviewers),
        max_bytes=given.max_bytes,
        progress=given.progress,
    )
    at("transcripts")
    for brought in study.imports:
        called = replace(chosen, series=brought.series or None, labels=brought.labels)
        report.add([imports.import_of_other_tool(project, brought.file, called)])
    if study.transcripts:
        report.add([imports.import_transcripts(project, study.transcripts, chosen)])
    if study.settings.headers or study.settings.speakers:
        edits.correct_transcripts(project, study)
    for kind in imports.TABLE_ORDER:
        if kind not in _BEFORE_FINISHING and not report.counts.get("runs"):
            edits.finish_runs(project, study)
            report.count("runs", len(study.runs))
        if kind in study.tables:
            at(kind)
            report.add([imports.import_table(project, study.tables[kind], refs, chosen)])
    report.left_out += [o for o in study.report.left_out if o not in report.left_out]
    report.counts = {what: number for what, number in report.counts.items() if number}
    return report


def _case_rule(study: study_format.StudyFolder, given: CaseRule) -> CaseRule:
    """Return how transcripts make cases: not at all where a table or the study says which."""
    assigned = study.rows.spans or any(row.transcripts for row in study.rows.cases)
    return study.settings.cases or ("none" if assigned else given)
