"""Operations on the tree of a draft."""

from workbench.project import edits
from workbench.project.door import Project
from workbench.ui.operations.registry import operation


@operation
def move_code(
    project: Project,
    framework: str,
    id: str,
    row_version: int,
    category: str | None = None,
    place: int | None = None,
) -> None:
    """Move a code of a draft under a category, or to a place among its neighbours."""
    edits.move_code(project, framework, id, category=category, place=place, row_version=row_version)


@operation
def move_category(
    project: Project, framework: str, id: str, row_version: int, place: int | None = None
) -> None:
    """Move a category of a draft to a place among the others."""
    edits.move_category(project, framework, id, place=place, row_version=row_version)
