"""Spreadsheets of other tools, and those that people keep by hand, in a project here."""

import builders
import openpyxl
import pytest
from builders import rows

from workbench.errors import BadTable
from workbench.project import imports

SURVEY = (
    "ID,Age,Home,What helped you?,What was hard?\n"
    "r1,41,Vik,The doctor listened to all that I had to say and she wrote it down for me.,No.\n"
    "r2,35,Os,My neighbour drove me there and waited outside in the car for two whole hours.,"
    "Waiting so long in a cold hall without anybody who told me what would happen next at all.\n"
    "r3,58,Vik,,Nothing was hard for me at all as I have been there many times before.\n"
)


@pytest.fixture
def write(tmp_path):
    def written(name: str, text: str):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def left_out(report) -> list[tuple[str, str, int]]:
    return [(o.what, o.why, o.count) for o in report.left_out]


# --- answers ---------------------------------------------------------------------------


def test_each_answer_is_a_transcript_of_its_case_and_other_columns_are_attributes(
    empty, write
) -> None:
    report = imports.import_files(empty, [write("survey.csv", SURVEY)])
    assert report.counts == {"transcripts": 5, "turns": 5, "words": 66, "cases": 3}
    assert [(g.what, g.confidence) for g in report.guesses] == [
        ("rows are told apart by the column “ID”", "likely"),
        (
            "each answer in “What helped you?”, “What was hard?” is a text of its own, "
            "the other columns are attributes",
            "unsure",
        ),
    ]
    assert sorted(rows(empty, "transcript", "name")) == [
        ("r1 – What helped you?",),
        ("r1 – What was hard?",),
        ("r2 – What helped you?",),
        ("r2 – What was hard?",),
        ("r3 – What was hard?",),
    ]
    assert sorted(rows(empty, "attribute", "name", "type")) == [
        ("Age", "integer"),
        ("Home", "text"),
    ]
    assert len(rows(empty, "case_span", "id")) == 5
    assert empty.check() == []


def test_a_longer_table_brings_its_new_rows_and_leaves_the_others(empty, write) -> None:
    imports.import_files(empty, [write("survey.csv", SURVEY)])
    more = SURVEY.replace("listened", "heard") + "r4,20,Vik,Nobody.,The stairs.\n"
    report = imports.import_files(empty, [write("survey.csv", more)])
    assert report.counts == {"transcripts": 2, "turns": 2, "words": 3, "cases": 1}
    assert "4 answers were here already, with the same words." in report.notes
    ((what, why, number),) = left_out(report)
    assert (what, number) == ("file", 1)
    assert why.startswith("another text is called “r1 – What helped you?” here")


def test_the_same_table_again_changes_nothing(empty, write) -> None:
    path = write("survey.csv", SURVEY)
    imports.import_files(empty, [path])
    before = builders.live(empty)
    report = imports.import_files(empty, [path])
    assert report.counts == {}
    assert builders.live(empty) == before


def test_columns_of_answers_and_the_key_can_be_said(empty, write) -> None:
    path = write("short.csv", "case,group,said\nOla,a,Yes.\nKari,b,No.\n")
    report = imports.import_files(empty, [path], texts=["Said"], key="case")
    assert report.counts == {"transcripts": 2, "turns": 2, "words": 2, "cases": 2}
    assert report.guesses == []
    with pytest.raises(BadTable, match="there is no column “told”"):
        imports.import_files(empty, [path], texts=["told"])


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("ID,q\n1,a\n1,b\n", {"key": "ID", "texts": ["q"]}, "“1” stands in line 2 already"),
        ("ID,q\n,a\n2,b\n", {"key": "ID", "texts": ["q"]}, "the column “ID” is empty here"),
        ("ID,q\n1,a\n", {"texts": ["ID"], "key": "ID"}, "no column has answers in words"),
        ("ID,q,Q\n1,a,b\n", {"texts": ["q"]}, "the column “q” stands twice"),
        ("a,b\nx,y\nx,y\n", {"texts": ["b"]}, "no column has another value in every row"),
        ("a,b\n1,2\n", {}, "fit no table known here"),
    ],
)
def test_a_table_that_tells_no_rows_or_answers_is_refused(
    garden, write, text, options, said
) -> None:
    before = garden.live()
    with pytest.raises(BadTable, match=said):
        imports.import_files(garden.project, [write("t.csv", text)], **options)
    assert garden.live() == before


def test_a_value_that_an_attribute_cannot_have_stops_the_import(empty, write) -> None:
    imports.import_files(empty, [write("survey.csv", SURVEY)])
    before = builders.live(empty)
    with pytest.raises(BadTable, match="line 2"):
        imports.import_files(empty, [write("survey.csv", SURVEY.replace("r1,41", "r1,old"))])
    assert builders.live(empty) == before


# --- coded segments ----------------------------------------------------------------------

MAXQDA = (
    "Document group,Document name,Code,Beginning,End,Segment,Author,Comment\n"
    "Garden,hut,Place > Shed,2,2,The shed is full.,ane,Really?\n"
    "Garden,hut,Place,2,2,shed is,bo,\n"
    "Garden,hut,Price,1,1,no such words,bo,\n"
    "Garden,gone,Price,1,1,The shed,bo,\n"
    "Garden,hut,Price,1,1,e,bo,\n"
    "Garden,hut,,1,1,Well,bo,\n"
)
HUT = "I: Well?\nKari: The shed\nis full."


def test_coded_segments_of_maxqda_are_codings_where_their_words_stand_once(empty, write) -> None:
    imports.import_files(empty, [write("hut.txt", HUT)])
    report = imports.import_files(empty, [write("segments.csv", MAXQDA)])
    assert report.counts == {"codes": 2, "codings": 2, "memos": 1}
    assert sorted(rows(empty, "coding", "start", "stop", "quote")) == [
        (15, 32, "The shed\nis full."), (19, 26, "shed\nis"),
    ]  # fmt: skip
    assert sorted(rows(empty, "code_version", "number", "name")) == [
        ("1", "Place"),
        ("1.1", "Shed"),
    ]
    assert rows(empty, "memo", "text", "start", "stop") == [("Really?", 15, 32)]
    assert sorted(left_out(report)) == [
        ("segments", "their words are not there", 1),
        ("segments", "their words stand there more than once", 1),
        ("segments", "there is no transcript of that name; bring it in first", 1),
        ("segments", "they have no document, no code or no words", 1),
    ]
    assert empty.check() == []


def test_quotations_of_atlas_have_several_codes_and_numbered_documents(empty, write, tmp_path):
    imports.import_files(empty, [write("hut.txt", HUT)])
    book = openpyxl.Workbook()
    book.active.append(["ID", "Document", "Quotation Content", "Codes", "Comment", "Created by"])
    book.active.append(["1:1", "1: hut.docx", "The shed is full", "○ Room\n● Price", "", "ane"])
    book.save(tmp_path / "quotations.xlsx")
    report = imports.import_files(empty, [tmp_path / "quotations.xlsx"])
    assert report.counts == {"codes": 2, "codings": 2}
    assert rows(empty, "coding", "start", "stop") == [(15, 31), (15, 31)]
    assert sorted(rows(empty, "code_version", "name")) == [("Price",), ("Room",)]


def trimmed(project) -> set[tuple[str, int, int]]:
    """Return where codings stand, without the white space at their ends."""
    blank = " \n\t\u00a0\ufeff"
    held = rows(project, "coding", "transcript_version_id", "start", "stop", "quote")
    return {
        (text, start + len(q) - len(q.lstrip(blank)), stop - len(q) + len(q.rstrip(blank)))
        for text, start, stop, q in held
    }


def test_the_published_tags_of_taguette_stand_where_its_project_has_them(empty, shared) -> None:
    folder = shared / "real" / "swj2022" / "thematic-analysis"
    imports.import_files(empty, [folder / "SERDIF_P2_ThematicAnalysis.sqlite3"])
    known = trimmed(empty)
    report = imports.import_files(empty, [folder / "tags" / "csv" / "all_tags_20220303.csv"])
    assert len(set(rows(empty, "coding", "run_id"))) == 2
    assert report.counts["codings"] > 1_800
    assert trimmed(empty) == known


# --- summaries ---------------------------------------------------------------------------

NVIVO = (
    ",A : Shed,B : Price\n"
    "1 : Kari,Says that the shed is full of things.,\n"
    "2 : Ola,,Finds that it all costs too much.\n"
)


def test_a_framework_matrix_of_nvivo_becomes_comments_where_nothing_is_coded(empty, write) -> None:
    report = imports.import_files(empty, [write("matrix.csv", NVIVO)])
    assert report.counts == {"codes": 2, "cases": 2, "statements": 2}
    assert sorted(rows(empty, "statement", "kind", "text")) == [
        ("comment", "Finds that it all costs too much."),
        ("comment", "Says that the shed is full of things."),
    ]
    assert rows(empty, "case", "label") == [("Kari",), ("Ola",)]
    assert "Summaries that came in as comments, since nothing is coded in their cells: 2." in (
        report.notes
    )
    assert empty.check() == []


def test_summaries_rest_on_the_codings_of_their_cell(garden, write) -> None:
    text = "Document name,Code,Summary\ngroup: Bo,Tools,They come back late he says.\n"
    path = write("summaries.csv", text)
    before = garden.live()
    report = imports.import_files(garden.project, [path], framework="garden@1")
    assert report.counts == {"statements": 1}
    (guess,) = report.guesses
    assert guess.what == "all codings of the cell, as evidence of 1 statement"
    (new,) = [s for s in garden.live()["statement"] if s not in before["statement"]]
    assert (new["kind"], new["text"]) == ("summary", "They come back late he says.")


def test_a_summary_table_of_maxqda_has_documents_in_its_rows(empty, write) -> None:
    text = (
        "Document group;Document name;Place > Shed;Price\n"
        "Garden;hut.docx;The shed is full, she says.;\nGarden;;x y z w;\n"
    )
    report = imports.import_files(empty, [write("t.csv", text)])
    assert report.counts == {"categories": 1, "codes": 2, "cases": 1, "statements": 1}
    assert rows(empty, "case", "label") == [("hut",)]
    assert left_out(report) == [("rows", "they name no case", 1)]


def test_summaries_of_codes_that_a_framework_lacks_are_left_out(empty, write) -> None:
    framework = "framework: yard\nversion: '1'\ncodes:\n  - {number: '1', name: Shed}\n"
    imports.import_files(empty, [write("yard.yaml", framework)])
    report = imports.import_files(empty, [write("matrix.csv", NVIVO)], framework="yard@1")
    assert report.counts == {"cases": 2, "statements": 1}
    assert left_out(report) == [("summaries", "yard@1 has no code of that name", 1)]


def test_counts_of_nvivo_are_a_matrix_as_before(empty, write) -> None:
    report = imports.import_files(empty, [write("m.csv", ",A : x\n1 : y,3\n")])
    assert report.counts == {"matrices": 1, "counts": 1}


def test_a_workbook_is_not_opened_again_by_each_that_looks_at_it(
    empty, tmp_path, monkeypatch
) -> None:
    book = openpyxl.Workbook()
    for line in SURVEY.strip().split("\n"):
        book.active.append(line.split(",")[:4])
    book.save(tmp_path / "survey.xlsx")
    opened, load = [], openpyxl.load_workbook
    monkeypatch.setattr(
        openpyxl, "load_workbook", lambda *a, **k: opened.append(1) or load(*a, **k)
    )
    report = imports.import_files(empty, [tmp_path / "survey.xlsx"])
    assert report.counts["transcripts"] == 2
    assert len(opened) == 3


# --- codebooks ---------------------------------------------------------------------------


def test_a_codebook_in_a_table_becomes_a_draft_called_after_its_file(empty, write) -> None:
    path = write("My codes.csv", "Kode,Definisjon\nPris / Høy,Mye\nPris / Lav,Lite\n")
    report = imports.import_files(empty, [path])
    assert report.counts == {"frameworks": 1, "categories": 1, "codes": 2}
    assert rows(empty, "framework", "name") == [("my-codes",)]
    again = imports.import_files(empty, [path])
    assert again.notes[-1] == "my-codes@1 was here already, with the same content."


@pytest.mark.parametrize("name", ["codes.csv", "cases.csv"])
def test_a_rehearsal_tells_the_guess_and_keeps_nothing(garden, write, name) -> None:
    text = "code,parent\nHigh,Price\n" if name == "codes.csv" else SURVEY
    before, acts = garden.live(), garden.acts()
    report = garden.project.rehearse_import(write(name, text))
    assert report.guesses
    assert (garden.live(), garden.acts()) == (before, acts)
