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

    Each cell has a mark that cannot be seen, with `customdata` row and column: a click on a
    heat map alone is not told.
    """
    shown = [[c.value if math.isfinite(c.value) else None for c in row] for row in cells]
    lowest = min(0.0, min((v for row in shown for v in row if v is not None), default=0.0))
    level = len(pairs) <= _LEVEL
    longest = max((len(shortened(side, 26)) for pair in pairs for side in pair), default=0)
    above = 60 if level else 30 + 8 * longest
    figure = go.Figure([_colours(shown, lowest, looks), _marks(cells, lowest, looks)])
    _name_rows_and_columns(figure, codes, pairs, level=level)
    figure.update_layout(
        height=_ROW * len(codes) + above + _BELOW,
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


def _colours(shown: Sequence[Sequence[float | None]], lowest: float, looks: Looks) -> go.Heatmap:
    return go.Heatmap(
        z=shown,
        x=list(range(len(shown[0]) if shown else 0)),
        y=list(range(len(shown))),
        zmin=lowest,
        zmax=1.0,
        colorscale=_scale(looks.scale),
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        colorbar={
            "thickness": 12,
            "outlinewidth": 0,
            "lenmode": "pixels",
            "len": min(_ROW * len(shown), _SCALE),
            "y": 1,
            "yanchor": "top",
        },
    )


def _marks(cells: Sequence[Sequence[Told]], lowest: float, looks: Looks) -> go.Scatter:
    """Return the marks of all cells, with the numbers of a map that is small enough."""
    placed = [(x, y, cell) for y, row in enumerate(cells) for x, cell in enumerate(row)]
    few = len(placed) <= _WITH_NUMBERS
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
    figure: go.Figure, codes: Sequence[str], pairs: Sequence[tuple[str, str]], *, level: bool
) -> None:
    plain: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True}
    figure.update_xaxes(
        **plain,
        side="top",
        range=[-0.5, len(pairs) - 0.5],
        tickvals=list(range(len(pairs))),
        ticktext=["<br>".join(safe(shortened(side, 26)) for side in pair) for pair in pairs],
        tickangle=0 if level else -90,
    )
    figure.update_yaxes(
        **plain,
        automargin=True,
        range=[len(codes) - 0.5, -0.5],
        tickvals=list(range(len(codes))),
        ticktext=[safe(shortened(c, 40)) for c in codes],
    )


def _number(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}" if math.isfinite(value) else ""  # + 0: never “-0.00”


def _ink(looks: Looks, value: float, lowest: float) -> str:
    """Return the colour of a number that can be read on that of its value."""
    deep = math.isfinite(value) and (value - lowest) / (1 - lowest) >= _DEEP
    return looks.on_deep if deep else looks.ink


def _scale(colours: Sequence[str]) -> list[list[Any]]:
    return [[n / (len(colours) - 1), colour] for n, colour in enumerate(colours)]
