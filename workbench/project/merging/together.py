"""What follows from rows together: cells that both wrote in, words that a case got twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from workbench.project.merging.planned import State
from workbench.project.merging.rules import Row


def settle_cells(final: State) -> None:
    """Let words win over a mark, and have somebody look at such a cell."""
    spoken = {
        s["cell_id"]
        for s in final.get("statement", {}).values()
        if not s["withdrawn"] and s["kind"] != "comment"
    }
    cells = final.get("cell", {})
    for cell_id in spoken & cells.keys():
        cell = cells[cell_id]
        if cell["mark"]:
            why = f"it was marked “{cell['mark']}” in one copy and written in the other"
            cells[cell_id] = {**cell, "mark": "", "look": _also(cell["look"], why)}


def both_wrote(here: Row, there: Row) -> Row:
    """Return what is noted on a cell that both copies wrote in: it must be read again."""
    seen = {one.split(":")[0]: one for one in (*here["seen"].split(), *there["seen"].split())}
    why = "it was written or reviewed in two copies"
    return {
        "seen": " ".join(sorted(seen.values())),
        "definition_hash": here["definition_hash"] or there["definition_hash"],
        "written_in": there["written_in"] or here["written_in"],
        "reviewed_in": 0,
        "look": _also(_also(here["look"], there["look"]), why),
    }


def _also(look: str, why: str) -> str:
    return "; ".join(
        dict.fromkeys([*filter(None, look.split("; ")), *filter(None, why.split("; "))])
    )


def cut_spans(final_rows: State, mine_rows: State, theirs: State) -> None:
    """Give a case only the words that it does not have here already."""
    final, mine = final_rows.get("case_span", {}), mine_rows.get("case_span", {})
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    fresh: list[Row] = []
    for row_id, row in final.items():
        if row["withdrawn"]:
            continue
        there = theirs.get("case_span", {}).get(row_id)
        came = row_id not in mine or (there is not None and _stretch(mine[row_id]) != _stretch(row))
        if came:
            fresh.append(row)
        else:
            held[row["case_id"], row["transcript_version_id"]].append(row)
    for row in sorted(fresh, key=lambda r: r["id"]):
        beside = held[row["case_id"], row["transcript_version_id"]]
        parts = _without((row["start"], row["stop"]), beside)
        if not parts:
            final[row["id"]] = {**row, "withdrawn": True}
            continue
        for n, (start, stop) in enumerate(parts):
            row_id = row["id"] if n == 0 else f"{row['id']}+{n}"
            final[row_id] = {**row, "id": row_id, "start": start, "stop": stop}
            beside.append(final[row_id])


def _stretch(row: Row) -> tuple[object, ...]:
    names = ("case_id", "transcript_version_id", "start", "stop", "withdrawn")
    return tuple(row[n] for n in names)


def _without(
    stretch: tuple[int, int], others: Iterable[Mapping[str, int]]
) -> list[tuple[int, int]]:
    """Return what of a stretch none of the others has.

    >>> _without((0, 10), [{"start": 2, "stop": 4}, {"start": 8, "stop": 12}])
    [(0, 2), (4, 8)]
    """
    start, stop = stretch
    found = []
    for other in sorted(others, key=lambda o: o["start"]):
        if other["start"] < stop and start < other["stop"]:
            if start < other["start"]:
                found.append((start, other["start"]))
            start = max(start, other["stop"])
    return [*found, (start, stop)] if start < stop else found
