"""Other people's study: a Taguette project in, its chart out; and its transcripts as files.

The data are read where they lie. Source: swj2022, see ../shared/real/README.md.
"""

import csv
import html
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from workbench.project import imports, views
from workbench.project.door import Project, create
from workbench.store import audit

TAGUETTE = "real/swj2022/thematic-analysis/SERDIF_P2_ThematicAnalysis.sqlite3"
CODEBOOK = "real/swj2022/thematic-analysis/codebooks/codebook_20220303_8.csv"
TRANSCRIPTS = "real/swj2022/transcripts"


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("real") / "study.fwb"
    with create(path, who="anna") as project:
        imports.import_files(project, [shared / TAGUETTE])
        yield project


def published(shared: Path) -> dict[str, int]:
    """Return the number of highlights of each tag, as the study's codebook prints them."""
    with (shared / CODEBOOK).open(encoding="utf-8-sig", newline="") as stream:
        return {row["tag"]: int(row["number of highlights"]) for row in csv.DictReader(stream)}


def test_the_chart_has_a_row_a_participant_and_the_codebooks_count_a_column(real, shared):
    wanted = published(shared)
    chart = views.chart(real, values="counts")
    assert chart.shape == (17, 22)
    assert chart.sum().astype(int).to_dict() == wanted
    assert sum(wanted.values()) == 1930


def test_every_count_has_as_many_codings_behind_it(real):
    chart = views.chart(real, values="counts")
    behind = chart.attrs["evidence"]
    for case in chart.index:
        for code in chart.columns:
            assert len(behind.get((case, code), ())) == chart.loc[case, code]


def bare(text: str) -> str:
    """Return the letters of a stretch of HTML, without tags and white space."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def highlights(shared: Path) -> tuple[int, Counter[tuple[str, str, str]]]:
    """Return how many highlights the study has, and document, tag and letters of each tagging."""
    with closing(sqlite3.connect(f"file:{shared / TAGUETTE}?mode=ro", uri=True)) as held:
        (number,) = held.execute("SELECT count(*) FROM highlights").fetchone()
        taggings = held.execute(
            "SELECT d.name, t.path, h.snippet FROM highlights h "
            "JOIN documents d ON d.id = h.document_id "
            "JOIN highlight_tags ht ON ht.highlight_id = h.id JOIN tags t ON t.id = ht.tag_id"
        ).fetchall()
    return number, Counter((d.removesuffix(".odt"), t, bare(s)) for d, t, s in taggings)


def test_every_highlight_is_quoted_letter_by_letter_where_it_stands(real, shared):
    number, taggings = highlights(shared)
    codings = views.codings(real)
    columns = (codings[c] for c in ("transcript", "code", "quote"))
    assert Counter((t, c, bare(q)) for t, c, q in zip(*columns, strict=True)) == taggings
    with real.reading() as connection:
        slices = [
            text["text"][start:stop] == quote
            for text in audit.texts(connection)
            for _, start, stop, quote in audit.codings_of(connection, text["id"])
        ]
        (kept,) = connection.exec_driver_sql("SELECT report FROM act_report").scalars()
    assert (len(slices), all(slices)) == (1930, True)
    counts = json.loads(kept)["counts"]
    assert (number, counts["highlights"], counts["codings"]) == (1794, 1794, 1930)


def test_the_import_keeps_the_ten_laws(real):
    assert real.check() == []


def test_the_workbook_opens_and_has_every_code_and_participant(real, tmp_path):
    path = tmp_path / "chart.xlsx"
    (said,) = real.export(path, values="counts")
    assert "17 cases × 22 codes" in said
    book = openpyxl.load_workbook(path, read_only=True)
    shown = {
        str(value)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
    }
    book.close()
    assert set(views.cases(real)["case"]) <= shown
    assert all(any(code in text for text in shown) for code in views.codes(real)["code"])


def test_one_act_brought_it_all_in_and_one_undo_takes_it_out(shared, tmp_path):
    with create(tmp_path / "study.fwb", who="anna") as project:
        imports.import_files(project, [shared / TAGUETTE])
        assert [a["verb"] for a in project.history()] == ["import taguette"]
        project.undo()
        assert views.transcripts(project).empty
        project.redo()
        assert len(views.transcripts(project)) == 17


def test_the_seventeen_transcripts_come_in_as_files_with_turns(shared, tmp_path):
    paths = sorted((shared / TRANSCRIPTS).glob("*.odt"))
    with create(tmp_path / "study.fwb", who="anna") as project:
        report = imports.import_files(project, paths)
        table = views.transcripts(project)
        assert (report.counts["transcripts"], report.failed) == (17, [])
        assert set(table["transcript"]) == {p.stem for p in paths}
        assert (table["turns"] > 1).all()
        assert project.check() == []
