"""Operations on memos, which several pages have."""

from workbench.project import edits
from workbench.project.door import Project
from workbench.ui.operations.registry import operation


@operation
def memo(
    project: Project,
    transcript_version: str,
    title: str,
    text: str,
    start: int | None = None,
    stop: int | None = None,
    kind: str = "analytic",
) -> str:
    """Write a memo at a segment, or about a whole transcript; return its id."""
    return edits.add_memo(
        project,
        text,
        kind=kind,  # type: ignore[arg-type]  # checked there
        title=title,
        anchor="transcript_version",
        anchor_id=transcript_version,
        start=start,
        stop=stop,
    )


@operation
def change_memo(
    project: Project, memo: str, title: str, text: str, kind: str, row_version: int
) -> None:
    """Give a memo other words."""
    edits.change_memo(
        project,
        memo,
        title=title,
        text=text,
        kind=kind,  # type: ignore[arg-type]  # checked there
        row_version=row_version,
    )


@operation
def withdraw_memo(project: Project, memo: str) -> None:
    """Take a memo back."""
    edits.withdraw_memo(project, memo)
