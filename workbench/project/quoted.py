"""Codings as they are quoted beside what rests on them: words, whose, and where.

Plain rows without pandas: a page shows a handful of them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.engine import Connection

from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.runs import settled
from workbench.store import passages, records

MOST = 200
"""How many codings a search among them returns."""


class Quote(NamedTuple):
    """One coding with its words; `cases` are those whose words they are.

    `turn` is the turn in which they start, None where the transcript has none there.
    """

    coding_id: str
    words: str
    cases: tuple[str, ...]
    transcript: str
    turn: int | None
    speaker: str
    code: str
    coder: str
    withdrawn: bool


def quotes(project: Project, coding_ids: Iterable[str]) -> list[Quote]:
    """Return these codings, live or withdrawn, by transcript and place; an unknown id is none."""
    with project.reading() as connection:
        return quotes_within(connection, coding_ids)


def quotes_within(connection: Connection, coding_ids: Iterable[str]) -> list[Quote]:
    """Do what `quotes` does, within a transaction that does more."""
    found = passages.of_ids(connection, coding_ids)
    ids = [p.coding_id for p in found]
    gone = {
        c["id"]: bool(c["withdrawn"])
        for c in records.by_ids(connection, "coding", ids, "id", "withdrawn")
    }
    cases, codes = _cases(connection, found), _codes(connection, found)
    return [
        Quote(
            p.coding_id,
            p.quote,
            cases[p.coding_id],
            p.transcript,
            p.turn,
            p.speaker,
            codes.get((p.run_id, p.code_id), ""),
            p.coder,
            gone[p.coding_id],
        )
        for p in found
    ]


def _cases(connection: Connection, found: Iterable[passages.Passage]) -> dict[str, tuple[str, ...]]:
    """Return the labels of the cases that each coding speaks for, in order of their words."""
    found = list(found)
    texts = list({p.transcript_version_id for p in found})
    spans = records.by_column(connection, "case_span", "transcript_version_id", texts)
    ids = {s["case_id"] for of in spans.values() for s in of}
    label = {c["id"]: c["label"] for c in records.by_ids(connection, "case", sorted(ids))}
    out = {}
    for p in found:
        met = sorted(
            (s["start"], label[s["case_id"]])
            for s in spans[p.transcript_version_id]
            if s["start"] < p.stop and p.start < s["stop"]
        )
        out[p.coding_id] = tuple(dict.fromkeys(name for _, name in met))
    return out


def _codes(connection: Connection, found: Iterable[passages.Passage]) -> dict[tuple[str, str], str]:
    """Return the number and name of every code by run and code, as the run's framework has it."""
    names = Names(connection)
    runs = records.by_ids(connection, "run", sorted({p.run_id for p in found}))
    return {
        (run["id"], code["code_id"]): f"{code['number']} {code['name']}".strip()
        for run in runs
        for code in names.codes(names.version(run["framework_version_id"]))
    }


def codings_saying(project: Project, words: str, most: int = MOST) -> list[str]:
    """Return ids of live codings, of the runs that count, that say all these words."""
    with project.reading() as connection:
        versions = records.find(connection, "framework_version", "id")
        runs = [str(r["id"]) for v in versions for r in settled(connection, v["id"])]
        return passages.saying(connection, words.split(), runs, most)
