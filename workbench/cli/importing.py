"""The command that brings files in: its options, what it says, and the bar meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Coder, Framework, Json, Run, Where, Who
from workbench.errors import BadValue, NotAProject, WrongUse
from workbench.model.report import ImportReport, counted
from workbench.project import door
from workbench.project.door import Project

DEFAULT_MB = 25.0


def add_to(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command("import")(import_files)


Files = Annotated[list[Path], typer.Argument(metavar="FILE...")]
CaseBy = Annotated[str, typer.Option(help="What makes a case: auto, file, speaker or none.")]
Interviewer = Annotated[
    list[str] | None, typer.Option(help="A speaker who interviews; may be repeated.")
]
Series = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="For a matrix of counts: the series it belongs to."),
]
Labels = Annotated[
    str | None,
    typer.Option(metavar="ROW,COLUMN", help="For a matrix: what its rows and columns are."),
]
Key = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="For a table of answers: what tells its rows apart."),
]
Texts = Annotated[
    list[str] | None,
    typer.Option(metavar="COLUMN", help="A column of a table with answers; may be repeated."),
]
MaxMb = Annotated[float, typer.Option(help="The largest file taken, in MB.")]
Rehearse = Annotated[
    bool, typer.Option("--rehearse", help="Say what would come in, and keep nothing.")
]
Correct = Annotated[
    bool,
    typer.Option(
        "--correct", help="A transcript that is here gets another text as its next version."
    ),
]
Mine = Annotated[
    bool, typer.Option("--mine", help="A chart that comes back: in conflicts, what is here.")
]
Theirs = Annotated[bool, typer.Option("--theirs", help="In conflicts, what the file says.")]
Both = Annotated[bool, typer.Option("--both", help="In conflicts, both as two statements.")]
Questions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.csv", help="Rehearse, and write the conflicts as a table to fill in."
    ),
]
Answers = Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Such a table, filled in.")]

_HOW_TO_ANSWER = (
    "Open conflicts are left as they are here. Import the file again with --mine (what is here "
    "stands), --theirs (what the file says), --both (as two statements), or with --questions "
    "FILE.csv, and then --answers FILE.csv once its last column says one of the three."
)


def import_files(
    where: Where,
    files: Files,
    case_by: CaseBy = "auto",
    interviewer: Interviewer = None,
    coder: Coder = None,
    run: Run = None,
    framework: Framework = None,
    series: Series = None,
    labels: Labels = None,
    key: Key = None,
    texts: Texts = None,
    max_mb: MaxMb = DEFAULT_MB,
    rehearse: Rehearse = False,
    correct: Correct = False,
    mine: Mine = False,
    theirs: Theirs = False,
    both: Both = False,
    questions: Questions = None,
    answers: Answers = None,
    as_json: Json = False,
    who: Who = None,
) -> None:
    """Bring in transcripts, frameworks, tables, charts and projects of other tools, by content.

    Makes the project when it does not exist.
    """
    if not max_mb > 0:
        raise BadValue("The largest file", max_mb, "a number of MB above 0")
    stands = _stands(mine=mine, theirs=theirs, both=both)
    rehearse = rehearse or questions is not None
    floor.imports.refuse_unreadable([*files, *([answers] if answers else [])])
    with _for_files(where, who) as project, show.progress() as progress:
        bring = project.rehearse_import if rehearse else project.import_files
        report = bring(
            *files,
            case_by=case_by,
            interviewers=tuple(interviewer or ()),
            coder=coder,
            run=run,
            framework=framework,
            series=series,
            labels=_pair(labels),
            key=key,
            texts=tuple(texts or ()),
            max_bytes=int(max_mb * 1_000_000),
            progress=progress,
            correct=correct,
            conflicts=stands,
            answers=answers,
        )
    _tell(report, as_json, rehearsed=rehearse)
    if questions is not None:
        written = floor.imports.write_conflicts(report, questions)
        show.aside(f"Wrote {counted(written, 'conflicts')} to {questions}.")


def _stands(**said: bool) -> str | None:
    """Return what was said to stand in conflicts; None for nothing.

    Raises:
        WrongUse: more than one was.
    """
    stands = [answer for answer, wanted in said.items() if wanted]
    if len(stands) > 1:
        raise WrongUse("In conflicts --mine, --theirs or --both stands; give one of them.")
    return stands[0] if stands else None


def _pair(labels: str | None) -> tuple[str, str] | None:
    if labels is None:
        return None
    row, comma, column = labels.partition(",")
    if not comma or "," in column:
        raise BadValue("--labels", labels, "two words with a comma between, such as code,interview")
    return row, column


@contextmanager
def _for_files(where: str, who: str | None) -> Iterator[Project]:
    """Open or make the project; a file of interviews in its place is told from one."""
    try:
        with door.opened_or_made(where, who=who) as project:
            yield project
    except NotAProject as error:
        hint = "The project stands before the files: workbench import PROJECT FILE..."
        raise WrongUse(f"{error} {hint}") from error


def _tell(report: ImportReport, as_json: bool, *, rehearsed: bool) -> None:
    chart = report.chart
    if as_json:
        rows = {} if chart is None else {"chart": [row.as_dict() for row in chart.rows]}
        show.one_record({**report.as_dict(), **rows})
    else:
        for said in report.lines():
            show.line(said)
        if chart and chart.unanswered:
            open_ones = [row.as_dict() for row in chart.unanswered]
            show.rows(open_ones, floor.imports.CONFLICTS[:-1], as_json=False, keep=["statement"])
            show.line(_HOW_TO_ANSWER)
        if rehearsed:
            show.line("This was a rehearsal: nothing of it is kept.")
    for failed in report.failed:
        show.aside(failed)
    if report.failed:
        raise typer.Exit(1)
