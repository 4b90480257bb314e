"""Files out: the ending of the name says which."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.errors import BadValue
from workbench.project import lists
from workbench.project.opening import Project

if TYPE_CHECKING:
    from workbench.stages.charting.chart import Values

ENDINGS = (".xlsx", ".csv", ".parquet", ".graphml", ".html", ".yaml")

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
) -> str:
    """Write one file and return a sentence about it.

    xlsx, csv and parquet hold the chart, or another table named by `what`; an xlsx of
    the chart by case is the whole workbook with its evidence. graphml and html hold the
    network of links; yaml the framework version.

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
