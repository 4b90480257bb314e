"""The project: what is in it, how it came there, who works on it, and what was done."""

from workbench.project.door import Project
from workbench.ui import session
from workbench.ui.panels.project import (
    bringing,
    cases,
    history,
    names,
    opening,
    overview,
    people,
    settings,
    taking_out,
    together,
)
from workbench.ui.words import _


def page(project: Project) -> None:
    """Show the part of the project that was chosen."""
    titles = {
        "overview": _("Overview"),
        "import": _("Import"),
        "together": _("Bring together"),
        "export": _("Export"),
        "cases": _("Cases"),
        "names": _("Names"),
        "people": _("People"),
        "history": _("History"),
        "settings": _("Settings"),
    }
    panels = {
        "overview": overview.panel,
        "import": bringing.panel,
        "together": together.panel,
        "export": taking_out.panel,
        "cases": cases.panel,
        "names": names.panel,
        "people": people.panel,
        "history": history.panel,
        "settings": settings.panel,
    }
    panels[session.tab("project", titles)](project)


def without_project() -> None:
    """Show how to make or open one."""
    opening.panel()
