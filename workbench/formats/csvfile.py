"""Comma-separated values.

UTF-8 with a byte order mark, because Excel takes a file without one for the old
encoding of the machine and shows æøå as other letters; pandas and R read the mark
with `utf-8-sig` and `UTF-8-BOM`. Rows end in CR LF (RFC 4180).

A CSV file cannot say that a field is text. Excel runs a field that begins with
`=`, `+`, `-` or `@` as a formula, and turns of interviews often begin with “- ”.
An apostrophe before such text would change the data for every other program, so the
data stay as they are unless `safe_for_excel` asks for it. To hand a table to
somebody who will open it in Excel, write xlsx.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from workbench.formats import files
from workbench.formats.csv_rows import FORMULA
from workbench.formats.flat import encodable, flat, missing, one_text


def write(
    frame: pd.DataFrame, path: Path | str, *, separator: str = ",", safe_for_excel: bool = False
) -> int:
    """Write a frame as CSV and return the number of rows.

    Missing values are empty fields, lists of ids are joined by “; ”, whole numbers
    have no decimals. With `safe_for_excel` an apostrophe stands before text that
    Excel would run.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    table = flat(frame)
    columns = {i: _fields(table.iloc[:, i], safe_for_excel) for i in range(table.shape[1])}
    fields = pd.DataFrame(columns, index=range(len(table)))
    heads = [_text(c, safe_for_excel) for c in table.columns]
    with files.replacing(path) as beside:
        fields.to_csv(
            beside,
            sep=separator,
            index=False,
            header=heads,
            encoding="utf-8-sig",
            lineterminator="\r\n",
        )
    return len(table)


def _fields(column: "pd.Series[Any]", safe: bool) -> "pd.Series[Any]":
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_integer_dtype(column):
        return column
    if pd.api.types.is_float_dtype(column):
        return _without_needless_decimals(column)
    if isinstance(column.dtype, pd.StringDtype) and not safe:
        return column  # text as it stands; such a column cannot hold lone surrogates
    said = [None if missing(v) else _text(one_text(v), safe) for v in column.tolist()]
    return pd.Series(said, index=column.index, dtype="object")


def _without_needless_decimals(column: "pd.Series[Any]") -> "pd.Series[Any]":
    known = column.dropna().astype("float64")
    whole = bool(((known % 1 == 0) & (known.abs() < 2**53)).all())
    return column.astype("Int64") if whole else column


def _text(said: str, safe: bool) -> str:
    fit = encodable(said)
    return "'" + fit if safe and fit.startswith(FORMULA) else fit
