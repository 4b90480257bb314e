"""A chart comes back through another office program, which saves everything in its own way."""

from pathlib import Path
from typing import Any

import builders
import office
import openpyxl
import pandas as pd
import pytest
from colleague import italic, rewrite
from office import ODD, convert
from openpyxl.cell.rich_text import CellRichText
from small_chart import CASES, LONG, ORIGIN, chart

from workbench.formats import xlsx
from workbench.formats.xlsx import back
from workbench.model.chart_file import ChartBack, Line, row_mark
from workbench.project import edits
from workbench.stages.charting.returning import Now, read

TEXTS = [t.strip() for t in map(xlsx.text.visible, ODD) if t.strip() and len(t) < 1000]
GIVEN = [
    *(("k1", "c1", n, kind, t) for n, t in enumerate(TEXTS) for kind in ("summary",)),
    *(("k2", "c1", n, "verbatim", t) for n, t in enumerate(TEXTS)),
    *(("k2", "c2", n, "comment", t) for n, t in enumerate(TEXTS)),
    ("k3", "c2", 1, "summary", LONG),
    ("k3", "c2", 2, "comment", "An aside."),
]


@pytest.fixture(scope="module")
def soffice() -> str:
    return office.program()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    statements = [(f"s{number}", *given) for number, given in enumerate(GIVEN)]
    xlsx.write(chart(statements), tmp_path / "chart.xlsx")
    return tmp_path / "chart.xlsx"


def statements(found: ChartBack) -> dict[tuple[str, str], list[Now]]:
    """Return what each cell of the file says, held against what it said."""
    return {
        at: read(found.base.cells[at].statements, cell.lines)
        for at, cell in found.cells.items()
        if at in found.base.cells and not found.base.cells[at].words
    }


def as_written(found: ChartBack) -> dict[tuple[str, str], list[Now]]:
    return {
        at: [Now(h.statement_id, h.kind, h.text) for h in cell.statements]
        for at, cell in found.base.cells.items()
        if cell.statements
    }


def test_a_chart_that_libreoffice_saved_says_what_it_said(soffice: str, path: Path) -> None:
    again = convert(soffice, path, "xlsx") / path.name
    assert back.recognises(again)
    found = back.read(again)
    assert found.not_read == ()
    assert (found.base.origin, found.base.cases) == (ORIGIN, CASES)
    assert sum(map(len, as_written(found).values())) == len(GIVEN)
    assert statements(found) == as_written(found)
    assert found.cells["k3", "c1"].lines == (Line("not asked", "plain"),)


def test_what_is_only_shown_is_as_it_was(soffice: str, tmp_path: Path) -> None:
    """Attributes, numbers of codings, evidence, framework and states of a whole project."""
    garden = builders.copy(tmp_path / "garden.fwb")
    odd = {"gardener": {"odd": "=1+1 _x0041_\x0b 😀", "sum": "0.30000000000000004"}}
    edits.add_cases(garden.project, odd)
    garden.project.export(tmp_path / "whole.xlsx")
    garden.project.close()
    found = back.read(convert(soffice, tmp_path / "whole.xlsx", "xlsx") / "whole.xlsx")
    assert {"Evidence", "Framework", "States"} <= set(found.base.tables)
    assert any("=1+1" in said for row in found.base.attributes.values() for said in row)
    assert found.not_read == ()


def test_the_hidden_parts_stay_hidden(soffice: str, path: Path) -> None:
    book = openpyxl.load_workbook(convert(soffice, path, "xlsx") / path.name)
    assert book["Base"].sheet_state != "visible"
    assert book["Garden"].column_dimensions["F"].hidden


def test_work_in_libreoffice_comes_back(soffice: str, tmp_path: Path) -> None:
    """Rows are sorted, one is added and one deleted; lines are changed, added and made italic."""
    path = tmp_path / "chart.xlsx"
    xlsx.write(chart(), path)

    def cells(sheet: Any) -> list[list[Any]]:
        return [[c.value for c in row] for row in sheet.iter_rows(min_row=2, max_row=4)]

    book = openpyxl.load_workbook(path, rich_text=True)
    kari, ola, _ = cells(book["Garden"])
    for number, row in enumerate([["Per", "Comes on Sundays."], ola, kari], 2):
        for column in range(1, 7):
            value = row[column - 1] if column <= len(row) else None
            book["Garden"].cell(number, column).value = value
    book.save(path)
    there = CellRichText("Comes for the quiet and the birds.\n«The quiet.»\n", italic("Smiles."))
    rewrite(path, {("Garden", "B4"): there, ("Garden", "D3"): "The gate is locked.\nNobody asks."})
    found = back.read(convert(soffice, path, "xlsx") / path.name)
    assert [(n.what, n.place) for n in found.not_read] == [
        ("rows", "“Garden”, row 2"),
        ("cases", "“Garden”"),
    ]
    assert "Mona" in found.not_read[1].why
    assert statements(found) == {
        ("k1", "c1"): [
            Now("s1", "summary", "Comes for the quiet and the birds."),
            Now("s2", "verbatim", "The quiet."),
            Now("s3", "comment", "Smiles."),
        ],
        ("k2", "c2"): [
            Now("s4", "summary", "The gate is locked."),
            Now("", "summary", "Nobody asks."),
        ],
    }


def test_every_row_keeps_its_mark(soffice: str, path: Path) -> None:
    book = openpyxl.load_workbook(convert(soffice, path, "xlsx") / path.name)
    marks = [book["Garden"].cell(n, 6).value for n in range(2, book["Garden"].max_row + 1)]
    parts = pd.Series(marks).str.split().str[0].value_counts().to_dict()
    assert set(parts) == set(CASES)
    assert marks == [row_mark(case, part) for case in CASES for part in range(parts[case])]
    assert parts["k3"] > 1
