"""Codings and memos that wait for a place, as their text was corrected and their words with it."""

import re
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy.engine import Connection

from workbench.errors import QuoteNotFound
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


def unplaced(project: Project, transcript: str | None = None) -> list[Waiting]:
    """Return the codings that wait for a place, of one transcript or of all, in order of place.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        names = Names(connection)
        if transcript is None:
            texts = [t for t, *_ in passages.transcripts(connection)]
        else:
            texts = [str(names.transcript(transcript)["transcript_id"])]
        found: list[Waiting] = []
        for version_id in dict.fromkeys(v for *_, v in audit.codings_on_old_texts(connection)):
            version = names.by_id_start("transcript_version", version_id)
            if version["transcript_id"] in texts:
                found += _of_version(connection, names, version)
    return sorted(found, key=lambda w: (w.transcript, w.start, w.stop, w.coding_id))


def _of_version(connection: Connection, names: Names, version: Row) -> list[Waiting]:
    current = names.transcript(version["transcript_id"])
    new = names.text(current["id"])
    codings = records.find(connection, "coding", transcript_version_id=version["id"])
    carried = align(names.text(version["id"]), new).carry((c["start"], c["stop"]) for c in codings)
    handle = {p["id"]: p["handle"] for p in records.find(connection, "person")}
    rows = []
    for coding, to in zip(codings, carried, strict=True):
        run = names.run(coding["run_id"])
        code = names.code(names.version(run["framework_version_id"]), coding["code_id"])
        rows.append(
            Waiting(
                coding["id"],
                current["name"],
                code["number"],
                code["name"],
                handle[coding["person_id"]],
                run["name"],
                to.fate,
                coding["quote"],
                new[to.start : to.stop],
                to.start,
                to.stop,
                coding["row_version"],
            )
        )
    return rows


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


def unplaced_memos(project: Project, transcript: str | None = None) -> list[WaitingMemo]:
    """Return the memos whose words are not the same in the current text, in order of place.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        names = Names(connection)
        wanted = None if transcript is None else names.transcript(transcript)["transcript_id"]
        handle = {p["id"]: p["handle"] for p in records.find(connection, "person")}
        found = []
        for memo in records.find(connection, "memo", anchor="transcript_version"):
            if memo["start"] is None:
                continue
            version = names.by_id_start("transcript_version", memo["anchor_id"])
            current = names.transcript(version["transcript_id"])
            if current["id"] == version["id"] or wanted not in (None, version["transcript_id"]):
                continue
            to = suggested(names, {**memo, "transcript_version_id": version["id"]}, current)
            found.append(
                WaitingMemo(
                    memo["id"],
                    current["name"],
                    memo["title"],
                    memo["text"],
                    handle[memo["person_id"]],
                    to.fate,
                    names.text(version["id"])[memo["start"] : memo["stop"]],
                    names.text(current["id"])[to.start : to.stop],
                    to.start,
                    to.stop,
                    memo["row_version"],
                )
            )
    return sorted(found, key=lambda w: (w.transcript, w.start, w.stop, w.memo_id))


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
