"""Operations on the cells of a chart."""

from typing import cast

from workbench.model.chart import Mark, StatementKind
from workbench.project import edits
from workbench.project.door import Project
from workbench.ui.operations.registry import Said, operation
from workbench.ui.words import _, n_


@operation
def write_statement(
    project: Project,
    framework: str,
    case: str,
    code: str,
    text: str,
    kind: str,
    evidence: list[str],
) -> str:
    """Write a statement at the end of a cell."""
    return edits.write_statement(
        project,
        case,
        code,
        text,
        kind=cast(StatementKind, kind),
        evidence=evidence,
        framework=framework,
    )


@operation
def change_statement(
    project: Project,
    statement: str,
    row_version: int,
    text: str | None = None,
    kind: str | None = None,
    evidence: list[str] | None = None,
) -> None:
    """Change the words, the kind or the evidence of a statement."""
    edits.change_statement(
        project,
        statement,
        text=text,
        kind=cast(StatementKind | None, kind),
        evidence=evidence,
        row_version=row_version,
    )


@operation
def withdraw_statement(project: Project, statement: str) -> None:
    """Take a statement out of its cell."""
    edits.withdraw_statement(project, statement)


@operation
def move_statement(project: Project, statement: str, position: int, row_version: int) -> None:
    """Give a statement another place in its cell."""
    edits.move_statement(project, statement, position, row_version=row_version)


@operation
def mark_cell(
    project: Project, framework: str, case: str, code: str, mark: str | None, row_version: int
) -> None:
    """Say of an empty cell which kind of silence it is; None takes the mark off."""
    edits.mark_cell(
        project,
        case,
        code,
        cast(Mark | None, mark),
        framework=framework,
        row_version=row_version,
    )


@operation
def review_cell(project: Project, framework: str, case: str, code: str, row_version: int) -> None:
    """Say that a cell was held against its evidence."""
    edits.review_cell(project, case, code, framework=framework, row_version=row_version)


@operation
def cite_words(
    project: Project,
    framework: str,
    case: str,
    code: str,
    transcript: str,
    start: int,
    stop: int,
    statement: str | None = None,
    run: str | None = None,
    row_version: int | None = None,
) -> list[str]:
    """Quote words of a transcript in a cell, or cite them for a statement of it."""
    return edits.cite_words(
        project,
        case,
        code,
        transcript,
        start,
        stop,
        statement=statement,
        run=run,
        framework=framework,
        row_version=row_version,
    )


@operation
def fill_cell(project: Project, framework: str, case: str, code: str) -> Said:
    """Write the words of a cell's codings into it."""
    return _filled(edits.fill_cell(project, case, code, framework=framework))


@operation
def fill_cells(project: Project, framework: str, category: str) -> Said:
    """Write the words of their codings into the empty cells of a category."""
    return _filled(edits.fill_cells(project, category, framework=framework))


def _filled(made: int) -> Said:
    if not made:
        return Said(_("There was nothing to fill in."), made)
    return Said(n_("{n} statement filled in", "{n} statements filled in", made), made)
