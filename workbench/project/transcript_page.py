"""One transcript as a page shows it: its turns in words, and what is marked in them.

Plain rows without pandas: this is read at every step of indexing.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.project import blindness
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import passages, records
from workbench.store.schema import ROWS


class ShownTurn(NamedTuple):
    """One turn, or a stretch of text that no turn holds (`number` 0); positions are its words'.

    `label` is what stands before the words in the text: speaker and time.
    """

    number: int
    speaker: str
    role: str
    begin_ms: int | None
    start: int
    stop: int
    words: str


class ShownText(NamedTuple):
    """One transcript in its current version."""

    name: str
    transcript_id: str
    version_id: str
    number: int
    length: int
    turns: tuple[ShownTurn, ...]


PART = 200_000
"""How many characters a page shows of a text at once: more than any interview has."""


class Mark(NamedTuple):
    """One live coding of a transcript version."""

    coding_id: str
    start: int
    stop: int
    code_id: str
    coder: str
    run: str
    uncertain: bool
    row_version: int


def transcript_names(project: Project) -> list[str]:
    """Return the names of the transcripts in the order in which they came in."""
    with project.reading() as connection:
        return [name for _, _, name, _ in passages.transcripts(connection)]


def shown_text(project: Project, transcript: str) -> ShownText:
    """Return a transcript with all its text: turns, and what stands between them.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        names = Names(connection)
        row = names.transcript(transcript)
        text = names.text(row["id"])
        of = {"transcript_id": row["transcript_id"]}
        roles = {s["label"]: s["role"] for s in records.find(connection, "speaker", **of)}
    turns = tuple(_turns(text, json.loads(row["turns"]), roles))
    return ShownText(
        row["name"], row["transcript_id"], row["id"], row["number"], row["length"], turns
    )


def in_parts(text: ShownText, most: int = PART) -> list[ShownText]:
    """Return a text in parts of no more than so many characters of words, one at least.

    Parts end between turns; a turn that is longer is cut between words, or where it must be.

    >>> turn = ShownTurn(1, "Ana", "participant", None, 5, 14, "One after")
    >>> parts = in_parts(ShownText("", "", "", 1, 14, (turn,)), 6)
    >>> [[turn.words for turn in part.turns] for part in parts]
    [['One '], ['after']]
    """
    if text.length <= most:
        return [text]
    parts: list[list[ShownTurn]] = [[]]
    room = most
    for turn in text.turns:
        for piece in _pieces(turn, most):
            if len(piece.words) > room and parts[-1]:
                parts.append([])
                room = most
            parts[-1].append(piece)
            room -= len(piece.words)
    return [text._replace(turns=tuple(turns)) for turns in parts]


def _pieces(turn: ShownTurn, most: int) -> Iterator[ShownTurn]:
    while len(turn.words) > most:
        at = max(turn.words.rfind(space, 1, most) for space in "\n ") + 1 or most
        yield turn._replace(stop=turn.start + at, words=turn.words[:at])
        turn = turn._replace(start=turn.start + at, words=turn.words[at:])
    yield turn


def whole_text(project: Project, transcript: str) -> str:
    """Return the current text of a transcript, labels and times as they stand in it.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        names = Names(connection)
        return names.text(names.transcript(transcript)["id"])


def _turns(text: str, packed: list[list[Any]], roles: dict[str, str]) -> Iterator[ShownTurn]:
    """Yield the turns in order, and each stretch with words in it that lies outside them."""
    at = 0
    for number, (speaker, start, words_start, stop, begin, _) in enumerate(packed, 1):
        yield from _aside(text, at, start)
        role = roles.get(speaker, "unknown")
        words = text[words_start:stop]
        yield ShownTurn(number, speaker or "", role, begin, words_start, stop, words)
        at = stop
    yield from _aside(text, at, len(text))


def _aside(text: str, start: int, stop: int) -> Iterator[ShownTurn]:
    if text[start:stop].strip():
        yield ShownTurn(0, "", "aside", None, start, stop, text[start:stop])


def visible_runs(project: Project, framework: str | None = None) -> list[dict[str, Any]]:
    """Return the runs that the project's person may look into, of one framework version.

    Runs that are shut to that person are left out (see `blindness`).
    """
    with project.reading() as connection:
        return visible_to(connection, project.who, framework)


def visible_to(connection: Connection, who: str, framework: str | None) -> list[dict[str, Any]]:
    """Return the runs of `visible_runs` for that person, within a transaction."""
    wanted = None if framework is None else Names(connection).version(framework)["id"]
    shut = blindness.hidden(connection, who)
    handle = {p["id"]: p["handle"] for p in records.find(connection, "person")}
    return [
        {**r, "coder": handle.get(r["person_id"], "")}
        for r in records.find(connection, "run")
        if wanted in (None, r["framework_version_id"]) and r["id"] not in shut
    ]


def marks(project: Project, transcript: str, runs: Collection[str]) -> list[Mark]:
    """Return the live codings of a transcript's current version in these runs, by place.

    Those of runs that are shut to the project's person are none.
    """
    c, p, r = ROWS["coding"], ROWS["person"], ROWS["run"]
    with project.reading() as connection:
        version = Names(connection).transcript(transcript)["id"]
        query = (
            sa.select(c.c.id, c.c.start, c.c.stop, c.c.code_id, p.c.handle, r.c.name)
            .add_columns(c.c.uncertain, c.c.row_version)
            .join(p, p.c.id == c.c.person_id)
            .join(r, r.c.id == c.c.run_id)
            .where(c.c.transcript_version_id == version, ~c.c.withdrawn)
            .where(r.c.name.in_(list(runs)), r.c.id.not_in(list(blindness.shut(connection))))
            .order_by(c.c.start, c.c.stop, c.c.id)
        )
        rows = connection.execute(query).all()
    return [Mark(a, b, e, code, who, run, bool(u), v) for a, b, e, code, who, run, u, v in rows]


def uncoded_turns(text: ShownText, held: Collection[Mark]) -> list[int]:
    """Return the numbers of the turns of participants that no coding meets.

    >>> turn = ShownTurn(1, "Ana", "participant", None, 5, 9, "Word")
    >>> uncoded_turns(ShownText("t", "i", "v", 1, 9, (turn,)), [])
    [1]
    """
    reach = 0
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in sorted((m.start, m.stop) for m in held):
        if stops and start <= reach:
            stops[-1] = max(stops[-1], stop)
        else:
            starts.append(start)
            stops.append(stop)
        reach = stops[-1]
    return [
        turn.number
        for turn in text.turns
        if turn.role == "participant"
        and turn.words.strip()
        and bisect_right(stops, turn.start) == bisect_left(starts, turn.stop)
    ]


def is_finished(project: Project, run: str, transcript_version_id: str) -> bool:
    """Whether a run has looked at a whole transcript."""
    with project.reading() as connection:
        of = {"run_id": Names(connection).run(run)["id"]}
        of["transcript_version_id"] = transcript_version_id
        return records.exists(connection, "finished", **of)
