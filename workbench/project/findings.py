"""Findings as a project shows them: their support, by group too, and what they cite."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.model import frames
from workbench.project.mapping import every_ladder
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.indexing import cases as indexing_cases
from workbench.stages.interpretation import findings as carried
from workbench.stages.mapping.ladder import groups as group_of_cases
from workbench.store import findings as stored_findings
from workbench.store import frames as stored

FINDINGS = (
    "number",
    "finding",
    "text",
    "node",
    "cases",
    "mentions",
    "against",
    "node_cases",
    "supported_by",
    "contradicted_by",
    "quotes",
    "contrary_quotes",
    "finding_id",
    "node_id",
    "case_ids",
    "against_ids",
    "node_case_ids",
    "evidence",
    "dissent",
    "node_evidence",
)
"""The columns of `findings`."""
EVIDENCE = (
    "finding",
    "stance",
    "cases",
    "quote",
    "transcript",
    "turn",
    "speaker",
    "note",
    "finding_id",
    "coding_id",
    "withdrawn",
)
"""The columns of `finding_evidence`."""


def findings(project: Project) -> pd.DataFrame:
    """Return one row per finding with all that carries it, and all that speaks against it.

    `cases` are the distinct cases whose words it cites, `against` those it cites against
    itself, `supported_by` and `contradicted_by` their labels; `node_cases` are the cases
    that reach its node up the ladder, cited or not. Coding ids stand in `evidence`,
    `dissent` and `node_evidence`.
    """
    with project.reading() as connection:
        held = _Held(connection)
    support = carried.support(held.findings, held.evidence, held.case_codings, held.below)
    label = dict(zip(held.cases["case_id"], held.cases["case"], strict=True))
    said = dict(zip(held.quotes["coding_id"], held.quotes["quote"], strict=True))
    frame = held.findings.merge(support, on="finding_id", sort=False)
    return frame.assign(
        node=frame["node_id"].map(held.labels).fillna("").astype("str"),
        number=pd.Series(range(1, len(frame) + 1), dtype="int64"),
        supported_by=_each(frame["case_ids"], label),
        contradicted_by=_each(frame["against_ids"], label),
        quotes=_each(frame["evidence"], said),
        contrary_quotes=_each(frame["dissent"], said),
    )[list(FINDINGS)]


def finding_groups(project: Project, finding: str | None, attribute: str) -> pd.DataFrame:
    """Return, for a finding or for all, one row per group of an attribute.

    `cases` for it, `against` it, and `node_cases` that reach its node, `of` how many there are.

    Raises:
        UnknownName: no finding is called that, or the cases have no such attribute.
    """
    with project.reading() as connection:
        held = _Held(connection, finding)
    group_of = group_of_cases(held.cases, attribute)
    out = carried.by_group(held.findings, held.evidence, held.case_codings, held.below, group_of)
    titles = held.findings[["finding_id", "finding"]]
    out = titles.merge(out, on="finding_id", sort=False)
    last = ["finding_id"]
    return out[[c for c in out.columns if c not in last] + last]


def finding_evidence(project: Project, finding: str | None = None) -> pd.DataFrame:
    """Return one row per coding that a finding cites, for or against, with its note.

    Those against are the list of contrary cases: `note` says how each was resolved.

    Raises:
        UnknownName: no finding is called that.
    """
    with project.reading() as connection:
        held = _Held(connection, finding)
    label = dict(zip(held.cases["case_id"], held.cases["case"], strict=True))
    spoken = held.case_codings[["coding_id", "case_id"]].drop_duplicates()
    cases: dict[str, list[str]] = {}
    for coding, case in zip(spoken["coding_id"], spoken["case_id"], strict=True):
        cases.setdefault(coding, []).append(label[case])
    frame = held.evidence.merge(held.findings[["finding_id", "finding"]], on="finding_id")
    frame = frame.merge(held.quotes, on="coding_id", how="left", sort=False)
    whose = [tuple(cases.get(c, ())) for c in frame["coding_id"]]
    return frame.assign(cases=pd.Series(whose, dtype="object", index=frame.index))[list(EVIDENCE)]


class _Held:
    """What the readers need of the findings of a project, or of one of them."""

    def __init__(self, connection: Connection, finding: str | None = None) -> None:
        self.findings = stored_findings.finding_list(connection)
        self.evidence = stored_findings.finding_evidence(connection)
        if finding is not None:
            one = Names(connection).finding(finding)["id"]
            self.findings = _of(self.findings, one)
            self.evidence = _of(self.evidence, one)
        self.cases = stored.cases(connection)
        self.quotes = stored.quotes(connection, list(self.evidence["coding_id"]))
        words = self.quotes.assign(run_id="")[list(frames.CODINGS)]
        self.case_codings = indexing_cases.by_case(words, stored.spans(connection))
        nodes = stored.nodes(connection)
        self.labels = dict(zip(nodes["node_id"], nodes["node"], strict=True))
        below = [frames.empty(frames.REACHED)]
        if (self.findings["node_id"] != "").any():
            below += [h.below for h in every_ladder(connection)]
        self.below = pd.concat(below, ignore_index=True)


def _of(frame: pd.DataFrame, finding_id: str) -> pd.DataFrame:
    return frame.loc[frame["finding_id"] == finding_id].reset_index(drop=True)


def _each(ids: Iterable[tuple[str, ...]], said: Mapping[str, str]) -> "pd.Series[Any]":
    """Return, for each tuple of ids, the tuple of what they are called."""
    return pd.Series([tuple(said[i] for i in some) for some in ids], dtype="object")
