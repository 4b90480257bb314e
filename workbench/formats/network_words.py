"""What a drawing of the network says in words: names, hover texts, and their escaping.

Plotly reads markup in every text it shows, so all words of users that it gets pass through
`safe`.
"""

import html
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from workbench.formats.graphml import visible


def N_(text: str) -> str:  # noqa: N802  # as gettext calls it
    """Mark a text that a drawing says, so that it comes into the catalogue of the interface."""
    return text


def _in_english(one: str, more: str, n: int) -> str:
    return (one if n == 1 else more).format(n=n)


class Tongue(NamedTuple):
    """How a drawing says its own words: as they stand here, or in another language."""

    say: Callable[[str], str] = str
    """English → what is said."""
    many: Callable[[str, str, int], str] = _in_english
    """English for one, for more, and the number → what is said."""


ENGLISH = Tongue()
SIGN_WORDS = {"+": N_("strengthens"), "−": N_("weakens"), "±": N_("both, or it depends")}
AUTHORS_WORDS = N_("authors’ reading only")
BASIS_WORDS = {
    "participant": N_("participants’ accounts"),
    "quote": N_("a quotation"),
    "authors": N_("the authors’ reading"),
    "literature": N_("literature"),
}
QUOTES_SHOWN, QUOTE_LENGTH = 3, 160
_HOVER = 62
"""Letters in a line of a hover text."""
_LINE, _LINES = 17, 4
"""Letters in a line of a label, lines in a label."""
LONG_LINE = 26
"""Letters in a line of a label where there is room beside the points."""
LINE_HEIGHT = 14.0
"""Pixels from one line of a label to the next."""


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
    """Return the first few quotes that are known, shortened, each once."""
    known = list(dict.fromkeys(quotes[coding] for coding in ids if coding in quotes))
    return [shortened(words, QUOTE_LENGTH) for words in known[:QUOTES_SHOWN]]


class Spoken(NamedTuple):
    """What is said of an arrow or a driver that is pointed at, a line each."""

    heads: list[str]
    """Its name, or the names of both its ends."""
    lines: list[str]

    @property
    def text(self) -> str:
        """All lines as plain text, long names cut; a name's line break does not break a line."""
        heads = [shortened(head, QUOTE_LENGTH) for head in self.heads]
        return "\n".join(" ".join(line.split()) for line in (*heads, *self.lines))

    @property
    def markup(self) -> str:
        """All lines as Plotly reads them, folded, the heads in bold."""
        heads = [f"<b>{_folded(head)}</b>" for head in self.heads]
        return "<br>".join([*heads, *map(_folded, self.lines)])


def said_of_edge(
    edge: Any, names: Mapping[str, str], quotes: Mapping[str, str], tongue: Tongue = ENGLISH
) -> Spoken:
    """Return what is said of one row of `frames.DRAWN_EDGES`."""
    say, many = tongue
    relation = f": {edge.relation}" if edge.relation else ""
    basis = ", ".join(say(BASIS_WORDS.get(b, b)) for b in edge.basis.split(", "))
    counts = (
        many("{n} case for it", "{n} cases for it", edge.weight),
        many("in {n} passage", "in {n} passages", edge.mentions),
        many("{n} case against it", "{n} cases against it", edge.against),
    )
    lines = [
        f"{say(SIGN_WORDS[edge.sign])}{relation}",
        " · ".join(counts),
        say("on the word of: {who}").format(who=basis),
    ]
    if edge.groups:
        lines.append(say("Groups: {names}").format(names=edge.groups))
    lines += [f"“{words}”" for words in quoted(edge.evidence, quotes)]
    lines += [say("Against: “{words}”").format(words=w) for w in quoted(edge.dissent, quotes)]
    return Spoken([names[edge.source], f"→ {names[edge.target]}"], lines)


def said_of_node(node: Any, quotes: Mapping[str, str], tongue: Tongue = ENGLISH) -> Spoken:
    """Return what is said of one row of `frames.DRAWN_NODES`."""
    where = node.kind if node.kind == node.band else f"{node.kind} · {node.band}"
    cases = tongue.many("{n} case", "{n} cases", node.cases)
    spoken = [f"“{words}”" for words in quoted(node.evidence, quotes)]
    return Spoken([node.node], [where, cases, *spoken])


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
    return 6.1 * max(map(len, lines), default=0), LINE_HEIGHT * len(lines)


def _folded(text: str) -> str:
    return "<br>".join(safe(line) for line in textwrap.wrap(visible(text), _HOVER))
