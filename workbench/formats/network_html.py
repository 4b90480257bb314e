"""The drivers' network as one HTML file: the drawing, and the same in tables.

Everything is inside the file. A content policy in its head forbids the browser to
fetch or send anything, so no request leaves the machine that shows it.
"""

import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from workbench.formats.files import replacing
from workbench.formats.graphml import visible
from workbench.formats.network_figure import CONFIG, figure
from workbench.formats.network_words import AUTHORS_WORDS, SIGN_WORDS, quoted

_PAGE = Template("""<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="workbench-manifest" content="$manifest">
<title>$title</title>
<style>
body { margin: 0 auto; max-width: 1320px; padding: 1.5rem; color: #1f2933; background: #fff;
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.note { max-width: 60rem; margin: 0 0 .5rem; color: #3e4c59; white-space: pre-line; }
.drawing, .table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; color: #3e4c59; padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid #e4e7eb; overflow-wrap: anywhere; }
thead th { background: #f5f7fa; border-bottom: 2px solid #cbd2d9; overflow-wrap: normal; }
th[scope=row] { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.authors td, tr.authors th { color: #52606d; font-style: italic; }
summary { cursor: pointer; white-space: nowrap; }
details p { margin: .25rem 0; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
</style>
</head>
<body>
<main>
<h1>$title</h1>
<p class="note">$note</p>
<div class="drawing" role="group" aria-label="$described">$drawing</div>
<h2>Links</h2>
<div class="table" tabindex="0" role="region" aria-label="Links">$links</div>
<h2>Drivers</h2>
<div class="table" tabindex="0" role="region" aria-label="Drivers">$drivers</div>
</main>
</body>
</html>
""")


def page(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    quotes: Mapping[str, str] | None = None,
    *,
    title: str,
    note: str = "",
    language: str = "en",
    manifest: str = "",
) -> str:
    """Return the whole page. `nodes`, `edges` and `bands` are the frames of a drawing.

    `quotes` are the words of codings by their ids: a few of them are shown with each
    link and driver. `note` stands under the title: there say what is invented. `manifest`
    stands in the head of the page.
    """
    drawing = figure(nodes, edges, bands, quotes)
    shown = edges.loc[
        edges["source"].isin(nodes["node_id"]) & edges["target"].isin(nodes["node_id"])
    ]
    return _PAGE.substitute(
        title=_safe(title),
        note=_safe(note),
        manifest=_safe(manifest),
        language=_safe(language),
        described=_safe(
            f"A drawing of {len(nodes)} drivers and {len(shown)} links; "
            "the two tables below hold the same."
        ),
        drawing=drawing.to_html(
            full_html=False,
            include_plotlyjs=True,
            config=dict(CONFIG),  # to_html takes entries out of what it is given
            div_id="network",
            default_width=f"{drawing.layout.width}px",
            default_height=f"{drawing.layout.height}px",
        ),
        links=_links(nodes, shown, quotes or {}),
        drivers=_drivers(nodes, shown),
    )


def write(
    path: Path,
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    quotes: Mapping[str, str] | None = None,
    *,
    title: str,
    note: str = "",
    language: str = "en",
    manifest: str = "",
) -> None:
    """Write the page to a file, whole or not at all.

    Raises:
        CannotWrite: the file cannot be written.
    """
    said = {"title": title, "note": note, "language": language, "manifest": manifest}
    content = page(nodes, edges, bands, quotes, **said)
    with replacing(path) as beside:
        beside.write_text(content, encoding="utf-8", newline="\n")


def _safe(text: object) -> str:
    """Return the text as HTML that shows it, in a page or in a quoted attribute."""
    return html.escape(visible(str(text)))


def _links(nodes: pd.DataFrame, edges: pd.DataFrame, quotes: Mapping[str, str]) -> str:
    """Return the table of links, heaviest first, with the words that carry them."""
    names = dict(zip(nodes["node_id"], nodes["node"], strict=True))
    named = edges.assign(
        source_node=edges["source"].map(names), target_node=edges["target"].map(names)
    ).sort_values(
        ["weight", "mentions", "source_node", "target_node"], ascending=[False, False, True, True]
    )
    rows = [_link_row(edge, quotes) for edge in named.itertuples(index=False)]
    head = _head("From", "What it does", "To", "#Cases", "#Mentions", "#Cases against")
    head += _head("On whose word", "Groups", "Words")
    said = "Cases are counted once a link, however much they say. Italics: "
    return _table(f"{said}{AUTHORS_WORDS}, no participant’s words behind it.", head, rows)


def _link_row(edge: Any, quotes: Mapping[str, str]) -> str:
    does = SIGN_WORDS[edge.sign] + (f": {edge.relation}" if edge.relation else "")
    cells = [f'<th scope="row">{_safe(edge.source_node)}</th>', _cell(does)]
    cells += [_cell(edge.target_node), _number(edge.weight), _number(edge.mentions)]
    cells += [_number(edge.against), _cell(edge.basis), _cell(edge.groups)]
    cells.append(f"<td>{_words(edge, quotes)}</td>")
    row = '<tr class="authors">' if edge.on_authors else "<tr>"
    return f"{row}{''.join(cells)}</tr>"


def _words(edge: Any, quotes: Mapping[str, str]) -> str:
    said = [f"“{_safe(words)}”" for words in quoted(edge.evidence, quotes)]
    said += [f"Against: “{_safe(words)}”" for words in quoted(edge.dissent, quotes)]
    if not said:
        return ""
    label = f"{len(said)} quotation{'' if len(said) == 1 else 's'}"
    return f"<details><summary>{label}</summary>{''.join(f'<p>{s}</p>' for s in said)}</details>"


def _drivers(nodes: pd.DataFrame, edges: pd.DataFrame) -> str:
    incoming, outgoing = edges["target"].value_counts(), edges["source"].value_counts()
    rows = [
        f'<tr><th scope="row">{_safe(row.node)}</th>{_cell(row.band)}{_cell(row.kind)}'
        f"{_number(row.cases)}{_number(incoming.get(row.node_id, 0))}"
        f"{_number(outgoing.get(row.node_id, 0))}</tr>"
        for row in nodes.sort_values(["cases", "node"], ascending=[False, True]).itertuples()
    ]
    head = _head("Driver", "Where it stands", "Kind", "#Cases", "#Links in", "#Links out")
    return _table("Where a driver stands is its ring or column in the drawing.", head, rows)


def _table(caption: str, head: str, rows: Iterable[str]) -> str:
    body = "\n".join(rows)
    return (
        f"<table><caption>{_safe(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table>"
    )


def _head(*names: str) -> str:
    """Return heading cells; a name that begins with # is over numbers."""
    return "".join(
        f'<th scope="col"{" class=number" if name[0] == "#" else ""}>{_safe(name.lstrip("#"))}</th>'
        for name in names
    )


def _cell(text: object) -> str:
    return f"<td>{_safe(text)}</td>"


def _number(number: object) -> str:
    return f'<td class="number">{_safe(number)}</td>'
