"""Files out through the door: what they hold, and what they say of themselves."""

import csv
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import builders
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from builders import ANNA, BO, Garden
from lxml import etree, html

from workbench.errors import BadValue, UnknownName
from workbench.project import edits, manifests, outputs, quotations, tidy, tidy_words

QUIET = "The quiet. On a bad day I come here 🌱 and it helps."
GATE = "The gate is locked after six, and nobody has a key."


def exported(garden: Garden, path: Path, **options: object) -> Path:
    garden.project.export(path, **options)
    return path


def beside(path: Path) -> dict[str, object]:
    return json.loads(path.with_name(path.name + ".manifest.json").read_text(encoding="utf-8"))


def properties(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("docProps/custom.xml"))
    return {p.get("name").removeprefix("Workbench: "): p[0].text for p in root}


# manifests


def test_a_csv_has_its_manifest_beside_it(garden: Garden, tmp_path: Path):
    path = exported(garden, tmp_path / "chart.csv", category="Coming")
    told = beside(path)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(told.pop("made")))
    assert told == {
        "workbench": "0.1.0",
        "project": "The garden",
        "what": "chart (statements by case)",
        "act": _act(garden),
        "framework": "garden@1",
        "framework_sha256": garden.live()["framework_version"][0]["sha256"],
        "runs": ["first"],
        "filters": {"category": "Coming"},
        "left_out": [],
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def test_what_a_browser_gets_has_its_manifest_in_it(garden: Garden, tmp_path: Path):
    path = exported(garden, tmp_path / "file.csv", what="cases")
    with zipfile.ZipFile(io.BytesIO(manifests.whole(path, "cases.csv"))) as package:
        assert package.namelist() == ["cases.csv", "cases.csv.manifest.json"]
        assert package.read("cases.csv") == path.read_bytes()
        told = json.loads(package.read("cases.csv.manifest.json"))
    assert told == beside(path)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    book = exported(garden, tmp_path / "file.xlsx", what="cases")
    assert manifests.whole(book, "cases.xlsx") == book.read_bytes()


@pytest.mark.parametrize("ending", outputs.ENDINGS)
def test_each_format_is_handed_over_under_a_name_that_says_what_it_is(
    garden: Garden, tmp_path: Path, ending: str
):
    path = exported(garden, tmp_path / f"file{ending}")
    is_beside = path.with_name(path.name + manifests.BESIDE).exists()
    assert manifests.handed_over(f"a{ending}") == f"a{ending}" + (".zip" if is_beside else "")


def _act(garden: Garden) -> str:
    from workbench.store import history

    with garden.project.reading() as connection:
        return history.newest(connection)


def test_what_is_left_out_is_told(garden: Garden, tmp_path: Path):
    edits.withdraw_coding(garden.project, garden.codings["tools"])
    edits.start_run(garden.project, "second", "garden@1", kind="independent")
    edits.code_quote(garden.project, "group", "come back late", "2.2", run="second")
    told = beside(exported(garden, tmp_path / "chart.csv"))
    assert told["left_out"] == [
        "1 coding of runs that do not count here: “second”.",
        "1 withdrawn coding.",
    ]


def test_each_format_says_the_same_of_itself(garden: Garden, tmp_path: Path):
    wanted = {"project": "The garden", "workbench": "0.1.0", "act": _act(garden)}
    said = {}
    for name in ("c.csv", "f.yaml"):
        said[name] = beside(exported(garden, tmp_path / name))
    path = exported(garden, tmp_path / "c.parquet")
    said["parquet"] = json.loads(pq.read_metadata(path).metadata[b"workbench"])["manifest"]
    graph = nx.read_graphml(exported(garden, tmp_path / "n.graphml"))
    said["graphml"] = json.loads(graph.graph["manifest"])
    root = etree.fromstring(exported(garden, tmp_path / "n.gexf").read_bytes())
    title, _, text = root.findtext("{*}meta/{*}description").partition("\n")
    assert title == "The garden"
    said["gexf"] = json.loads(text)
    for name, options in (("n.html", {}), ("t.html", {"what": "transcript", "of": "group"})):
        page = html.parse(str(exported(garden, tmp_path / name, **options)))
        (text,) = page.xpath("//meta[@name='workbench-manifest']/@content")
        said[name] = json.loads(text)
    drawing = etree.fromstring(exported(garden, tmp_path / "n.svg").read_bytes())
    assert drawing.findtext("{*}title") == "The garden"
    said["n.svg"] = json.loads(drawing.findtext("{*}metadata"))
    with zipfile.ZipFile(exported(garden, tmp_path / "all.zip")) as package:
        said["zip"] = json.loads(package.read("manifest.json"))
    for name, manifest in said.items():
        assert {k: manifest[k] for k in wanted} == wanted, name
        assert re.fullmatch("[0-9a-f]{64}", manifest["sha256"]), name
    of_network = {said[name]["sha256"] for name in ("graphml", "gexf", "n.html", "n.svg")}
    assert len(of_network) == 1


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("c.xlsx", {}),
        ("k.xlsx", {"what": "codings"}),
        ("q.xlsx", {"what": "quotations"}),
        ("r.docx", {}),
    ],
)
def test_files_of_office_say_it_among_their_properties(
    garden: Garden, tmp_path: Path, name: str, options: dict[str, object]
):
    told = properties(exported(garden, tmp_path / name, **options))
    assert told["Made with"] == "Framework Workbench 0.1.0"
    assert told["Project"] == "The garden"
    assert told["Newest act of the history"] == _act(garden)
    assert told["Filters"] == "none"
    assert told["Left out"] == "nothing"
    again = properties(exported(garden, tmp_path / f"again-{name}", **options))
    assert again["Hash of the content"] == told["Hash of the content"]
    edits.change_coding(garden.project, garden.codings["tools"], code="2.1")
    other = properties(exported(garden, tmp_path / f"other-{name}", **options))
    assert other["Hash of the content"] != told["Hash of the content"]


def test_the_cover_of_the_workbook_says_it_too(garden: Garden, tmp_path: Path):
    book = openpyxl.load_workbook(exported(garden, tmp_path / "c.xlsx", category="Coming"))
    said = {a.value: b.value for a, b, *_ in book["Cover"].iter_rows(max_col=3)}
    assert said["Made with"] == "Framework Workbench 0.1.0"
    assert said["Filters"] == "category: Coming"
    assert said["Left out"] == "nothing"
    assert re.fullmatch("[0-9a-f]{64}", said["Hash of the content"])


def test_what_is_longer_than_a_property_goes_on_in_a_further_one(garden: Garden, tmp_path: Path):
    edits.change_setting(garden.project, "title", "x" * 600)
    told = properties(exported(garden, tmp_path / "k.xlsx", what="codings"))
    parts = [told[f"Project{more}"] for more in ("", " (2)", " (3)")]
    assert [len(p) for p in parts] == [250, 250, 100]


# quotations


def test_a_quotation_has_its_case_its_attributes_and_the_way_to_its_code(garden: Garden):
    found = quotations.quotations(garden.project).drop(columns=["coding_id", "run", "coder"])
    assert list(found.columns) == [
        "citation", "quote", "case", "transcript", "turn", "speaker", "plot", "member",
        "path 1", "path 2", "number", "code", "framework",
    ]  # fmt: skip
    assert [tuple(None if pd.isna(v) else v for v in row) for row in found.values.tolist()] == [
        ("gardener, turn 2", QUIET, "gardener", "gardener", 2, "P1", 12, True,
         "1 Coming", "1.1 Reasons to come", "1.1", "Reasons to come", "garden@1"),
        ("gardener, turn 4", "Rain keeps me away.", "gardener", "gardener", 4, "P1", 12, True,
         "1 Coming", "1.2 Barriers", "1.2", "Barriers", "garden@1"),
        ("gardener, turn 4", GATE, "gardener", "gardener", 4, "P1", 12, True,
         "1 Coming", "1.2 Barriers", "1.2", "Barriers", "garden@1"),
        (f"{ANNA}, turn 2", "We have a list on the shed. It works well.", ANNA, "group", 2, "Anna",
         3, None, "2 Sharing", "2.1 Shared work", "2.1", "Shared work", "garden@1"),
        (f"{BO}, turn 3", "The list is never up to date.", BO, "group", 3, "Bo",
         None, None, "2 Sharing", "2.1 Shared work", "2.1", "Shared work", "garden@1"),
        (f"{ANNA}, turn 4", "Rain helps us.", ANNA, "group", 4, "Anna",
         3, None, "1 Coming", "1.1 Reasons to come", "1.1", "Reasons to come", "garden@1"),
        (f"{BO}, turn 6", "Tools are lent and come back late.", BO, "group", 6, "Bo",
         None, None, "2 Sharing", "2.2 Tools", "2.2", "Tools", "garden@1"),
    ]  # fmt: skip


def test_a_quotation_is_cited_with_the_time_of_its_turn(garden: Garden, tmp_path: Path):
    timed, plain = builders.walk(garden, tmp_path)
    found = quotations.quotations(garden.project).set_index("coding_id")["citation"]
    assert (found[timed], found[plain]) == ("walk, turn 2 at 1:02:05", "walk, turn 3")
    assert found[garden.codings["quiet"]] == "gardener, turn 2"


def test_the_workbook_tells_the_time_of_a_turn_where_any_has_one(garden: Garden, tmp_path: Path):
    book = openpyxl.load_workbook(exported(garden, tmp_path / "without.xlsx"))
    assert [c.value for c in book["Evidence"][1]][2:5] == ["Transcript", "Turn", "Speaker"]
    timed, plain = builders.walk(garden, tmp_path)
    book = openpyxl.load_workbook(exported(garden, tmp_path / "with.xlsx"))
    heads, *rows = book["Evidence"].iter_rows(values_only=True)
    assert heads[2:6] == ("Transcript", "Turn", "Time", "Speaker")
    told = {row[0]: row[2:6] for row in rows}
    assert told[timed] == ("walk", 2, "1:02:05", "Ana")
    assert told[plain] == ("walk", 3, None, "I")
    notes = [c.comment.text for row in book["Coming"].iter_rows() for c in row if c.comment]
    assert any(f"walk, turn 2 at 1:02:05: {timed}" in note for note in notes), notes


def test_quotations_come_out_as_excel_csv_and_parquet_alike(garden: Garden, tmp_path: Path):
    heads = list(quotations.quotations(garden.project).columns)
    sheet = openpyxl.load_workbook(exported(garden, tmp_path / "q.xlsx", what="quotations")).active
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == heads
    assert rows[1][:8] == ("gardener, turn 2", QUIET, "gardener", "gardener", 2, "P1", 12, True)
    path = exported(garden, tmp_path / "q.csv", what="quotations")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.reader(stream))
    assert read[0] == heads
    assert read[5][:8] == [
        f"{BO}, turn 3", "The list is never up to date.", BO, "group", "3", "Bo", "", "",
    ]  # fmt: skip
    table = pq.read_table(exported(garden, tmp_path / "q.parquet", what="quotations"))
    assert table.column("plot").to_pylist() == [12, 12, 12, 3, None, 3, None]
    assert table.column("quote").to_pylist()[0] == QUIET


def test_words_of_several_cases_name_them_all(garden: Garden):
    text = "Anna: That is true in July. Rain helps us.\nI: And the tools?\nBo: Tools are lent"
    shared = edits.code_quote(garden.project, "group", text, "2.2").coding_id
    found = quotations.quotations(garden.project).set_index("coding_id").loc[shared]
    assert (found["citation"], found["case"], found["plot"]) == (
        "group, turn 4",
        f"{ANNA}; {BO}",
        "3; ",
    )


def test_an_attribute_called_like_a_column_says_that_it_is_of_the_case(garden: Garden):
    edits.add_cases(garden.project, {"gardener": {"code": "red", "speaker": "no"}})
    columns = list(quotations.quotations(garden.project).columns)
    assert columns[6:10] == ["plot", "member", "case: code", "case: speaker"]
    assert len(set(columns)) == len(columns)


def test_formulas_of_quotations_are_guarded_as_elsewhere(garden: Garden, tmp_path: Path):
    said = tmp_path / "dash.txt"
    said.write_text("I: Well?\nP1: =1+1, I said\n", encoding="utf-8")
    garden.project.import_files(said)
    edits.code_quote(garden.project, "dash", "=1+1, I said", "1.1")
    sheet = openpyxl.load_workbook(exported(garden, tmp_path / "q.xlsx", what="quotations")).active
    (cell,) = [c for c in sheet["B"] if str(c.value).startswith("=")]
    assert (cell.value, cell.data_type) == ("=1+1, I said", "s")
    for safe, words in ((True, "'=1+1, I said"), (False, "=1+1, I said")):
        path = exported(garden, tmp_path / "q.csv", what="quotations", safe_for_excel=safe)
        assert f'"{words}"' in path.read_text(encoding="utf-8")
        path = exported(garden, tmp_path / "all.zip", safe_for_excel=safe)
        with zipfile.ZipFile(path) as package:
            assert f'"{words}"' in package.read("csv/codings.csv").decode("utf-8-sig")


# all tables


def unpacked(garden: Garden, tmp_path: Path, **options: object) -> Path:
    with zipfile.ZipFile(exported(garden, tmp_path / "all.zip", **options)) as package:
        package.extractall(tmp_path / "all")
    return tmp_path / "all"


def test_the_zip_has_every_table_twice_and_alike(garden: Garden, tmp_path: Path):
    folder = unpacked(garden, tmp_path)
    names = list(tidy.tables(garden.project))
    assert sorted(p.stem for p in (folder / "csv").iterdir()) == sorted(names)
    rows = {}
    for name in names:
        table = pq.read_table(folder / "parquet" / f"{name}.parquet")
        with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            head, *read = csv.reader(stream)
        assert head == table.column_names, name
        assert len(read) == table.num_rows, name
        rows[name] = table.num_rows
    assert rows == {
        "cases": 3,
        "transcripts": 2,
        "case_spans": 5,  # one for the gardener's whole file, two for each of the others
        "turns": 10,
        "framework_versions": 1,
        "codes": 4,
        "runs": 1,
        "codings": 7,
        "case_codings": 7,
        "cells": 12,
        "statements": 6,
        "statement_evidence": 6,
        "nodes": 5,
        "node_edges": 2,
        "node_statements": 3,
        "node_facets": 1,
        "placements": 1,
        "links": 1,
        "link_evidence": 3,
        "findings": 0,
        "finding_evidence": 0,
    }


def test_tables_are_joined_by_their_ids(garden: Garden, tmp_path: Path):
    folder = unpacked(garden, tmp_path)
    read = {p.stem: pd.read_parquet(p) for p in (folder / "parquet").iterdir()}
    said = (
        read["link_evidence"]
        .merge(read["codings"][["coding_id", "quote"]])
        .merge(read["case_codings"][["coding_id", "case_id"]])
        .merge(read["cases"][["case_id", "case", "plot"]])
    )
    assert set(said[["quote", "case", "stance"]].itertuples(index=False, name=None)) == {
        ("Rain keeps me away.", "gardener", "for"),
        (GATE, "gardener", "for"),
        ("Rain helps us.", ANNA, "against"),
    }
    assert said["plot"].dropna().astype(int).tolist().count(12) == 2
    cells = (
        read["cells"]
        .merge(read["cases"][["case_id", "case"]])
        .merge(read["codes"][["framework", "code_id", "number"]])
    )
    state = {(r.case, r.number): r.state for r in cells.itertuples()}
    assert state["gardener", "2.2"] == "not asked"
    assert state[ANNA, "1.1"] == "indexed, not charted"
    assert state["gardener", "1.1"] == "reviewed"


def test_every_column_has_a_type_and_a_meaning(garden: Garden, tmp_path: Path):
    folder = unpacked(garden, tmp_path)
    with (folder / "columns.csv").open(encoding="utf-8-sig", newline="") as stream:
        told = list(csv.DictReader(stream))
    held = [
        (name, column)
        for name in tidy.tables(garden.project)
        for column in pq.read_schema(folder / "parquet" / f"{name}.parquet").names
    ]
    assert [(t["table"], t["column"]) for t in told] == held
    assert [t for t in told if not t["meaning"]] == []
    types = {(t["table"], t["column"]): (t["type"], t["unit"]) for t in told}
    assert types["cases", "plot"] == ("whole number", "")
    assert types["cases", "member"] == ("yes or no", "")
    assert types["codings", "start"] == ("whole number", "characters (Unicode code points)")
    assert types["codings", "turn"] == ("number", "")
    assert types["turns", "begin_ms"] == ("number", "milliseconds")
    assert types["codings", "coding_id"] == ("text", "id")


def test_no_word_is_kept_for_a_column_that_no_table_has(garden: Garden):
    held = tidy.tables(garden.project)
    columns = {c for frame in held.values() for c in frame.columns}
    assert set(tidy_words.COLUMNS) <= columns
    assert set(tidy_words.ROWS) == set(held)
    assert all(column in held[table] for table, column in tidy_words._OWN)


def test_the_readme_shows_code_that_runs(garden: Garden, tmp_path: Path, monkeypatch):
    folder = unpacked(garden, tmp_path)
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Tables of The garden\n")
    assert "| codings | 7 | one live coding, with its words |" in text
    assert "library(arrow)" in text
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    *before, last = code.strip().splitlines()
    exec("\n".join(before), names)  # noqa: S102 our own words
    joined = eval(last, names)  # noqa: S307
    assert len(joined) == 7
    assert {"quote", "plot", "case"} <= set(joined.columns)
    assert names["of_case"].groupby("code_id")["case_id"].nunique().tolist().count(2) == 2


def test_tables_of_one_version_have_its_codes_and_codings_only(garden: Garden, tmp_path: Path):
    edits.begin_draft(garden.project, "garden@1", "2")
    whole, one = (tidy.tables(garden.project, f) for f in (None, "garden@2"))
    assert len(whole["codes"]) == 8
    assert set(one["codes"]["framework"]) == {"garden@2"}
    assert (len(one["codings"]), len(one["statements"]), len(one["statement_evidence"])) == (0,) * 3
    with pytest.raises(UnknownName, match="framework version"):
        garden.project.export(tmp_path / "all.zip", framework="nowhere@1")
    assert not (tmp_path / "all.zip").exists()


# transcripts and what is refused


def test_a_coded_transcript_has_the_quotes_of_its_codings(garden: Garden, tmp_path: Path):
    (told,) = garden.project.export(tmp_path / "t.html", what="transcript", of="gardener")
    assert told == f"{tmp_path / 't.html'}: gardener, 3 codings."
    page = html.parse(str(tmp_path / "t.html"), html.HTMLParser(encoding="utf-8"))
    quotes = {m.get("data-coding"): m.text_content() for m in page.iter("mark")}
    assert quotes == {
        garden.codings["quiet"]: QUIET,
        garden.codings["rain"]: "Rain keeps me away.",
        garden.codings["gate"]: GATE,
    }


def test_a_run_that_does_not_count_is_not_in_a_transcript(garden: Garden, tmp_path: Path):
    edits.start_run(garden.project, "alone", "garden@1", kind="independent")
    edits.code_quote(garden.project, "group", "Two people", "2.1", run="alone")
    page = exported(garden, tmp_path / "t.html", what="transcript", of="group")
    assert page.read_text(encoding="utf-8").count("<mark ") == 4
    assert "Two people" not in [m.text_content() for m in html.parse(str(page)).iter("mark")]


def test_the_blind_run_of_somebody_else_is_not_in_a_transcript(garden: Garden, tmp_path: Path):
    for coding in garden.codings.values():
        edits.withdraw_coding(garden.project, coding)
    edits.begin_draft(garden.project, "garden@1", "2")
    edits.release(garden.project, "garden@2")
    edits.start_run(
        garden.project, "hidden", "garden@2", kind="independent", blind=True, coder="bo"
    )
    edits.code_quote(garden.project, "group", "come back late", "2.2", run="hidden", coder="bo")
    for who, marks in (("anna", 0), ("bo", 1)):
        garden.project.who = who
        path = exported(
            garden, tmp_path / "t.html", what="transcript", of="group", framework="garden@2"
        )
        assert path.read_text(encoding="utf-8").count("<mark ") == marks, who


def test_what_cannot_be_written_so_is_refused_and_nothing_left(garden: Garden, tmp_path: Path):
    for name, options, said in (
        ("c.csv", {"what": "codebook"}, r"“codebook” cannot be 'c.csv'; give .docx"),
        ("c.docx", {"what": "cases"}, r"“cases” cannot be 'c.docx'; give .xlsx, .csv, .parquet"),
        ("c.zip", {"what": "codings"}, r"“codings” cannot be 'c.zip'"),
        ("c.csv", {"template": "t.docx"}, r"with a template cannot be 'c.csv'; give .docx"),
        ("c.html", {"what": "transcript"}, r"one of them, with --of NAME"),
    ):
        with pytest.raises(BadValue, match=said):
            garden.project.export(tmp_path / name, **options)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("c.")] == []


def test_the_file_stays_as_it_was_when_the_new_one_fails(garden: Garden, tmp_path: Path):
    (tmp_path / "d.docx").write_bytes(b"mine")
    with pytest.raises(UnknownName):
        garden.project.export(tmp_path / "d.docx", what="case", of="Nobody")
    assert (tmp_path / "d.docx").read_bytes() == b"mine"
