"""Printing: tables and lines for a person on a terminal, for a program in a pipe.

Text of users may hold control characters, which a terminal would obey; they are made
visible. On a terminal a table is drawn; in a pipe it is tab-separated; with --json it
is a list of objects, one a row.
"""

import json
import math
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

_VISIBLE = {n: 0x2400 + n for n in range(32) if n not in (9, 10)} | {
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}


def visible(text: str) -> str:
    """Return a text that no terminal obeys.

    >>> visible("a\\x1b[31mb")
    'a␛[31mb'
    """
    return text.translate(_VISIBLE)


def line(text: str) -> None:
    """Print a line to whoever reads."""
    typer.echo(visible(text))


def aside(text: str) -> None:
    """Print a line beside the output, so that it does not get into a pipe."""
    typer.echo(visible(text), err=True)


def table(frame: "pd.DataFrame", *, as_json: bool, note: str = "") -> None:
    """Print a table; an index with a name is its first column."""
    flat = frame.reset_index() if frame.index.name else frame
    if as_json:
        records([_row(flat.columns, values) for values in flat.itertuples(index=False)])
        return
    if flat.empty:
        aside("Nothing to show." + (f" {note}" if note else ""))
        return
    rows = [[_cell(v) for v in values] for values in flat.itertuples(index=False)]
    if sys.stdout.isatty():
        _draw([str(c) for c in flat.columns], rows)
    else:
        for fields in ([str(c) for c in flat.columns], *rows):
            line("\t".join(f.replace("\t", " ").replace("\n", " ⏎ ") for f in fields))
    if note:
        aside(note)


def records(rows: Iterable[Any]) -> None:
    """Print data as JSON."""
    typer.echo(json.dumps(list(rows), ensure_ascii=False, indent=1, default=_plain))


def one_record(data: Any) -> None:
    """Print one thing as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1, default=_plain))


def _row(columns: Iterable[Any], values: Iterable[Any]) -> dict[str, Any]:
    return {str(c): _plain(v) for c, v in zip(columns, values, strict=True)}


def _plain(value: Any) -> Any:
    """Return a value as JSON can say it; a missing one is null, never NaN (law 10)."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _cell(value: Any) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, list):
        return "; ".join(str(v) for v in plain)
    if isinstance(plain, float):
        return f"{plain:.4g}" if not plain.is_integer() else str(int(plain))
    return str(plain)


def _draw(columns: list[str], rows: list[list[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        drawn.add_column(Text(visible(name)), overflow="fold")
    for fields in rows:
        drawn.add_row(*(Text(visible(f)) for f in fields))
    Console().print(drawn)
