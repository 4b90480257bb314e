"""What the files of an import hold, told by their content."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import BadFile, BadTable, MissingFile, UnknownFormat
from workbench.formats import (
    answers_table,
    atlas_table,
    codebook_table,
    contents,
    database_tools,
    nvivo_matrix,
    segment_table,
    study,
    summary_table,
    tables,
    taguette,
)
from workbench.formats.refi import package as refi_package

_SQLITE, _ZIP = b"SQLite format 3\x00", b"PK\x03\x04"
_TABLE_ENDINGS = (".csv", ".tsv", ".xlsx")
_FRAMEWORK_ENDINGS = (".yaml", ".yml")
MATRICES = (nvivo_matrix, atlas_table)
OF_OTHER_TOOLS = (
    "Taguette projects",
    "QualCoder projects",
    "RQDA projects",
    "NVivo matrices",
    "ATLAS.ti code-document tables",
    "REFI-QDA projects",
)


@dataclass(slots=True)
class Sorted:
    """The files of one import by what they hold."""

    frameworks: list[Path] = field(default_factory=list)
    codebooks: list[Path] = field(default_factory=list)
    projects: list[Path] = field(default_factory=list)
    matrices: list[Path] = field(default_factory=list)
    answers: list[Path] = field(default_factory=list)
    segments: list[Path] = field(default_factory=list)
    summaries: list[Path] = field(default_factory=list)
    charts: list[Path] = field(default_factory=list)
    transcripts: list[Path] = field(default_factory=list)
    by_kind: dict[tables.Kind, list[tables.Table]] = field(default_factory=dict)


def refuse_unreadable(paths: Sequence[Path]) -> None:
    """Check that each file is there, before a project is made for them.

    Raises:
        MissingFile, BadFile: one is not.
    """
    for path in paths:
        try:
            folder, there = path.is_dir(), path.exists()
        except (OSError, ValueError) as error:
            raise contents.unreadable(path, error) from error
        if folder and not study.is_study(path) and not database_tools.is_folder(path):
            raise BadFile(path, "this is a folder.", "Name the files in it, such as FOLDER/*.txt.")
        if not there:
            raise MissingFile(path)


def sort(paths: Sequence[Path], texts: Sequence[str] = ()) -> Sorted:
    """Tell by content, and by ending where contents are alike, what each file holds.

    `texts` are columns of answers: tables are of answers where they are named.

    Raises:
        MissingFile, BadFile, UnknownFormat: one cannot be brought in.
        BadTable: one is a table whose columns fit nothing known here.
    """
    refuse_unreadable(paths)
    found = Sorted()
    for path in paths:
        if path.is_dir():
            if database_tools.is_folder(path):
                found.projects.append(path)
                continue
            raise BadFile(path, "this is a study folder.", "Import it alone, into a new project.")
        ending = path.suffix.lower()
        head = _head(path)
        if head.startswith(_SQLITE):
            if not (taguette.recognises(path) or database_tools.tool(path)):
                raise UnknownFormat(path, [*OF_OTHER_TOOLS, "transcripts", "tables"])
            found.projects.append(path)
        elif head.startswith(_ZIP) and database_tools.tool(path):
            found.projects.append(path)
        elif ending in _FRAMEWORK_ENDINGS:
            found.frameworks.append(path)
        elif refi := refi_package.recognises(path):
            (found.projects if refi == "project" else found.codebooks).append(path)
        elif ending == ".xlsx" and _is_chart(path):
            found.charts.append(path)
        elif ending in _TABLE_ENDINGS and texts:
            found.answers.append(path)
        elif ending in _TABLE_ENDINGS and segment_table.recognises(path):
            found.segments.append(path)
        elif ending in _TABLE_ENDINGS and summary_table.recognises(path):
            found.summaries.append(path)
        elif ending in _TABLE_ENDINGS and any(m.recognises(path) for m in MATRICES):
            found.matrices.append(path)
        elif ending in _TABLE_ENDINGS and codebook_table.recognises(path):
            found.codebooks.append(path)
        elif ending in _TABLE_ENDINGS:
            table = tables.read(path)
            if table.kind is None and answers_table.recognises(path):
                found.answers.append(path)
                continue
            if table.kind is None:
                raise BadTable(
                    path,
                    "line 1",
                    f"the columns {', '.join(table.columns.values())} fit no table known here.",
                    "See “workbench help tables” for the columns of each.",
                )
            found.by_kind.setdefault(table.kind, []).append(table)
        else:
            found.transcripts.append(path)
    return found


def _is_chart(path: Path) -> bool:
    from workbench.formats.xlsx import back  # with openpyxl, which other imports do without

    return back.recognises(path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(16)
    except OSError as error:
        raise contents.unreadable(path, error) from error
