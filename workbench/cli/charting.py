"""Commands of charting: chart, states, statement, mark, review, counts."""

from typing import Annotated, Any

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.migrating import unanswered
from workbench.cli.options import (
    Case,
    Code,
    Evidence,
    Framework,
    Json,
    Kind,
    NewEvidence,
    NewKind,
    NewText,
    Place,
    Text,
    Where,
    Who,
)
from workbench.cli.projects import opened, say
from workbench.errors import BadValue

_NO_CASES = "There are no cases yet: import transcripts, or workbench case add PROJECT CASE."
_NO_COUNTS = "Counts come in as a table (workbench help tables) or as a matrix of another tool."


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for command in (chart, states, statements, statement, mark, review, counts):
        app.command()(command)
    app.command("change-statement")(change_statement)
    app.command("move-statement")(move_statement)
    app.command()(cite)
    app.command()(fill)


def chart(
    where: Where,
    framework: Framework = None,
    by: Annotated[str, typer.Option(help="case, or an attribute that groups cases.")] = "case",
    values: Annotated[
        str, typer.Option(help="statements, counts, cases, characters or states.")
    ] = "statements",
    category: Annotated[str | None, typer.Option(help="Only the codes of one category.")] = None,
    run: Annotated[list[str] | None, typer.Option(help="Count these runs only.")] = None,
    totals: Annotated[bool, typer.Option("--totals", help="Add totals to figures.")] = False,
    as_json: Json = False,
) -> None:
    """Show the chart of a framework version: cases by codes."""
    chosen: dict[str, Any] = {"by": by, "values": values, "category": category, "runs": run or ()}
    with opened(where) as project:
        frame = project.chart(framework, **chosen)
        said = frame.attrs
        if totals:
            margins = floor.views.margins(project, framework, **chosen)
            frame = floor.views.with_totals(frame, margins)
    note = f"{said['framework']}; {said['unit']}; runs: {', '.join(said['runs']) or 'none'}."
    if values == "statements" and not frame.map(bool).any(axis=None):
        note += " There are no statements yet; --values counts shows the codings."
    note += unanswered(said["unanswered"])
    show.table(frame, as_json=as_json, keep=[*map(str, frame.columns)], note=note)


def states(where: Where, framework: Framework = None, as_json: Json = False) -> None:
    """Show the state of every cell, and why a cell is stale."""
    with opened(where) as project:
        frame = floor.views.states(project, framework).drop(columns=["case_id", "code_id"])
    note = unanswered(frame.attrs["unanswered"]).strip()
    show.table(frame, as_json=as_json, note=note, empty=_NO_CASES)


def statements(where: Where, framework: Framework = None, as_json: Json = False) -> None:
    """List every statement with its evidence."""
    with opened(where) as project:
        frame = floor.views.statements(project, framework)
    show.table(
        frame,
        as_json=as_json,
        keep=["statement_id"],
        empty="Write one: workbench statement PROJECT CASE CODE TEXT.",
    )


def statement(
    where: Where,
    case: Case,
    code: Code,
    text: Text,
    kind: Kind = "summary",
    evidence: Evidence = None,
    framework: Framework = None,
    who: Who = None,
) -> None:
    """Write a statement into the cell of a case and a code."""
    cited = tuple(evidence) if evidence else ("all",)
    with opened(where, who) as project:
        new = floor.edits.write_statement(
            project,
            case,
            code,
            text,
            kind=kind,  # type: ignore[arg-type]  # checked there
            evidence=cited,
            framework=framework,
        )
        say(project, new)


def change_statement(
    where: Where,
    statement: Annotated[str, typer.Argument(metavar="ID")],
    text: NewText = None,
    kind: NewKind = None,
    evidence: NewEvidence = None,
    who: Who = None,
) -> None:
    """Change a statement's words, kind or evidence."""
    with opened(where, who) as project:
        floor.edits.change_statement(
            project,
            statement,
            text=text,
            kind=kind,  # type: ignore[arg-type]  # checked there
            evidence=evidence,
        )
        say(project)


def move_statement(
    where: Where,
    statement: Annotated[str, typer.Argument(metavar="ID")],
    place: Place,
    who: Who = None,
) -> None:
    """Give a statement another place in its cell."""
    with opened(where, who) as project:
        floor.edits.move_statement(project, statement, place)
        say(project)


def cite(
    where: Where,
    case: Case,
    code: Code,
    transcript: Annotated[str, typer.Argument(metavar="TRANSCRIPT")],
    start: Annotated[int, typer.Argument(metavar="START", help="As “search” says.")],
    stop: Annotated[int, typer.Argument(metavar="STOP")],
    statement: Annotated[
        str | None, typer.Option(metavar="ID", help="Cite them for this one of the cell.")
    ] = None,
    run: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where words not coded yet are coded.")
    ] = None,
    framework: Framework = None,
    who: Who = None,
) -> None:
    """Write words into a cell as a quotation, or --statement; code them where they are not."""
    with opened(where, who) as project:
        floor.edits.cite_words(
            project,
            case,
            code,
            transcript,
            start,
            stop,
            statement=statement,
            run=run,
            framework=framework,
        )
        say(project)


def fill(
    where: Where,
    case: Annotated[str | None, typer.Argument(metavar="[CASE]", help="With CODE: a cell.")] = None,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None,
    category: Annotated[
        str | None, typer.Option(metavar="NAME", help="Every empty cell of its codes.")
    ] = None,
    framework: Framework = None,
    who: Who = None,
) -> None:
    """Write the words of the codings into a cell, or into the empty cells of a category."""
    if (category is None) == (case is None or code is None):
        raise BadValue("What to fill", category or case or "", "CASE and CODE, or --category NAME")
    with opened(where, who) as project:
        if category is not None:
            floor.edits.fill_cells(project, category, framework=framework)
        else:
            floor.edits.fill_cell(project, case or "", code or "", framework=framework)
        say(project)


def mark(
    where: Where,
    case: Case,
    code: Code,
    mark: Annotated[str, typer.Argument(metavar="MARK", help="not asked, nothing said, open.")],
    framework: Framework = None,
    who: Who = None,
) -> None:
    """Mark an empty cell as “not asked” or “nothing said”; “open” takes the mark off."""
    chosen = None if mark == "open" else mark
    if not mark.strip():
        raise BadValue("The mark of a cell", mark, "not asked, nothing said, or open")
    with opened(where, who) as project:
        floor.edits.mark_cell(project, case, code, chosen, framework=framework)  # type: ignore[arg-type]  # checked there
        say(project)


def review(
    where: Where, case: Case, code: Code, framework: Framework = None, who: Who = None
) -> None:
    """Say that a charted cell was held against its evidence as it is now."""
    with opened(where, who) as project:
        floor.edits.review_cell(project, case, code, framework=framework)
        say(project)


def counts(
    where: Where,
    series: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this series, each count of it.")
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="LABEL,...", help="Sums by these labels, such as month.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Show counts that stand beside the interviews: matrices of other tools, letters a month.

    Without --series and --by, one row a series.
    """
    wanted = [label.strip() for label in by.split(",") if label.strip()]
    with opened(where) as project:
        frame = floor.views.counts(project, series, wanted)
    show.table(frame, as_json=as_json, keep=[*map(str, frame.columns)], empty=_NO_COUNTS)
