"""Tables of summaries: framework matrices of NVivo, summary tables of MAXQDA.

Cases stand in the rows and codes in the columns, and a cell is what somebody wrote of the
case under the code; or one row is a document, a code and a summary.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadFile, BadTable
from workbench.formats import tables
from workbench.model.report import ImportReport

_DOCUMENT = ("document name", "document", "dokumentname", "dokument", "dokumentnavn")
_GROUP = ("document group", "dokumentgruppe", "dokumentgruppenavn")
_CODE, _SUMMARY = ("code", "kode"), ("summary", "summaries", "zusammenfassung", "sammendrag")
_ROW, _COLUMN = re.compile(r"[0-9]{1,6} ?: ?(?=\S)"), re.compile(r"[A-Z]{1,3} ?: ?(?=\S)")
_PATHS = (" > ", "\\")
_FEW_WORDS = 3
"""A cell with more is a summary; a table of which no cell has more is none."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands in one cell: the case, the path of its code, and the words."""

    line: int
    case: str
    code: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Summaries:
    """A table of summaries; `cases` and `codes` are all of its rows and columns."""

    name: str
    tool: str
    cases: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    cells: tuple[Summary, ...]
    report: ImportReport


def recognises(path: Path) -> bool:
    """Tell whether a table has summaries, by its first rows."""
    try:
        return _shape(_filled(tables.beginning(path))) is not None
    except BadFile:
        return False


def read(path: Path) -> Summaries:
    """Return the summaries of a table.

    Raises:
        BadTable: it is no such table.
        BadFile: it cannot be read at all.
    """
    report = ImportReport(path.name)
    rows = _filled(tables.records_of(path, report))
    shape = _shape(rows)
    if shape is None:
        problem = "it has no summaries of cases under codes."
        raise BadTable(path, "the file", problem, "Export the table again.")
    found = list(_listed(rows) if shape == "list" else _grid(rows, shape, report))
    cases = tuple(dict.fromkeys(s.case for s in found))
    codes = tuple(dict.fromkeys(s.code for s in found))
    told = tuple(s for s in found if s.text)
    tool = "NVivo" if shape == "NVivo" else "MAXQDA"
    return Summaries(path.stem, tool, cases, codes, told, report)


def _filled(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(line, fields) for line, fields in rows if any(f.strip() for f in fields)]


def _plain(field: str) -> str:
    return " ".join(field.split()).casefold()


def _shape(rows: Sequence[tuple[int, list[str]]]) -> str | None:
    """Return how a table is arranged: as NVivo or MAXQDA does, as a list, or not at all."""
    if len(rows) < 2:
        return None
    head, body = rows[0][1], [fields for _, fields in rows[1:]]
    names = [_plain(f) for f in head]
    if _place(names, _DOCUMENT) is not None and _place(names, _SUMMARY) is not None:
        return "list" if _place(names, _CODE) is not None else None
    cells = [f for fields in body for f in fields[1:] if f.strip()]
    if not any(len(c.split()) > _FEW_WORDS for c in cells):
        return None
    labels = [f.strip() for f in head[1:] if f.strip()]
    by_nvivo = not head[0].strip() and labels and all(_COLUMN.match(f) for f in labels)
    if by_nvivo and all(_ROW.match(fields[0].strip()) for fields in body):
        return "NVivo"
    by_maxqda = names[0] in (*_DOCUMENT, *_GROUP) and _place(names, _DOCUMENT) is not None
    return "MAXQDA" if by_maxqda else None


def _place(names: Sequence[str], called: Sequence[str]) -> int | None:
    return next((names.index(c) for c in called if c in names), None)


def _listed(rows: Sequence[tuple[int, list[str]]]) -> Iterator[Summary]:
    names = [_plain(f) for f in rows[0][1]]
    places = [_place(names, called) or 0 for called in (_DOCUMENT, _CODE, _SUMMARY)]
    for line, fields in rows[1:]:
        case, code, text = (fields[i].strip() if i < len(fields) else "" for i in places)
        if case and code:
            yield Summary(line, " ".join(case.split()), _path(code), text)


def _grid(
    rows: Sequence[tuple[int, list[str]]], shape: str, report: ImportReport
) -> Iterator[Summary]:
    head = rows[0][1]
    names = [_plain(f) for f in head]
    at = 0 if shape == "NVivo" else _place(names, _DOCUMENT) or 0
    codes = {
        i: _path(_COLUMN.sub("", f.strip()) if shape == "NVivo" else f)
        for i, f in enumerate(head)
        if f.strip() and i != at and names[i] not in _GROUP
    }
    for line, fields in rows[1:]:
        said = fields[at].strip() if at < len(fields) else ""
        case = " ".join((_ROW.sub("", said) if shape == "NVivo" else said).split())
        if not case:
            report.leave_out("rows", "they name no case", report.source)
            continue
        for i, code in codes.items():
            yield Summary(line, case, code, fields[i].strip() if i < len(fields) else "")


def _path(said: str) -> tuple[str, ...]:
    """Return a code from the top to its own name.

    >>> _path("Access > Waiting"), _path("Price")
    (('Access', 'Waiting'), ('Price',))
    """
    separator = next((s for s in _PATHS if s in said), "\0")
    found = tuple(name for p in said.split(separator) if (name := " ".join(p.split())))
    return found or ("code without a name",)
