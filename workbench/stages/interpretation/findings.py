"""Findings: the cases that carry each, those that speak against it, and both by group.

Every figure counts distinct cases (law 6) and has the ids of its codings beside it (law 5).
What a finding cites and what reaches its node up the ladder are told apart: the first was
chosen for this claim, the second says only that the case spoke of the theme. A case that
speaks for and against counts on both sides.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from workbench.model import frames

Ids = tuple[str, ...]


def support(
    finding_list: pd.DataFrame,
    evidence: pd.DataFrame,
    case_codings: pd.DataFrame,
    below: pd.DataFrame,
) -> pd.DataFrame:
    """Return `frames.FINDING_SUPPORT`: one row per finding, one without evidence too.

    `case_codings` are the codings that `evidence` cites, by case; `below` is what reaches
    the nodes of the ladders (`frames.REACHED`). Withdrawn codings carry nothing.
    """
    spoken = _spoken(finding_list, evidence, case_codings, below)
    rows = []
    for finding in finding_list["finding_id"]:
        of = {side: rows_of.loc[rows_of["finding_id"] == finding] for side, rows_of in spoken}
        cases = {side: _distinct(rows_of["case_id"]) for side, rows_of in of.items()}
        words = {side: _distinct(rows_of["coding_id"].dropna()) for side, rows_of in of.items()}
        counts = (len(cases["for"]), len(words["for"]), len(cases["against"]), len(cases["node"]))
        ids = (cases["for"], cases["against"], cases["node"])
        rows.append((finding, *counts, *ids, words["for"], words["against"], words["node"]))
    return _frame(rows, frames.FINDING_SUPPORT)


def by_group(
    finding_list: pd.DataFrame,
    evidence: pd.DataFrame,
    case_codings: pd.DataFrame,
    below: pd.DataFrame,
    group_of: Mapping[str, str],
) -> pd.DataFrame:
    """Return `frames.FINDING_GROUPS`: one row per finding and group, zeros too.

    `group_of` gives the group of every case (`stages.mapping.ladder.groups`). The figures
    are leads to patterns in a purposive sample, never shares of a population.
    """
    sizes = pd.Series(group_of, dtype="str").value_counts()
    parts = {}
    for group in sorted(sizes.index):
        mine = {c for c, g in group_of.items() if g == group}
        few = case_codings.loc[case_codings["case_id"].isin(mine)]
        reach = below.loc[below["case_id"].isin(mine)]
        parts[group] = support(finding_list, evidence, few, reach).set_index("finding_id")
    columns = ("cases", "against", "node_cases")
    ids = ("case_ids", "against_ids", "evidence", "dissent")
    rows = [
        (
            finding,
            group,
            *(part.at[finding, c] for c in columns),
            sizes[group],
            *(part.at[finding, c] for c in ids),
        )
        for finding in finding_list["finding_id"]
        for group, part in parts.items()
    ]
    return _frame(rows, frames.FINDING_GROUPS)


def _spoken(
    finding_list: pd.DataFrame,
    evidence: pd.DataFrame,
    case_codings: pd.DataFrame,
    below: pd.DataFrame,
) -> list[tuple[str, pd.DataFrame]]:
    """Return, for, against and through the node: finding_id, case_id, coding_id."""
    frames.require(finding_list, frames.FINDING_LIST, "findings")
    frames.require(evidence, frames.FINDING_EVIDENCE, "evidence of findings")
    frames.require(below, frames.REACHED, "reached")
    cases = case_codings[["coding_id", "case_id"]].drop_duplicates()
    live = evidence.loc[~evidence["withdrawn"].astype(bool)].merge(cases, on="coding_id")
    about = finding_list.loc[finding_list["node_id"] != "", ["finding_id", "node_id"]]
    sides = [(stance, live.loc[live["stance"] == stance]) for stance in ("for", "against")]
    return [*sides, ("node", about.merge(below, on="node_id"))]


def _distinct(ids: Iterable[str]) -> Ids:
    return tuple(sorted(set(ids)))


def _frame(rows: Sequence[tuple[object, ...]], columns: frames.Columns) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
