"""Operations on the evidence of links."""

from workbench.project import edits
from workbench.project.door import Project
from workbench.ui.operations.registry import operation


@operation
def uncite_link(project: Project, link: str, codings: list[str]) -> None:
    """Take codings out of the evidence of a link."""
    edits.uncite_link(project, link, codings)
