"""Files out: the ending of the name says which."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import BadValue
from workbench.project import list_outputs
from workbench.project.opening import Project

if TYPE_CHECKING:
    from workbench.model.report import ImportReport
    from workbench.stages.charting.chart import Values

TABLES = (".xlsx", ".csv", ".parquet")
REFI = (".qdpx", ".qdc")
ENDINGS = (*TABLES, ".docx", ".html", ".graphml", ".gexf", ".zip", ".yaml", *REFI)

Progress = Callable[[int, int, str], None]
"""Called with texts done, texts in all, and the name of the one at hand."""

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
    runs: Sequence[str] = (),
    progress: Progress | None = None,
) -> str:
    """Write one file and return a sentence about it, or several.

    xlsx, csv and parquet hold the chart, or another table named by `what`; an xlsx of
    the chart by case is the whole workbook with its evidence. docx is the report of the
    analysis, or another document named by `what`, in the styles of `template`; graphml, gexf
    and html hold the network of links, html a coded transcript too; zip all tables with what
    their columns mean; yaml the framework version. `of` names the theme, case or transcript.
    qdpx holds the project in REFI-QDA (see `refi_out.export`), with its codings of all `runs`
    or of those named, and qdc a framework version; what could not go along is told.
    `progress` is called for each text of a qdpx.

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
    if ending in REFI:
        return "\n".join(refi(project, path, framework, runs, progress).lines())
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


def refi(
    project: Project,
    path: Path,
    framework: str | None = None,
    runs: Sequence[str] = (),
    progress: Progress | None = None,
) -> "ImportReport":
    """Write a project (.qdpx) or a framework version (.qdc) in REFI-QDA and return the report."""
    from workbench.project import refi_out  # with lxml, which other outputs do without

    if path.suffix.lower() == ".qdc":
        return refi_out.codebook(project, path, framework)
    return refi_out.export(project, path, framework=framework, runs=runs, progress=progress)


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
