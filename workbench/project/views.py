"""What a project shows: each function reads once, computes in the stages, changes nothing.

Tables come with what they are of: `attrs` holds the framework version, the runs that
count, the unit and, where there are figures, the evidence (laws 5 and 10).
"""

from collections import defaultdict
from collections.abc import Collection
from itertools import islice
from typing import Literal

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import BadValue, UnknownName
from workbench.model import frames
from workbench.model.framework import Category, FrameworkVersion, in_tree_order
from workbench.project import blindness, lists, waiting
from workbench.project.agreeing import agreement as agreement
from workbench.project.agreeing import agreement_by_pair as agreement_by_pair
from workbench.project.agreeing import difference_with as difference_with
from workbench.project.agreeing import differences as differences
from workbench.project.agreeing_over_time import agreement_by_round as agreement_by_round
from workbench.project.agreeing_over_time import drift as drift
from workbench.project.charting_rounds import charting_differences as charting_differences
from workbench.project.charting_rounds import charting_rounds as charting_rounds
from workbench.project.counts import counts as counts
from workbench.project.counts import free_label
from workbench.project.framework_rows import adopted, as_version, with_steps
from workbench.project.framework_versions import framework_diff as framework_diff
from workbench.project.framework_versions import framework_nodes as framework_nodes
from workbench.project.framework_versions import (
    framework_versions_tree as framework_versions_tree,
)
from workbench.project.framework_versions import proposed_steps as proposed_steps
from workbench.project.material import Material
from workbench.project.migration import look_again as look_again
from workbench.project.migration import questions as questions
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.rating import agreement_of_ratings as agreement_of_ratings
from workbench.project.rounds import round_transcripts as round_transcripts
from workbench.project.rounds import rounds as rounds
from workbench.stages.charting import chart as charting
from workbench.stages.charting import coverage as charting_coverage
from workbench.stages.familiarisation import search as searching
from workbench.stages.familiarisation import speaking
from workbench.stages.framework import step_list
from workbench.stages.indexing import cases as indexing_cases
from workbench.stages.indexing import cooccurrence, counting
from workbench.stages.indexing import coverage as indexing_coverage
from workbench.store import frames as stored
from workbench.store import passages, records

UNITS = {
    "statements": "statements of a cell",
    "counts": "codings",
    "cases": "cases with at least one coding",
    "characters": "distinct coded characters",
    "states": "state of a cell",
}


HITS = {
    "transcript": "str",
    "turn": "float64",
    "speaker": "str",
    "start": "int64",
    "stop": "int64",
    "before": "str",
    "match": "str",
    "after": "str",
}
"""One place where a search found something; `before` and `after` are the text around it."""


def settings(project: Project) -> dict[str, str]:
    """Return what the project says about itself: title, objective, synthetic, …"""
    with project.reading() as connection:
        return lists.settings(connection)


def frameworks(project: Project) -> pd.DataFrame:
    """Return one row per framework version, with its numbers of categories and codes."""
    with project.reading() as connection:
        return pd.DataFrame(lists.frameworks(connection), columns=list(lists.FRAMEWORKS))


def framework(project: Project, reference: str | None = None) -> FrameworkVersion:
    """Return one framework version with all its categories and codes."""
    with project.reading() as connection:
        return as_version(connection, Names(connection).version(reference))


def parent_of(project: Project, version: FrameworkVersion) -> FrameworkVersion | None:
    """Return the version that one was made from; None where it names none or has lost it."""
    with project.reading() as connection:
        for row in Names(connection).versions():
            if row["reference"] == version.parent:
                return as_version(connection, row)
    return None


def framework_steps(project: Project, reference: str | None = None) -> pd.DataFrame:
    """Return the steps from its parent to a framework version, one row each, in order.

    Where it tells none itself, they are those that were adopted later (`edits.adopt_steps`).

    Columns are those of `frames.STEPS`; `attrs` says from which version to which.
    """
    with project.reading() as connection:
        names = Names(connection)
        row = names.version(reference)
        version, later = with_steps(connection, row), adopted(connection, row["id"])
        rows = {v["id"]: v for v in names.versions()}
        above = rows.get(later[0] if later else row["parent_id"])
        parent = as_version(connection, above) if above else None
    frame = step_list.rows(parent, version)
    told = parent.reference if parent else version.parent or ""
    frame.attrs = {"framework": version.reference, "parent": told, "adopted": later is not None}
    return frame


def framework_tree(version: FrameworkVersion) -> list[str]:
    """Return a framework version as indented lines: number and name."""
    lines = []
    for depth, item in in_tree_order(version):
        said = f"{item.number} {item.name}".strip()
        lines.append("  " * depth + (said if isinstance(item, Category) else f"· {said}"))
    return lines


def codes(project: Project, reference: str | None = None) -> pd.DataFrame:
    """Return the codes of a framework version, one row each, in its order."""
    with project.reading() as connection:
        version = Names(connection).version(reference)
        return stored.codes(connection, version["id"]).drop(columns="definition_hash")


def code_ids(project: Project, *said: tuple[str, str]) -> tuple[str, ...]:
    """Return the ids of codes, each given by its version and what it is called there.

    Raises:
        UnknownName: a version has no such code.
    """
    with project.reading() as connection:
        names = Names(connection)
        return tuple(str(names.code(names.version(v), c)["code_id"]) for v, c in said)


def runs(project: Project) -> pd.DataFrame:
    """Return one row per run: name, framework, kind, coder, codings, transcripts finished."""
    with project.reading() as connection:
        reference = {v["id"]: v["reference"] for v in Names(connection).versions()}
        people = {p["id"]: p["handle"] for p in records.find(connection, "person")}
        rows = []
        shut = blindness.shut(connection)
        current = {version for _, version, _, _ in passages.transcripts(connection)}
        for run in records.find(connection, "run"):
            of = {"run_id": run["id"]}
            done = records.find(connection, "finished", "transcript_version_id", **of)
            rows.append(
                {
                    "run": run["name"],
                    "framework": reference[run["framework_version_id"]],
                    "kind": run["kind"],
                    "blind": bool(run["blind"]),
                    "coder": people.get(run["person_id"], ""),
                    "codings": None
                    if run["id"] in shut
                    else records.count(connection, "coding", **of),
                    "finished": sum(f["transcript_version_id"] in current for f in done),
                }
            )
    columns = ["run", "framework", "kind", "blind", "coder", "codings", "finished"]
    return pd.DataFrame(rows, columns=columns).astype({"codings": "Int64"})


WITHDRAWABLE = (
    "coding",
    "statement",
    "node",
    "link",
    "memo",
    "reading",
    "finding",
    "verification",
)
"""What can be taken back one by one."""


def kind_of(project: Project, thing: str) -> str:
    """Return of which of `WITHDRAWABLE` a part of an id is; or a label, or a finding's title.

    Raises:
        UnknownName: it is of none of these.
        AmbiguousName: it is of several.
    """
    with project.reading() as connection:
        if len(thing) >= 8:
            try:
                return Names(connection).of_kinds(WITHDRAWABLE, thing)[0]
            except UnknownName:
                pass
        if records.exists(connection, "node", label=thing):
            return "node"
        if records.exists(connection, "finding", title=thing):
            return "finding"
    raise UnknownName(f"{', '.join(WITHDRAWABLE[:-1])} or {WITHDRAWABLE[-1]}", thing)


def with_totals(chart_frame: pd.DataFrame, totals: charting.Margins) -> pd.DataFrame:
    """Return a chart of figures with its totals as a last column and a last row.

    They are called Total, or Total (2) … where a code or a case is called that.
    """
    out = chart_frame.copy()
    out[free_label("Total", out.columns)] = totals.rows
    out.loc[free_label("Total", out.index)] = [*totals.columns, totals.total]
    return out


def cases(project: Project) -> pd.DataFrame:
    """Return the cases with their attributes, one row each."""
    with project.reading() as connection:
        return stored.cases(connection)


def transcripts(project: Project) -> pd.DataFrame:
    """Return the transcripts: name, length, turns, participants' share that is coded."""
    with project.reading() as connection:
        frame = stored.transcripts(connection)
        codings = stored.codings(connection)
        seen = codings.loc[~codings["run_id"].isin(list(blindness.shut(connection)))]
        shares = indexing_coverage.coded_shares(stored.turns(connection), seen)
    return frame.merge(shares, on="transcript_version_id", how="left")


def chart(
    project: Project,
    version: str | None = None,
    *,
    by: str = "case",
    values: charting.Values = "statements",
    category: str | None = None,
    runs: Collection[str] = (),
) -> pd.DataFrame:
    """Return the chart of one framework version: rows are cases or groups, columns codes.

    `values` is one of statements, counts, cases, characters, states; `by` is “case” or
    the name of an attribute; `runs` names the runs that count, in place of the most
    settled. `attrs` says version, runs and unit; `attrs["evidence"]` maps (row, column)
    to coding ids; `attrs["unanswered"]` how many codings of other versions nobody has said
    yet what they are under this one (see `questions`).
    """
    with project.reading() as connection:
        m = Material(connection, version, runs)
        said = values == "statements"
        frame, ids = charting.chart(
            m.cases,
            m.codes,
            frames.empty(frames.CASE_CODINGS) if said else m.charted,
            statements=m.statements if said else None,
            evidence=m.evidence if said else None,
            states=m.states if values == "states" else None,
            values=values,
            by=by,
            category=category,
        )
        frame.attrs = {
            "framework": m.reference,
            "runs": m.run_names,
            "unit": UNITS[values],
            "unanswered": m.unanswered,
            "evidence": ids,
        }
        return frame


def margins(
    project: Project,
    version: str | None = None,
    *,
    by: str = "case",
    values: charting.Values = "counts",
    category: str | None = None,
    runs: Collection[str] = (),
) -> charting.Margins:
    """Return the totals of a chart of figures, counted anew over rows, columns and all."""
    with project.reading() as connection:
        m = Material(connection, version, runs)
        return charting.margins(
            m.cases, m.codes, m.charted, values=values, by=by, category=category
        )


def states(project: Project, version: str | None = None) -> pd.DataFrame:
    """Return the state of every case × code, by name, with the reason where one is due."""
    with project.reading() as connection:
        m = Material(connection, version)
        named = m.states.merge(m.cases[["case_id", "case"]], on="case_id").merge(
            m.codes[["code_id", "code"]], on="code_id"
        )
        out = named[["case", "code", "state", "reason", "case_id", "code_id"]]
        out.attrs = {"framework": m.reference, "unanswered": m.unanswered}
        return out


def codings(project: Project, version: str | None = None) -> pd.DataFrame:
    """Return every live coding with its words, code, run and place; of one version or all."""
    with project.reading() as connection:
        return stored.of_rows(lists.codings(connection, version), lists.CODINGS)


def statements(project: Project, version: str | None = None) -> pd.DataFrame:
    """Return every statement of a framework version with its case, code and evidence ids."""
    with project.reading() as connection:
        m = Material(connection, version)
        cited = m.evidence.groupby("statement_id")["coding_id"].agg(tuple).to_dict()
        named = m.statements.merge(m.cases[["case_id", "case"]], on="case_id").merge(
            m.codes[["code_id", "number", "code"]], on="code_id"
        )
    ids = [cited.get(s, ()) for s in named["statement_id"]]
    evidence = pd.Series(ids, dtype="object", index=named.index)
    columns = ["case", "number", "code", "position", "kind", "text"]
    return named.assign(evidence=evidence)[[*columns, "evidence", "statement_id"]]


def frequencies(project: Project, version: str | None = None) -> pd.DataFrame:
    """Return how often each code of a version was used, unused ones too."""
    with project.reading() as connection:
        m = Material(connection, version)
        in_cases = indexing_cases.by_case(m.counted, m.spans)
        counted = counting.frequencies(_by_transcript(connection, m.counted), in_cases, m.codes)
        named = m.codes[["code_id", "number", "code", "category"]].merge(counted, on="code_id")
        named.attrs = {"framework": m.reference, "runs": m.run_names, "unanswered": m.unanswered}
        return named


Unit = Literal["overlap", "turn", "case"]


def _by_transcript(connection: Connection, codings: pd.DataFrame) -> pd.DataFrame:
    """Return codings with those that wait for a place counted in their transcript, not beside."""
    now = passages.corrected(connection)
    if not now:
        return codings
    versions = codings["transcript_version_id"].astype("str")
    return codings.assign(transcript_version_id=versions.map(lambda v: now.get(v, v)))


def co_occurrence(
    project: Project, version: str | None = None, *, unit: Unit = "overlap"
) -> pd.DataFrame:
    """Return pairs of codes that meet in a stretch of text, in a turn, or in a case.

    One row per pair, most frequent first: code, other, count and the unit of the count.
    """
    with project.reading() as connection:
        m = Material(connection, version)
        if unit == "overlap":
            pairs = cooccurrence.by_overlap(m.counted, m.codes)
        elif unit == "turn":
            pairs = cooccurrence.by_turn(m.codings, m.turns, m.codes)
        elif unit == "case":
            pairs = cooccurrence.by_case(counting.partial(m.case_codings), m.codes)
        else:
            raise BadValue("The unit of co-occurrence", unit, "overlap, turn or case")
        name = m.codes.set_index("code_id")["code"]
        out = pd.DataFrame(
            {
                "code": pairs["code_id"].map(name),
                "other": pairs["other_id"].map(name),
                "count": pairs["count"],
            }
        ).sort_values(["count", "code", "other"], ascending=[False, True, True], ignore_index=True)
        out.attrs = {"framework": m.reference, "runs": m.run_names, "unit": unit}
        return out


def coverage(project: Project, version: str | None = None) -> dict[str, pd.DataFrame]:
    """Return what is still open: four tables by name.

    *turns*: participants' turns without a coding; *transcripts*: the share of
    participants' words that is coded; *cells*: cells with codings and no statement;
    *statements*: summaries and verbatims without live evidence.
    """
    with project.reading() as connection:
        m = Material(connection, version)
        name = m.transcripts[["transcript_version_id", "transcript"]]
        return {
            "turns": indexing_coverage.uncoded_turns(m.turns, m.codings).merge(
                name, on="transcript_version_id"
            ),
            "transcripts": name.merge(
                indexing_coverage.coded_shares(m.turns, m.codings), on="transcript_version_id"
            ),
            "cells": charting_coverage.uncharted(m.cases, m.codes, m.case_codings, m.statements),
            "statements": charting_coverage.without_evidence(m.statements, m.evidence),
            "filling": charting_coverage.filling(m.states, m.codes),
        }


def search(
    project: Project,
    words: str,
    *,
    regex: bool = False,
    whole_words: bool = True,
    match_case: bool = False,
    context: int = 40,
    most: int | None = None,
) -> pd.DataFrame:
    """Return every place where words stand in the current texts, in context.

    Several words are a phrase; `*` at the end of a word stands for any ending. Columns:
    transcript, turn, speaker, start, stop, before, match, after.

    Raises:
        BadValue: the words are no search.
        SearchTooSlow: they are a regular expression that took too long.
    """
    pattern = searching.pattern(
        words, regex=regex, whole_words=whole_words, ignore_case=not match_case
    )
    with project.reading() as connection:
        found = searching.hits(passages.current_texts(connection), pattern, context=context)
        of: dict[str, list[searching.Hit]] = defaultdict(list)
        for hit in islice(found, None if most is None else max(most, 0)):
            of[hit.transcript_version_id].append(hit)
        name = passages.transcript_names(connection)
        rows = (
            (name[version], *turns.at(hit.start), *hit[1:])
            for version, turns in passages.turns(connection, of)
            for hit in of[version]
        )
        return stored.of_rows(rows, HITS)


def speakers(project: Project) -> pd.DataFrame:
    """Return words and speaking time of each speaker in each transcript."""
    with project.reading() as connection:
        spoken = speaking.by_speaker(stored.turns(connection), stored.texts(connection))
        name = stored.transcripts(connection)[["transcript_version_id", "transcript"]]
    return name.merge(spoken, on="transcript_version_id").drop(columns="transcript_version_id")


def unplaced(project: Project, transcript: str | None = None) -> pd.DataFrame:
    """Return one row per coding that waits for a place in a corrected text (`waiting.Waiting`)."""
    rows = waiting.unplaced(project, transcript)
    return pd.DataFrame(rows, columns=list(waiting.Waiting._fields))


def unplaced_memos(project: Project, transcript: str | None = None) -> pd.DataFrame:
    """Return one row per memo that waits for a place likewise (`waiting.WaitingMemo`)."""
    rows = waiting.unplaced_memos(project, transcript)
    return pd.DataFrame(rows, columns=list(waiting.WaitingMemo._fields))
