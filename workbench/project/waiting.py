"""Codings and memos that wait for a place, as their text was corrected and their words with it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from workbench.errors import QuoteNotFound
from workbench.project import blindness
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.familiarisation.alignment import Carried, Fate, align
from workbench.store import audit, passages, records
from workbench.store.records import Row

_aligned = lru_cache(maxsize=2)(align)
"""Two texts compared; kept for the next coding of the same transcript."""


class Waiting(NamedTuple):
    """One coding that waits: its words, and those that stand in their place now.

    `start:stop` is the place in the current text that is suggested; where the words are gone
    it has no length and `now` is empty. Words that *moved* stand there as before, but were
    not carried: they are of other cases now, or stood otherwise in a version between.
    """

    coding_id: str
    transcript: str
    number: str
    code: str
    coder: str
    run: str
    fate: Fate
    quote: str
    now: str
    start: int
    stop: int
    row_version: int


class WaitingMemo(NamedTuple):
    """One memo that stayed with an older version of its text; otherwise as `Waiting`."""

    memo_id: str
    transcript: str
    title: str
    text: str
    person: str
    fate: Fate
    quote: str
    now: str
    start: int
    stop: int
    row_version: int


def unplaced(project: Project, transcript: str | None = None) -> list[Waiting]:
    """Return the codings that wait for a place, of one transcript or of all, in order of place.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        names = Names(connection)
        handle = {p["id"]: p["handle"] for p in records.find(connection, "person")}
        closed = blindness.shut(connection)
        old = dict.fromkeys(v for *_, v in audit.codings_on_old_texts(connection))
        found = []
        for version in _of_transcript(names, old, transcript):
            codings = [
                c
                for c in records.find(connection, "coding", transcript_version_id=version["id"])
                if c["run_id"] not in closed
            ]
            for coding, name, place in _places(names, version, codings):
                run = names.run(coding["run_id"])
                code = names.code(names.version(run["framework_version_id"]), coding["code_id"])
                said = code["number"], code["name"], handle[coding["person_id"]], run["name"]
                found.append(Waiting._make((coding["id"], name, *said, *place)))
    return sorted(found, key=lambda w: (w.transcript, w.start, w.stop, w.coding_id))


def unplaced_memos(project: Project, transcript: str | None = None) -> list[WaitingMemo]:
    """Return the memos whose words are not the same in the current text, in order of place.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        names = Names(connection)
        handle = {p["id"]: p["handle"] for p in records.find(connection, "person")}
        current = {version for _, version, _, _ in passages.transcripts(connection)}
        memos: dict[str, list[Row]] = {}
        for memo in records.find(connection, "memo", anchor="transcript_version"):
            if memo["start"] is not None and memo["anchor_id"] not in current:
                memos.setdefault(memo["anchor_id"], []).append(memo)
        found = []
        for version in _of_transcript(names, memos, transcript):
            for memo, name, place in _places(names, version, memos[version["id"]]):
                said = memo["title"], memo["text"], handle[memo["person_id"]]
                found.append(WaitingMemo._make((memo["id"], name, *said, *place)))
    return sorted(found, key=lambda w: (w.transcript, w.start, w.stop, w.memo_id))


def _of_transcript(names: Names, versions: Iterable[str], transcript: str | None) -> Iterator[Row]:
    """Yield those versions of texts, given by id, that are of one transcript, or all."""
    if transcript is None:
        texts = {t for t, *_ in passages.transcripts(names.connection)}
    else:
        texts = {str(names.transcript(transcript)["transcript_id"])}
    for version_id in versions:
        version = names.by_id_start("transcript_version", version_id)
        if version["transcript_id"] in texts:
            yield version


def _places(
    names: Names, version: Row, rows: Sequence[Row]
) -> Iterator[tuple[Row, str, tuple[Fate, str, str, int, int, int]]]:
    """Yield what stands in an old text, its transcript, and the last six columns of `Waiting`."""
    current = names.transcript(version["transcript_id"])
    old, new = names.text(version["id"]), names.text(current["id"])
    carried = align(old, new).carry((row["start"], row["stop"]) for row in rows)
    for row, to in zip(rows, carried, strict=True):
        words = (old[row["start"] : row["stop"]], new[to.start : to.stop])
        yield row, current["name"], (to.fate, *words, to.start, to.stop, row["row_version"])


def suggested(names: Names, coding: Row, current: Row) -> Carried:
    """Return where in the current version of its transcript a coding of an older one belongs."""
    old, new = names.text(coding["transcript_version_id"]), names.text(current["id"])
    (to,) = _aligned(old, new).carry([(coding["start"], coding["stop"])])
    return to


def nearest(text: str, words: str, near: int, transcript: str) -> tuple[int, int]:
    """Return where words stand in a text: of several places the one nearest to a position.

    Raises:
        QuoteNotFound: they stand nowhere.
    """
    places = [m.start() for m in re.finditer(re.escape(words), text)] if words.strip() else []
    if not places:
        raise QuoteNotFound(transcript, words)
    start = min(places, key=lambda at: abs(at - near))
    return start, start + len(words)
