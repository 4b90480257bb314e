"""Operations that every page has."""

from workbench.project.door import Project
from workbench.ui.operations.registry import Said, operation
from workbench.ui.sentences import sentence
from workbench.ui.words import _


@operation
def undo(project: Project) -> Said:
    """Take back one's own newest act."""
    return Said(_("Undone: {what}", what=sentence(project.undo(only_mine=True))))


@operation
def redo(project: Project) -> Said:
    """Do again what one took back last."""
    return Said(_("Done again: {what}", what=sentence(project.redo(only_mine=True))))
