"""Operations on codings and memos of a transcript."""

from workbench.project import edits
from workbench.project.door import Project
from workbench.ui.operations.registry import operation


@operation
def code(
    project: Project,
    transcript: str,
    start: int,
    stop: int,
    codes: list[str],
    framework: str,
    run: str | None = None,
    uncertain: bool = False,
) -> None:
    """Give one or several codes to a segment."""
    edits.code_several(
        project,
        transcript,
        start,
        stop,
        codes,
        framework=framework,
        run=run,
        uncertain=uncertain,
    )


@operation
def code_in_vivo(
    project: Project,
    transcript: str,
    start: int,
    stop: int,
    name: str,
    category: str,
    framework: str,
    run: str | None = None,
    uncertain: bool = False,
) -> None:
    """Make a code out of the words of a segment, and give it to them."""
    edits.code_in_vivo(
        project,
        transcript,
        start,
        stop,
        name=name,
        category=category or None,
        framework=framework,
        run=run,
        uncertain=uncertain,
    )


@operation
def change_coding(
    project: Project,
    coding: str,
    row_version: int,
    start: int | None = None,
    stop: int | None = None,
    code: str | None = None,
    uncertain: bool | None = None,
) -> None:
    """Give a coding other ends, another code or another flag."""
    edits.change_coding(
        project,
        coding,
        start=start,
        stop=stop,
        code=code,
        uncertain=uncertain,
        row_version=row_version,
    )


@operation
def withdraw_coding(project: Project, coding: str) -> None:
    """Take a coding back."""
    edits.withdraw_coding(project, coding)
