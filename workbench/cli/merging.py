"""Commands about several copies of one project: merge."""

from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Where, Who
from workbench.cli.projects import opened
from workbench.errors import BadValue, Unanswered
from workbench.model.report import counted
from workbench.project.merging import Choices, MergeReport

_SHOWN = ("thing", "about", "mine", "theirs")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(merge)


def merge(
    where: Where,
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="Another copy of it: a file or database URL.")
    ],
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse",
            "--dry-run",
            help="Say what would come in and what is asked; keep nothing.",
        ),
    ] = False,
    mine: Annotated[
        bool, typer.Option("--mine", help="What both sides changed stays as it is in PROJECT.")
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="What both sides changed becomes as it is in OTHER.")
    ] = False,
    same_names: Annotated[
        str | None,
        typer.Option(metavar="one|two", help="New things of one name are one thing, or two."),
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv", help="Rehearse, and write the questions as a table to fill in."
        ),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Such a table, filled in.")
    ] = None,
    as_json: Json = False,
    who: Who = None,
) -> None:
    """Take over what another copy of the project did since the two went apart.

    What only one side changed is taken over; what both changed in two ways is asked, and
    nothing is merged until it is answered.
    """
    if mine and theirs:
        raise BadValue("The side that is taken", "--mine --theirs", "one of the two")
    prefer = "mine" if mine else "theirs" if theirs else None
    said = floor.merging.read_answers(answers) if answers else {}
    choices = Choices(said, prefer, same_names)
    with opened(where, who) as project, opened(other, who) as copy:
        if rehearse or questions is not None:
            report = floor.merging.preview(project, copy, choices)
            _tell(report, as_json, rehearsed=True)
            if questions is not None:
                written = floor.merging.write_questions(report.questions, questions)
                show.aside(f"Wrote {counted(written, 'questions')} to {questions}.")
            return
        try:
            _tell(floor.edits.merge(project, copy, choices), as_json, rehearsed=False)
        except Unanswered:
            _tell(floor.merging.preview(project, copy, choices), as_json, rehearsed=False)
            raise


def _tell(report: MergeReport, as_json: bool, *, rehearsed: bool) -> None:
    if as_json:
        show.one_record(report.as_dict())
        return
    for line in report.lines():
        show.line(line)
    if report.unanswered:
        show.rows(report.unanswered, _SHOWN, as_json=False)
    if rehearsed:
        show.line("This was a rehearsal: nothing of it is kept.")
