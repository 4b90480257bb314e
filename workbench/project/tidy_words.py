"""What the tables of `tidy` hold, in words: their rows, their columns, how they are read."""

from collections.abc import Mapping

from workbench.model.manifest import Manifest

ROWS: Mapping[str, str] = {
    "cases": "one case, in the order of the chart; further columns are its attributes",
    "transcripts": "one transcript in its current version",
    "case_spans": "one stretch of a transcript that belongs to a case",
    "turns": "one turn of a transcript, without its words",
    "framework_versions": "one framework version",
    "codes": "one code of one framework version",
    "runs": "one pass of indexing",
    "codings": "one live coding, with its words",
    "case_codings": "one stretch of a coding that lies in one span of a case; count codings "
    "by distinct coding_id, cases by distinct case_id",
    "cells": "one case × code, whether anything stands there or not",
    "statements": "one statement of a cell, in the order of the cell",
    "statement_evidence": "one coding that a statement rests on",
    "nodes": "one node of a ladder, or a free concept",
    "node_edges": "one step of the climb: the child stands under the parent",
    "node_statements": "one statement that feeds a node",
    "node_facets": "one second classification of a node",
    "placements": "one case in one type of a typology",
    "links": "one link: one node acts on another",
    "link_evidence": "one coding that speaks for or against a link",
    "findings": "one finding of the analysis",
    "finding_evidence": "one coding that a finding cites, for it or against it",
}
"""What one row of each table is."""

_POSITION = "characters (Unicode code points)"
COLUMNS: Mapping[str, tuple[str, str]] = {
    "case_id": ("id", "the case"),
    "case": ("", "its label"),
    "transcript_id": ("id", "the transcript"),
    "transcript_version_id": ("id", "the version of the transcript's text"),
    "transcript": ("", "the name of the transcript"),
    "length": (_POSITION, "how long the text is"),
    "start": (_POSITION, "where it begins in the text, counted from 0"),
    "words_start": (_POSITION, "where the words begin, after speaker and time"),
    "stop": (_POSITION, "where it ends: the first character after it"),
    "position": ("", "its place in the order, from 0"),
    "speaker": ("", "who speaks, as the transcript calls them"),
    "role": ("", "participant, interviewer, …"),
    "begin_ms": ("milliseconds", "when the turn begins in the recording; missing where unknown"),
    "page": ("", "the page of the file that it is on; missing where the file has none"),
    "end_ms": ("milliseconds", "when it ends"),
    "framework": ("", "the framework version, name@version"),
    "name": ("", "the name of the framework"),
    "version": ("", "its version"),
    "parent": ("", "the version that it was made from"),
    "objective": ("", "which question it serves"),
    "state": ("", "draft or released"),
    "categories": ("categories", "how many it has"),
    "codes": ("codes", "how many it has"),
    "sha256": ("SHA-256", "the hash of a released version"),
    "synthetic": ("", "what is invented about it"),
    "code_id": ("id", "the code; the same in all versions of the framework"),
    "number": ("", "the number of the code"),
    "code": ("", "the name of the code"),
    "category_id": ("id", "the category that the code stands in"),
    "category": ("", "its name"),
    "parent_id": ("id", "what it stands under"),
    "child_id": ("id", "the node that stands under another"),
    "definition": ("", "what the code means"),
    "use_when": ("", "when to use it"),
    "not_when": ("", "when not to use it"),
    "example": ("", "an example"),
    "origin": ("", "a priori, inductive or analytic"),
    "colour": ("#rrggbb", "its colour, where it has one of its own"),
    "run": ("", "the pass of indexing"),
    "kind": ("", "independent, consensus or final"),
    "blind": ("", "whether coders could not see one another's codings"),
    "coder": ("", "the handle of who coded"),
    "codings": ("codings", "how many live ones it has"),
    "finished": ("transcripts", "how many it has looked at whole"),
    "coding_id": ("id", "the coding"),
    "quote": ("", "its words"),
    "turn": ("", "the number of the turn in which it begins, from 1; missing outside turns"),
    "reason": ("", "why, where that is said"),
    "statement_id": ("id", "the statement"),
    "cell_id": ("id", "the cell it stands in"),
    "text": ("", "what it says"),
    "withdrawn": ("", "whether the coding was withdrawn since"),
    "node_id": ("id", "the node"),
    "node": ("", "its label"),
    "ladder_id": ("id", "the ladder it stands in"),
    "ladder": ("", "its name"),
    "level": ("", "its level, from 2; missing for a free concept"),
    "note": ("", "what is noted of it"),
    "scheme": ("", "by what it is classified"),
    "value": ("", "as what"),
    "basis": ("", "on whose word: participant, quote, authors, literature"),
    "typology_id": ("id", "the typology"),
    "typology": ("", "its name"),
    "type_id": ("id", "the type"),
    "type": ("", "its name"),
    "link_id": ("id", "the link"),
    "source": ("id", "the node that acts"),
    "target": ("id", "the node that is acted on"),
    "sign": ("", "+ strengthens, − weakens, ± both"),
    "relation": ("", "how, in words"),
    "groups": ("", "for which groups of cases it is said"),
    "stance": ("", "for or against"),
    "finding_id": ("id", "the finding"),
    "finding": ("", "its title"),
}
"""Unit and meaning of a column, in whichever table it stands."""
_OWN: Mapping[tuple[str, str], tuple[str, str]] = {
    ("cells", "state"): (
        "",
        "not indexed, nothing said, not asked, indexed (not charted), charted, stale or reviewed",
    ),
    ("statements", "kind"): ("", "summary, verbatim or comment"),
    ("turns", "position"): ("", "its number, from 1 as it is cited"),
    ("findings", "text"): ("", "what is found"),
    ("findings", "number"): ("", "its place in the order"),
    ("findings", "node_id"): ("id", "the node that it is about; empty where it is about none"),
    ("node_edges", "parent_id"): ("id", "the node that it stands under"),
    ("codes", "parent_id"): ("id", "the code that it stands under, if any"),
}
_ATTRIBUTE = ("", "an attribute of the case, as the project declares it")

_READING = """# Tables of {project}

Exported {made}, with {made_with}.

- `csv/`: for every program; UTF-8 with a byte order mark, several ids joined by “; ”.
- `parquet/`: the same with types, for R, Python and databases; several ids are lists.
- `columns.csv`: every column of every table: its type, unit and meaning.
- `manifest.json`: what this was made from, its hash, and what is not in it.

## How to read it

R, with the package arrow:

```r
library(arrow)
library(dplyr)
codings <- read_parquet("parquet/codings.parquet")
of_case <- read_parquet("parquet/case_codings.parquet")
cases <- read_parquet("parquet/cases.parquet")
# in how many cases each code was used
of_case |> group_by(code_id) |> summarise(cases = n_distinct(case_id))
# codings with the attributes of their case
codings |> inner_join(distinct(of_case, coding_id, case_id)) |> inner_join(cases)
```

Python, with pandas:

```python
import pandas as pd

codings = pd.read_parquet("parquet/codings.parquet")
of_case = pd.read_parquet("parquet/case_codings.parquet")
cases = pd.read_parquet("parquet/cases.parquet")
# in how many cases each code was used
of_case.groupby("code_id")["case_id"].nunique()
# codings with the attributes of their case
pairs = of_case[["coding_id", "case_id"]].drop_duplicates()
codings.merge(pairs).merge(cases)
```

The csv in R: `read.csv("csv/codings.csv", fileEncoding = "UTF-8-BOM")`; in pandas:
`pd.read_csv("csv/codings.csv", encoding="utf-8-sig")`.

## Tables

| table | rows | one row is |
|---|---:|---|
{tables}

Not here: {left_out}
"""


def of_column(table: str, column: str) -> tuple[str, str]:
    """Return unit and meaning of a column; what is not known of cases is an attribute."""
    found = _OWN.get((table, column)) or COLUMNS.get(column)
    return found or (_ATTRIBUTE if table == "cases" else ("", ""))


def readme(manifest: Manifest, rows: Mapping[str, int]) -> str:
    """Return what the zip says of itself, in Markdown."""
    listed = "\n".join(f"| {name} | {many} | {ROWS[name]} |" for name, many in rows.items())
    title = " ".join(manifest.project.split())
    return _READING.format(
        project=title,
        made=manifest.made,
        made_with=f"the Framework Workbench {manifest.workbench}",
        tables=listed,
        left_out=" ".join(manifest.left_out),
    )
