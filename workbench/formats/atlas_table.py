"""Code-document tables of ATLAS.ti: how many quotations of a document have a code.

Below each name stands its groundedness (`Gr=12`), and for a group its size (`GS=3`); a
circle stands before a code; `Totals` closes rows and columns. Codes may be in the rows
or in the columns.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workbench.formats import count_sheet
from workbench.formats.count_sheet import Shape
from workbench.model.count_matrix import CountMatrix
from workbench.model.report import counted

_BELOW = re.compile(r" *Gr=[0-9]+(; *GS=[0-9]+)? *")
_CIRCLES = ("○", "●")


def _name(label: str) -> str | None:
    above, _, below = label.strip().rpartition("\n")
    plain = above.strip()
    name = plain[1:].strip() if plain.startswith(_CIRCLES) else plain
    return name if name and _BELOW.fullmatch(below) else None


_SHAPE = Shape("ATLAS.ti", _name, _name)


def recognises(path: Path | str) -> bool:
    """Tell whether a csv, tsv or xlsx file has rows and columns as ATLAS.ti names them."""
    return count_sheet.recognises(path, _SHAPE)


def read(path: Path | str) -> CountMatrix:
    """Return the table, its names without circles and groundedness.

    Raises:
        BadTable: the sheet is not as ATLAS.ti writes it, or holds shares instead of counts.
        BadFile: the file cannot be read at all.
    """
    sheet = count_sheet.read(path, _SHAPE)
    rows, columns = _circled(sheet.row_labels), _circled(sheet.column_labels)
    _say_left_out(sheet, max(rows, columns), rows >= columns)
    return replace(
        sheet.matrix,
        labels=("document", "code") if columns > rows else ("code", "document"),
        labels_because="" if rows != columns else "a code-document table mostly has codes in rows",
    )


def _circled(labels: Sequence[str]) -> int:
    return sum(label.startswith(_CIRCLES) for label in labels)


def _say_left_out(sheet: count_sheet.Sheet, circled: int, in_rows: bool) -> None:
    report = sheet.matrix.report
    report.notes.append("Groundedness (Gr) and sizes of groups (GS) are not kept.")
    others = len(sheet.row_labels if in_rows else sheet.column_labels) - circled
    if circled and others:
        report.guess(
            f"{counted(others, 'names')} without a circle taken for categories or groups of "
            "codes, so that a sum over all codes counts some quotations again",
            "ATLAS.ti puts a circle before codes",
            "unsure",
            sheet.file,
        )
