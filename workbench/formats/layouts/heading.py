"""What the top of a transcript says about the interview: a block of fields, or a line.

A block is the first lines, up to a blank one, of which at least two are fields
(“Date: 2021-02-28”, “Varighet: 59 min”). “Interviewer: So, how did it begin?” has
the form of a field and is a turn; it is told by its words.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from workbench.formats.layouts import labels
from workbench.formats.layouts.times import iso_date, minutes
from workbench.model.transcript import Header

_FIELDS = {
    word: name
    for name, words in {
        "title": "title tittel titel titre",
        "date": "date|dato|datum|interview date|date of interview|intervjudato",
        "duration": "duration|varighet|length|lengde|dauer|durée|duur",
        "mode": "mode|form|intervjuform|mode of interview",
        "setting": "setting|place|location|venue|sted|ort|lieu",
        "interviewer": "interviewer|interviewers|interviewed by|intervjuer|intervjuet av|"
        "intervieweur|interviewerin|moderator|facilitator|researcher",
        "language": "language|språk|sprache|langue",
        "order": "order|order of interview|rekkefølge|interview no|interview number|intervju nr",
        "participant": "participant|participants|interviewee|respondent|informant|deltaker|"
        "deltakere|intervjuobjekt|pseudonym",
        "": "case|id|participant id|project|prosjekt|study|studie|transcriber|transcribed by|"
        "transkribert av|recording|opptak|file|fil|age|alder|gender|kjønn|role|rolle|status|"
        "consent|samtykke|note|notes|merknad|notat|version|versjon|time|tid|group|gruppe|"
        "organisation|organization|organisasjon|occupation|yrke|tags|source|kilde|type|kind",
    }.items()
    for word in (words.split("|") if "|" in words else words.split())
}
_FIELD = re.compile(
    r"[ \t>*-]{0,4}([^\W\d_][^:\n]{0,30}?)[*]{0,2}[ \u00a0]?:[*]{0,2}[ \t\u00a0]*(.*)"
)
_UNDECIDED = frozenset(
    word for word, name in _FIELDS.items() if name in ("interviewer", "participant")
)
"""Fields that are speakers' labels too."""
_MOST_LINES, _LONGEST_LINE = 30, 240
_SUMMARY_LINE = re.compile(
    r"(?P<date>\d{1,2}[-./ ][^\W_]{2,9}[-./ ]\d{4}|\d{4}-\d{2}-\d{2})\s+-\s+\d{1,2}:\d{2}\s+-\s+"
    r"(?P<duration>(?:\d{1,2}h)?(?:\d{1,2}m)?(?:\d{1,2}s)?)\s+-\s+(?P<who>[^\n]{1,60})"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands before the body: its fields, and where the body begins.

    `people` are the names it gives for participants.
    """

    header: Header
    body: int = 0
    people: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()


def heading(text: str) -> Heading:
    """Return what the block of fields at the top says; an empty heading without one.

    >>> heading("Dato: 28.02.2021\\nVarighet: 59 min\\n\\nI: Hei.").header.date
    '2021-02-28'
    """
    lines, begins = _first_lines(text)
    found = _block(lines, text)
    if found is None:
        return Heading(Header())
    first, last = found
    body = begins[last] + len(lines[last])
    fields: dict[str, str] = {}
    for line in lines[first : last + 1]:
        name, words = _field(line)
        if name and words:
            fields.setdefault(name, words)
    header, guesses = _header(fields)
    titles = (line for line in lines[:last] if title_line(line) and not _FIELD.fullmatch(line))
    if header.title is None:
        header = replace(header, title=next(map(_bare, titles), None))
    people = tuple(p.strip() for p in fields.get("participant", "").split(",") if p.strip())
    return Heading(header, body, people, guesses)


def summary_line(line: str) -> Header | None:
    """Return what a line “12-May-2024 - 10:36 - 1h09m31s - Ana” says, None for any other."""
    found = _SUMMARY_LINE.fullmatch(line.strip())
    if not found:
        return None
    return Header(
        date=iso_date(found.group("date")), duration_minutes=minutes(found.group("duration"))
    )


def title_line(line: str) -> str | None:
    """Return a line as a title, None when it is too long for one.

    >>> title_line("# Interview 3 "), title_line("So we began to talk. " * 9)
    ('Interview 3', None)
    """
    bare = _bare(line)
    return bare if re.search(r"\w", bare) and len(bare) <= 120 else None


def _bare(line: str) -> str:
    return line.strip().strip("#*_ ").strip()


def _first_lines(text: str) -> tuple[list[str], list[int]]:
    """Return the first lines and where each begins."""
    lines = text[: 2 * _MOST_LINES * _LONGEST_LINE].split("\n")[: 2 * _MOST_LINES]
    return lines, list(accumulate((len(line) + 1 for line in lines), initial=0))


def _block(lines: Sequence[str], text: str) -> tuple[int, int] | None:
    """Return the first and last line of the block of fields.

    Above it may stand a title, one or two short lines, with a blank line after it.
    """
    at = 0
    for _ in range(2):
        while at < len(lines) and not lines[at].strip():
            at += 1
        stop = next((i for i in range(at, len(lines)) if not lines[i].strip()), len(lines))
        if stop == at:
            return None
        if _fields_only(lines[at:stop], text):
            return at, stop - 1
        if run := _run(lines[at:stop]):
            return at, at + run - 1
        if stop - at > 2 or any(not title_line(line) or ":" in line for line in lines[at:stop]):
            return None
        at = stop
    return None


def _fields_only(block: Sequence[str], text: str) -> bool:
    """Say whether a block is a heading: two fields or more, each once, and no long line.

    Other lines with a colon may stand among them (“Farm: dairy”), unless their label
    comes again further down: then it is a speaker's.
    """
    if len(block) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in block):
        return False
    names = [labels.key(found.group(1)) for line in block if (found := _known(line))]
    others = [line.partition(":")[0].rstrip() for line in block if ":" in line and not _known(line)]
    return (
        len(set(names)) == len(names)
        and _enough(names)
        and len(others) <= len(names)
        and not any(_like_a_turn(line) for line in block)
        and not any(_recurs(label, text) for label in others)
    )


def _enough(names: Collection[str]) -> bool:
    """Say whether fields make a heading: two, one of them about the interview itself."""
    about = [n for n in names if _FIELDS[n] not in ("interviewer", "participant", "")]
    neutral = [n for n in names if _FIELDS[n] == ""]
    return len(names) >= 2 and (bool(about) or len(neutral) >= 2)


def _recurs(label: str, text: str) -> bool:
    """Say whether two lines begin with the label and a colon."""
    return sum(("\n" + text).count(f"\n{label}{colon}") for colon in (":", " :")) > 1


def _run(block: Sequence[str]) -> int:
    """Return how many fields open a block that goes straight on into the talk; 0 below two."""
    seen: set[str] = set()
    for number, line in enumerate(block):
        found = _known(line)
        name = labels.key(found.group(1)) if found else ""
        if not found or name in seen or _like_a_turn(line) or len(line) > _LONGEST_LINE:
            return number if _enough(seen) else 0
        seen.add(name)
    return 0


def _known(line: str) -> re.Match[str] | None:
    found = _FIELD.fullmatch(line)
    return found if found and labels.key(found.group(1)) in _FIELDS else None


def _like_a_turn(line: str) -> bool:
    """Say whether a field that names a person holds talk instead of a name."""
    found = _known(line)
    if not found:
        label, colon, _ = line.partition(":")
        return bool(colon) and labels.part(label.strip()) is not None
    words = found.group(2).strip()
    return labels.key(found.group(1)) in _UNDECIDED and (
        len(words.split()) > 8 or re.search(r"[?!…]|[^\W\d_]{3,}\.$", words) is not None
    )


def _field(line: str) -> tuple[str, str]:
    found = _known(line)
    if not found:
        return "", ""
    words = found.group(2).strip()
    if len(words) > 2 and words[0] == words[-1] and words[0] in "\"'":
        words = words[1:-1]
    return _FIELDS[labels.key(found.group(1))], words


def _header(fields: dict[str, str]) -> tuple[Header, tuple[str, ...]]:
    """Return the fields as a header, and a sentence for each that was not understood."""
    day = iso_date(fields["date"]) if "date" in fields else None
    length = minutes(fields["duration"]) if "duration" in fields else None
    order = re.search(r"\d{1,6}", fields.get("order", ""))
    unclear = [
        f"The {what} “{fields[what][:60]}” at the top was not understood."
        for what, value in (("date", day), ("duration", length), ("order", order))
        if what in fields and value is None
    ]
    header = Header(
        title=fields.get("title"),
        date=day,
        duration_minutes=length,
        mode=fields.get("mode"),
        setting=fields.get("setting"),
        interviewer=fields.get("interviewer"),
        language=fields.get("language"),
        order=int(order.group()) if order and int(order.group()) > 0 else None,
    )
    return header, tuple(unclear)
