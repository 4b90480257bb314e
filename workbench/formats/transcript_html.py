"""A coded transcript as one HTML file: every coding a coloured line under its words.

The page needs nothing beside itself: no scripts, no pictures, no addresses, and a content
policy that forbids the browser to fetch any. Codings that overlap lie on lines of their own,
each begins and ends with the name of its code, so that print in grey can be read too.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from string import Template

from workbench.formats.files import replacing
from workbench.formats.graphml import visible

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PLAIN = "#7a8794"
_STEP = 4
"""Pixels from one line under the words to the next."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, or a stretch outside turns (`number` 0); `start` is where its words start."""

    number: int
    speaker: str
    start: int
    words: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding with the key of its code."""

    coding_id: str
    start: int
    stop: int
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the legend."""

    code: str
    number: str
    name: str
    definition: str
    category: str
    colour: str

    @property
    def called(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """A transcript with its codings, and the codes that they have."""

    title: str
    turns: Sequence[Turn]
    codings: Sequence[Coding]
    codes: Sequence[Code]
    note: str = ""
    facts: Sequence[tuple[str, str]] = ()
    """What the manifest says, for the end of the page."""
    manifest: str = field(default="", repr=False)


_PAGE = Template("""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="workbench-manifest" content="$manifest">
<title>$title</title>
<style>
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; color: #1f2933; background: #fff;
  font: 16px/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.note { color: #3e4c59; white-space: pre-line; margin: 0 0 .5rem; }
.turn { display: grid; grid-template-columns: 2.6rem 8rem 1fr; gap: .6rem; margin: 0 0 .7rem; }
.turn .n { color: #52606d; text-align: right; font-variant-numeric: tabular-nums; }
.turn .who { font-weight: 600; overflow-wrap: anywhere; }
.turn .time { display: block; font-weight: 400; font-size: .8rem; color: #52606d; }
.words { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.words mark { background: none; color: inherit; border-bottom: 2.5px solid; }
.tag { font-size: .68rem; line-height: 1; white-space: nowrap; border: 1px solid;
  border-radius: 3px; padding: 0 3px; margin: 0 2px; vertical-align: 1px; background: #fff; }
.tag span { color: #1f2933; }
.swatch { display: inline-block; width: 2.2rem; border-bottom: 4px solid; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid #e4e7eb; overflow-wrap: anywhere; }
thead th { background: #f5f7fa; border-bottom: 2px solid #cbd2d9; overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { .turn { grid-template-columns: 2.2rem 1fr; }
  .words { grid-column: 1 / -1; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  h2 { break-after: avoid; } .turn { break-inside: auto; } }
</style>
</head>
<body>
<main>
<h1 dir="auto">$title</h1>
$note
<h2>Codes</h2>
$legend
<h2>Transcript</h2>
$turns
<h2>About this page</h2>
$about
</main>
</body>
</html>
""")


def page(coded: CodedTranscript) -> str:
    """Return the whole page."""
    marked = _Marked(coded)
    return _PAGE.substitute(
        title=_safe(coded.title),
        manifest=_safe(coded.manifest),
        note=f'<p class="note">{_safe(coded.note)}</p>' if coded.note else "",
        legend=_legend(coded),
        turns="\n".join(marked.turn(turn) for turn in coded.turns),
        about=_about(coded.facts),
    )


def write(path: Path, coded: CodedTranscript) -> None:
    """Write the page to a file, whole or not at all.

    Raises:
        CannotWrite: the file cannot be written.
    """
    content = page(coded)
    with replacing(path) as beside:
        beside.write_text(content, encoding="utf-8", newline="\n")


def lanes(codings: Sequence[Coding]) -> dict[str, int]:
    """Return for each coding the line it lies on, from 0: the first that is free there.

    >>> a, b, c = Coding("a", 0, 9, "", ""), Coding("b", 2, 5, "", ""), Coding("c", 5, 7, "", "")
    >>> lanes([a, b, c])
    {'a': 0, 'b': 1, 'c': 1}
    """
    ends: list[int] = []
    out = {}
    for coding in sorted(codings, key=lambda c: (c.start, -c.stop, c.coding_id)):
        free = next((n for n, end in enumerate(ends) if end <= coding.start), len(ends))
        if free == len(ends):
            ends.append(0)
        ends[free] = coding.stop
        out[coding.coding_id] = free
    return out


class _Marked:
    """The words of turns with the codings marked in them."""

    def __init__(self, coded: CodedTranscript) -> None:
        self._lane = lanes(coded.codings)
        self._code = {c.code: c for c in coded.codes}
        self._codings = sorted(coded.codings, key=lambda c: self._lane[c.coding_id])

    def turn(self, turn: Turn) -> str:
        """Return one turn."""
        stop = turn.start + len(turn.words)
        own = [c for c in self._codings if c.start < stop and turn.start < c.stop]
        most = max((self._lane[c.coding_id] for c in own), default=-1) + 1
        room = f' style="line-height:{1.6 + 0.25 * most:.2f}"' if most else ""
        time = f'<span class="time">{_safe(turn.time)}</span>' if turn.time else ""
        number = str(turn.number) if turn.number else ""
        anchor = f' id="turn-{turn.number}"' if turn.number else ""
        return (
            f'<div class="turn"{anchor}><div class="n">{number}</div>'
            f'<div class="who" dir="auto">{_safe(turn.speaker)}{time}</div>'
            f'<p class="words" dir="auto"{room}>{"".join(self._pieces(turn, own))}</p></div>'
        )

    def _pieces(self, turn: Turn, own: Sequence[Coding]) -> Iterator[str]:
        """Yield the words of a turn, cut where a coding begins or ends."""
        stop = turn.start + len(turn.words)
        cuts = {turn.start, stop, *(c.start for c in own), *(c.stop for c in own)}
        at = sorted(cut for cut in cuts if turn.start <= cut <= stop)
        for begin, end in pairwise(at):
            yield from (self._tag(c, opens=True) for c in own if c.start == begin)
            words = _safe(turn.words[begin - turn.start : end - turn.start])
            for coding in (c for c in own if c.start <= begin and end <= c.stop):
                words = self._mark(coding, words)
            yield words
            yield from (self._tag(c, opens=False) for c in reversed(own) if c.stop == end)

    def _mark(self, coding: Coding, words: str) -> str:
        colour, called = self._look(coding)
        below = _STEP * self._lane[coding.coding_id]
        told = f"{called} ({coding.coder})" if coding.coder else called
        return (
            f'<mark style="border-color:{colour};padding-bottom:{below}px" '
            f'data-coding="{_safe(coding.coding_id)}" title="{_safe(told)}">{words}</mark>'
        )

    def _tag(self, coding: Coding, *, opens: bool) -> str:
        colour, called = self._look(coding)
        number = self._code[coding.code].number if coding.code in self._code else ""
        said = f"⟨ {called}" if opens else f"{number or called} ⟩"
        return f'<span class="tag" style="border-color:{colour}"><span>{_safe(said)}</span></span>'

    def _look(self, coding: Coding) -> tuple[str, str]:
        code = self._code.get(coding.code)
        return (_colour(code.colour), code.called) if code else (_PLAIN, "")


def _legend(coded: CodedTranscript) -> str:
    used = {c.code: 0 for c in coded.codes}
    for coding in coded.codings:
        used[coding.code] = used.get(coding.code, 0) + 1
    rows = [
        f'<tr><td><span class="swatch" style="border-color:{_colour(c.colour)}"></span></td>'
        f'<th scope="row" dir="auto">{_safe(c.called)}</th><td dir="auto">{_safe(c.category)}</td>'
        f'<td dir="auto">{_safe(c.definition)}</td><td class="number">{used[c.code]}</td></tr>'
        for c in coded.codes
        if used[c.code]
    ]
    if not rows:
        return "<p>Nothing is coded here.</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Line", "Code", "Category"))
    head += '<th scope="col">Definition</th><th scope="col" class="number">Codings here</th>'
    body = "\n".join(rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _about(facts: Sequence[tuple[str, str]]) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{_safe(name)}</th><td>{_safe(value)}</td></tr>'
        for name, value in facts
    )
    return f"<table><tbody>\n{rows}\n</tbody></table>"


def _colour(said: str) -> str:
    return said if _COLOUR.fullmatch(said) else _PLAIN


def _safe(text: object) -> str:
    """Return the text as HTML that shows it, in a page or in a quoted attribute."""
    return html.escape(visible(str(text)))
