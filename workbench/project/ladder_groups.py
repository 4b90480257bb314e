"""Which groups of cases reach which nodes, who does not, and who speaks against them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.engine import Connection

from workbench.model import frames
from workbench.project.mapping import ladder_frames
from workbench.project.opening import Project
from workbench.stages.indexing import cases as indexing_cases
from workbench.stages.mapping import ladder as climbing
from workbench.store import frames as stored
from workbench.store import records


class GroupCell(NamedTuple):
    """One node and one group: the cases that reach the node, and those that do not.

    `against` are cases of the group whose words stand against a finding at the node, or at
    one below it; they may reach it all the same. `evidence` are coding ids.
    """

    node_id: str
    node: str
    group: str
    reach: tuple[str, ...]
    silent: tuple[str, ...]
    against: tuple[str, ...]
    evidence: tuple[str, ...]


class Words(NamedTuple):
    """One coding in words: whose case, which transcript."""

    coding_id: str
    words: str
    transcript: str
    speaker: str


def group_cells(
    project: Project, attribute: str, ladder: str, level: int | None = None
) -> list[GroupCell]:
    """Return a cell for every node of a level, or of all, and every group of the cases.

    Raises:
        UnknownName: the cases have no such attribute, or there is no such ladder.
    """
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
        if held is None:
            return []
        found = climbing.by_group(held.nodes, held.below, held.cases, attribute, level)
        ends = (held.node_edges[c].tolist() for c in ("child_id", "parent_id"))
        against = _against(connection, list(zip(*ends, strict=True)))
    label = dict(zip(held.cases["case_id"], held.cases["case"], strict=True))
    group_of = climbing.groups(held.cases, attribute)
    cells = []
    columns = (found[c].tolist() for c in ("node_id", "node", "group", "case_ids", "evidence"))
    for node_id, node, group, case_ids, evidence in zip(*columns, strict=True):
        here = [case for case in label if group_of[case] == group]
        reach, dissent = set(case_ids), against.get(node_id, set())
        cells.append(
            GroupCell(
                node_id,
                node,
                group,
                tuple(label[c] for c in here if c in reach),
                tuple(label[c] for c in here if c not in reach),
                tuple(label[c] for c in here if c in dissent),
                tuple(evidence),
            )
        )
    return cells


def _against(connection: Connection, edges: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    """Return node → the cases whose words stand against a finding there or below."""
    node_of = {f["id"]: f["node_id"] for f in records.find(connection, "finding") if f["node_id"]}
    cited = [
        (str(e["coding_id"]), str(node_of[e["finding_id"]]))
        for e in records.find(connection, "finding_evidence", stance="against")
        if e["finding_id"] in node_of
    ]
    if not cited:
        return {}
    quotes = stored.quotes(connection, [coding for coding, _ in cited]).assign(run_id="")
    spoken = indexing_cases.by_case(quotes[list(frames.CODINGS)], stored.spans(connection))
    cases: dict[str, set[str]] = defaultdict(set)
    for coding, case in zip(spoken["coding_id"], spoken["case_id"], strict=True):
        cases[coding].add(case)
    above: dict[str, list[str]] = defaultdict(list)
    for child, parent in edges:
        above[child].append(parent)
    found: dict[str, set[str]] = defaultdict(set)
    for coding, node in cited:
        left = [node]
        while left:
            at = left.pop()
            found[at] |= cases[coding]
            left += above[at]
    return found


def words(project: Project, codings: Sequence[str], most: int = 200) -> list[Words]:
    """Return codings in words by place, `most` at most."""
    with project.reading() as connection:
        quoted = stored.quotes(connection, list(codings)).head(most)
    columns = (quoted[c] for c in ("coding_id", "quote", "transcript", "speaker"))
    return [Words(*row) for row in zip(*columns, strict=True)]
