"""What a project calls the steps of the method: one of the templates, chosen in its settings."""

from workbench.model.method import STAGE_TEMPLATES
from workbench.project import lists
from workbench.project.opening import Project

DEFAULT = "five-stages"
"""The template of a project that has chosen none."""


def template(project: Project) -> str:
    """Return the key of the project's stage template."""
    with project.reading() as connection:
        chosen = lists.settings(connection).get("stages", "")
    return chosen if chosen in STAGE_TEMPLATES else DEFAULT


def names(project: Project) -> dict[str, str]:
    """Return step → stage name; a step that the template folds into another has none."""
    return dict(STAGE_TEMPLATES[template(project)].names)
