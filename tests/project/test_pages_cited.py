"""Words of a PDF are cited with their page, wherever words are cited."""

import builders
import pandas as pd
import pytest
from openpyxl import load_workbook
from pdf_files import made

from workbench.formats import transcripts
from workbench.project import edits, imports, quoted, refi_out, reports, views
from workbench.project.door import create
from workbench.project.edits.transcripts import Incoming
from workbench.project.quotations import quotations
from workbench.project.rests_on import rests_on
from workbench.project.trace import trace

pytest.importorskip("pypdfium2")
FIRST = ["I: What of the garden?", "Ana: It is quiet there."]
SECOND = ["I: And the gate?", "Ana: The lock is rusty.", "I: Thank you."]


@pytest.fixture
def printed(garden, tmp_path):
    """The garden with an interview of two pages, and its coding on the second."""
    file = tmp_path / "printed.pdf"
    file.write_bytes(made(FIRST, SECOND))
    garden.project.import_files(file)
    return coded(garden, "rusty")


def text_of(project) -> str:
    with project.reading() as connection:
        from workbench.project.names import Names

        names = Names(connection)
        return names.text(names.transcript("printed")["id"])


def coded(garden, word: str) -> str:
    at = text_of(garden.project).index(word)
    return edits.code(garden.project, "printed", at, at + len(word), "1.2").coding_id


def test_a_trace_a_report_and_the_tables_cite_the_page(garden, printed, tmp_path) -> None:
    project, first = garden.project, coded(garden, "quiet")
    assert trace(project, printed).where.startswith("printed, turn 4, p. 2, Ana, characters")
    assert rests_on(project, printed).where == "printed, turn 4, p. 2"
    document = reports.report(project, "case", of="printed")
    assert document.citations[printed] == "printed, turn 4, p. 2"
    assert document.citations[first] == "printed, turn 2, p. 1"
    table = quotations(project, builders.VERSION)
    cited = dict(zip(table["coding_id"], table["citation"], strict=True))
    assert cited[printed] == "printed, turn 4, p. 2"
    listed = views.codings(project).set_index("coding_id")
    assert (listed.at[printed, "page"], listed.at[first, "page"]) == (2, 1)
    assert pd.isna(listed.at[garden.codings["gate"], "page"])


def test_the_workbook_has_the_page_beside_the_quotation(garden, printed, tmp_path) -> None:
    garden.project.export(tmp_path / "chart.xlsx")
    book = load_workbook(tmp_path / "chart.xlsx")
    rows = list(book["Evidence"].iter_rows(values_only=True))
    head = next(row for row in rows if "Coding" in row)
    at = {name: head.index(name) for name in ("Coding", "Turn", "Page")}
    told = {row[at["Coding"]]: (row[at["Turn"]], row[at["Page"]]) for row in rows}
    assert told[printed] == (4, 2)
    assert told[garden.codings["gate"]] == (4, None)


def test_a_corrected_text_keeps_its_pages(garden, printed) -> None:
    corrected = (
        text_of(garden.project)
        .replace("quiet", "very very quiet")
        .replace("I: And", "I: Well, and")
    )
    reading = transcripts.read(corrected.encode(), "printed.txt")
    incoming = Incoming("printed", reading, corrected.encode(), "printed.txt")
    edits.correct_transcript(garden.project, "printed", incoming)
    assert trace(garden.project, printed).where.startswith("printed, turn 4, p. 2, Ana")
    assert quoted.quotes(garden.project, [printed])[0].words == "rusty"


def test_pages_go_along_to_another_project(garden, printed, tmp_path) -> None:
    refi_out.export(garden.project, tmp_path / "out.qdpx")
    with create(tmp_path / "again.fwb", who="zoe") as again:
        imports.import_files(again, [tmp_path / "out.qdpx"])
        listed = views.codings(again)
        assert list(listed.loc[listed["quote"] == "rusty", "page"]) == [2]
        assert again.check() == []
