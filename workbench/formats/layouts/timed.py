"""Name and time on a line of their own, the words below: Otter, Teams, Zoom captions.

Kim Lee   0:03            Teams (three spaces), Otter (two), others [0:03] or (0:03)
[Kim Lee] 10:15:23        Zoom, captions saved from a meeting (time of day)
0:0:0.0 --> 0:0:4.5       an older export of Teams: times, then the name
Kim Lee
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.formats.layouts.cutting import Arrangement, Mark, backwards, filled_lines, turns
from workbench.formats.layouts.heading import title_line
from workbench.formats.layouts.times import iso_date, milliseconds, minutes
from workbench.formats.sentences import number_of
from workbench.model.transcript import Header, Turn

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
_NAME = r"[^\s\[(][^\n\t]{0,78}?"
_NAME_TIME = re.compile(
    rf"^[ \t]{{0,4}}(?:(?P<name>{_NAME})(?:[ \u00a0]{{2,6}}|\t)(?P<time>{_TIME})"
    rf"|(?P<name2>{_NAME})[ \u00a0\t]{{1,6}}[\[(](?P<time2>{_TIME})[\])]:?"
    rf"|(?P<alone>{_TIME}))[ \u00a0\t]*$",
    re.MULTILINE,
)
_TIME_AT_END = re.compile(r":\d{2}[\])]?:?[ \u00a0\t]*$", re.MULTILINE)
"""What every line of the first two kinds ends with: quick to look for."""
_CAPTION = re.compile(
    r"^\[(?P<name>[^\n\]]{1,80})\][ \t]+(?P<time>\d{1,2}:\d{2}:\d{2})[ \t]*$", re.MULTILINE
)
_ARROW = re.compile(
    r"^[ \t]*(?P<begin>\d+:\d{1,2}:\d{1,2}(?:\.\d{1,7})?)[ ]*-->[ ]*"
    r"(?P<end>\d+:\d{1,2}:\d{1,2}(?:\.\d{1,7})?)[ \t]*\n(?P<name>[^\n]{1,80})$",
    re.MULTILINE,
)
_KNOWN = re.compile(
    r"^(?:Transcribed by https?://otter\.ai\S*|[^\n]{1,80} (?:started|stopped) transcription)"
    r"[ \t]*$",
    re.MULTILINE,
)
_OTTER_WORDS = re.compile(r"^(SUMMARY KEYWORDS|KEYWORDS|SPEAKERS)[ \t]*$", re.MULTILINE)
_DAY = 24 * 60 * 60 * 1000


def arrangement(text: str, body: int = 0) -> Arrangement | None:
    """Return the turns of a text in one of these layouts, None when it is in none."""
    return _captions(text, body) or _arrows(text, body) or _names(text, body)


def _names(text: str, body: int) -> Arrangement | None:
    """Return the turns of an Otter or Teams document."""
    if not _TIME_AT_END.search(text, body):
        return None
    heads = [m for m in (_head(found) for found in _NAME_TIME.finditer(text, body)) if m]
    known = list(_KNOWN.finditer(text, body))
    named = sum(mark.speaker is not None for mark in heads)
    if not named or (named < 2 and not known and not _OTTER_WORDS.search(text)):
        return None
    layout = _otter_or_teams(text, heads, known)
    header, unparsed = _before(text, body, heads[0].at, layout)
    marks = sorted([*heads, *(_line(found) for found in known)], key=lambda mark: mark.at)
    made, loose = _cut(text, marks)
    nameless = len(heads) - named
    said = (f"{number_of(nameless, 'turn')} with a time and no name left without a speaker.",)
    return Arrangement(
        layout, made, header, unparsed + loose, (said if nameless else ()) + backwards(made)
    )


def _head(found: re.Match[str]) -> Mark | None:
    name = found.group("name") or found.group("name2")
    clock = found.group("time") or found.group("time2") or found.group("alone")
    begin = milliseconds(clock)
    if name is None:
        return Mark(found.start(), found.start("alone"), found.end(), None, begin)
    if name[-1] in ".?!,;:" or len(name.split()) > 8:
        return None
    at = found.start("name") if found.group("name") else found.start("name2")
    return Mark(found.start(), at, found.end(), name.strip(), begin)


def _line(found: re.Match[str]) -> Mark:
    return Mark(found.start(), found.start(), found.end(), turn=False)


def _otter_or_teams(text: str, heads: Sequence[Mark], known: Sequence[re.Match[str]]) -> str:
    """Tell the two by their own words, or by the spaces between name and time."""
    if _OTTER_WORDS.search(text) or any("otter.ai" in found.group() for found in known):
        return "Otter"
    if known or re.search(r"^.{0,200}Meeting Transcript[ \t]*$", text[:2000], re.MULTILINE):
        return "Teams"
    wide = sum(text[m.start : m.words].find("   ") > 0 for m in heads)
    narrow = sum("  " in text[m.start : m.words].strip() for m in heads) - wide
    if wide > narrow:
        return "Teams"
    return "Otter" if narrow else "name and time"


def _before(text: str, body: int, first: int, layout: str) -> tuple[Header, int]:
    """Return what stands above the first turn: title, date and length, or Otter's lists."""
    lines = [line.strip() for line in text[body:first].split("\n") if line.strip()]
    header, unparsed, listed = Header(), 0, False
    for number, line in enumerate(lines):
        if _OTTER_WORDS.fullmatch(line):
            listed = True
        elif _KNOWN.fullmatch(line) or listed:
            continue
        elif number == 0 and title_line(line):
            header = replace(header, title=title_line(line), date=_date_in_title(line))
        elif layout == "Teams" and iso_date(line) and len(line) < 60:
            header = replace(header, date=iso_date(line))
        elif len(line) < 20 and re.match(r"\d", line) and minutes(line) is not None:
            header = replace(header, duration_minutes=minutes(line))
        else:
            unparsed += 1
    return header, unparsed


def _date_in_title(line: str) -> str | None:
    found = re.search(r"(?<!\d)(20\d{2})(\d{2})(\d{2})_\d{6}(?!\d)", line)
    return iso_date("-".join(found.groups())) if found else iso_date(line)


def _cut(text: str, marks: Sequence[Mark]) -> tuple[tuple[Turn, ...], int]:
    """Return the turns between the marks, and how many lines stand after a known line."""
    loose = sum(
        filled_lines(text, mark.words, after)
        for mark, after in zip(marks, [*(m.at for m in marks[1:]), len(text)], strict=True)
        if not mark.turn
    )
    return turns(text, marks), loose


def _captions(text: str, body: int) -> Arrangement | None:
    found = list(_CAPTION.finditer(text, body)) if "[" in text else []
    if len(found) < 2 and not (found and not text[: found[0].start()].strip()):
        return None
    clocks = [milliseconds(one.group("time")) for one in found]
    start = clocks[0] if clocks[0] >= 60 * 60 * 1000 else 0
    marks = [
        Mark(
            one.start(),
            one.start("name"),
            one.end(),
            one.group("name").strip() or None,
            (clock - start) % _DAY,
        )
        for one, clock in zip(found, clocks, strict=True)
    ]
    made = turns(text, marks)
    said = (
        "The times are those of the day and were counted from the first caption, "
        f"{found[0].group('time')}.",
    )
    return Arrangement(
        "Zoom captions",
        made,
        unparsed=filled_lines(text, body, found[0].start()),
        guesses=(said if start else ()) + backwards(made),
    )


def _arrows(text: str, body: int) -> Arrangement | None:
    found = list(_ARROW.finditer(text, body)) if "-->" in text else []
    if not found:
        return None
    marks = [
        Mark(
            one.start(),
            one.start("name"),
            one.end("name"),
            one.group("name").strip() or None,
            milliseconds(one.group("begin")),
            milliseconds(one.group("end")),
        )
        for one in found
    ]
    known = [_line(one) for one in _KNOWN.finditer(text, body)]
    made, loose = _cut(text, sorted([*marks, *known], key=lambda mark: mark.at))
    header, unparsed = _before(text, body, found[0].start(), "Teams")
    return Arrangement("Teams", made, header, unparsed + loose, backwards(made))
