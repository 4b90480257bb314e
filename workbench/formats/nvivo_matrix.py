"""Matrices of NVivo, as a matrix coding query exports them.

Rows are numbered (`1 : Name`) and columns lettered (`A : Name`); a cell says how many
passages were coded at both. The file does not tell what its rows and columns are.
"""

import re
from dataclasses import replace
from pathlib import Path

from workbench.formats import count_sheet
from workbench.formats.count_sheet import Shape
from workbench.model.count_matrix import CountMatrix

_ROW = re.compile(r"[0-9]{1,6} ?: ?(?=\S)")
_COLUMN = re.compile(r"[A-Z]{1,3} ?: ?(?=\S)")


def _row(label: str) -> str | None:
    return _behind(_ROW, label)


def _column(label: str) -> str | None:
    return _behind(_COLUMN, label)


def _behind(mark: re.Pattern[str], label: str) -> str | None:
    found = mark.match(label)
    return label[found.end() :] if found else None


_SHAPE = Shape("NVivo", _row, _column)


def recognises(path: Path | str) -> bool:
    """Tell whether a csv, tsv or xlsx file has rows and columns as NVivo names them."""
    return count_sheet.recognises(path, _SHAPE)


def read(path: Path | str) -> CountMatrix:
    """Return the matrix, its names without NVivo's own numbers and letters.

    Raises:
        BadTable: the sheet is not as NVivo writes it, or holds shares instead of counts.
        BadFile: the file cannot be read at all.
    """
    matrix = count_sheet.read(path, _SHAPE).matrix
    matrix.report.notes.append("NVivo's own numbers of rows and letters of columns are not kept.")
    return replace(
        matrix,
        labels=("code", "case"),
        labels_because="a matrix coding query mostly has codes in its rows",
    )
