"""pdf: the words of its pages, by way of PDFium (pypdfium2).

What stands first or last on at least half of the pages, figures aside, and on three or
more, is a page header or footer and left out; so is the number of a page above or below
its words. A hyphen at the end of a line goes when a small letter follows it. Lines stay
as they are on the page.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

from workbench.errors import BadFile, BrokenFile, EncryptedFile, FileTooLarge
from workbench.formats.package import UNPACKED
from workbench.formats.sentences import counted, number_of
from workbench.formats.textfile import Letters, stored

MOST_PAGES, MOST_SECONDS = 5_000, 30
_MOST_RUNNING, _FEWEST_PAGES = 3, 3
_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_INSTALL = "Install it: pip install pypdfium2."

_PAGE = "\f"
_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:[\ufffe\u00ad\x02]|[-\u2010](?=\n))(\n?\f?)(?=[^\W\d_])")
"""PDFium writes U+FFFE for a hyphen at the end of a line, and no line break after it."""
_NUMBER = re.compile(
    r"(?i)\W*(?:page|side|seite|sida|s\.|p\.)?\s*(\d{1,4})(?:\s*(?:/|of|av|von)\s*\d{1,4})?\W*"
)
_LEFT = re.compile(r"[\0\ufffe\x02]")


def letters(data: bytes, name: str, max_bytes: int) -> tuple[Letters, tuple[int, ...]]:
    """Return the text of a PDF, and where in it each page begins.

    Raises:
        EncryptedFile: it opens with a password only.
        BadFile: what reads it is not installed.
        BrokenFile: it cannot be followed, has too many pages or takes too long, or its
            pages are pictures.
        FileTooLarge: its words are more than four times the limit for a file.
    """
    pages = _pages(data, name, UNPACKED * max_bytes)
    if not any(page.strip() for page in pages):
        raise BrokenFile(name, "its pages are pictures without letters, as a scanner makes them.")
    bodies, running = _without_running([page.split("\n") for page in pages])
    text, hyphens = _joined(["\n".join(lines) for lines in bodies])
    begins = accumulate((len(page) for page in text.split(_PAGE)[:-1]), initial=0)
    text = stored(text.replace(_PAGE, ""))
    empty = sum(not page.strip() for page in pages)
    left_out = counted({"page header or footer": running.total()})
    if empty:
        left_out += (f"{number_of(empty, 'page of pictures')} left out.",)
    return (
        Letters(
            text,
            "pdf",
            guesses=_told(hyphens, running),
            left_out=left_out,
            wrapped_by_hand=True,
        ),
        tuple(begins),
    )


def _pages(data: bytes, name: str, limit: int) -> list[str]:
    if find_spec("pypdfium2") is None:
        raise BadFile(name, "a PDF is read with pypdfium2, which is missing.", _INSTALL)
    command = [sys.executable, "-P", str(_PROGRAM), str(MOST_PAGES), str(limit)]
    try:
        run = subprocess.run(  # noqa: S603  # our own program, nothing of the user's in its words
            command, input=data, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenFile(
            name, f"its pages take longer than {MOST_SECONDS} seconds to read."
        ) from error
    answer: dict[str, Any] = (
        json.loads(run.stdout) if run.returncode == 0 and run.stdout else {"wrong": "open"}
    )
    match answer.get("wrong"):
        case "password":
            raise EncryptedFile(name)
        case "many":
            raise BrokenFile(
                name, f"it has {answer['number']:,} pages; up to {MOST_PAGES:,} are read."
            )
        case "page":
            raise BrokenFile(name, f"its page {answer['number']} cannot be read.")
        case "large":
            raise FileTooLarge(name, answer["number"], limit)
        case "open":
            raise BrokenFile(name, "the PDF cannot be opened.")
    return [_words(page) for page in answer["pages"]]


def _words(page: str) -> str:
    whole = page.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return stored(whole).replace(_PAGE, "\n")


def _without_running(pages: list[list[str]]) -> tuple[list[list[str]], Counter[str]]:
    """Return the lines of each page without headers and footers, and these counted."""
    removed: Counter[str] = Counter()
    pages = [_trimmed(lines) for lines in pages]
    for end in (0, -1):
        for _ in range(_MOST_RUNNING):
            keys = [_key(lines[end]) if lines else "" for lines in pages]
            times = Counter(key for key in keys if key)
            often = {
                key
                for key, number in times.items()
                if number >= max(_FEWEST_PAGES, len(pages) // 2)
            }
            gone = 0
            for at, (lines, key) in enumerate(zip(pages, keys, strict=True)):
                if key in often or (lines and _is_number_of(lines[end], at + 1)):
                    removed[lines[end].strip()] += 1
                    pages[at] = _trimmed(lines[1:] if end == 0 else lines[:-1])
                    gone += 1
            if not gone:
                break
    return pages, removed


def _trimmed(lines: list[str]) -> list[str]:
    """Return lines without empty ones at both ends."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.casefold().split()))


def _is_number_of(line: str, page: int) -> bool:
    found = _NUMBER.fullmatch(line)
    return found is not None and int(found.group(1)) == page


def _joined(pages: Sequence[str]) -> tuple[str, list[str]]:
    """Return the pages end to end without hyphens at line ends, and the words they stood in."""
    text = f"\n{_PAGE}".join(pages)
    words: list[str] = []

    def joined(found: re.Match[str]) -> str:
        at = found.end()
        if not text[at].islower():
            return "-" + found.group(1)
        before = re.search(r"\w*\Z", text[max(0, found.start() - 40) : found.start()])
        after = re.match(r"\w*", text[at : at + 40])
        words.append((before.group() if before else "") + (after.group() if after else ""))
        return found.group(1).replace("\n", "")

    return _LEFT.sub("-", _HYPHEN.sub(joined, text)), words


def _told(hyphens: Sequence[str], running: Counter[str]) -> tuple[str, ...]:
    out = []
    if running:
        first = running.most_common(1)[0][0][:60]
        out.append(
            "Lines that stand first or last on half of the pages, and numbers of pages, were "
            f"taken for page headers and footers, “{first}” most often."
        )
    if hyphens:
        out.append(
            f"{number_of(len(hyphens), 'hyphen')} at ends of lines left out before a small "
            f"letter, first in “{hyphens[0]}”."
        )
    return tuple(out)
