"""What every column and every field of a study says, for the manual and for new studies.

Tests hold these against the readers: each column, field and figure is told, and no other.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from workbench.formats.published import CELL_COLUMNS, ENTRY_COLUMNS
from workbench.formats.tables import COLUMNS, Columns, Kind
from workbench.model.case import ATTRIBUTE_TYPES
from workbench.model.chart import MARKS, STATEMENT_KINDS
from workbench.model.coding import OUTCOMES, RUN_KINDS
from workbench.model.ladder import OWN_NAMES, TEMPLATES
from workbench.model.link import BASES, SIGNS
from workbench.model.memo import MEMO_KINDS, PERSON_ROLES, READING_WAYS
from workbench.model.method import STAGE_TEMPLATES, STEPS
from workbench.model.palette import PALETTES
from workbench.model.published import ENTRY_KINDS
from workbench.model.transcript import ROLES

PrintedKind = Literal["printed cells", "the register"]


def _one_of(choices: Iterable[str]) -> str:
    return ", ".join(choices)


TABLES: dict[Kind, str] = {
    "cases": "One row a case: a row of the chart. Every further column is an attribute.",
    "spans": "One row a stretch of a transcript that is a case's, where no whole one is.",
    "codings": "One row a coding: somebody gave words a code.",
    "statements": "One row a statement in a cell of the chart.",
    "cells": "One row a cell about which something is said besides its statements.",
    "ladder": "One row a node of a ladder: an element, dimension, category or theme.",
    "links": "One row where one node acts on another.",
    "facets": "One row a second classification of a node, such as its ring in a diagram.",
    "placements": "One row a case in a type of a typology.",
    "memos": "One row a memo.",
    "readings": "One row where a person read, or listened to, a transcript.",
    "decisions": "One row where a consensus run settled what became of a coding.",
    "meetings": "One row a decision of the team.",
    "quotations": "One row a quotation that a report prints.",
    "counts": "One row a count that stands beside the interviews. Every further column is a label.",
}
"""What one row of each table is."""

SAYS: dict[Kind, dict[str, str]] = {
    "cases": {
        "case": "the name of the case; once",
        "transcript": "the transcripts that are the case's; several with semicolons",
        "speaker": "only what this speaker says in them",
    },
    "spans": {
        "case": "the name of the case",
        "transcript": "the transcript",
        "start": "the position of its first character, from 0",
        "stop": "the position after its last character",
    },
    "codings": {
        "transcript": "the transcript: the name of its file, with or without the ending",
        "code": "the number or the name of the code",
        "quote": "the words, as they stand there; white space may differ",
        "start": "the position of the first character, from 0 (with stop, in place of a quote)",
        "stop": "the position after the last character",
        "ref": "a name of your own for this coding",
        "before": "words just before, where the quote stands in several places",
        "after": "words just after, likewise",
        "coder": "the handle of who coded",
        "run": "the run it belongs to; needed where a framework has several",
        "uncertain": "yes, where the coder was not sure",
    },
    "statements": {
        "case": "the row of the chart",
        "code": "the column of the chart",
        "kind": _one_of(STATEMENT_KINDS),
        "text": "the statement; a verbatim one letter by letter",
        "ref": "a name of your own for this statement",
        "framework": "name@version; needed where there are several",
        "evidence": "refs of codings; without any, all codings of the cell",
    },
    "cells": {
        "case": "the row of the chart",
        "code": "the column of the chart",
        "mark": _one_of((*MARKS, "reviewed")),
        "framework": "name@version; needed where there are several",
    },
    "ladder": {
        "level": "2 to 5, or the level's name; empty for a free concept",
        "label": "what the node is called",
        "ref": "a name of your own for this node",
        "ladder": "the ladder it stands on",
        "parents": "refs or labels of the nodes above it",
        "statements": "refs of the statements that feed it",
        "note": "anything else",
    },
    "links": {
        "source": "ref or label of the node that acts",
        "target": "ref or label of the node that is acted on",
        "sign": f"{_one_of(SIGNS)}; - and ~ will do",
        "basis": f"on whose word: {_one_of(BASES)}",
        "ref": "a name of your own for this link",
        "relation": "how it acts, in a few words",
        "groups": "the groups that say so",
        "for": "refs of codings that speak for it",
        "against": "refs of codings that speak against it",
        "note": "anything else",
    },
    "facets": {
        "node": "ref or label of the node",
        "scheme": "the classification, such as ring",
        "value": "where the node stands in it",
        "basis": "on whose word",
    },
    "placements": {
        "typology": "the typology, as study.yaml names it",
        "case": "the case",
        "type": "its type",
        "reason": "why",
    },
    "memos": {
        "kind": _one_of(MEMO_KINDS),
        "text": "the memo",
        "title": "a title",
        "person": "the handle of who wrote it",
        "anchor": "what it is about: case:Ola, transcript:ola, code:1.1, framework:bus@1, or the "
        "ref of a row: coding:c1, statement:s1, node:n1, link:l1",
        "start": "in a transcript: the position of the first character it is about",
        "stop": "and the position after the last",
    },
    "readings": {
        "person": "the handle of the reader",
        "transcript": "the transcript",
        "how": _one_of(READING_WAYS),
        "date": "such as 2024-02-01",
        "note": "anything else",
    },
    "decisions": {
        "coding": "ref of the coding",
        "outcome": _one_of(OUTCOMES),
        "reason": "why",
        "run": "the consensus run",
        "person": "the handle of who settled it",
        "result": "ref of the coding that it became",
    },
    "meetings": {
        "title": "what it was about",
        "present": "the handles of who was there",
        "date": "such as 2024-02-01",
        "stage": _one_of(STEPS),
        "text": "what was decided",
    },
    "quotations": {
        "number": "its place in the report, from 1",
        "coding": "ref of the coding that holds its words",
        "report": "the report, where there are several",
        "node": "ref or label of the node that it stands under",
        "speaker": "what is printed behind it",
        "participant": "the number that is printed behind it",
        "note": "anything else",
    },
    "counts": {
        "series": "what is counted",
        "count": "how many: a whole number from 0",
    },
}
"""What each column of each table says."""

PRINTED_TABLES: dict[PrintedKind, str] = {
    "printed cells": "published/*.csv: one row a printed cell, and what to hold it against.",
    "the register": "register.csv: one row a contradiction inside or between papers.",
}

PRINTED: dict[PrintedKind, dict[str, str]] = {
    "printed cells": {
        "cell": "a name of your own, once in all files; the register speaks of it by this name",
        "row": "the heading of its row",
        "column": "the heading of its column",
        "value": "what is printed; a set with semicolons",
        "figure": "how the project computes it, see the list of figures; empty where it cannot",
        "of": "of what: group=GP; sex=woman",
        "where": "where the paper prints it",
        "note": "anything else",
        "register": "the entries of the register that speak of it",
        "evidence": "a seal on the words behind it; “workbench reproduce --seal” writes it",
    },
    "the register": {
        "id": "a name of the entry; once",
        "what": "the contradiction, in words",
        "kind": f"{_one_of(ENTRY_KINDS)}: between figures that can be rebuilt, or between words",
        "holds": "what is so, as comparisons of cells",
        "explains": "the cells that may differ from what is rebuilt because of it",
        "treatment": "what was done about it",
    },
}

PRINTED_COLUMNS: dict[PrintedKind, Columns] = {
    "printed cells": CELL_COLUMNS,
    "the register": ENTRY_COLUMNS,
}

FIELDS: dict[str, str] = {
    "title": "what the study is called; the only field that must be there",
    "doi": "of the paper, without https://doi.org/",
    "authors": "a list of names",
    "objective": "what the study is to find out",
    "synthetic": "what in it is invented; stands on the cover of every workbook",
    "language": "of the interviews, such as nb or en-GB",
    "method": f"names the levels of ladders: {_one_of(TEMPLATES)}, or {OWN_NAMES}",
    "stages": f"names the stages: {_one_of(STAGE_TEMPLATES)}",
    "colours": f"the colours of categories: {_one_of(PALETTES)}",
    "people": f"the team: handle, name, role ({_one_of(PERSON_ROLES)}), credentials, occupation, "
    "experience",
    "frameworks": "name@version of each, parents first; the files are frameworks/NAME/VERSION.yaml",
    "attributes": f"of cases: name and type ({_one_of(ATTRIBUTE_TYPES)}); guessed where not said",
    "ladders": "name, framework, template (another method), objective",
    "runs": f"passes of indexing: name, framework, kind ({_one_of(RUN_KINDS)}), coder, blind, "
    "finished (all, or a list of transcripts)",
    "typologies": "name, dimensions with their values, types with a value of each",
    "transcripts": "interviewers (labels), cases (auto, file, speaker, none), headers (what the "
    f"files do not say), speakers (transcript, speaker, role: {_one_of(ROLES)})",
    "imports": "files of other tools in the folder, brought in before the tables",
}
"""What each field of study.yaml says, in the order of writing."""


def columns_in_words(columns: Columns, says: Mapping[str, str]) -> list[str]:
    """Return a Markdown table of the columns of one table: name, whether needed, what it says."""
    rows = ["| column | needed | says |", "|---|---|---|"]
    either = [c for group in columns.one_of for c in group]
    for name in (*columns.required, *either, *columns.optional):
        needed = "yes" if name in columns.required else "either" if name in either else ""
        rows.append(f"| `{name}` | {needed} | {says[name]} |")
    return rows


def tables_in_words(heading: str = "###") -> str:
    """Return every table of a study in Markdown, column by column."""
    lines: list[str] = []
    for kind, told in TABLES.items():
        lines += [f"{heading} {kind}.csv", "", told, ""]
        lines += [*columns_in_words(COLUMNS[kind], SAYS[kind]), ""]
    return "\n".join(lines)


def printed_in_words(heading: str = "###") -> str:
    """Return the tables that a study is held against in Markdown, column by column."""
    lines: list[str] = []
    for kind, told in PRINTED_TABLES.items():
        lines += [f"{heading} {kind}", "", told, ""]
        lines += [*columns_in_words(PRINTED_COLUMNS[kind], PRINTED[kind]), ""]
    return "\n".join(lines)


def fields_in_words() -> str:
    """Return the fields of study.yaml in Markdown."""
    rows = ["| field | says |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{name}` | {told} |" for name, told in FIELDS.items())])
