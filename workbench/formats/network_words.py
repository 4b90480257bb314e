"""What a drawing of the network says in words: names, hover texts, and their escaping.

Plotly reads markup in every text it shows, so all words of users pass through `safe`.
"""

import html
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.formats.graphml import visible

SIGN_WORDS = {"+": "strengthens", "−": "weakens", "±": "both, or it depends"}
AUTHORS_WORDS = "authors’ reading only"
QUOTES_SHOWN, QUOTE_LENGTH = 3, 160
_HOVER = 62
"""Letters in a line of a hover text."""
_LINE, _LINES = 17, 4
"""Letters in a line of a label, lines in a label."""
LONG_LINE = 26
"""Letters in a line of a label where there is room beside the points."""


def safe(text: object) -> str:
    """Return the text so that Plotly shows it as it is, without reading markup in it.

    Plotly knows `&amp;`, `&lt;` and `&gt;`, and would show `&quot;` as it stands.

    >>> safe("<b>a</b> & 'b'")
    "&lt;b&gt;a&lt;/b&gt; &amp; 'b'"
    """
    return html.escape(visible(str(text)), quote=False)


def shortened(text: str, most: int) -> str:
    """Return the text on one line, cut between words where it can be.

    >>> shortened("the list is full", 12), shortened("xxxxxxxxxxxxxxxx", 5)
    ('the list is…', 'xxxx…')
    """
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = flat[:most]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut[:-1]) + "…"


def quoted(ids: Iterable[str], quotes: Mapping[str, str]) -> list[str]:
    """Return the first few quotes that are known, shortened."""
    known = [quotes[coding] for coding in ids if coding in quotes]
    return [shortened(words, QUOTE_LENGTH) for words in known[:QUOTES_SHOWN]]


def said_of_edge(edge: Any, names: Mapping[str, str], quotes: Mapping[str, str]) -> str:
    """Return the hover text of one row of `frames.DRAWN_EDGES`."""
    relation = f": {edge.relation}" if edge.relation else ""
    lines = [
        f"<b>{_folded(names[edge.source])}</b>",
        f"<b>→ {_folded(names[edge.target])}</b>",
        _folded(f"{SIGN_WORDS[edge.sign]}{relation}"),
        f"{_many(edge.weight, 'case')} for, in {_many(edge.mentions, 'mention')}; "
        f"{_many(edge.against, 'case')} against",
        _folded(f"On whose word: {edge.basis}"),
    ]
    if edge.groups:
        lines.append(_folded(f"Groups: {edge.groups}"))
    lines += [_folded(f"“{words}”") for words in quoted(edge.evidence, quotes)]
    lines += [_folded(f"Against: “{words}”") for words in quoted(edge.dissent, quotes)]
    return "<br>".join(lines)


def said_of_node(node: Any, quotes: Mapping[str, str]) -> str:
    """Return the hover text of one row of `frames.DRAWN_NODES`."""
    where = node.kind if node.kind == node.band else f"{node.kind} · {node.band}"
    lines = [f"<b>{_folded(node.node)}</b>", _folded(where), _many(node.cases, "case")]
    lines += [_folded(f"“{words}”") for words in quoted(node.evidence, quotes)]
    return "<br>".join(lines)


def wrapped(label: str, letters: int = _LINE) -> list[str]:
    """Return a label in a few lines of about so many letters, broken at spaces and slashes.

    >>> wrapped("Reluctance/difficulty rejecting")
    ['Reluctance/', 'difficulty', 'rejecting']
    """
    lines = [""]
    for word in re.findall(r"[^ /]*[ /]|[^ /]+$", " ".join(visible(label).split())):
        if lines[-1] and len((lines[-1] + word).rstrip()) > letters:
            lines.append("")
        lines[-1] += word
    short = [shortened(line, letters + 6) for line in lines]
    return short if len(short) <= _LINES else [*short[: _LINES - 1], f"{short[_LINES - 1]} …"]


def extent(lines: Sequence[str]) -> tuple[float, float]:
    """Return about how wide and high a label is, in pixels."""
    return 6.1 * max(map(len, lines), default=0), 14.0 * len(lines)


def _folded(text: str) -> str:
    return "<br>".join(safe(line) for line in textwrap.wrap(visible(text), _HOVER))


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
