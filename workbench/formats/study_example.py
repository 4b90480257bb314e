"""A small study to start an own one from: commented, and right from the first minute.

Columns and fields come from the declarations that the readers use, so that the example
says what they take. `files` is what `workbench study init` writes.
"""

import shlex
import textwrap
from collections.abc import Mapping

from workbench.formats import framework_yaml, study_words, study_writing, yaml_writing
from workbench.formats.published import ENTRY_COLUMNS
from workbench.formats.study_writing import Values
from workbench.formats.tables import KINDS, Kind
from workbench.model.published import PublishedCell

REFERENCE = "waiting@1"
"""The framework of the example: that of `framework_yaml.example`."""

TRANSCRIPT = """\
Interviewer: How long did you wait for the scan?
Ola: Three weeks. But it is near, I can walk there in my slippers.
Interviewer: And who sent you?
Ola: My doctor. I had asked her twice, to be honest. She gave in the second time.
"""

_FIELDS: dict[str, tuple[object, bool]] = {
    "doi": ("10.1000/182", False),
    "authors": (["A. Author", "B. Author"], False),
    "objective": ("What keeps people waiting for a scan?", True),
    "synthetic": ("Everything here is an invented example.", True),
    "language": ("en", True),
    "method": ("framework", True),
    "stages": ("ritchie-spencer-1994", True),
    "colours": ("usual", False),
    "people": ([{"handle": "me", "name": "My Name", "role": "owner"}], True),
    "frameworks": ([REFERENCE], True),
    "attributes": ([{"name": "age", "type": "integer"}], False),
    "ladders": ([{"name": "findings", "framework": REFERENCE}], True),
    "runs": (
        [
            {
                "name": "first",
                "framework": REFERENCE,
                "kind": "final",
                "coder": "me",
                "finished": "all",
            }
        ],
        True,
    ),
    "typologies": (
        [
            {
                "name": "ways of waiting",
                "dimensions": {"asks": ["yes", "no"]},
                "types": [
                    {"name": "presses", "values": {"asks": "yes"}},
                    {"name": "sits still", "values": {"asks": "no"}},
                ],
            }
        ],
        False,
    ),
    "transcripts": ({"interviewers": ["Interviewer"]}, True),
    "imports": (["counts-of-another-tool.xlsx"], False),
}
"""Field → an example, and whether the study uses it; the others stand as a comment."""

CELLS = (
    PublishedCell("cases", "example", "Interviews", "number", "1", "cases"),
    PublishedCell("codes", "example", "Codes", "number", "6", "codes", (("framework", REFERENCE),)),
    PublishedCell("indexed", "example", "Indexed", "number", "1", "indexed", (("run", "first"),)),
)
"""What the study prints from the start, and gives again."""

_MORE_CELLS = (
    *CELLS,
    PublishedCell(
        "codings", "example", "Codings", "number", "2", "codings", (("framework", REFERENCE),)
    ),
    PublishedCell(
        "charted", "example", "Cells", "charted", "2", "charted", (("framework", REFERENCE),)
    ),
    PublishedCell(
        "themes", "example", "Themes", "labels", "Asking", "tops", (("ladder", "findings"),)
    ),
)

_STEPS: dict[Kind, tuple[str, list[Values]]] = {
    "cases": (
        "Say whose words they are. A case is a row of the chart; every further column is an "
        "attribute of it.",
        [{"case": "Ola", "transcript": "example", "age": "71"}],
    ),
    "codings": (
        "Give words a code: a quote as it stands in the transcript, and the number or the name "
        "of a code of the framework.",
        [
            {
                "ref": "c1",
                "transcript": "example",
                "code": "1.1",
                "quote": "it is near, I can walk there",
                "coder": "me",
            },
            {
                "ref": "c2",
                "transcript": "example",
                "code": "From patients",
                "quote": "I had asked her twice",
                "coder": "me",
            },
        ],
    ),
    "statements": (
        "Chart: write statements into the cells, each with the codings that it rests on.",
        [
            {
                "ref": "s1",
                "case": "Ola",
                "code": "1.1",
                "kind": "verbatim",
                "text": "it is near",
                "evidence": "c1",
            },
            {
                "ref": "s2",
                "case": "Ola",
                "code": "From patients",
                "kind": "summary",
                "text": "Got the scan by asking again.",
                "evidence": "c2",
            },
        ],
    ),
    "ladder": (
        "Map: let statements feed elements, and put these under themes.",
        [
            {"ref": "t1", "ladder": "findings", "level": "theme", "label": "Asking"},
            {
                "ref": "e1",
                "ladder": "findings",
                "level": "element",
                "label": "Asks until it is given",
                "parents": "t1",
                "statements": "s2",
            },
        ],
    ),
}


def files(title: str, folder: str) -> dict[str, str]:
    """Return the files of the example by their paths; `folder` is the name it will have."""
    name, _, version = REFERENCE.partition("@")
    return {
        "README.md": readme(title, folder),
        "study.yaml": study_yaml(title),
        "transcripts/example.txt": TRANSCRIPT,
        f"frameworks/{name}/{version}.yaml": framework_yaml.example(),
        **{f"{kind}.csv": study_writing.table_text(kind, [], every=True) for kind in KINDS},
        "published/example.csv": study_writing.published_text(CELLS, every=True),
        "register.csv": study_writing.as_text(ENTRY_COLUMNS.known, []),
    }


def study_yaml(title: str) -> str:
    """Return study.yaml with a comment above every field that there is."""
    parts = ["# What the study says of itself. README.md tells what to do, step by step.\n"]
    for field, told in study_words.FIELDS.items():
        said, used = ("", True) if field == "title" else _FIELDS[field]
        text = yaml_writing.dumps({field: title if field == "title" else said})
        parts.append(_comment(told) + (text if used else _comment(text, wrapped=False)))
    return "\n".join(parts)


def _comment(text: str, *, wrapped: bool = True) -> str:
    lines = textwrap.wrap(text, 94) if wrapped else text.splitlines()
    return "".join(f"# {line}\n" for line in lines)


def readme(title: str, folder: str) -> str:
    """Return the page that leads through a new study, with every column of every table."""
    said = shlex.quote(folder)
    steps = [
        _step(n, told, f"{kind}.csv", study_writing.table_text(kind, rows, every=True))
        for n, (kind, (told, rows)) in enumerate(_STEPS.items(), 2)
    ]
    printed = _step(
        len(steps) + 2,
        "Print: each row of a table in published/ is a cell of your paper, with the figure of "
        "the project to hold it against.",
        "published/example.csv",
        study_writing.published_text(_MORE_CELLS, every=True),
    )
    return "\n".join(
        [
            f"# {' '.join(title.split())}",
            "",
            _START.format(folder=said),
            *steps,
            printed,
            _END.format(folder=said, n=len(steps) + 3, next=len(steps) + 4),
            "## The fields of study.yaml",
            "",
            study_words.fields_in_words(),
            "",
            "## The columns of the tables",
            "",
            "Several values in one field are separated by semicolons. A table that you do not "
            "need can go.",
            "",
            study_words.tables_in_words(),
            "## The columns of what is printed",
            "",
            study_words.printed_in_words(),
        ]
    )


def _step(number: int, told: str, file: str, text: str) -> str:
    wrapped = "\n".join(textwrap.wrap(f"{number}. {told} Fill in `{file}`:", 94))
    return f"{wrapped}\n\n```csv {file}\n{text}```\n"


_START = """\
This folder is a study: a whole analysis as files, from which a project is built again. What
is in it now is a small invented example that works. Go through the steps with it once, in
the folder above this one; then put your own in its place.

| file | holds |
|---|---|
| `study.yaml` | title, team, frameworks, runs, ladders; every field has its comment |
| `transcripts/` | the interviews: txt, md, docx, odt, rtf, vtt or srt |
| `frameworks/` | categories and codes, one file a version |
| `*.csv` | what was coded, charted and mapped; empty at first |
| `published/` | the tables of your paper, one row a cell |
| `register.csv` | what is known to disagree in it |

## Step by step

1. See that it works. Every printed cell is held against what is rebuilt:

```console
$ workbench reproduce {folder}
```
"""

_END = """\
{n}. Hold the study against what it prints, and seal the words behind each cell, so that a
change of theirs is noticed from now on:

```console
$ workbench reproduce {folder} --seal
$ workbench reproduce {folder}
```

{next}. Make a project of it, to work on and to look at:

```console
$ workbench import {folder}.fwb {folder}
$ workbench check {folder}.fwb
$ workbench chart {folder}.fwb
$ workbench export {folder}.fwb {folder}.xlsx
```

Then put your own interviews into `transcripts/`, your framework into `frameworks/`, and your
title, team and runs into `study.yaml`. Take the example's rows out of the tables, and run
`workbench reproduce` after each table. “workbench help studies” tells the rest.
"""


def fields() -> Mapping[str, tuple[object, bool]]:
    """Return the fields of study.yaml that the example has or names, the title aside."""
    return _FIELDS
