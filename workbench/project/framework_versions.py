"""What the versions of frameworks hold, how they hang together, and what differs between two."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.model.framework import Category, Code, FrameworkVersion, in_tree_order
from workbench.project import blindness
from workbench.project.framework_rows import as_version, with_steps
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.framework import diff, proposing
from workbench.stages.framework.sides import THINGS, nodes, shown
from workbench.stages.framework.staying import DEFINING
from workbench.store import records
from workbench.store.records import Row

_TREE = ("version", "parent", "depth", "objective", "state", "categories", "codes", "codings")
PROPOSED = (
    "number",
    "thing",
    "step",
    "before",
    "after",
    "confidence",
    "because",
    "before_id",
    "after_id",
)
_NODES = (
    "thing",
    "id",
    "depth",
    "number",
    "name",
    "definition",
    "codings",
    "statements",
    "row_version",
)


def framework_diff(project: Project, a: str, b: str) -> pd.DataFrame:
    """Return one row per difference from the version `a` to the version `b`, in words.

    Columns are those of `frames.FRAMEWORK_DIFF`; `codings` and `cells` are those made under
    `a` of the codes that a difference is about. `attrs["by"]` and `attrs["note"]` say how it
    is known what of the one is what of the other (see `Between`). A `reason` is given where
    the one was made from the other directly.
    """
    with project.reading() as connection:
        names = Names(connection)
        found = between(connection, names, names.version(a), names.version(b))
        coded, cells = _codings(connection, found.first), _cells(connection, found.first)
    direct = len(found.forth) == 2 and len(found.back) == 1
    reasons = found.forth[-1].steps if direct else ()
    frame = diff.differences(found.old, found.new, found.pairs, reasons, coded, cells)
    frame.attrs = {"a": found.old.reference, "b": found.new.reference, "by": found.by}
    frame.attrs["note"] = found.note
    return frame


def proposed_steps(project: Project, a: str, b: str) -> pd.DataFrame:
    """Return what of one framework version may be what of another, one row each.

    Columns are those of `PROPOSED`. `number` names a row for `edits.adopt_steps`; rows
    without one are retired or added, as nothing of the other version is like them.
    """
    with project.reading() as connection:
        names = Names(connection)
        old, new = (as_version(connection, names.version(one)) for one in (a, b))
    found = proposing.matches(old, new)
    rows: list[tuple[object, ...]] = []
    for n, match in enumerate(found, 1):
        was, now = (nodes(v, match.thing)[i] for v, i in ((old, match.before), (new, match.after)))
        did = ["rename"] if was.name != now.name else []
        if any(getattr(was, f, "") != getattr(now, f, "") for f in DEFINING):
            did.append("redefine")
        sure = (match.confidence, match.because, match.before, match.after)
        rows.append((n, match.thing, ", ".join(did) or "stays", shown(was), shown(now), *sure))
    for thing in THINGS:
        taken = {m.before for m in found if m.thing == thing}
        came = {m.after for m in found if m.thing == thing}
        nothing = ("likely", "nothing is like it")
        for one, node in nodes(old, thing).items():
            if one not in taken:
                rows.append((None, thing, "retire", shown(node), "", *nothing, one, ""))
        for one, node in nodes(new, thing).items():
            if one not in came:
                rows.append((None, thing, "add", "", shown(node), *nothing, "", one))
    frame = pd.DataFrame(rows, columns=list(PROPOSED), dtype="object")
    frame.attrs = {"a": old.reference, "b": new.reference}
    return frame


class Between(NamedTuple):
    """What of one framework version is what of another, and how that is known.

    By “steps” where both come from one version, or one from the other, be it over others;
    else by the “ids” that both have; else by “names”.
    """

    first: Row
    second: Row
    old: FrameworkVersion
    new: FrameworkVersion
    back: list[FrameworkVersion]
    """From the version that both come from to the first; the first alone where it is that."""
    forth: list[FrameworkVersion]
    """From the version that both come from to the second."""
    pairs: diff.Pairs
    by: diff.Way

    @property
    def note(self) -> str:
        """How it is known what of one version is what of another, as a sentence."""
        here = f"From {self.old.reference} to {self.new.reference}"
        if self.by == "ids":
            return f"{here}, neither made from the other: what has the same id is the same."
        if self.by == "names":
            return f"{here}, which share no ids: what is called alike is taken to be the same."
        over = ""
        if len(self.back) > 1 and len(self.forth) > 1:
            over = f", over {self.back[0].reference} that both come from"
        both = (*pairwise(self.back), *pairwise(self.forth))
        later = [child.reference for at, child in both if child.parent != at.reference]
        if later:
            of = ", ".join(later) if len(later) < 4 else f"{len(later)} versions"
            over += f", with steps of {of} that were adopted later"
        told = [v for v in (*self.back[1:], *self.forth[1:]) if v.reference not in later]
        untold = [v.reference for v in told if not v.steps]
        besides = f"; {', '.join(untold)} tells none, and ids are compared there" if untold else ""
        return f"{here}{over}, as the steps between them tell it{besides}."


def between(connection: Connection, names: Names, first: Row, second: Row) -> Between:
    """Return what of one framework version is what of another."""
    up, down = ancestors(names, first), ancestors(names, second)
    ids = {row["id"] for row in down}
    shared = next((row["id"] for row in up if row["id"] in ids), None)
    back, forth = ([with_steps(connection, r) for r in _from(shared, rows)] for rows in (up, down))
    old, new = as_version(connection, first), as_version(connection, second)
    by: diff.Way = "steps"
    if shared is not None:
        pairs = diff.over_ancestor(back, forth)
    else:
        by, pairs = "ids", diff.by_ids(old, new)
        if not any(pairs.values()):
            by, pairs = "names", diff.by_names(old, new)
    return Between(first, second, old, new, back, forth, pairs, by)


def ancestors(names: Names, version: Row) -> list[Row]:
    """Return a version, the one it was made from or that steps were adopted from, and so on."""
    later = {a["framework_version_id"]: a for a in records.find(names.connection, "adoption")}
    rows = {v["id"]: v for v in names.versions()}
    found: list[Row] = []
    at: Row | None = rows[version["id"]]
    while at is not None and at not in found:
        found.append(at)
        adoption = later.get(at["id"])
        at = rows.get(adoption["from_id"] if adoption else at["parent_id"])
    return found


def _from(shared: str | None, ancestors: list[Row]) -> list[Row]:
    """Return the versions from a shared one on, the oldest first; none where none is shared."""
    if shared is None:
        return []
    at = next(n for n, row in enumerate(ancestors) if row["id"] == shared)
    return ancestors[at::-1]


def framework_versions_tree(project: Project) -> pd.DataFrame:
    """Return one row per framework version, each below the version it was made from.

    `depth` is 0 for a version without a parent here; `codings` counts those of its runs.
    """
    with project.reading() as connection:
        rows = list(_descending(Names(connection).versions(), None, 0))
        found = [(*_told(connection, row, depth),) for depth, row in rows]
    return pd.DataFrame(found, columns=list(_TREE))


def _descending(versions: list[Row], parent: str | None, depth: int) -> Iterator[tuple[int, Row]]:
    """Yield the versions made from one, each followed by those made from it."""
    for row in versions:
        if row["parent_id"] == parent:
            yield depth, row
            yield from _descending(versions, row["id"], depth + 1)


def _told(connection: Connection, row: Row, depth: int) -> Iterator[object]:
    of = {"framework_version_id": row["id"]}
    yield from (row["reference"], row["parent_name"], depth, row["objective"], row["state"])
    yield records.count(connection, "category_version", **of)
    yield records.count(connection, "code_version", **of)
    yield sum(_codings(connection, row).values())


def framework_nodes(project: Project, reference: str | None = None) -> pd.DataFrame:
    """Return the categories and codes of a framework version, one row each, as a tree.

    `codings` and `statements` are those made under this version; `row_version` is what the
    acts that change a draft want, to see that nobody changed it meanwhile.
    """
    with project.reading() as connection:
        row = Names(connection).version(reference)
        version = as_version(connection, row)
        of = {"framework_version_id": row["id"]}
        coded, said = _codings(connection, row), _statements(connection, row)
        held = {
            r[f"{thing}_id"]: int(r["row_version"])
            for thing in ("category", "code")
            for r in records.find(connection, f"{thing}_version", **of)
        }
    rows = []
    for depth, node in in_tree_order(version):
        own = node.code_id if isinstance(node, Code) else node.category_id
        thing = "category" if isinstance(node, Category) else "code"
        words = (node.number, node.name, node.definition)
        rows.append((thing, own, depth, *words, coded[own], said[own], held[own]))
    frame = pd.DataFrame(rows, columns=list(_NODES))
    frame.attrs = {"framework": version.reference, "state": version.state}
    return frame


def _codings(connection: Connection, version: Row) -> Counter[str]:
    """Return how many codings of the version's runs each code has."""
    found: Counter[str] = Counter()
    closed = blindness.shut(connection)
    for run in records.find(connection, "run", "id", framework_version_id=version["id"]):
        if run["id"] in closed:
            continue
        found.update(records.counts_by(connection, "coding", "code_id", run_id=run["id"]))
    return found


def _cells(connection: Connection, version: Row) -> Counter[str]:
    """Return how many cells of each code were written or marked under the version."""
    cells = records.find(connection, "cell", "code_id", framework_version_id=version["id"])
    return Counter(str(c["code_id"]) for c in cells)


def _statements(connection: Connection, version: Row) -> Counter[str]:
    """Return how many statements stand in the version's cells of each code."""
    cells = records.find(connection, "cell", "id", "code_id", framework_version_id=version["id"])
    code = {c["id"]: c["code_id"] for c in cells}
    by_cell = records.by_column(connection, "statement", "cell_id", list(code), "id")
    return Counter(code[cell] for cell, rows in by_cell.items() for _ in rows)
