"""Agreement of codes × pairs as a heat map. Colours say how much, and not whether that is good."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import plotly.graph_objects as go

from workbench.formats.network_words import safe, shortened

_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_CLEAR = "rgba(0,0,0,0)"
_ROW, _BELOW = 24, 20
_SCALE = 320
"""How long the scale of colours is at most; it stands above, where a long map begins."""
_BESIDE, _WIDE = 420, 190
_BLOCK = 30
"""Most rows below one naming of the pairs; a longer map is parted, and each part names them."""
_LEVEL = 4
"""Most pairs that are named from left to right; more are named from below."""
_WITH_NUMBERS = 1_200
"""Most cells that show their number; those of a larger map tell it where they are pointed at."""


class Looks(NamedTuple):
    """The colours of a heat map: those of its scale, of words, and of words on deep colours."""

    scale: tuple[str, ...]
    ink: str
    on_deep: str


LIGHT = Looks(("#f3f1f7", "#cbc5e2", "#a49ccc", "#4a3f86"), "#1f2a33", "#ffffff")
DARK = Looks(("#26243a", "#413c68", "#5d5694", "#d5d0f2"), "#e8ecf0", "#14121f")
_DEEP = 0.76
"""The share of the scale from which words stand on its deepest colours."""


class Told(NamedTuple):
    """One cell of the map: its value, and what is said where it is pointed at."""

    value: float
    said: str


def heat(
    codes: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    cells: Sequence[Sequence[Told]],
    looks: Looks,
) -> go.Figure:
    """Return the map of codes (rows) × pairs (columns); what has no value is left blank.

    A long map is parted, so that the names of its pairs are never far. Each cell has a mark
    that cannot be seen, with `customdata` row and column: a click on a heat map alone is not
    told.
    """
    shown = [[c.value if math.isfinite(c.value) else None for c in row] for row in cells]
    lowest = min(0.0, min((v for row in shown for v in row if v is not None), default=0.0))
    level = len(pairs) <= _LEVEL
    longest = max((len(shortened(side, 26)) for pair in pairs for side in pair), default=0)
    above = 60 if level else 30 + 8 * longest
    figure, parts = go.Figure(), _parts(len(codes))
    inside = max(1, _ROW * len(codes) + above * (len(parts) - 1))
    for number, rows in enumerate(parts):
        axes = {"xaxis": f"x{number + 1}", "yaxis": f"y{number + 1}"}
        scale = min(inside, _SCALE) if number == 0 else None
        figure.add_trace(_colours(shown, rows, lowest, looks, scale).update(axes))
        figure.add_trace(_marks(cells, rows, lowest, looks).update(axes))
        begin = _ROW * rows.start + above * number
        ends = [1 - (begin + _ROW * len(rows)) / inside, 1 - begin / inside]
        _name_rows_and_columns(figure, number, rows, codes, pairs, ends)
    figure.update_layout(
        height=inside + above + _BELOW,
        width=_BESIDE + _WIDE * len(pairs) if level else None,
        margin={"l": 10, "r": 10, "t": above, "b": _BELOW},
        font={"family": _FONT, "size": 13, "color": looks.ink},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        clickmode="event+select",
        dragmode=False,
        hovermode="closest",
        hoverdistance=-1,
        hoverlabel={"align": "left", "bgcolor": looks.ink, "font": {"color": looks.on_deep}},
    )
    return figure


def _parts(rows: int) -> list[range]:
    """Return the rows in parts of nearly one length, none longer than a block.

    >>> _parts(3), _parts(61)
    ([range(0, 3)], [range(0, 20), range(20, 40), range(40, 61)])
    """
    many = max(1, math.ceil(rows / _BLOCK))
    return [range(rows * n // many, rows * (n + 1) // many) for n in range(many)]


def _colours(
    shown: Sequence[Sequence[float | None]],
    rows: range,
    lowest: float,
    looks: Looks,
    scale: int | None,
) -> go.Heatmap:
    """Return the colours of some rows, with the scale beside them where it has a length."""
    return go.Heatmap(
        z=[shown[n] for n in rows],
        x=list(range(len(shown[0]) if shown else 0)),
        y=list(rows),
        zmin=lowest,
        zmax=1.0,
        colorscale=_scale(looks.scale),
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        showscale=scale is not None,
        colorbar={
            "thickness": 12,
            "outlinewidth": 0,
            "lenmode": "pixels",
            "len": scale,
            "y": 1,
            "yanchor": "top",
        },
    )


def _marks(cells: Sequence[Sequence[Told]], rows: range, lowest: float, looks: Looks) -> go.Scatter:
    """Return the marks of the cells of some rows, with numbers where the map is small enough."""
    placed = [(x, y, cell) for y in rows for x, cell in enumerate(cells[y])]
    few = sum(map(len, cells)) <= _WITH_NUMBERS
    return go.Scatter(
        x=[x for x, _, _ in placed],
        y=[y for _, y, _ in placed],
        customdata=[[y, x] for x, y, _ in placed],
        hovertext=[safe(cell.said).replace("\n", "<br>") for _, _, cell in placed],
        texttemplate=[_number(cell.value) if few else "" for _, _, cell in placed],
        textfont={"size": 12, "color": [_ink(looks, c.value, lowest) for _, _, c in placed]},
        mode="markers+text",
        marker={"size": _ROW, "symbol": "square", "color": _CLEAR},
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def _name_rows_and_columns(
    figure: go.Figure,
    number: int,
    rows: range,
    codes: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    ends: Sequence[float],
) -> None:
    """Give a part of the map its axes; `ends` are its lower and upper end in the figure."""
    plain: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True}
    of = number + 1 if number else ""
    figure.layout[f"xaxis{of}"] = plain | {
        "anchor": f"y{of}",
        "side": "top",
        "range": [-0.5, len(pairs) - 0.5],
        "tickvals": list(range(len(pairs))),
        "ticktext": ["<br>".join(safe(shortened(side, 26)) for side in pair) for pair in pairs],
        "tickangle": 0 if len(pairs) <= _LEVEL else -90,
    }
    figure.layout[f"yaxis{of}"] = plain | {
        "anchor": f"x{of}",
        "domain": ends,
        "automargin": True,
        "range": [rows.stop - 0.5, rows.start - 0.5],
        "tickvals": list(rows),
        "ticktext": [safe(shortened(codes[n], 40)) for n in rows],
    }


def _number(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}" if math.isfinite(value) else ""  # + 0: never “-0.00”


def _ink(looks: Looks, value: float, lowest: float) -> str:
    """Return the colour of a number that can be read on that of its value."""
    deep = math.isfinite(value) and (value - lowest) / (1 - lowest) >= _DEEP
    return looks.on_deep if deep else looks.ink


def _scale(colours: Sequence[str]) -> list[list[Any]]:
    return [[n / (len(colours) - 1), colour] for n, colour in enumerate(colours)]
