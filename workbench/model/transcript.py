"""A transcript: its text, its turns, its header, and what its reading left open.

Positions are counted in Unicode code points of the stored text, from 0, half-open
like a slice. The stored text has LF line ends and no byte order mark; nothing else
is normalised.
"""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal

Role = Literal["interviewer", "participant", "unknown"]
ROLES: tuple[Role, ...] = ("interviewer", "participant", "unknown")


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of one speaker.

    `start:stop` is the whole turn, label included; `words_start:stop` what was said.
    `begin_ms` and `end_ms` are milliseconds from the start of the recording.
    """

    speaker: str | None
    start: int
    words_start: int
    stop: int
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a transcript, or its file, says about the interview."""

    title: str | None = None
    date: str | None = None
    """ISO 8601 date."""
    duration_minutes: float | None = None
    mode: str | None = None
    """How it was held: in person, by telephone, by video."""
    setting: str | None = None
    interviewer: str | None = None
    language: str | None = None
    order: int | None = None
    """Place of the interview in the series, from 1."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One label found in a transcript, and what it was taken for."""

    label: str
    role: Role
    turns: int
    reason: str
    """Why this role: “label”, “named by the user”, “asks most” …"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one file: the text and all it noticed.

    `layout` names the arrangement that was recognised (“speaker: text”, “Otter” …),
    `encoding` how bytes became letters. `unparsed` counts non-empty lines inside the
    body that no rule understood; they are in `text` all the same. `guesses` and
    `left_out` are sentences for the import report (law 8). `pages` are the positions at
    which the pages of the file begin, empty for what has none.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    header: Header = field(default_factory=Header)
    speakers: tuple[Speaker, ...] = ()
    layout: str = "plain text"
    encoding: str = ""
    unparsed: int = 0
    guesses: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def noting(self, *, guesses: tuple[str, ...] = (), left_out: tuple[str, ...] = ()) -> "Reading":
        """Return the same reading with more to report."""
        return replace(self, guesses=self.guesses + guesses, left_out=self.left_out + left_out)


def sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of a text in UTF-8: what a version is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def clock(milliseconds: int) -> str:
    """Return a time of a recording as hours, minutes and seconds.

    >>> clock(3_725_400)
    '1:02:05'
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def at_time(begin_ms: int | None) -> str:
    """Return what stands after the number of a turn that is cited: its time, if it has one.

    >>> at_time(3_725_400), at_time(None)
    (' at 1:02:05', '')
    """
    return "" if begin_ms is None else f" at {clock(begin_ms)}"


def on_page(page: int | None) -> str:
    """Return what stands after a place that is cited: its page, if its file has pages.

    >>> on_page(4), on_page(None)
    (', p. 4', '')
    """
    return "" if page is None else f", p. {page}"


def with_lf(text: str) -> str:
    """Return the text as it is stored: LF line ends, no byte order mark.

    >>> with_lf("\\ufeffa\\r\\nb\\rc")
    'a\\nb\\nc'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
