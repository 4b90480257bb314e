"""A chart that a colleague edited comes back: read, and looked at before it is taken in."""

from collections.abc import Mapping
from pathlib import Path

from workbench.errors import BadFile
from workbench.model.chart_file import Answer, ChartBack
from workbench.model.report import ImportReport
from workbench.project import edits
from workbench.project.opening import Project


def read(path: Path) -> ChartBack:
    """Return the chart of a workbook as it stands now, beside what it was.

    Raises:
        BadFile: it is no workbook of a chart, its hidden sheet is gone or was changed, or it
            cannot be read.
    """
    from workbench.formats.xlsx import back  # with openpyxl, which other pages do without

    if not back.recognises(path):
        raise BadFile(
            path,
            "this is no chart that can come back.",
            "Take the Excel workbook of a chart of statements by case, whose hidden sheet Base is "
            "still there.",
        )
    return back.read(path)


def look(
    project: Project, back: ChartBack, answers: Mapping[str, Answer] | None = None
) -> ImportReport:
    """Return the report that `edits.take_chart_back` would, and keep nothing of what it does.

    Raises:
        Refused, BadValue: as that does.
    """
    with project.rehearsing():
        return edits.take_chart_back(project, back, answers=answers)
