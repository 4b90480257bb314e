"""What was coded and written under a draft when codes of it become one, or go.

Only codings of the draft's own runs and cells of its own chart are touched; the same codes
under other versions keep theirs.
"""

from collections.abc import Mapping, Sequence

from workbench.errors import Refused
from workbench.model.chart import seen_codings, seen_text
from workbench.model.framework import definition_hash
from workbench.model.report import counted
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


def refuse_when_used(act: Act, version: Row, codes: Sequence[Row]) -> None:
    """Check that codes have neither codings nor statements in a draft, so that they may go.

    Raises:
        Refused: one has; the sentence gives the numbers.
    """
    for code in codes:
        codings = len(_codings(act, version, str(code["code_id"])))
        cells = [str(c["id"]) for c in _cells(act, version, str(code["code_id"]))]
        statements = sum(records.count(act.connection, "statement", cell_id=c) for c in cells)
        if codings or statements:
            said = [counted(codings, "codings")] if codings else []
            said += [counted(statements, "statements")] if statements else []
            raise Refused(
                f"“{code['name']}” has {' and '.join(said)} in {version['reference']}. Merge it "
                "with another code, which takes them over, or withdraw them first."
            )


def withdraw_marks(act: Act, version: Row, code_ids: Sequence[str]) -> None:
    """Withdraw the empty cells of codes that go, with what they are marked as."""
    for code_id in code_ids:
        records.withdraw(act, "cell", [c["id"] for c in _cells(act, version, code_id)])


def join(act: Act, version: Row, became: Mapping[str, str], merged: Sequence[str]) -> int:
    """Move the codings and cells of codes to those that they became; return how many codings.

    A coding that would be double (same words, coder and run) is withdrawn, and what cited
    it cites the one that stays. Statements of several cells of a case stand in one, behind
    one another; a mark stays only where all of the `merged` codes had it.
    """
    stands_for: dict[str, str] = {}
    moved = 0
    for target in dict.fromkeys(became.values()):
        sources = [s for s, t in became.items() if t == target]
        moved += _move_codings(act, version, sources, target, stands_for)
        _join_cells(act, version, sources, target, stands_for, merged)
    for double, kept in stands_for.items():
        _cite_instead(act, double, kept)
    return moved


def _codings(act: Act, version: Row, code_id: str) -> list[Row]:
    runs = records.find(act.connection, "run", "id", framework_version_id=version["id"])
    return [
        c
        for run in runs
        for c in records.find(act.connection, "coding", run_id=run["id"], code_id=code_id)
    ]


def _cells(act: Act, version: Row, code_id: str) -> list[Row]:
    of = {"framework_version_id": version["id"], "code_id": code_id}
    return records.find(act.connection, "cell", **of)


_PLACE = ("run_id", "transcript_version_id", "person_id", "start", "stop")


def _move_codings(
    act: Act, version: Row, sources: Sequence[str], target: str, stands_for: dict[str, str]
) -> int:
    """Give codings another code; note in `stands_for` which double is told by which."""
    taken = {_place(c): str(c["id"]) for c in _codings(act, version, target)}
    moved = 0
    for coding in (c for source in sources for c in _codings(act, version, source)):
        kept = taken.setdefault(_place(coding), str(coding["id"]))
        if kept == coding["id"]:
            records.update(act, "coding", kept, {"code_id": target})
        else:
            stands_for[str(coding["id"])] = kept
            records.withdraw(act, "coding", [coding["id"]])
        moved += 1
    return moved


def _place(coding: Row) -> tuple[object, ...]:
    return tuple(coding[c] for c in _PLACE)


def _join_cells(
    act: Act,
    version: Row,
    sources: Sequence[str],
    target: str,
    stands_for: Mapping[str, str],
    merged: Sequence[str],
) -> None:
    """Have one cell of each case stand for those of several codes."""
    (defined,) = records.find(
        act.connection, "code_version", framework_version_id=version["id"], code_id=target
    )
    now = definition_hash(defined)
    by_case: dict[str, list[Row]] = {}
    for code_id in (target, *sources):
        for cell in _cells(act, version, code_id):
            by_case.setdefault(cell["case_id"], []).append(cell)
    for kept, *others in by_case.values():
        said = _joined((kept, *others), stands_for, now, dict.fromkeys(sources, target))
        marks = [c["mark"] for c in (kept, *others)]
        if len(marks) < len(merged) or len(set(marks)) > 1:
            said["mark"] = ""
        last = records.highest(act.connection, "statement", "position", cell_id=kept["id"])
        for other in others:
            statements = records.find(act.connection, "statement", cell_id=other["id"])
            for statement in sorted(statements, key=lambda s: int(s["position"])):
                last += 1
                place = {"cell_id": kept["id"], "position": last}
                records.update(act, "statement", statement["id"], place)
        records.withdraw(act, "cell", [c["id"] for c in others])
        records.update(act, "cell", kept["id"], {"code_id": target, **said})


def _joined(
    cells: Sequence[Row], stands_for: Mapping[str, str], now: str, became: Mapping[str, str]
) -> dict[str, object]:
    """Return what is noted on the one cell that stands for several: all that was seen.

    Where some were written from another definition than that of `now`, so was the one: it
    is stale until somebody has read it again. A review of a part is none of the whole.
    """
    written = [c for c in cells if c["written_in"]]
    if not written:
        return {}
    seen = {
        (stands_for.get(coding, coding), start, stop, became.get(code, code))
        for cell in written
        for coding, start, stop, code in seen_codings(cell["seen"])
    }
    definitions = sorted({c["definition_hash"] for c in written} - {now})
    return {
        "seen": seen_text(seen),
        "definition_hash": definitions[0] if definitions else now,
        "written_in": max(c["written_in"] for c in written),
        "reviewed_in": written[0]["reviewed_in"] if len(written) == 1 else 0,
    }


CITING = (
    ("statement_evidence", "coding_id", "statement_id"),
    ("own_evidence", "coding_id", "own_statement_id"),
    ("link_evidence", "coding_id", "link_id"),
    ("finding_evidence", "coding_id", "finding_id"),
    ("verification", "coding_id", ""),
    ("decision", "coding_id", "run_id"),
    ("decision", "result_id", ""),
    ("coding", "from_id", ""),
    ("quotation", "coding_id", ""),
    ("memo", "anchor_id", ""),
)
"""Tables whose rows cite a coding, in which column, and within what only once."""


def _cite_instead(act: Act, double: str, kept: str) -> None:
    """Have all that cites one coding cite another; what cites that one already is enough."""
    for table, column, within in CITING:
        held = records.find(act.connection, table, **{column: kept})
        taken = {r[within] for r in held} if within else set()
        for row in records.find(act.connection, table, **{column: double}):
            if within and row[within] in taken:
                records.withdraw(act, table, [row["id"]])
            else:
                records.update(act, table, row["id"], {column: kept})
