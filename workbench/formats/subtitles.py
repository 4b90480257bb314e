"""vtt and srt: cues with times become turns; one line of text per run of one speaker.

Names come from voice tags (`<v Kim Lee>`, Teams) or stand before a colon in the words
(Zoom, and some srt). In the second case a cue without a name goes on with the speaker
before it. Comments and style blocks are counted and left out.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.errors import BrokenFile, EmptyFile
from workbench.formats.layouts import labels
from workbench.formats.layouts.cutting import backwards
from workbench.formats.layouts.plain import openings
from workbench.formats.layouts.roles import speakers
from workbench.formats.layouts.times import milliseconds, minutes
from workbench.formats.sentences import counted
from workbench.formats.textfile import Letters
from workbench.model.transcript import Header, Reading, Turn

_STAMP = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,9})?"
_TIMES = re.compile(rf"[ \t]*({_STAMP})[ \t]*-->[ \t]*({_STAMP})(?![\d:])[^\n]*")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80}+)?(?:[ \t\n]([^<>]{0,200}+))?>|</v>")
_TAG = re.compile(
    rf"</?(?:c|i|b|u|s|ruby|rt|lang|font)(?:[.\s][^<>]{{0,200}})?>|<{_STAMP}>|\{{\\an\d\}}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|lrm|rlm|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_SPACE = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace()) + "\ufeff"
_LINE_END = re.compile(r"(?<![ \t])[ \t]*+[\r\n]+[ \t]*")
_STREAM_NOTE = re.compile(r"NOTE (duration|language):[ \t]*\"?([^\"\n]*)\"?")


@dataclass(frozen=True, slots=True)
class _Cue:
    """One cue: its times and what stands in it, tags and all."""

    begin_ms: int
    end_ms: int
    payload: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What one speaker says in one cue, or in a run of them."""

    speaker: str | None
    words: str
    begin_ms: int
    end_ms: int


def is_vtt(head: str) -> bool:
    """Say whether a text begins as a WebVTT file must.

    >>> is_vtt("WEBVTT\\n\\n"), is_vtt("WEBVTTs are files.")
    (True, False)
    """
    return re.match(r"WEBVTT(?:[ \t\n]|\Z)", head) is not None


def is_srt(head: str) -> bool:
    """Say whether a text begins with a numbered cue, or with the times of one."""
    return (
        re.match(rf"\s*(?:\d{{1,7}}[ \t]*\n)?[ \t]*{_STAMP}[ \t]*-->", head) is not None
        and re.match(r"\s*\d+:\d{1,2}:\d{1,2}(?:\.\d{1,7})? *-->", head) is None
    )


def reading(letters: Letters, name: str, interviewers: Sequence[str] = ()) -> Reading:
    """Return what a vtt or srt file holds.

    Raises:
        BrokenFile: it has text and not one cue.
        EmptyFile: its cues are empty.
    """
    count: Counter[str] = Counter()
    cues, header, unparsed = _cues(letters.text, count)
    if not cues:
        raise BrokenFile(name, "there is no cue with times in it.")
    voiced = any("<v" in cue.payload and _VOICE.search(cue.payload) for cue in cues)
    accepted = labels.Accepted({}) if voiced else _accepted(cues, interviewers)
    said = list(_voices(cues) if voiced else _names(cues, accepted))
    text, turns = _written(_runs([one for one in said if one.words]))
    if not turns:
        raise EmptyFile(name)
    who, guessed = speakers(text, turns, interviewers)
    return Reading(
        text=text,
        turns=turns,
        header=header,
        speakers=who,
        layout=_layout(letters.text, voiced, bool(who)),
        encoding=letters.encoding,
        unparsed=unparsed,
        guesses=letters.guesses + accepted.guesses() + backwards(turns) + guessed,
        left_out=letters.left_out + counted(count),
    )


def _layout(text: str, voiced: bool, named: bool) -> str:
    if not is_vtt(text):
        return "SRT"
    return "Teams VTT" if voiced else "Zoom VTT" if named else "VTT"


def _cues(text: str, count: Counter[str]) -> tuple[list[_Cue], Header, int]:
    """Return the cues of a file, what its comments say, and how many lines are stray.

    A block without times belongs to the cue above it: somebody left a blank line in
    the words, and words are not dropped.
    """
    cues: list[_Cue] = []
    more: dict[int, list[str]] = {}
    header, stray = Header(), 0
    blocks = _BLANK.split(text.strip("\n"))
    for number, block in enumerate(blocks):
        cue = _cue(block)
        if cue:
            cues.append(cue)
            count["cue without words"] += not cue.payload
        elif number == 0 and is_vtt(text):
            header = _top(block)
        elif what := _aside(block):
            count[what] += 1
            header = _noted(header, block)
        elif cues and not (block.strip().isdigit() and _next_has_times(blocks, number)):
            more.setdefault(len(cues) - 1, [cues[-1].payload]).append(block)
            stray += block.count("\n") + 1
        elif block.strip() and not cues:
            count["line above the first cue"] += block.count("\n") + 1
    for at, payloads in more.items():
        cues[at] = replace(cues[at], payload="\n".join(payloads).strip("\n"))
    return cues, header, stray


def _next_has_times(blocks: Sequence[str], number: int) -> bool:
    return number + 1 < len(blocks) and _TIMES.match(blocks[number + 1]) is not None


def _cue(block: str) -> _Cue | None:
    """Return a block as a cue, whose times stand in its first or second line."""
    at = 0
    for _ in range(2):
        times = _TIMES.match(block, at)
        if times:
            begin, end = (milliseconds(times.group(n)) for n in (1, 2))
            return _Cue(begin, end, block[times.end() :].strip("\n"))
        at = block.find("\n", at) + 1
        if not at:
            return None
    return None


def _aside(block: str) -> str | None:
    word = re.match(r"(NOTE|STYLE|REGION)(?:[ \t\n]|\Z)", block)
    if not word:
        return None
    return {"NOTE": "note", "STYLE": "style block", "REGION": "region block"}[word.group(1)]


def _top(block: str) -> Header:
    """Return what stands in and under the line WEBVTT: a title, a language."""
    first, *rest = block.split("\n")
    title = first.removeprefix("WEBVTT").strip(" \t-–:")
    language = next((line.partition(":")[2] for line in rest if line.startswith("Language:")), "")
    return Header(title=title or None, language=language.strip() or None)


def _noted(header: Header, block: str) -> Header:
    """Add what Stream's notes say about length and language."""
    for what, words in _STREAM_NOTE.findall(block):
        if what == "language":
            header = replace(header, language=words.strip() or header.language)
        elif (length := minutes(words)) is not None:
            header = replace(header, duration_minutes=length)
    return header


def _clean(payload: str) -> str:
    """Return the words of a payload: tags away, entities decoded, in one line."""
    words = _TAG.sub("", payload) if "<" in payload or "{" in payload else payload
    if "&" in words:
        words = _ENTITY.sub(lambda found: html.unescape(found.group()), words)
    return _LINE_END.sub(" ", words.strip(_SPACE))


def _voices(cues: Sequence[_Cue]) -> Iterator[_Said]:
    """Yield what each voice tag holds; a cue may have several."""
    for cue in cues:
        speaker, at = None, 0
        for tag in [*_VOICE.finditer(cue.payload), None]:
            words = cue.payload[at : tag.start() if tag else None]
            if words:
                yield _Said(speaker, _clean(words), cue.begin_ms, cue.end_ms)
            if tag:
                speaker, at = _clean(tag.group(1) or "") or None, tag.end()


def _accepted(cues: Sequence[_Cue], named: Sequence[str]) -> labels.Accepted:
    """Choose the labels among what stands before a colon in the lines of all cues."""
    lines = "\n".join(_TAG.sub("", cue.payload) for cue in cues)
    found = [opening.label for opening in openings(lines)]
    return labels.accept(found, lines.count("\n") + 1, named)


def _names(cues: Sequence[_Cue], accepted: labels.Accepted) -> Iterator[_Said]:
    """Yield what is said under each name; without one, the speaker before goes on."""
    speaker: str | None = None
    for cue in cues:
        payload, at = _TAG.sub("", cue.payload), 0
        for opening in openings(payload):
            if labels.key(opening.label) in accepted.written:
                yield _Said(speaker, _clean(payload[at : opening.at]), cue.begin_ms, cue.end_ms)
                speaker, at = _clean(opening.label), opening.words
        yield _Said(speaker, _clean(payload[at:]), cue.begin_ms, cue.end_ms)


def _runs(said: Sequence[_Said]) -> Iterator[_Said]:
    """Join what one named speaker says in cues that follow one another."""
    run: list[_Said] = []
    for one in said:
        if run and (one.speaker is None or one.speaker != run[0].speaker):
            yield _joined(run)
            run = []
        run.append(one)
    if run:
        yield _joined(run)


def _joined(run: Sequence[_Said]) -> _Said:
    words = " ".join(one.words for one in run)
    return _Said(run[0].speaker, words, run[0].begin_ms, run[-1].end_ms)


def _written(runs: Iterator[_Said]) -> tuple[str, tuple[Turn, ...]]:
    """Return the stored text, a line `Name: words` for each run, and its turns."""
    lines: list[str] = []
    turns: list[Turn] = []
    first: dict[str, str] = {}
    at = 0
    for run in runs:
        speaker = first.setdefault(labels.key(run.speaker), run.speaker) if run.speaker else None
        label = f"{run.speaker}: " if run.speaker else ""
        line = label + run.words
        turns.append(Turn(speaker, at, at + len(label), at + len(line), run.begin_ms, run.end_ms))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), tuple(turns)
