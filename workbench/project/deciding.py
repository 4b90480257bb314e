"""One difference of two sides: its words, what was decided on it, and deciding it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.model.coding import CHOICES, Choice, Outcome
from workbench.project import edits, quoted
from workbench.project.edits.differing import open_drafts
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.quoted import Quote
from workbench.store import records
from workbench.store.records import Row

AROUND = 120
"""Characters that are shown before a difference, and after it."""
VERDICTS = ("first", "second", "both", "neither", "other")
"""Whose coding stands: that of the first side, of the second, of both, of none, or a new one."""
_CHOICE: Mapping[str, Choice] = dict(zip(VERDICTS, CHOICES, strict=True))


class Difference(NamedTuple):
    """One row of `agreeing.differences`; `key` is the id of its first coding."""

    key: str
    kind: str
    transcript: str
    transcript_version_id: str
    start: int
    stop: int
    codes: tuple[str, str]
    """The code of each side, empty where it has none."""
    code_ids: tuple[str, str]
    shared: int
    together: int
    words: str
    decided: bool
    codings: tuple[tuple[str, ...], tuple[str, ...]]
    """The codings of each side."""


class Place(NamedTuple):
    """One coding of a difference: where it stands, and what was decided on it."""

    coding_id: str
    run: str
    code_id: str
    start: int
    stop: int
    decision: "Decision | None"


class Decision(NamedTuple):
    """What a run of consensus made of one coding."""

    run: str
    outcome: Outcome
    reason: str
    who: str
    result_id: str | None
    row_version: int


class Shown(NamedTuple):
    """A difference with the words around it; `start` is where `text` begins."""

    text: str
    start: int
    goes_on: bool
    """Whether the transcript has more behind it."""
    sides: tuple[tuple[Place, ...], tuple[Place, ...]]
    quotes: Mapping[str, Quote]

    @property
    def decisions(self) -> list[Decision]:
        """What was decided on the codings of both sides, each thing once."""
        held = [p.decision for side in self.sides for p in side if p.decision]
        return list(dict.fromkeys(held))


def listed(table: Any) -> list[Difference]:
    """Return the rows of `agreeing.differences` (a frame)."""
    return [
        Difference(
            (r["codings"] or r["other_codings"])[0],
            r["kind"],
            r["transcript"],
            r["transcript_version_id"],
            int(r["start"]),
            int(r["stop"]),
            (r["code"], r["other"]),
            (r["code_id"], r["other_id"]),
            int(r["shared"]),
            int(r["together"]),
            r["words"],
            bool(r["decided"]),
            (tuple(r["codings"]), tuple(r["other_codings"])),
        )
        for r in table.to_dict("records")
    ]


def told(project: Project, differences: Sequence[Difference]) -> list[tuple[str, str]]:
    """Return what became of each difference's codings, and why; empty where nothing did."""
    with project.reading() as connection:
        ids = [i for one in differences for side in one.codings for i in side]
        places = _places(connection, list(dict.fromkeys(ids)))
    out = []
    for one in differences:
        said, reasons = [], dict[str, None]()
        for name, side in zip(("first side", "other side"), one.codings, strict=True):
            held = [d for i in side if (d := places[i].decision)]
            if held:
                said.append(f"{name}: {', '.join(dict.fromkeys(d.outcome for d in held))}")
                reasons |= dict.fromkeys(d.reason for d in held)
        out.append(("; ".join(said), " ".join(reasons)))
    return out


def shown(project: Project, one: Difference, around: int = AROUND) -> Shown:
    """Return a difference with so many characters around it, its codings and decisions."""
    with project.reading() as connection:
        version = one.transcript_version_id
        (row,) = records.by_ids(connection, "transcript_version", [version], "text")
        text = str(row["text"])
        first, last = _around(text, one.start, one.stop, around)
        places = _places(connection, [i for side in one.codings for i in side])
        found = quoted.quotes_within(connection, places)
        return Shown(
            text[first:last],
            first,
            last < len(text),
            tuple(tuple(places[i] for i in side) for side in one.codings),  # type: ignore[arg-type]  # two sides
            {q.coding_id: q for q in found},
        )


def _around(text: str, start: int, stop: int, most: int) -> tuple[int, int]:
    """Return a stretch and so many characters around it, without words that would be cut in two.

    >>> _around("one two three four five", 8, 13, 6), _around("one two three", 4, 7, 20)
    ((4, 18), (0, 13))
    """
    low, high = max(0, start - most), min(len(text), stop + most)
    while 0 < low < start and not text[low - 1].isspace():
        low += 1
    while stop < high < len(text) and not text[high].isspace():
        high -= 1
    return low, high


def _places(connection: Connection, ids: Sequence[str]) -> dict[str, Place]:
    codings = {str(r["id"]): r for r in records.by_ids(connection, "coding", ids)}
    made = records.by_column(connection, "decision", "coding_id", ids)
    names: dict[str, str] = {}
    for table, column, of in (("run", "name", "run_id"), ("person", "handle", "person_id")):
        wanted = {str(r[of]) for r in codings.values()}
        wanted |= {str(d[of]) for each in made.values() for d in each}
        names |= {
            str(r["id"]): str(r[column]) for r in records.by_ids(connection, table, sorted(wanted))
        }
    return {
        i: Place(
            i,
            names[str(codings[i]["run_id"])],
            str(codings[i]["code_id"]),
            int(codings[i]["start"]),
            int(codings[i]["stop"]),
            next((_decision(d, names) for d in made.get(i, ())), None),
        )
        for i in ids
    }


def _decision(row: Row, names: Mapping[str, str]) -> Decision:
    return Decision(
        names[str(row["run_id"])],
        row["outcome"],
        str(row["reason"]),
        names[str(row["person_id"])],
        row["result_id"],
        int(row["row_version"]),
    )


class Other(NamedTuple):
    """A coding that neither side has made."""

    code_id: str
    start: int
    stop: int


def settle(
    project: Project,
    run: str,
    one: Difference,
    verdict: str,
    reason: str,
    other: Other | None = None,
    read: Shown | None = None,
) -> None:
    """Decide a difference in a run of consensus: see `edits.decide_difference`.

    What stands is coded in that run; each coding of both sides is kept or dropped, or changed
    into something else, and leads to what it became. `read` is the difference as the one who
    decides has seen it.

    Raises:
        Refused: there is no reason, or no coding that is to stand instead.
        ChangedMeanwhile: somebody else decided after `read`.
    """
    if not reason.strip():
        raise Refused("Say why: others must be able to follow the decision. Write a reason.")
    if verdict == "other" and other is None:
        raise Refused("Choose the code and the words that are to stand instead.")
    choice = _CHOICE[verdict]
    if choice == "neither" and not all(one.codings):
        choice = "B" if one.codings[0] else "A"
    held = read or shown(project, one)
    places = (*held.sides[0], *held.sides[1])
    edits.decide_difference(
        project,
        run,
        *one.codings,
        choice,
        reason,
        instead=(other.code_id, other.start, other.stop) if other and choice == "other" else None,
        read={
            p.coding_id: p.decision.row_version if p.decision else 0
            for p in places
            if p.decision is None or p.decision.run == run
        },
    )


def drafts(project: Project, framework: str) -> list[str]:
    """Return the open drafts of a version's framework, in which a difference may end."""
    with project.reading() as connection:
        names = Names(connection)
        return open_drafts(names, str(names.version(framework)["id"]))[1]
