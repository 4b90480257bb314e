"""A chart that comes back in a workbook: its base, and what stands in each cell now."""

import io
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import BrokenFile, WorkbenchError
from workbench.formats import contents
from workbench.formats.tables import MAX_BYTES, guard_archive
from workbench.formats.xlsx.base import COUNT_HEADING, ID_HEADING, MAGIC, loaded
from workbench.formats.xlsx.shown_only import changed_rows, words
from workbench.formats.xlsx.text import CONTINUED, CONTINUES
from workbench.model.chart_file import (
    BaseCell,
    BaseSheet,
    CellAt,
    CellBack,
    ChartBack,
    ChartBase,
    Line,
    LineLook,
    NotRead,
    row_of,
)

COVER = "Cover"
Letters = list[tuple[str, bool]]
"""Runs of a cell's text, each with whether it is italic."""
_HIDDEN = (b'state="veryHidden"', b'state="hidden"')


def recognises(path: Path | str) -> bool:
    """Whether a file is a workbook that says what its chart was when it was written."""
    try:
        data = contents.of(path, MAX_BYTES)
        if not data.startswith(b"PK\x03\x04"):
            return False
        guard_archive(data, str(path))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not any(mark in archive.read("xl/workbook.xml") for mark in _HIDDEN):
                return False
        return _base_rows(_opened(data, path, read_only=True), path) is not None
    except (WorkbenchError, KeyError):
        return False


def read(path: Path | str) -> ChartBack:
    """Return the chart of a workbook as it stands now, beside what it was.

    Rows are known by their hidden ids, columns by their headings, wherever they stand.
    What cannot be known again is in `not_read`, and no cell of it among `cells`.

    Raises:
        BrokenFile: the hidden sheet was changed.
        BadFile: the file cannot be read at all.
    """
    data = contents.of(path, MAX_BYTES)
    guard_archive(data, str(path))
    book = _opened(data, path, read_only=False)
    rows = _base_rows(book, path)
    if rows is None:
        raise BrokenFile(path, "the hidden sheet that says what the chart was is gone.")
    reading = _Reading(loaded(path, rows))
    for name, sheet in reading.base.sheets.items():
        if name in book.sheetnames:
            reading.sheet(name, sheet, book[name])
        else:
            why = "it is gone, or has another name; nothing of it is taken"
            reading.not_read.append(NotRead("sheets", f"“{name}”", why))
    reading.not_read += changed_rows(reading.base.tables, book)
    known = {*reading.base.sheets, *reading.base.tables, COVER}
    for other in book.worksheets:
        if other.sheet_state == "visible" and other.title not in known:
            why = "this sheet is not one of the export; nothing of it is taken"
            reading.not_read.append(NotRead("sheets", f"“{other.title}”", why))
    cells = reading.cells()
    return ChartBack(Path(path).name, reading.base, cells, tuple(reading.not_read))


def _opened(data: bytes, path: Path | str, *, read_only: bool) -> Any:  # openpyxl has no types
    import openpyxl  # it brings NumPy along, which other imports do without

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles it does not know
            return openpyxl.load_workbook(
                io.BytesIO(data), read_only=read_only, rich_text=not read_only, keep_links=False
            )
    except Exception as error:  # openpyxl lets any error of a broken part through
        raise BrokenFile(path, "the workbook is damaged.") from error


def _base_rows(book: Any, path: Path | str) -> list[str] | None:
    """Return what stands below the first row of the base, on the first hidden sheet that is one.

    Raises:
        BrokenFile: a hidden sheet is damaged.
    """
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                held = sheet.iter_rows(values_only=True)
                rows = [str(r[0]) for r in held if r and r[0] is not None]
                if rows[:1] == [MAGIC]:
                    return rows[1:]
    except Exception as error:  # openpyxl reads a sheet late, and lets any error of it through
        raise BrokenFile(path, "the workbook is damaged.") from error
    return None


def _headings(sheet: Any) -> dict[int, str]:
    """Return column → heading of a sheet, of those that have one."""
    first = next(sheet.iter_rows(max_row=1), ())
    return {c.column: str(c.value).strip() for c in first if c.value is not None}


class _Reading:
    """What was found of a chart, sheet by sheet."""

    def __init__(self, base: ChartBase) -> None:
        self.base = base
        self.not_read: list[NotRead] = []
        self._parts: dict[CellAt, dict[int, tuple[str, Letters]]] = defaultdict(dict)
        self._expected: dict[CellAt, set[int]] = defaultdict(set)
        self._spoilt: set[CellAt] = set()
        """Cells that must not be taken, since something of them was not read."""

    def sheet(self, name: str, was: BaseSheet, sheet: Any) -> None:
        """Take in what stands on a sheet."""
        for mark in was.rows:
            case_id, part = row_of(mark)
            for _, code_id in was.codes:
                self._expected[case_id, code_id].add(part)
        headings = _headings(sheet)
        if [*headings.values()].count(ID_HEADING) != 1:
            why = f"its hidden column “{ID_HEADING}” is gone; nothing of it is taken"
            self._left_out(NotRead("sheets", f"“{name}”", why), was.rows, was)
            return
        codes = self._codes(name, was, headings)
        rows = self._rows(name, was, sheet, headings)
        self._tell_of_columns(name, was, headings, sheet)
        for (case_id, part), number in rows.items():
            for column, code_id in codes.items():
                self._cell(name, sheet.cell(number, column), (case_id, code_id), part)
        self._compare_attributes(name, was, sheet, headings, rows)
        counted = [c for c in codes if headings.get(c + 1) == COUNT_HEADING]
        self._compare_numbers(name, sheet, rows, {c + 1: codes[c] for c in counted})

    def _left_out(self, told: NotRead, rows: Sequence[str], was: BaseSheet) -> None:
        self.not_read.append(told)
        self._spoilt |= {(row_of(mark)[0], code_id) for mark in rows for _, code_id in was.codes}

    def _codes(self, name: str, was: BaseSheet, headings: Mapping[int, str]) -> dict[int, str]:
        """Return column → code id of the codes whose heading stands there once, as it was."""
        known = Counter(heading.strip() for heading, _ in was.codes)
        found: dict[int, str] = {}
        for heading, code_id in was.codes:
            columns = [c for c, h in headings.items() if h == heading.strip()]
            if len(columns) == 1 and known[heading.strip()] == 1:
                found[columns[0]] = code_id
                continue
            why = (
                f"the heading “{heading}” stands there more than once"
                if columns
                else f"the heading “{heading}” is gone or was changed"
            )
            self.not_read.append(NotRead("columns", f"“{name}”", why))
            self._spoilt |= {(row_of(mark)[0], code_id) for mark in was.rows}
        return found

    def _strange(self, was: BaseSheet, headings: Mapping[int, str]) -> list[int]:
        known = {heading.strip() for heading, _ in was.codes} | set(was.others)
        return [c for c, h in headings.items() if h not in known]

    def _tell_of_columns(
        self, name: str, was: BaseSheet, headings: Mapping[int, str], sheet: Any
    ) -> None:
        for column in self._strange(was, headings):
            why = f"“{headings[column]}” is no column of the chart as it was exported"
            place = _place(name, sheet.cell(1, column))
            self.not_read.append(NotRead("columns", place, why))
        heading = was.others[0]
        if not _column(headings, heading):
            why = f"the heading “{heading}” is gone or was changed"
            self.not_read.append(NotRead("columns", f"“{name}”", why))
        for cells in sheet.iter_cols(min_row=2):
            filled = next((c for c in cells if c.value is not None), None)
            if filled is not None and filled.column not in headings:
                why = "this column has no heading, so nothing of it is taken"
                self.not_read.append(NotRead("columns", _place(name, filled), why))

    def _rows(
        self,
        name: str,
        was: BaseSheet,
        sheet: Any,
        headings: Mapping[int, str],
    ) -> dict[tuple[str, int], int]:
        """Return which row of the sheet is which part of which case; tell of all others."""
        numbers: dict[str, list[int]] = defaultdict(list)
        marks, first = set(was.rows), _column(headings, was.others[0])
        for number in range(2, sheet.max_row + 1):
            mark = str(sheet.cell(number, _column(headings, ID_HEADING)).value or "").strip()
            if mark in marks:
                numbers[mark].append(number)
            elif any(sheet.cell(number, column).value is not None for column in headings):
                why = (
                    "this row was added by hand, and no case of the chart belongs to it; add the "
                    "case to the project and export again"
                )
                self.not_read.append(NotRead("rows", f"“{name}”, row {number}", why))
        found: dict[tuple[str, int], int] = {}
        for mark in was.rows:
            case_id, part = row_of(mark)
            label, at = self.base.cases.get(case_id, case_id), numbers.get(mark, [])
            if len(at) == 1:
                found[case_id, part] = at[0]
                self._compare_label(name, sheet.cell(at[0], first) if first else None, label)
            elif at:
                several = ", ".join(map(str, at))
                why = f"the rows {several} are all of “{label}”; leave one of them"
                self._left_out(NotRead("cases", f"“{name}”", why), [mark], was)
            else:
                why = f"a row of “{label}” is gone; its statements stay as they are"
                self._left_out(NotRead("cases", f"“{name}”", why), [mark], was)
        return found

    def _compare_label(self, name: str, cell: Any, label: str) -> None:
        said = words(cell.value) if cell is not None else label
        if said != label:
            why = f"“{label}” reads “{said}” now; rename the case in the project"
            self.not_read.append(NotRead("labels of cases", _place(name, cell), why))

    def _compare_attributes(
        self,
        name: str,
        was: BaseSheet,
        sheet: Any,
        headings: Mapping[int, str],
        rows: Mapping[tuple[str, int], int],
    ) -> None:
        """Tell of attributes of cases that were changed or taken out."""
        for at, heading in enumerate(was.others[1:-2]):
            columns = [c for c, h in headings.items() if h == heading.strip()]
            if not columns:
                why = f"the heading “{heading}” is gone or was changed"
                self.not_read.append(NotRead("columns of attributes", f"“{name}”", why))
            for (case_id, _), number in rows.items() if columns else ():
                before, cell = self.base.attributes[case_id][at], sheet.cell(number, columns[0])
                said = words(cell.value)
                if said != before:
                    label = self.base.cases[case_id]
                    why = (
                        f"“{heading}” of “{label}” was “{before}” and reads “{said}” now; change "
                        "it in the project"
                    )
                    self.not_read.append(NotRead("attributes of cases", _place(name, cell), why))

    def _compare_numbers(
        self,
        name: str,
        sheet: Any,
        rows: Mapping[tuple[str, int], int],
        codes: Mapping[int, str],
    ) -> None:
        """Tell of numbers of codings that were changed; they stand in the first row of a case."""
        why = "it is counted anew with each export and cannot be changed here"
        for (case_id, part), number in rows.items():
            for column, code_id in codes.items() if part == 0 else ():
                cell = sheet.cell(number, column)
                before = self.base.cells.get((case_id, code_id), BaseCell()).codings
                if words(cell.value) not in (words(before or None), words(before)):
                    self.not_read.append(NotRead("numbers of codings", _place(name, cell), why))

    def _cell(self, name: str, cell: Any, at: CellAt, part: int) -> None:
        place = _place(name, cell)
        letters = _letters(cell)
        if letters is None:
            what = "a formula" if cell.data_type == "f" else "a number, a date or an error"
            why = f"there is {what} in it; write the statement as text"
            self.not_read.append(NotRead("cells", place, why))
            self._spoilt.add(at)
        else:
            self._parts[at][part] = place, letters

    def cells(self) -> dict[CellAt, CellBack]:
        """Return the cells whose parts were all read, their parts joined."""
        found: dict[CellAt, CellBack] = {}
        for at, parts in self._parts.items():
            if at in self._spoilt or set(parts) != self._expected[at]:
                continue
            place = parts[0][0]
            joined = _joined([letters for _, (_, letters) in sorted(parts.items())])
            if joined is None:
                why = (
                    f"it goes on in the row below, and the line “{CONTINUES}” or “{CONTINUED}” was "
                    "changed"
                )
                self.not_read.append(NotRead("cells", place, why))
            else:
                found[at] = CellBack(place, tuple(_lines(joined)))
        return found


def _column(headings: Mapping[int, str], wanted: str) -> int:
    """Return the first column of a heading, counted from 1; 0 where there is none."""
    return next((column for column, heading in headings.items() if heading == wanted), 0)


def _place(name: str, cell: Any) -> str:
    return f"“{name}” {cell.coordinate}"


def _letters(cell: Any) -> Letters | None:
    """Return the text of a cell by runs; None where there is something else."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    value, italic = cell.value, bool(cell.font.i)
    if value is None:
        return []
    if cell.data_type != "s" or not isinstance(value, str | CellRichText):
        return None
    if isinstance(value, str):
        return [(_plain(value), italic)]
    return [
        (_plain(run.text), bool(run.font.i))
        if isinstance(run, TextBlock)
        else (_plain(run), italic)
        for run in value
    ]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _joined(parts: Sequence[Letters]) -> Letters | None:
    """Return the letters of a cell that went on in rows below, without the lines that say so."""
    filled = [p for p in parts if "".join(t for t, _ in p).strip()]
    if len(filled) < 2:
        return filled[0] if filled and filled[0] is parts[0] else None if filled else []
    if filled != list(parts[: len(filled)]):
        return None
    whole: Letters = []
    for number, part in enumerate(filled):
        text = "".join(t for t, _ in part)
        start = len(CONTINUED) + 1 if number else 0
        stop = len(text) - (len(CONTINUES) + 1 if number < len(filled) - 1 else 0)
        if number and not text.startswith(CONTINUED + "\n"):
            return None
        if number < len(filled) - 1 and not text.endswith("\n" + CONTINUES):
            return None
        whole += _cut(part, start, stop)
    return whole


def _cut(letters: Letters, start: int, stop: int) -> Iterator[tuple[str, bool]]:
    begin = 0
    for text, italic in letters:
        yield text[max(0, start - begin) : max(0, stop - begin)], italic
        begin += len(text)


def _lines(letters: Letters) -> Iterator[Line]:
    """Yield the lines of a text with the look of their letters; an empty text has none."""
    runs: list[list[tuple[str, bool]]] = [[]]
    for text, italic in letters:
        first, *others = text.split("\n")
        runs[-1].append((first, italic))
        runs += [[(other, italic)] for other in others]
    if not any(text.strip() for line in runs for text, _ in line):
        return
    for line in runs:
        yield Line("".join(text for text, _ in line), _look(line))


def _look(runs: Sequence[tuple[str, bool]]) -> LineLook:
    looks = {italic for text, italic in runs if text.strip()}
    if looks == {True}:
        return "italic"
    return "mixed" if len(looks) > 1 else "plain"
