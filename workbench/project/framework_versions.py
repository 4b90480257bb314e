"""What the versions of frameworks hold, how they hang together, and what differs between two."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.model.framework import Category, Code, FrameworkVersion, in_tree_order
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.framework import diff
from workbench.store import records
from workbench.store.records import Row

_TREE = ("version", "parent", "depth", "objective", "state", "categories", "codes", "codings")
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

    Columns are those of `frames.FRAMEWORK_DIFF`. `attrs["by"]` says how it is known what of
    the one is what of the other: by “steps” where one was made from the other, be it over
    others; else by the “ids” that both have; else by “names”. `attrs["note"]` is that as a
    sentence. A `reason` is given where the one was made from the other directly.
    """
    with project.reading() as connection:
        names = Names(connection)
        first, second = names.version(a), names.version(b)
        forth, back = _chain(names, first, second), _chain(names, second, first)
        old, new = as_version(connection, first), as_version(connection, second)
        chain = [as_version(connection, row) for row in forth or back]
    pairs, reasons = diff.by_ids(old, new), new.steps if len(forth) == 2 else ()
    by: diff.Way = "ids"
    if chain:
        by, pairs = "steps", diff.by_steps(chain)
        pairs = pairs if forth else diff.turned(pairs)
    elif not any(pairs.values()):
        by, pairs = "names", diff.by_names(old, new)
    frame = diff.differences(old, new, pairs, reasons)
    frame.attrs = {"a": old.reference, "b": new.reference, "by": by}
    frame.attrs["note"] = _note(old, new, by, chain)
    return frame


def _chain(names: Names, first: Row, last: Row) -> list[Row]:
    """Return the versions from the first to the last, each made from the one before; or none."""
    rows = {v["id"]: v for v in names.versions()}
    chain: list[Row] = []
    at: Row | None = rows[last["id"]]
    while at is not None and at not in chain:
        chain.append(at)
        if at["id"] == first["id"]:
            return chain[::-1]
        at = rows.get(at["parent_id"])
    return []


def _note(
    old: FrameworkVersion, new: FrameworkVersion, by: diff.Way, chain: list[FrameworkVersion]
) -> str:
    """Return how it is known what of one version is what of another, as a sentence."""
    here = f"From {old.reference} to {new.reference}"
    if by == "ids":
        return f"{here}, neither made from the other: what has the same id is the same."
    if by == "names":
        return f"{here}, which share no ids: what is called alike is taken to be the same."
    untold = [v.reference for v in chain[1:] if not v.steps]
    besides = f"; {', '.join(untold)} tells none, and ids are compared there" if untold else ""
    return f"{here}, as the steps between them tell it{besides}."


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
    for run in records.find(connection, "run", "id", framework_version_id=version["id"]):
        found.update(records.counts_by(connection, "coding", "code_id", run_id=run["id"]))
    return found


def _statements(connection: Connection, version: Row) -> Counter[str]:
    """Return how many statements stand in the version's cells of each code."""
    cells = records.find(connection, "cell", "id", "code_id", framework_version_id=version["id"])
    code = {c["id"]: c["code_id"] for c in cells}
    by_cell = records.by_column(connection, "statement", "cell_id", list(code), "id")
    return Counter(code[cell] for cell, rows in by_cell.items() for _ in rows)
