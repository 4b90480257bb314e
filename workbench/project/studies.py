"""Build a project from a study folder, act by act."""

from pathlib import Path

from workbench.errors import Refused
from workbench.formats import study as study_format
from workbench.model.report import ImportReport
from workbench.project import edits, imports
from workbench.project.edits.tables import Refs
from workbench.project.opening import Project

_BEFORE_FINISHING = ("cases", "codings")


def build(project: Project, folder: Path, options: imports.Options | None = None) -> ImportReport:
    """Bring a whole study in and return what came, was left out and was guessed.

    Where cases.csv says which transcripts a case has, it makes the cases; else the
    transcripts do (see `edits.import_transcripts`).

    Raises:
        Refused: the project holds something already.
        BadFile: something in the folder cannot be taken; what was stored before stays.
    """
    if project.history(1):
        raise Refused("A study is built into an empty project. Choose a new file for it.")
    study = study_format.read(folder)
    given = options or imports.Options()
    report = ImportReport(study.title)
    edits.set_up_study(project, study)
    assigned = any(row.transcripts for row in study.rows.cases)
    chosen = imports.Options(
        case_by="none" if assigned else given.case_by,
        interviewers=(*study.settings.interviewers, *given.interviewers),
        max_bytes=given.max_bytes,
        progress=given.progress,
    )
    report.add([imports.import_transcripts(project, study.transcripts, chosen)])
    refs = Refs()
    for kind in imports.TABLE_ORDER:
        if kind not in _BEFORE_FINISHING and not report.counts.get("runs"):
            edits.finish_runs(project, study)
            report.count("runs", len(study.runs))
        if kind in study.tables:
            report.add([imports.import_table(project, study.tables[kind], refs, chosen)])
    report.left_out += [o for o in study.report.left_out if o not in report.left_out]
    return report
