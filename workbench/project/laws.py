"""Hold what a project contains against the laws: texts, frameworks, evidence and cells."""

import json

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.checks import integrity
from workbench.checks.integrity import Finding
from workbench.model import frames
from workbench.model.framework import FrameworkVersion
from workbench.project.framework_rows import adopted, as_version
from workbench.project.names import Names
from workbench.project.runs import settled
from workbench.stages.framework import steps
from workbench.stages.indexing import cases as indexing_cases
from workbench.store import audit, findings, records
from workbench.store import frames as stored


def of_the_work(connection: Connection) -> list[Finding]:
    """Return the findings about the work itself, its history aside."""
    return [
        *_texts(connection),
        *_frameworks(connection),
        *_evidence(connection),
        *_cells(connection),
        *integrity.numbers_say_of_what(audit.codings_outside_their_framework(connection)),
    ]


def _texts(connection: Connection) -> list[Finding]:
    found = []
    for v in audit.texts(connection):
        codings = audit.codings_of(connection, v["id"])
        found += integrity.positions(v["name"], v["text"], json.loads(v["turns"]), codings)
        found += integrity.texts_unchanged(
            v["name"], v["text"], v["sha256"], v["length"], v["originals"]
        )
    found += integrity.kept_unchanged(audit.kept_files(connection))
    waiting = audit.codings_on_old_texts(connection)
    return [*found, *integrity.codings_placed((coding, name) for coding, name, _ in waiting)]


def _frameworks(connection: Connection) -> list[Finding]:
    rows = Names(connection).versions()
    versions = {row["id"]: as_version(connection, row) for row in rows}
    problems = {
        versions[row["id"]].reference: _steps(versions.get(row["parent_id"]), versions[row["id"]])
        for row in rows
    }
    for row in records.find(connection, "adoption"):
        first, second = versions[row["from_id"]], versions[row["framework_version_id"]]
        told = adopted(connection, row["framework_version_id"])
        problems[second.reference] = steps.apply(first, told[1] if told else (), second)
    return [
        *integrity.released_unchanged(versions.values()),
        *integrity.steps_exact(problems),
    ]


def _steps(parent: FrameworkVersion | None, child: FrameworkVersion) -> list[str]:
    if not child.steps:
        return []
    return steps.apply(parent, child.steps, child) if parent else ["the parent is not here."]


def _evidence(connection: Connection) -> list[Finding]:
    statements, evidence = stored.statements(connection), stored.evidence(connection)
    link_list, link_evidence = stored.link_list(connection), stored.link_evidence(connection)
    claims, claimed = (of(connection) for of in (findings.finding_list, findings.finding_evidence))
    speaking = claimed.loc[~claimed["withdrawn"].astype(bool), "coding_id"]
    cited = [*evidence["coding_id"], *link_evidence["coding_id"], *speaking]
    quoted = stored.quotes(connection, [str(c) for c in cited])
    spans = stored.spans(connection)
    codings = quoted.assign(run_id="")[list(frames.CODINGS)]
    placed = indexing_cases.by_case(codings, spans)
    cases: dict[str, set[str]] = {}
    words: dict[tuple[str, str], list[str]] = {}
    quoted_at = (quoted[c] for c in ("coding_id", "start", "quote"))
    quote = {coding: (start, said) for coding, start, said in zip(*quoted_at, strict=True)}
    columns = (placed[c] for c in ("case_id", "coding_id", "start", "stop"))
    for case, coding, start, stop in zip(*columns, strict=True):
        first, said = quote[coding]
        cases.setdefault(coding, set()).add(case)
        words.setdefault((case, coding), []).append(said[start - first : stop - first])
    return [
        *integrity.statements_founded(statements, evidence, words),
        *integrity.own_statements_founded(audit.own_statements_without_evidence(connection)),
        *integrity.quotations_founded(audit.quotations_on_withdrawn(connection)),
        *integrity.links_founded(link_list, link_evidence, audit.links_on_withdrawn(connection)),
        *integrity.findings_founded(claims, claimed),
        *integrity.verifications_stand(
            str(v["id"]) for v in findings.verifications(connection) if not v["stands"]
        ),
        *integrity.cases_counted([str(c) for c in cited], cases, spans),
    ]


def _cells(connection: Connection) -> list[Finding]:
    found = []
    spans = stored.spans(connection)
    for row in Names(connection).versions():
        cells = stored.cells(connection, row["id"])
        marked = cells.loc[cells["mark"] != ""]
        if marked.empty:
            continue
        statements = stored.statements(connection, row["id"])
        statements = statements.loc[statements["kind"] != "comment"]
        counting = [str(r["id"]) for r in settled(connection, row["id"])]
        codings = indexing_cases.by_case(stored.codings(connection, runs=counting), spans)
        found += integrity.silence_told(marked, _filled(statements), _filled(codings))
    return found


def _filled(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(frame["case_id"], frame["code_id"], strict=True))
