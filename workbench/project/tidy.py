"""All tables of a project in one zip, as csv and as Parquet, with what each column means.

One row of a table is one thing; tables are joined by their ids.
"""

import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.formats import csvfile, parquet
from workbench.formats.files import replacing
from workbench.model import frames
from workbench.model.report import counted
from workbench.project import lists, manifests, mapping, tidy_words, views
from workbench.project.material import Material
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.indexing import cases as indexing_cases
from workbench.store import findings as stored_findings
from workbench.store import frames as stored

_LEFT_OUT = (
    "The words of the transcripts, but for those that are coded.",
    "Memos, the reading log and the history.",
)
_TYPES = (
    (pa.types.is_boolean, "yes or no"),
    (pa.types.is_integer, "whole number"),
    (pa.types.is_floating, "number"),
    (pa.types.is_temporal, "date"),
    (pa.types.is_list, "list of texts"),
)


def write_tables(
    project: Project, path: Path, framework: str | None = None, *, safe_for_excel: bool = False
) -> str:
    """Write all tables as one zip and return a sentence about it.

    With a framework version named, its codes, codings, cells and statements are all that
    there are of such.

    Raises:
        UnknownName: there is no such version.
        CannotWrite: the file cannot be written.
    """
    held = tables(project, framework)
    manifest = manifests.manifest(
        project,
        "tables",
        framework=framework,
        of_framework=framework is not None,
        filters={"framework": framework},
        left_out=_LEFT_OUT,
    )
    manifest = manifests.hashed(
        manifest, manifests.of_data([[k, manifests.of_frame(f)] for k, f in held.items()])
    )
    with replacing(path) as beside, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "csv").mkdir()
        (folder / "parquet").mkdir()
        for name, frame in held.items():
            csvfile.write(frame, folder / "csv" / f"{name}.csv", safe_for_excel=safe_for_excel)
            parquet.write(frame, folder / "parquet" / f"{name}.parquet")
        csvfile.write(dictionary(held, folder / "parquet"), folder / "columns.csv")
        readme = tidy_words.readme(manifest, {name: len(frame) for name, frame in held.items()})
        (folder / "README.md").write_text(readme, encoding="utf-8", newline="\n")
        text = manifest.as_json() + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    out.write(file, file.relative_to(folder).as_posix())
    rows = sum(map(len, held.values()))
    return f"{path}: {counted(len(held), 'tables')}, {counted(rows, 'rows')}."


def dictionary(held: dict[str, pd.DataFrame], folder: Path) -> pd.DataFrame:
    """Return one row per column of each table: table, column, type, unit, meaning.

    Types are those of the Parquet files in the folder.
    """
    rows = []
    for name in held:
        for field in pq.read_schema(folder / f"{name}.parquet"):
            unit, meaning = tidy_words.of_column(name, field.name)
            kind = next((said for fits, said in _TYPES if fits(field.type)), "text")
            rows.append((name, field.name, kind, unit, meaning))
    return pd.DataFrame(rows, columns=["table", "column", "type", "unit", "meaning"]).astype("str")


def tables(project: Project, framework: str | None = None) -> dict[str, pd.DataFrame]:
    """Return name → table, in the order of the method; empty tables too."""
    runs, typologies = views.runs(project), mapping.typologies(project)
    with project.reading() as connection:
        names = Names(connection)
        wanted = names.versions() if framework is None else [names.version(framework)]
        ids = [str(v["id"]) for v in wanted]
        references = [str(v["reference"]) for v in wanted]
        versions = pd.DataFrame(lists.frameworks(connection), columns=list(lists.FRAMEWORKS))
        versions.insert(0, "framework", versions["name"].str.cat(versions["version"], sep="@"))
        cases, spans = stored.cases(connection), stored.spans(connection)
        codings = stored.of_rows(lists.codings(connection, framework), lists.CODINGS)
        spoken = codings.assign(run_id=codings["run"])[list(frames.CODINGS)]
        cells, codes, statements = [], [], []
        of_version: frames.Columns = {"framework": "str"}
        for version, reference in zip(ids, references, strict=True):
            material = Material(connection, reference)
            cells.append(material.states.assign(framework=reference))
            listed = stored.codes(connection, version).drop(columns="definition_hash")
            codes.append(listed.assign(framework=reference))
            said = stored.statements(connection, version)[list(frames.STATEMENTS)]
            statements.append(said.assign(framework=reference))
        written = _together(statements, of_version | frames.STATEMENTS)
        evidence = stored.evidence(connection)
        return {
            "cases": cases,
            "transcripts": stored.transcripts(connection),
            "case_spans": spans,
            "turns": stored.turns(connection),
            "framework_versions": versions[versions["framework"].isin(references)],
            "codes": _together(codes, of_version | frames.CODES),
            "runs": runs[runs["framework"].isin(references)],
            "codings": codings,
            "case_codings": indexing_cases.by_case(spoken, spans),
            "cells": _together(cells, of_version | frames.CELL_STATES),
            "statements": written,
            "statement_evidence": evidence[evidence["statement_id"].isin(written["statement_id"])],
            "nodes": stored.nodes(connection),
            "node_edges": stored.node_edges(connection),
            "node_statements": stored.feeds(connection),
            "node_facets": stored.facets(connection),
            "placements": _placements(typologies),
            "links": stored.link_list(connection),
            "link_evidence": stored.link_evidence(connection),
            "findings": stored_findings.finding_list(connection),
            "finding_evidence": stored_findings.finding_evidence(connection),
        }


def _placements(held: mapping.Typologies) -> pd.DataFrame:
    """Return one row per case in a type, with the names beside the ids."""
    named = held.placements.merge(held.types[["type_id", "type"]], on="type_id")
    typology = named["typology_id"].map(held.names).astype("str")
    return named.assign(typology=typology)[
        ["typology_id", "typology", "case_id", "type_id", "type", "reason"]
    ]


def _together(parts: list[pd.DataFrame], columns: frames.Columns) -> pd.DataFrame:
    """Return tables of several framework versions as one, the version first."""
    if not parts:
        return frames.empty(columns)
    whole = pd.concat(parts, ignore_index=True)
    return whole[[c for c in columns if c in whole]]
