"""Parquet: typed columns, compressed, for R, Python and databases."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.formats import files
from workbench.formats.flat import encodable, flat, missing, one_text

METADATA_KEY = b"workbench"
"""Under this key of the file's metadata stand the frame's attributes, as JSON."""


def write(frame: pd.DataFrame, path: Path | str) -> int:
    """Write a frame as Parquet and return the number of rows.

    Lists of ids stay lists. A column that mixes kinds of values is written as text,
    and the metadata name it under `as_text`; `frame.attrs` stand there too, the
    evidence of a chart as a list of row, column and ids.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    table = flat(frame)
    arrays, as_text = [], []
    for i, name in enumerate(table.columns):
        array, mixed = _array(table.iloc[:, i])
        arrays.append(array)
        as_text += [name] * mixed
    content = {**{str(k): _plain(v) for k, v in frame.attrs.items()}, "as_text": as_text}
    metadata = {METADATA_KEY: encodable(json.dumps(content, ensure_ascii=False)).encode()}
    names = [encodable(str(c)) for c in table.columns]
    with files.replacing(path) as beside:
        pq.write_table(pa.Table.from_arrays(arrays, names, metadata=metadata), beside)
    return len(table)


def _array(column: "pd.Series[Any]") -> tuple[Any, bool]:  # pyarrow ships no types
    """Return the column as an Arrow array, and whether it had to become text."""
    if column.dtype != "object":
        return pa.Array.from_pandas(column), False
    given = [None if missing(v) else _fit(v) for v in column.tolist()]
    try:
        return pa.array(given), False
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        said = [None if v is None else encodable(one_text(v)) for v in given]
        return pa.array(said, pa.string()), True


def _fit(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    return [_fit(v) for v in value] if isinstance(value, tuple | list | np.ndarray) else value


def _plain(value: object) -> object:
    """Return a value as JSON has it."""
    if isinstance(value, Mapping):
        if any(isinstance(k, tuple) for k in value):
            return [[*map(str, k), _plain(v)] for k, v in value.items()]
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
