"""The map of agreement: each code by each two sides."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from workbench.formats import agreement_figure, ladder_figure
from workbench.formats.agreement_figure import DARK, LIGHT, Told

CONFIG = ladder_figure.config("agreement", "svg") | {"scrollZoom": False}


class Map(NamedTuple):
    """What the map shows: rows of the table of agreement, pairs, and a record for each."""

    rows: Sequence[Mapping[Hashable, Any]]
    pairs: Sequence[tuple[str, str]]
    cells: Sequence[Sequence[Mapping[Hashable, Any]]]
    """Rows × pairs."""


def of_pairs(table: pd.DataFrame) -> Map:
    """Return the map of a table by pair: codes and categories, then what is over all."""
    records = table.to_dict("records")
    pairs = list(dict.fromkeys((str(r["side"]), str(r["other"])) for r in records))
    first = [r for r in records if (r["side"], r["other"]) == pairs[0]]
    held = {(r["side"], r["other"], r["of"]): r for r in records}
    return Map(first, pairs, [[held[*pair, row["of"]] for pair in pairs] for row in first])


def picture(
    shown: Map,
    coefficient: str,
    named: Callable[[Mapping[Hashable, Any]], str],
    said: Callable[[Mapping[Hashable, Any]], str],
    *,
    dark: bool = False,
) -> Any:
    """Return the Plotly figure of a map; `named` calls a row, `said` tells of a cell."""
    cells = [[Told(c[coefficient], said(c)) for c in row] for row in shown.cells]
    return agreement_figure.heat(
        [named(row) for row in shown.rows],
        shown.pairs,
        cells,
        DARK if dark else LIGHT,
    )
