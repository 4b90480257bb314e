"""A finding as a page shows it: what it says, what it is about, the words it cites."""

from typing import NamedTuple

from workbench.errors import UnknownName
from workbench.project.opening import Project
from workbench.project.quoted import Quote, quotes_within
from workbench.store import records


class Cited(NamedTuple):
    """One passage that a finding cites; `note` says how the words bear on it."""

    quote: Quote
    stance: str
    note: str


class ShownFinding(NamedTuple):
    """One finding; `row_version` is what a change of it must name, `cited` is by place."""

    finding_id: str
    title: str
    text: str
    node_id: str
    row_version: int
    cited: tuple[Cited, ...]


def finding(project: Project, finding_id: str) -> ShownFinding:
    """Return a finding with all that it cites.

    Raises:
        UnknownName: there is no such finding, or no more.
    """
    with project.reading() as connection:
        row = records.one(connection, "finding", id=finding_id)
        if row is None:
            raise UnknownName("finding", finding_id)
        evidence = records.find(connection, "finding_evidence", finding_id=finding_id)
        held = {str(e["coding_id"]): e for e in evidence}
        quotes = quotes_within(connection, held)
    cited = tuple(
        Cited(q, str(held[q.coding_id]["stance"]), str(held[q.coding_id]["note"])) for q in quotes
    )
    return ShownFinding(
        row["id"], row["title"], row["text"], row["node_id"] or "", row["row_version"], cited
    )
