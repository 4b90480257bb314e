"""A chain of evidence with the page and the address where each of its steps is seen."""

from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from workbench.project.chain_step import DECISION, OWN_VERSION, Step
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import passages, records


class Seen(NamedTuple):
    """Where a step is seen: a page, and what its address says."""

    page: str
    opens: dict[str, str]


def seen(project: Project, *chains: Step) -> dict[str, Seen]:
    """Return, by its id, where each step of these chains is seen; some are seen nowhere."""
    ids: dict[str, set[str]] = {}
    for chain in chains:
        for step in chain.walk():
            ids.setdefault(_kind(step.what), set()).add(step.id)
    with project.reading() as connection:
        found: dict[str, Seen] = {}
        for kind, look in _LOOKS.items():
            found |= look(connection, sorted(ids.get(kind, set()) - {""}))
        return found


def _kind(what: str) -> str:
    if what.endswith("statement") or what == "comment":
        return "statement"
    if what == OWN_VERSION:
        return what
    if what.startswith(("evidence", "own ", "version ")):
        return ""
    known = ("coding", "cell", "link", "finding", "quotation", "case", DECISION)
    return what if what in known else "node"


def _codings(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    return {
        p.coding_id: Seen("indexing", {"transcript": p.transcript, "coding": p.coding_id})
        for p in passages.of_ids(connection, ids)
    }


def _cells(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    names = Names(connection)
    out = {}
    for cell in records.by_ids(connection, "cell", ids):
        version = names.version(cell["framework_version_id"])
        opens = {
            "framework": str(version["reference"]),
            "case": str(names.case(cell["case_id"])["label"]),
            "code": str(cell["code_id"]),
        }
        out[str(cell["id"])] = Seen("charting", opens)
    return out


def _statements(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    held = records.by_ids(connection, "statement", ids, "id", "cell_id")
    cells = _cells(connection, sorted({str(s["cell_id"]) for s in held}))
    return {str(s["id"]): cells[s["cell_id"]] for s in held if s["cell_id"] in cells}


def _nodes(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    return {i: Seen("interpretation", {"show": "network", "node": i}) for i in ids}


def _links(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    return {i: Seen("interpretation", {"show": "network", "link": i}) for i in ids}


def _findings(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    return {i: Seen("interpretation", {"show": "findings", "finding": i}) for i in ids}


def _decisions(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    return _of_two(connection, "cell_decision", ids)


def _own_versions(connection: Connection, ids: list[str]) -> dict[str, Seen]:
    return _of_two(connection, "own_cell", ids)


def _of_two(connection: Connection, table: str, ids: list[str]) -> dict[str, Seen]:
    """Return where the cells of rounds of charting are seen that rows of a table are of."""
    held = records.by_ids(connection, table, ids, "id", "charting_round_cell_id")
    wanted = [str(row["charting_round_cell_id"]) for row in held]
    places = {p["id"]: p for p in records.by_ids(connection, "charting_round_cell", wanted)}
    names, out = Names(connection), {}
    for row in held:
        place = places[row["charting_round_cell_id"]]
        opens = {
            "view": "charting",
            "charting": str(names.charting_round(place["charting_round_id"])["name"]),
            "cell": f"{place['case_id']} {place['code_id']}",
        }
        out[str(row["id"])] = Seen("agreement", opens)
    return out


_LOOKS: dict[str, Any] = {
    "coding": _codings,
    "cell": _cells,
    "statement": _statements,
    "node": _nodes,
    "link": _links,
    "finding": _findings,
    DECISION: _decisions,
    OWN_VERSION: _own_versions,
}
