"""What the lines of hand-written tables mean: rows of the same import, and rows here before."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from workbench.errors import AmbiguousName, Refused, UnknownName
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@dataclass(slots=True)
class Refs:
    """What the refs of hand-written tables became: ref → id.

    Nodes can be named by their labels too, which several ladders may share: ref or label
    → the nodes, by id.
    """

    codings: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, dict[str, Row]] = field(default_factory=dict)
    labels: dict[str, dict[str, Row]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def refuse_taken(ref: str, known: Container[str]) -> None:
    """Check that no other table of the import has a row of that ref.

    Raises:
        Refused: one has; what names the ref could mean either row.
    """
    if ref and ref in known:
        raise Refused(
            f"the ref “{ref}” stands in another table of this import too; give each row a ref of "
            "its own, or import the tables one after the other."
        )


class Here:
    """Rows that were here before an import, by what makes one the same as a line of it.

    Each serves one line, so that a table whose lines repeat is as long the second time.
    """

    def __init__(self, rows: Iterable[tuple[Hashable, str]]) -> None:
        self._ids: dict[Hashable, list[str]] = defaultdict(list)
        for key, row_id in rows:
            self._ids[key].append(row_id)
        self.met = 0

    def take(self, key: Hashable, fits: Callable[[str], bool] = lambda _: True) -> str | None:
        """Return the id of the next row that is the same, or None."""
        found = next((i for i in self._ids.get(key, ()) if fits(i)), None)
        if found is not None:
            self._ids[key].remove(found)
            self.met += 1
        return found


def rows_here(act: Act, table: str, *columns: str) -> Here:
    """Return the live rows of a table by their values in some columns."""
    found = records.find(act.connection, table, "id", *columns)
    return Here((tuple(r[c] for c in columns), str(r["id"])) for r in found)


def cited_rows(names: Names, refs: dict[str, str], kind: str, given: Sequence[str]) -> list[Row]:
    """Return the rows that refs or ids name.

    Raises:
        UnknownName: neither a ref of a table of this import nor an id.
    """
    found = []
    for ref in given:
        if ref not in refs and not re.fullmatch("[0-9a-f-]{8,36}", ref):
            hint = f"Import the table that has this ref together with this one ({kind}s.csv)."
            raise UnknownName(f"{kind} with the ref", ref, hint=hint)
        found.append(names.by_id_start(kind, refs.get(ref, ref)))
    return found


def node_named(names: Names, refs: Refs, said: str, ladder_id: str | None = None) -> Row:
    """Return the node that a ref, a label of this import, or one of the project names.

    Raises:
        AmbiguousName: several nodes of this import are called that.
    """
    for known in (refs.nodes, refs.labels):
        found = [n for n in known.get(said, {}).values() if ladder_id in (None, n["ladder_id"])]
        if len(found) == 1:
            return found[0]
        if found:
            choices = [f"“{n['label']}” of {names.ladder(n['ladder_id'])['name']}" for n in found]
            raise AmbiguousName("node", said, choices, hint="Name a node by its ref.")
    return names.node(said, ladder_id)
