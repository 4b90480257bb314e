"""Reports of a project as documents: codebook, themes, cases, the whole analysis."""

from typing import Literal

from workbench.model.document import Document
from workbench.project.opening import Project
from workbench.project.reports import analysis, case, codebook, theme
from workbench.project.reports.words import reading

Report = Literal["analysis", "codebook", "theme", "case"]
REPORTS: tuple[Report, ...] = ("analysis", "codebook", "theme", "case")

__all__ = ["REPORTS", "Report", "report"]


def report(
    project: Project, what: Report, framework: str | None = None, of: str | None = None
) -> Document:
    """Return a report; `of` names the theme or the case that it is of, else it is of all.

    Raises:
        UnknownName, AmbiguousName: there is no such version, theme or case, or several.
        Refused: there is nothing yet that the report could be of.
    """
    with reading(project, framework) as words:
        match what:
            case "analysis":
                return analysis.document(project, words)
            case "codebook":
                return codebook.document(words)
            case "theme":
                return theme.document(words, of)
            case "case":
                return case.document(words, of)
