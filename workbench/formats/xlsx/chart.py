"""The sheets of a chart: cases in rows, codes in columns, one sheet a category."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbench.formats.flat import one_text
from workbench.formats.xlsx import text
from workbench.formats.xlsx.base import ID_HEAD, ID_WIDTH, Base
from workbench.formats.xlsx.beside import numbered
from workbench.formats.xlsx.book import ChartBook
from workbench.formats.xlsx.cells import Contents, beside, cell_of
from workbench.formats.xlsx.pages import LINE, Cell, Layout, OpenBook, Pages, Place, Run
from workbench.formats.xlsx.records import Value
from workbench.formats.xlsx.table import values
from workbench.model.chart_file import row_mark

Code = Mapping[str, object]
"""One row of `frames.CODES`."""

NARROWEST, WIDEST, GOOD_LINES = 20.0, 60.0, 9
COUNT_WIDTH = 4.0
_COUNT_HEAD = Cell(
    (("n", "grey"),),
    fill="header",
    note="How many codings the cell on the left rests on. Click to go to the first of them.",
)


def write_charts(
    open_book: OpenBook, book: ChartBook, known: Contents, at: Mapping[str, Place]
) -> Base | None:
    """Write one sheet a category; `at` says where each coding's row of evidence stands.

    What stands where is returned, if the workbook can be taken back.
    """
    labels = _labels(open_book, book)
    base = Base(book, labels.heads) if book.returns else None
    for _, codes in book.codes.groupby(_category_keys(book.codes), sort=False):
        name = one_text(codes["category"].iloc[0]) or "No category"
        _write_category(open_book, book, known, at, name, codes, labels, base)
    return base


def _category_keys(codes: pd.DataFrame) -> list[str]:
    return [
        one_text(i) or one_text(n)
        for i, n in zip(codes["category_id"], codes["category"], strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands before the codes in each row: the case and its attributes."""

    heads: tuple[str, ...]
    columns: tuple[Sequence[Value], ...]


def _labels(open_book: OpenBook, book: ChartBook) -> Labels:
    shown = book.cases.drop(columns="case_id")
    shown = shown[["case", *(c for c in shown.columns if c != "case")]]
    if shown.shape[1] + 1 > open_book.limits.columns:
        open_book.tally["attributes apart"] += shown.shape[1] - 1
        shown = shown[["case"]]
    columns = [[_label(open_book, v) for v in column] for column in values(open_book, shown)]
    heads = ["Case", *(open_book.label(str(c)) for c in shown.columns[1:])]
    return Labels(tuple(heads), tuple(columns))


def _label(open_book: OpenBook, value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return open_book.label(value) if isinstance(value, str) else value


def _write_category(
    open_book: OpenBook,
    book: ChartBook,
    known: Contents,
    at: Mapping[str, Place],
    name: str,
    codes: pd.DataFrame,
    labels: Labels,
    base: Base | None,
) -> None:
    names = open_book.names.series(name)
    records = [{str(k): v for k, v in r.items()} for r in codes.to_dict("records")]
    fixed, own = len(labels.heads) + book.returns, [ID_HEAD] * book.returns
    for chosen in _blocks(open_book, book, records, fixed):
        heads, grid = _grid(open_book, book, known, at, chosen)
        widths = _widths(heads, grid)
        layout = Layout(
            (*(Cell(((h, "bold"),), fill="header") for h in labels.heads), *heads, *own),
            (*map(_label_width, labels.heads, labels.columns), *widths, *[ID_WIDTH] * len(own)),
            f"{name}: cases × {len(chosen)} codes",
            colour=_tab_colour(codes),
            hidden=len(own),
        )
        headed = [
            (str(c["code_id"]), h.text) for c, h in zip(chosen, _of_codes(heads), strict=True)
        ]
        pages = Pages(open_book, names, layout)
        for number, row in enumerate(grid):
            label = [_label_cell(column[number]) for column in labels.columns]
            case_id = str(book.cases["case_id"].iloc[number])
            for part, cells in enumerate(row_parts(row, widths, open_book)):
                mark = row_mark(case_id, part)
                sheet = pages.put([*label, *cells, *[Cell(((mark, "grey"),))] * len(own)])
                open_book.tally["continued rows"] += part > 0
                if base:
                    base.row(sheet, headed, mark)
            if base:
                of_codes = zip(headed, _of_codes(row), _counts(row, len(headed)), strict=True)
                base.case(case_id, [c[number] for c in labels.columns], known, of_codes)
        pages.close()


def _of_codes(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells of the codes, without the numbers of codings beside them."""
    return [c for c in cells if c is not _COUNT_HEAD and c.look != "link"]


def _counts(cells: Sequence[Cell], codes: int) -> list[Cell]:
    """Return the numbers of codings beside the cells of the codes; empty where none are shown."""
    return [c for c in cells if c.look == "link"] or [Cell()] * codes


def _counts_beside(book: ChartBook) -> bool:
    """Return whether each code has a second column: the number of codings, with the link."""
    return book.links_stand == "beside" and book.figures is None


def _blocks(
    open_book: OpenBook, book: ChartBook, codes: Sequence[Code], fixed: int
) -> Iterator[Sequence[Code]]:
    """Yield the codes of each sheet: all of them, unless a sheet has too few columns."""
    most = open_book.limits.columns - fixed
    at_once = max(1, most // 2 if _counts_beside(book) else most)
    for start in range(0, len(codes), at_once):
        yield codes[start : start + at_once]


def _grid(
    open_book: OpenBook,
    book: ChartBook,
    known: Contents,
    at: Mapping[str, Place],
    codes: Sequence[Code],
) -> tuple[list[Cell], list[list[Cell]]]:
    """Return the heads of the columns and, case by case, the cells under them."""
    counted = _counts_beside(book)
    heads, grid = [], []
    for code in codes:
        heads += [_code_head(open_book, code), *[_COUNT_HEAD] * counted]
    for case in book.cases["case_id"]:
        row: list[Cell] = []
        for code in codes:
            where = (case, str(code["code_id"]))
            cell = cell_of(open_book, known, at, where)
            if counted:
                row += beside(known, where, cell)
            else:
                on_number = book.links_stand == "beside" and cell.value is None
                row.append(replace(cell, to=None) if on_number else cell)
        grid.append(row)
    return heads, grid


def _widths(heads: Sequence[Cell], grid: Sequence[Sequence[Cell]]) -> list[float]:
    return [
        COUNT_WIDTH if head is _COUNT_HEAD else column_width(head.text, [r[c].text for r in grid])
        for c, head in enumerate(heads)
    ]


def _tab_colour(codes: pd.DataFrame) -> str:
    found = {c for c in codes["colour"] if isinstance(c, str) and len(c) == 7 and c[0] == "#"}
    return found.pop() if len(found) == 1 else ""


def _label_cell(value: Value) -> Cell:
    if isinstance(value, str):
        return Cell(((value, "plain"),), fill="label")
    return Cell(value=value, fill="label")


def _label_width(head: str, column: Sequence[Value]) -> float:
    shown = [v if isinstance(v, str) else f"{v:g}" if v is not None else "" for v in column]
    widest = max((text.longest(s) for s in shown), default=0.0)
    longest_word = max(map(len, head.split()), default=0) + 3
    return min(max(widest + 2, longest_word, 9.0), 26.0)


def column_width(head: str, texts: Sequence[str]) -> float:
    """Return a width in digits at which the fullest cell stays well under a screen high."""
    fullest = max((sum(map(text.longest, t.split("\n"))) for t in texts), default=0.0)
    longest_word = max(map(len, head.split()), default=0) + 3
    return min(max(fullest / GOOD_LINES, len(head) / 2, longest_word, NARROWEST), WIDEST)


def _code_head(open_book: OpenBook, code: Code) -> Cell:
    name = open_book.label(numbered(code["number"], code["code"]))
    rules = [
        one_text(code["definition"]),
        *(
            f"{what}: {said}"
            for what, field in (
                ("Use when", "use_when"),
                ("Not when", "not_when"),
                ("Example", "example"),
            )
            if (said := one_text(code[field]))
        ),
    ]
    note = open_book.label("\n".join(r for r in rules if r))
    return Cell(((name, "bold"),), fill="header", note=note)


def row_parts(
    row: Sequence[Cell], widths: Sequence[float], open_book: OpenBook
) -> Iterator[list[Cell]]:
    """Yield the rows that the cells of one case take: one, or more where one is too full."""
    limits = open_book.limits
    most_lines = max(3, int((limits.points - 4) / LINE))
    pieces = [
        _cell_parts(cell, limits.characters, most_lines, width)
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, pieces), default=1)):
        yield [
            p[number] if number < len(p) else Cell(fill=p[0].fill if len(p) > 1 else "")
            for p in pieces
        ]


def _cell_parts(cell: Cell, most_units: int, most_lines: int, width: float) -> list[Cell]:
    whole = cell.text
    found = text.cuts(whole, most_units, most_lines, width)
    if len(found) <= 1:
        return [cell]
    last = len(found) - 1
    parts = []
    for number, part in enumerate(found):
        runs = list(_within(cell.runs, part))
        if number > 0:
            runs.insert(0, (text.CONTINUED + "\n", "grey"))
        if number < last:
            runs.append(("\n" + text.CONTINUES, "grey"))
        parts.append(replace(cell, runs=tuple(runs), note=cell.note if number == 0 else ""))
    return parts


def _within(runs: Sequence[Run], part: slice) -> Iterator[Run]:
    """Yield what lies of the runs between two positions of their joined text."""
    begin = 0
    for said, look in runs:
        inside = said[max(0, part.start - begin) : max(0, part.stop - begin)]
        if inside:
            yield inside, look
        begin += len(said)
