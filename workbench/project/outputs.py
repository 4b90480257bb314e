"""Files out: the ending of the name says which."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import BadValue
from workbench.project import list_outputs
from workbench.project.opening import Project

if TYPE_CHECKING:
    from workbench.stages.charting.chart import Values

TABLES = (".xlsx", ".csv", ".parquet")
ENDINGS = (*TABLES, ".docx", ".html", ".graphml", ".gexf", ".zip", ".yaml")

What = Literal[
    "chart",
    "codings",
    "quotations",
    "statements",
    "cases",
    "states",
    "ladder",
    "links",
    "frequencies",
    "analysis",
    "codebook",
    "theme",
    "case",
    "template",
    "transcript",
]
OF_TABLES: tuple[What, ...] = (
    "chart",
    "codings",
    "quotations",
    "statements",
    "cases",
    "states",
    "ladder",
    "links",
    "frequencies",
)
OF: Mapping[str, tuple[What, ...]] = {
    **dict.fromkeys(TABLES, OF_TABLES),
    ".docx": ("analysis", "codebook", "theme", "case", "template"),
    ".html": ("transcript",),
}
"""What can be written with an ending, beside what it is for by itself."""
WHAT: tuple[What, ...] = tuple(dict.fromkeys(what for known in OF.values() for what in known))


def export(
    project: Project,
    path: Path,
    *,
    framework: str | None = None,
    what: What = "chart",
    by: str = "case",
    values: "Values" = "statements",
    category: str | None = None,
    of: str | None = None,
    template: Path | str | None = None,
    safe_for_excel: bool = False,
) -> str:
    """Write one file and return a sentence about it.

    xlsx, csv and parquet hold the chart, or another table named by `what`; an xlsx of
    the chart by case is the whole workbook with its evidence. docx is the report of the
    analysis, or another document named by `what`, in the styles of `template`; graphml, gexf
    and html hold the network of links, html a coded transcript too; zip all tables with what
    their columns mean; yaml the framework version. `of` names the theme, case or transcript.

    Every file has a manifest (see `manifests`): inside, or, of csv and yaml, beside.

    Raises:
        BadValue: no format has that ending, there is no such table, or the template is no
            Word document.
        CannotWrite: the file cannot be written.
    """
    ending = path.suffix.lower()
    _refuse(path, ending, what, template)
    if what == "codings" and ending in (".csv", ".xlsx"):
        return list_outputs.export_codings(project, path, framework, safe_for_excel=safe_for_excel)
    from workbench.project import frame_outputs  # with pandas, which a list does without

    if ending == ".docx":
        from workbench.project import documents

        return documents.word(project, path, what, framework, of, template)
    if ending == ".html" and what == "transcript":
        from workbench.project.transcript_file import write_transcript

        return write_transcript(project, path, of, framework)
    if ending in (".graphml", ".gexf", ".html"):
        return frame_outputs.network(project, path, ending)
    if ending == ".zip":
        from workbench.project.tidy import write_tables

        return write_tables(project, path, framework, safe_for_excel=safe_for_excel)
    if ending == ".yaml":
        return frame_outputs.framework_file(project, path, framework)
    if ending == ".xlsx" and what == "chart" and by == "case" and values != "states":
        return frame_outputs.workbook(project, path, framework, values, category)
    return frame_outputs.table(
        project,
        path,
        what=what,
        framework=framework,
        by=by,
        values=values,
        category=category,
        safe_for_excel=safe_for_excel,
    )


def _refuse(path: Path, ending: str, what: str, template: Path | str | None) -> None:
    """Check that something of that name can be written so; raises BadValue."""
    if ending not in ENDINGS:
        raise BadValue("The ending of an output file", path.name, ", ".join(ENDINGS))
    if what not in WHAT:
        raise BadValue("The table to export", what, ", ".join(WHAT))
    if what != "chart" and what not in OF.get(ending, ()):
        fit = [e for e, known in OF.items() if what in known]
        raise BadValue(f"The ending of an output file of “{what}”", path.name, ", ".join(fit))
    if template is not None and ending != ".docx":
        raise BadValue("The ending of an output file with a template", path.name, ".docx")
