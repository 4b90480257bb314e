"""Files out: the ending of the name says which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
ENDINGS = (*TABLES, ".docx", ".html", ".svg", ".graphml", ".gexf", ".zip", ".yaml", *REFI)

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
    analysis, or another document named by `what`, in the styles of `template`; graphml, gexf,
    html and svg hold the network of links, html a coded transcript too; zip all tables with what
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
    _refuse(path, path.suffix.lower(), what, template)
    wanted = _Wanted(framework, what, by, values, category, of, template, safe_for_excel)
    if path.suffix.lower() in REFI:
        return "\n".join(refi(project, path, framework, runs, progress).lines())
    return _writer(path.suffix.lower(), wanted)(project, path, wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for, as the arguments of `export`."""

    framework: str | None
    what: What
    by: str
    values: "Values"
    category: str | None
    of: str | None
    template: Path | str | None
    safe_for_excel: bool


_Writer = Callable[[Project, Path, _Wanted], str]


def _writer(ending: str, wanted: _Wanted) -> _Writer:
    """Return what writes a file of an ending: that of what it holds before that of any."""
    if wanted.what == "chart" and (wanted.by != "case" or wanted.values == "states"):
        return _WRITERS[ending]
    return _WRITERS_OF.get((ending, wanted.what), _WRITERS[ending])


def _codings(project: Project, path: Path, wanted: _Wanted) -> str:
    safe = wanted.safe_for_excel
    return list_outputs.export_codings(project, path, wanted.framework, safe_for_excel=safe)


def _table(project: Project, path: Path, wanted: _Wanted) -> str:
    from workbench.project import frame_outputs  # with pandas, which a list does without

    return frame_outputs.table(
        project,
        path,
        what=wanted.what,
        framework=wanted.framework,
        by=wanted.by,
        values=wanted.values,
        category=wanted.category,
        safe_for_excel=wanted.safe_for_excel,
    )


def _workbook(project: Project, path: Path, wanted: _Wanted) -> str:
    from workbench.project import frame_outputs

    return frame_outputs.workbook(project, path, wanted.framework, wanted.values, wanted.category)


def _network(project: Project, path: Path, _wanted: _Wanted) -> str:
    from workbench.project import frame_outputs

    return frame_outputs.network(project, path, path.suffix.lower())


def _framework(project: Project, path: Path, wanted: _Wanted) -> str:
    from workbench.project import frame_outputs

    return frame_outputs.framework_file(project, path, wanted.framework)


def _word(project: Project, path: Path, wanted: _Wanted) -> str:
    from workbench.project import documents

    return documents.word(project, path, wanted.what, wanted.framework, wanted.of, wanted.template)


def _transcript(project: Project, path: Path, wanted: _Wanted) -> str:
    from workbench.project.transcript_file import write_transcript

    return write_transcript(project, path, wanted.of, wanted.framework)


def _all_tables(project: Project, path: Path, wanted: _Wanted) -> str:
    from workbench.project.tidy import write_tables

    safe = wanted.safe_for_excel
    return write_tables(project, path, wanted.framework, safe_for_excel=safe)


_WRITERS: Mapping[str, _Writer] = {
    **dict.fromkeys(TABLES, _table),
    ".docx": _word,
    **dict.fromkeys((".graphml", ".gexf", ".html", ".svg"), _network),
    ".zip": _all_tables,
    ".yaml": _framework,
}
_WRITERS_OF: Mapping[tuple[str, What], _Writer] = {
    (".xlsx", "chart"): _workbook,
    (".xlsx", "codings"): _codings,
    (".csv", "codings"): _codings,
    (".html", "transcript"): _transcript,
}


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
