"""The ladder as rings or boxes, and a chart of figures as a heat map, as Plotly figures."""

import html
from string import Template
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.formats.network_words import safe, shortened, wrapped
from workbench.model.palette import PALETTES, USUAL

_COLOURS = PALETTES[USUAL].colours[:8]
_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_HEADS = 2
"""Steps from the top whose boxes hold others from the start."""
_SCALE = ((0.0, "#f1f5f8"), (0.25, "#b9d3e3"), (0.6, "#4e8fb5"), (1.0, "#123f5c"))

_PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; \
base-uri 'none'; form-action 'none'">
<meta name="workbench-manifest" content="$manifest">
<title>$title</title>
<style>
body { margin: 0 auto; max-width: 1320px; padding: 1.5rem; color: #1f2933; background: #fff;
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
table { border-collapse: collapse; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem;
  border-bottom: 1px solid #e4e7eb; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>$title</h1>
$drawing
$table
</body>
</html>
""")


def config(name: str, picture: str = "svg") -> dict[str, Any]:
    """Return how Plotly is to be started: nothing is sent anywhere, pictures are saved here.

    `picture` is “svg” or “png”.
    """
    return {
        "displaylogo": False,
        "showSendToCloud": False,  # Plotly 7 offers to send a chart to its maker by default
        "plotlyServerURL": "",
        "typesetMath": False,
        "toImageButtonOptions": {
            "format": picture,
            "filename": name,
            "scale": 1 if picture == "svg" else 3,
        },
    }


def themes(rows: pd.DataFrame, kind: str) -> go.Figure:
    """Return a “sunburst” or a “treemap” of `rows`: id, parent, node, level, cases, …

    A row comes after its parent; `area` is the sum of the areas under it.
    """
    top, colours = -1, []
    for parent in rows["parent"]:
        top += parent == ""
        colours.append(_COLOURS[max(top, 0) % len(_COLOURS)])
    names = [_named(n, i, kind) for n, i in zip(rows["node"], rows["id"], strict=True)]
    common: dict[str, Any] = {
        "ids": rows["id"],
        "parents": rows["parent"],
        "labels": names,
        "values": rows["area"],
        "branchvalues": "total",
        "marker": {"colors": _paled(rows, colours), "line": {"color": "#ffffff", "width": 1}},
        "customdata": [
            ["<br>".join(safe(line) for line in wrap(n, 60)), safe(level), cases, said]
            for n, level, cases, said in zip(
                rows["node"], rows["level"], rows["cases"], rows["statements"], strict=True
            )
        ],
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>"
        "cases: %{customdata[2]}, statements: %{customdata[3]}<extra></extra>",
    }
    if kind == "treemap":
        made = go.Treemap(**common, maxdepth=3, tiling={"pad": 2}, pathbar={"visible": True})
    else:
        made = go.Sunburst(**common, maxdepth=3, insidetextorientation="auto")
    figure = _laid_out(go.Figure(made), 570)
    if kind == "sunburst":
        figure.update_layout(uniformtext={"minsize": 8, "mode": "hide"})
    return figure


def heat(chart: pd.DataFrame) -> go.Figure:
    """Return a chart of figures, cases × codes, as a heat map; dark is many."""
    cases, codes = [str(c) for c in chart.index], [str(c) for c in chart.columns]
    figure = go.Figure(
        go.Heatmap(
            z=chart.to_numpy(),
            x=list(range(len(codes))),
            y=list(range(len(cases))),
            customdata=[[[safe(case), safe(code)] for code in codes] for case in cases],
            colorscale=[list(stop) for stop in _SCALE],
            xgap=1,
            ygap=1,
            texttemplate="%{z}" if chart.size <= 2000 else None,
            textfont={"size": 11},
            colorbar={"title": "codings", "thickness": 12},
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>codings: %{z}<extra></extra>",
        )
    )
    figure.update_xaxes(
        side="top",
        tickangle=-45,
        tickvals=list(range(len(codes))),
        ticktext=[safe(shortened(c, 34)) for c in codes],
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(cases))),
        ticktext=[safe(shortened(c, 34)) for c in cases],
        showgrid=False,
        zeroline=False,
    )
    return _laid_out(figure, max(420, 22 * len(cases) + 220))


def page(figure: go.Figure, table: pd.DataFrame, title: str, manifest: str = "") -> str:
    """Return a figure with its table as one HTML file that fetches nothing.

    `manifest` stands in its head.
    """
    drawing = figure.to_html(full_html=False, include_plotlyjs=True, config=config("figure"))
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(v))}</td>" for v in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    heads = "".join(f"<th>{html.escape(str(c))}</th>" for c in table.columns)
    beside = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    said = {"title": html.escape(title), "manifest": html.escape(manifest)}
    return _PAGE.substitute(said, drawing=drawing, table=beside)


def _named(label: str, way: str, kind: str) -> str:
    """Return a node's name on its area: in lines, but in one where a box has a narrow head."""
    if kind == "treemap" and _depth(way) < _HEADS:
        return safe(shortened(label, 48))
    return "<br>".join(safe(line) for line in wrapped(label))


def _depth(way: str) -> int:
    """Return how many steps a row stands below the top."""
    return way.count("/") - 1


def _paled(rows: pd.DataFrame, colours: list[str]) -> list[str]:
    """Return each row's colour, paler with every step down."""
    depths = [_depth(str(way)) for way in rows["id"]]
    return [_mixed(c, min(0.22 * d, 0.66)) for c, d in zip(colours, depths, strict=True)]


def _mixed(colour: str, white: float) -> str:
    """Return a colour with so much white in it.

    >>> _mixed("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(p + (255 - p) * white):02x}" for p in parts)


def _laid_out(figure: go.Figure, height: int) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        font={"family": _FONT, "size": 13},
    )
    return figure
