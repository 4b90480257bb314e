"""Facets: a second classification of nodes, such as the rings of a diagram."""

from workbench.errors import BadValue, Refused
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("set facet")
def set_facet(
    act: Act,
    node: str,
    scheme: str,
    value: str,
    *,
    basis: str = "",
    row_version: int | None = None,
) -> None:
    """Classify a node a second way (the ring it is drawn in, say), and on what basis.

    Raises:
        ChangedMeanwhile: somebody else changed the facet after `row_version` was read (0
            where the node had none of the scheme).
    """
    row = Names(act.connection).node(node)
    put_facet(act, row, scheme, value, basis, row_version=row_version)
    act.says(f"“{row['label']}”: {scheme} is {value}")


def put_facet(
    act: Act,
    node: Row,
    scheme: str,
    value: str,
    basis: str = "",
    *,
    row_version: int | None = None,
) -> None:
    """Do what `set_facet` does, inside an act that does more."""
    if not scheme.strip() or not value.strip():
        raise BadValue("A facet", f"{scheme}: {value}", "a scheme and a value")
    held = records.one(act.connection, "facet", node_id=node["id"], scheme=scheme)
    records.as_read("facet", held, row_version)
    if held is None:
        row = {"node_id": node["id"], "scheme": scheme, "value": value, "basis": basis}
        records.insert(act, "facet", [row])
    elif (held["value"], held["basis"]) != (value, basis):
        records.update(act, "facet", held["id"], {"value": value, "basis": basis})


@edit("unset facet")
def unset_facet(act: Act, node: str, scheme: str, *, row_version: int | None = None) -> None:
    """Take a node's facet of one scheme away.

    Raises:
        Refused: it has none.
        ChangedMeanwhile: somebody else changed the facet after `row_version` was read.
    """
    row = Names(act.connection).node(node)
    held = records.one(act.connection, "facet", node_id=row["id"], scheme=scheme)
    records.as_read("facet", held, row_version)
    if held is None:
        raise Refused(f"“{row['label']}” has no facet “{scheme}”.")
    records.withdraw(act, "facet", [held["id"]])
    act.says(f"“{row['label']}” has no {scheme} any more")
