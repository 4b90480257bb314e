"""What another office program reads from our workbooks."""

import csv
import datetime
from pathlib import Path
from typing import Any

import office
import openpyxl
import pandas as pd
import pytest
from office import ODD, convert
from openpyxl.cell.rich_text import CellRichText, TextBlock

from workbench.formats import xlsx
from workbench.formats.xlsx import text
from workbench.model import frames

DROPPED_BY_OPENPYXL = "x005F_ is text"
"""openpyxl leaves `x005F_` out of the texts that LibreOffice writes; CSV shows it."""


@pytest.fixture(scope="module")
def soffice() -> str:
    return office.program()


def book() -> xlsx.ChartBook:
    """One case and one code for each odd text: as summary, verbatim and comment."""
    number = range(len(ODD))
    objects: dict[str, Any] = {"dtype": "object"}
    codes = pd.DataFrame(dict.fromkeys(frames.CODES, ""), index=range(3)).assign(
        code_id=["summary", "verbatim", "all"], code=["A", "B", "C"], category="Chart"
    )
    statements = [
        (f"{n}-{code}-{position}", f"p{n}", code, position, kind, ODD[n])
        for n in number
        for code, kinds in (
            ("summary", ["summary"]),
            ("verbatim", ["verbatim"]),
            ("all", ["summary", "verbatim", "comment"]),
        )
        for position, kind in enumerate(kinds)
        if len(ODD[n]) < 1000
    ]
    columns = ["statement_id", "case_id", "code_id", "position", "kind", "text"]
    quotes = pd.DataFrame(
        {
            "coding_id": [f"k{n}" for n in number],
            "quote": pd.Series(ODD, **objects),
            "transcript": "T1",
            "transcript_version_id": "v1",
            "code_id": "summary",
            "case_id": [f"p{n}" for n in number],
            "coder": "anne",
            "start": 0,
            "stop": 1,
            "turn": 1.0,
            "speaker": "Informant",
        }
    )
    return xlsx.ChartBook(
        title="Odd texts",
        framework="odd@1",
        codes=codes,
        cases=pd.DataFrame(
            {"case_id": [f"p{n}" for n in number], "case": [f"P{n}" for n in number]}
        ),
        made=datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
        statements=pd.DataFrame(statements, columns=columns, dtype="object").assign(
            cell_id="", position=lambda f: f["position"].astype("int64")
        ),
        evidence=pd.DataFrame(
            [(s[0], f"k{s[1][1:]}", False) for s in statements], columns=list(frames.EVIDENCE)
        ),
        codings=quotes[list(frames.CASE_CODINGS)],
        quotes=quotes[list(frames.QUOTES)],
    )


def plain(path: Path) -> dict[str, list[list[str]]]:
    loaded = openpyxl.load_workbook(path, rich_text=True)
    return {
        s.title: [[("" if v is None else str(v)) for v in r] for r in s.iter_rows(values_only=True)]
        for s in loaded
    }


def test_every_text_of_a_table_arrives_in_csv(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    given = [*ODD, DROPPED_BY_OPENPYXL]
    xlsx.write_table(pd.DataFrame({"text": pd.Series(given, dtype="object"), "n": 1}), path)
    out = convert(soffice, path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false")
    with (out / "odd.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    whole: list[str] = []
    for said, number in rows[1:]:
        if number:
            whole.append("")
        whole[-1] += said.removeprefix(text.CONTINUED + "\n").removesuffix("\n" + text.CONTINUES)
    assert whole == [text.visible(t) for t in given]


def test_every_cell_of_a_workbook_arrives(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    given = book()
    xlsx.write(given, path)
    again = convert(soffice, path, "xlsx") / "odd.xlsx"
    ours, theirs = plain(path), plain(again)
    assert list(theirs) == list(ours)
    for name, rows in ours.items():
        assert theirs[name] == [r[: len(theirs[name][0])] for r in rows], name
    charted = [t for t in map(text.visible, ODD) if len(t) < 1000]
    assert [r[1::2] for r in theirs["Chart"][1 : len(charted) + 1]] == [
        [t, f"“{t}”", f"{t}\n“{t}”\n{t}"] for t in charted
    ]


def test_the_looks_notes_and_links_survive(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    xlsx.write(book(), path)
    again = openpyxl.load_workbook(convert(soffice, path, "xlsx") / "odd.xlsx", rich_text=True)
    first = again["Chart"]["F2"].value
    assert isinstance(first, CellRichText)
    italic = "".join(r.text for r in first if isinstance(r, TextBlock) and r.font.i)
    assert italic == "plain"
    ours = openpyxl.load_workbook(path)["Chart"]
    for row in ours.iter_rows():
        for cell in row:
            other = again["Chart"][cell.coordinate]
            assert (other.comment and other.comment.text) == (cell.comment and cell.comment.text)
            assert bool(other.hyperlink) == bool(cell.hyperlink)
