"""Files out: the ending of the name says which."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import BadValue
from workbench.project import lists
from workbench.project.opening import Project

if TYPE_CHECKING:
    from workbench.model.report import ImportReport
    from workbench.stages.charting.chart import Values

ENDINGS = (".xlsx", ".csv", ".parquet", ".graphml", ".html", ".yaml", ".qdpx", ".qdc")

Progress = Callable[[int, int, str], None]
"""Called with texts done, texts in all, and the name of the one at hand."""

What = Literal[
    "chart", "codings", "statements", "cases", "states", "ladder", "links", "frequencies"
]
WHAT: tuple[What, ...] = (
    "chart",
    "codings",
    "statements",
    "cases",
    "states",
    "ladder",
    "links",
    "frequencies",
)


def export(
    project: Project,
    path: Path,
    *,
    framework: str | None = None,
    what: What = "chart",
    by: str = "case",
    values: "Values" = "statements",
    category: str | None = None,
    safe_for_excel: bool = False,
    runs: Sequence[str] = (),
    progress: Progress | None = None,
) -> str:
    """Write one file and return a sentence about it, or several.

    xlsx, csv and parquet hold the chart, or another table named by `what`; an xlsx of
    the chart by case is the whole workbook with its evidence. graphml and html hold the
    network of links; yaml the framework version. qdpx holds the project in REFI-QDA (see
    `refi_out.export`), with its codings of all `runs` or of those named, and qdc a framework
    version; what could not go along is told. `progress` is called for each text of a qdpx.

    Raises:
        BadValue: no format has that ending, or there is no such table.
        CannotWrite: the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadValue("The ending of an output file", path.name, ", ".join(ENDINGS))
    if what not in WHAT:
        raise BadValue("The table to export", what, ", ".join(WHAT))
    if what == "codings" and ending in (".csv", ".xlsx"):
        return lists.export_codings(project, path, framework, safe_for_excel=safe_for_excel)
    if ending in (".qdpx", ".qdc"):
        return "\n".join(refi(project, path, framework, runs, progress).lines())
    from workbench.project import frame_outputs  # with pandas, which a list does without

    if ending in (".graphml", ".html"):
        return frame_outputs.network(project, path, ending)
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
