"""html: a page as a transcript; noScribe's pages with the times of their anchors.

noScribe puts each stretch of speech into an anchor whose name holds milliseconds and
speaker, `<a name="ts_320_4510_S00">S00: Hello.</a>`. A label before a colon is what a
person sees and may have changed, so it names the speaker; without one the anchor does.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.errors import BinaryFile, EmptyFile
from workbench.formats.layouts import labels
from workbench.formats.layouts.cutting import Mark, backwards, turns
from workbench.formats.layouts.heading import title_line
from workbench.formats.layouts.recognition import arranged
from workbench.formats.layouts.roles import speakers
from workbench.formats.sentences import counted
from workbench.formats.textfile import Letters, decoded, stored
from workbench.model.transcript import Header, Reading

if TYPE_CHECKING:
    from workbench.formats.html_text import HtmlText

_WITHOUT = ("style", "script", "title", "template")
_ANCHOR = re.compile(r"ts_(\d{1,9})_(\d{1,9})_(.{0,80})", re.DOTALL)
_LABEL = re.compile(
    r"[ \t]*(?:\[\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?\][ \t]*)?"
    r"(?P<label>[^\W_][^\n:\t\[\]]{0,48}+)[ \t\u00a0]?:[ \t\u00a0]*"
)
_KNOWN = re.compile(r"Transcribed with noScribe|Audio source:|\(Start:|$")


_NEAR = 100
"""So many letters before a label are looked at, so that one long line costs no more."""
_FIRST = re.compile(
    r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def is_html(head: str) -> bool:
    """Say whether a text begins as an HTML page must.

    >>> is_html("<!DOCTYPE html><p>Hi"), is_html("<b>Ana</b>: Hi")
    (True, False)
    """
    return _FIRST.match(head) is not None


def reading(data: bytes, name: str, interviewers: Sequence[str] = ()) -> Reading:
    """Return what a page holds: noScribe's turns and times, or those of its plain text.

    Raises:
        BinaryFile, BrokenFile: as `textfile.letters` says.
        EmptyFile: nothing but white space stands on it.
    """
    from workbench.formats.html_text import html_text  # with NumPy, which other files do without

    html, encoding, guesses = decoded(data, name)
    if "\0" in html:
        raise BinaryFile(name)
    page = html_text(html, _WITHOUT)
    letters = Letters(stored(page.text), encoding, guesses, counted({"picture": page.pictures}))
    if not letters.text.strip():
        raise EmptyFile(name)
    spoken = list(_anchors(page))
    return (
        _of_noscribe(letters, spoken, interviewers) if spoken else arranged(letters, interviewers)
    )


def _anchors(page: "HtmlText") -> Iterator[Mark]:
    """Yield a mark for each stretch of speech, with its speaker by the anchor's name."""
    for name, start, stop in page.anchors:
        found = _ANCHOR.fullmatch(name)
        if found and page.text[start:stop].strip():
            begin, end, speaker = found.groups()
            yield Mark(start, start, start, speaker.strip() or None, int(begin), int(end))


def _of_noscribe(letters: Letters, spoken: Sequence[Mark], interviewers: Sequence[str]) -> Reading:
    text = letters.text
    made = turns(text, _runs(text, spoken))
    header, unparsed = _before(text[: spoken[0].at])
    who, guessed = speakers(text, made, interviewers)
    return Reading(
        text=text,
        turns=made,
        header=header,
        speakers=who,
        layout="noScribe",
        encoding=letters.encoding,
        unparsed=unparsed,
        guesses=letters.guesses + backwards(made) + guessed,
        left_out=letters.left_out,
    )


def _runs(text: str, spoken: Sequence[Mark]) -> Iterator[Mark]:
    """Yield one mark per run of stretches of one speaker; a label begins a new one."""
    seen: dict[str | None, str] = {}
    run: Mark | None = None
    before: str | None = None
    for mark in spoken:
        label = _LABEL.match(text, mark.at) if _opens_a_line(text, mark.at) else None
        if label and labels.possible(label["label"].rstrip()):
            written = label["label"].rstrip()
            seen[mark.speaker] = written
            opened = mark._replace(start=label.start("label"), words=label.end(), speaker=written)
        elif run and mark.speaker == before:
            run = run._replace(end_ms=mark.end_ms)
            continue
        else:
            opened = mark._replace(speaker=seen.get(mark.speaker, mark.speaker))
        if run:
            yield run
        run, before = opened, mark.speaker
    if run:
        yield run


def _opens_a_line(text: str, at: int) -> bool:
    near = text[max(0, at - _NEAR) : at]
    return not near.rpartition("\n")[2].strip() and (at <= _NEAR or "\n" in near)


def _before(top: str) -> tuple[Header, int]:
    """Return the title above the first turn, and how many lines say nothing known."""
    lines = [line.strip() for line in top.split("\n") if line.strip()]
    header = Header(title=title_line(lines[0])) if lines else Header()
    rest = lines[1:] if header.title else lines
    return header, sum(not _KNOWN.match(line) for line in rest)
