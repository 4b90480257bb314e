"""Frames as flat files hold them: an index is columns, a list of ids is one text."""

import math
import re

import numpy as np
import pandas as pd

_SURROGATE = re.compile("[\ud800-\udfff]")


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with text column names, and its index as columns.

    The index of an unlabelled frame (a RangeIndex without a name) is left out.
    """
    plain = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    names = [] if plain else [str(n) for n in _index_names(frame.index)]
    columns = [*names, *(_column_name(c) for c in frame.columns)]
    shown = (
        frame.copy(deep=False)
        if plain
        else frame.set_axis(range(len(frame.columns)), axis="columns").reset_index(
            names=[("index", i) for i in range(frame.index.nlevels)]
        )
    )
    shown.attrs = {}
    return shown.set_axis(pd.Index(columns, dtype="object"), axis="columns")


def one_text(value: object) -> str:
    """Return a value as the text of one field; lists are joined, missing is empty.

    >>> one_text(("a1", "b2")), one_text(None), one_text(True)
    ('a1; b2', '', 'True')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list | set | frozenset | np.ndarray):
        return "; ".join(one_text(v) for v in value)
    return "" if missing(value) else str(value)


def missing(value: object) -> bool:
    """Return whether a value stands for no value: None, NaN, NaT or NA."""
    return (
        value is None
        or value is pd.NA
        or value is pd.NaT
        or (isinstance(value, float) and math.isnan(value))
    )


def encodable(text: str) -> str:
    """Return the text with � for lone surrogates, which no encoding of Unicode has."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _index_names(index: pd.Index) -> list[object]:
    return [
        n if n is not None else "index" if index.nlevels == 1 else f"level {i + 1}"
        for i, n in enumerate(index.names)
    ]


def _column_name(column: object) -> str:
    return " / ".join(str(c) for c in column) if isinstance(column, tuple) else str(column)
