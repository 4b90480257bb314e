"""Printing: tables and lines for a person on a terminal, for a program in a pipe.

Text of users may hold control characters, which a terminal would obey; they are made
visible. On a terminal a table is drawn; in a pipe it is tab-separated; with --json it
is a list of objects, one a row.
"""

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
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


_FOR_PROGRAMS = re.compile(r"(.*[ _])?ids?|evidence|dissent|links|sha256|synthetic")
"""Columns that lead programs on and that a person reads past."""


def line(text: str) -> None:
    """Print a line to whoever reads."""
    typer.echo(visible(text))


def aside(text: str) -> None:
    """Print a line beside the output, so that it does not get into a pipe."""
    typer.echo(visible(text), err=True)


def table(
    frame: "pd.DataFrame",
    *,
    as_json: bool,
    columns: Sequence[str] = (),
    keep: Sequence[str] = (),
    note: str = "",
    empty: str = "",
) -> None:
    """Print a table; an index with a name is its first column.

    JSON has every column. A person sees `columns`; without them, all but ids, save those
    in `keep`. `note` says what a table is of, `empty` what to do where there is none.
    """
    flat = frame.reset_index() if frame.index.name else frame
    if as_json:
        records([_row(flat.columns, values) for values in flat.itertuples(index=False)])
        return
    if flat.empty:
        aside(" ".join(said for said in ("Nothing to show.", empty or note) if said))
        return
    if columns:
        flat = flat[list(columns)]
    else:
        flat = flat.loc[:, [_is_read(str(c), keep) for c in flat.columns]]
    rows = [[_cell(v) for v in values] for values in flat.itertuples(index=False)]
    if sys.stdout.isatty():
        _draw([str(c) for c in flat.columns], rows)
    else:
        for fields in ([str(c) for c in flat.columns], *rows):
            line("\t".join(f.replace("\t", " ").replace("\n", " ⏎ ") for f in fields))
    if note:
        aside(note)


def rows(found: Sequence[dict[str, Any]], fields: Sequence[str], **options: Any) -> None:
    """Print plain rows, which have these fields, as `table` prints a frame."""
    import pandas as pd

    table(pd.DataFrame(found, columns=list(fields), dtype=object), **options)


def _is_read(column: str, keep: Sequence[str]) -> bool:
    return column in keep or not _FOR_PROGRAMS.fullmatch(column)


def records(rows: Iterable[Any]) -> None:
    """Print data as a list in JSON."""
    one_record(list(rows))


def one_record(data: Any) -> None:
    """Print one thing as JSON; control characters stand there as their numbers."""
    said = json.dumps(data, ensure_ascii=False, indent=1, default=_plain)
    typer.echo(re.sub(r"[\x7f-\x9f]", lambda m: f"\\u{ord(m[0]):04x}", said))


def _row(columns: Iterable[Any], values: Iterable[Any]) -> dict[str, Any]:
    return {str(c): _plain(v) for c, v in zip(columns, values, strict=True)}


def _plain(value: Any) -> Any:
    """Return a value as JSON can say it; a missing one is null, never NaN (law 10)."""
    if type(value).__name__ == "NAType":  # of pandas, which is not imported for this
        return None
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
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list):
        return "; ".join(str(v) for v in plain)
    if isinstance(plain, float):
        return f"{plain:.4g}" if not plain.is_integer() else str(int(plain))
    return str(plain)


def _draw(columns: list[str], rows: list[list[str]]) -> None:
    """Draw a table; one too wide for its words is written row by row, a line for each field."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if _narrowest(columns, rows) > console.width:
        for fields in rows:
            line(_stacked(columns, fields))
        return
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        drawn.add_column(Text(visible(name)), overflow="fold")
    for fields in rows:
        drawn.add_row(*(Text(visible(f)) for f in fields))
    console.print(drawn)


def _narrowest(columns: list[str], rows: list[list[str]]) -> int:
    """Return the width at which every word still fits, three characters between columns."""
    longest = [
        max(len(word) for field in fields for word in [*field.split(), ""])
        for fields in zip(columns, *rows, strict=True)
    ]
    return sum(longest) + 3 * len(longest)


def _stacked(columns: list[str], fields: list[str]) -> str:
    """Return one row as lines of name and value, those without a value left out.

    >>> print(_stacked(["case", "note", "Access"], ["Anna", "", "Near.\\nCheap."]), end="")
    case    Anna
    Access  Near.
            Cheap.
    """
    wide = max(len(c) for c in columns) if columns else 0
    said = ((c, f) for c, f in zip(columns, fields, strict=True) if f)
    blank = " " * (wide + 2)
    return "".join(f"{c:<{wide}}  {blank.join(f.splitlines(keepends=True))}\n" for c, f in said)


@contextmanager
def progress(doing: str = "Reading") -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a function that draws a bar on a terminal; in a pipe there is none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{doing} {done} of {total}")

        yield step
