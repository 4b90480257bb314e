import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from workbench.errors import FrameMismatch
from workbench.formats import xlsx
from workbench.formats.xlsx import text
from workbench.model import frames

CODES = [
    ("c1", "1.1", "Waiting", "Access", "Time until somebody comes.", "#88CCEE"),
    ("c2", "1.2", "Cost", "Access", "What it takes from the purse.", ""),
    ("c3", "2.1", "Rota", "Staff", "Who works when.", "#332288"),
]


def codes() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "code_id": i,
                "number": number,
                "code": name,
                "category_id": category.lower(),
                "category": category,
                "parent_id": None,
                "definition": definition,
                "use_when": "The person says so.",
                "not_when": None,
                "example": "",
                "origin": "a priori",
                "colour": colour,
                "definition_hash": "",
            }
            for i, number, name, category, definition, colour in CODES
        ]
    )


def coding(coding_id: str, case: str, code: str, **more: Any) -> dict[str, Any]:
    return {
        "coding_id": coding_id,
        "case_id": case,
        "code_id": code,
        "transcript_version_id": "v1",
        "start": 10,
        "stop": 20,
        "quote": f"words of {coding_id}",
        "transcript": "T1",
        "coder": "anne",
        "turn": 4.0,
        "speaker": "Informant",
        **more,
    }


def statement(case: str, code: str, n: int, kind: str, said: str) -> dict[str, Any]:
    return {
        "statement_id": f"s-{case}-{code}-{n}",
        "cell_id": f"{case}-{code}",
        "case_id": case,
        "code_id": code,
        "position": n,
        "kind": kind,
        "text": said,
    }


def rests_on(statement_id: str, *ids: str, withdrawn: bool = False) -> list[dict[str, Any]]:
    return [{"statement_id": statement_id, "coding_id": i, "withdrawn": withdrawn} for i in ids]


def small() -> xlsx.ChartBook:
    """Two cases and three codes, with every kind of statement and of silence."""
    codings = pd.DataFrame(
        [
            coding("k1", "p1", "c1"),
            coding("k2", "p1", "c1", turn=float("nan")),
            coding("k3", "p1", "c3"),
            coding("k4", "p2", "c1"),
        ]
    )
    return xlsx.ChartBook(
        title="Drivers of staffing",
        framework="drivers@2",
        framework_hash="abc123",
        codes=codes(),
        cases=pd.DataFrame(
            {
                "case_id": ["p1", "p2"],
                "case": ["P1", "P2"],
                "role": ["nurse", "GP"],
                "years": [3, 12],
                "urban": [True, False],
            }
        ),
        made=datetime.datetime(
            2026, 3, 1, 11, 22, tzinfo=datetime.timezone(datetime.timedelta(hours=1))
        ),
        synthetic="all persons are made up.",
        cover=(("Project", "staffing.fwb"),),
        statements=pd.DataFrame(
            [
                statement("p1", "c1", 1, "verbatim", "I wait"),
                statement("p1", "c1", 0, "summary", "Waits for hours"),
                statement("p1", "c1", 2, "comment", "Tired?"),
                statement("p1", "c3", 0, "summary", "The rota comes late"),
            ]
        ),
        evidence=pd.DataFrame(
            rests_on("s-p1-c1-0", "k1", "k2")
            + rests_on("s-p1-c1-1", "k2")
            + rests_on("s-p1-c3-0", "k3")
        ),
        states=pd.DataFrame(
            [
                ("p1", "c2", "not asked", ""),
                ("p2", "c2", "nothing said", ""),
                ("p1", "c3", "stale", "The definition of the code has changed."),
            ],
            columns=list(xlsx.STATES),
        ),
        codings=codings[list(frames.CASE_CODINGS)],
        quotes=codings[list(frames.QUOTES)],
    )


def written(book: xlsx.ChartBook, folder: Path, limits: xlsx.Limits = xlsx.EXCEL) -> Any:
    xlsx.write(book, folder / "chart.xlsx", limits)
    return openpyxl.load_workbook(folder / "chart.xlsx", rich_text=True)


def cell(sheet: Any, case: str, head: str) -> Any:
    [column] = [c.column for c in sheet[1] if str(c.value) == head]
    return next(r[column - 1] for r in sheet.iter_rows() if str(r[0].value) == case)


def right_of(found: Any) -> Any:
    return found.offset(0, 1)


def shown(sheet: Any) -> list[list[Any]]:
    return [
        [str(v) if isinstance(v, str) else v for v in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def test_there_is_a_sheet_for_each_category_and_each_table_with_rows(tmp_path: Path) -> None:
    result = xlsx.write(small(), tmp_path / "chart.xlsx")
    assert [(s.name, s.rows) for s in result.sheets] == [
        ("Access", 2),
        ("Staff", 2),
        ("Evidence", 4),
        ("Framework", 3),
        ("States", 2),
    ]
    assert result.left_out == ("Ladder", "Themes", "Links")
    assert (result.counts["statements"], result.counts["charted cells"]) == (4, 2)
    assert result.notes == ()
    book = openpyxl.load_workbook(tmp_path / "chart.xlsx")
    assert book.sheetnames == ["Cover", "Access", "Staff", "Evidence", "Framework", "States"]


def test_cases_are_rows_and_codes_columns(tmp_path: Path) -> None:
    found = shown(written(small(), tmp_path)["Access"])
    assert found[0] == [
        "Case", "role", "years", "urban", "1.1 Waiting", "n", "1.2 Cost", "n"
    ]  # fmt: skip
    assert found[1][:4] == ["P1", "nurse", 3, "yes"]
    assert found[2] == [
        "P2", "GP", 12, "no", "indexed, not charted (1 coding)", 1, "nothing said", None
    ]  # fmt: skip


def test_the_kinds_of_statements_keep_their_look(tmp_path: Path) -> None:
    value = cell(written(small(), tmp_path)["Access"], "P1", "1.1 Waiting").value
    assert isinstance(value, CellRichText)
    runs = [(r.text, bool(r.font.i)) for r in value if isinstance(r, TextBlock)]
    assert runs == [("Waits for hours\n", False), ("“I wait”\n", False), ("Tired?", True)]


def test_a_cell_of_one_comment_is_italic(tmp_path: Path) -> None:
    book = small()
    only = pd.DataFrame([statement("p1", "c1", 0, "comment", "Tired?")])
    found = cell(written(replace(book, statements=only), tmp_path)["Access"], "P1", "1.1 Waiting")
    assert (found.value, found.font.i) == ("Tired?", True)


def test_the_note_names_the_codings_of_each_statement(tmp_path: Path) -> None:
    found = cell(written(small(), tmp_path)["Access"], "P1", "1.1 Waiting")
    assert found.comment.text == (
        "Statement 1, 2 codings:\nT1, turn 4: k1\nT1: k2\nStatement 2, 1 coding:\nT1: k2"
    )


def test_withdrawn_evidence_is_said_to_be(tmp_path: Path) -> None:
    book = small()
    gone = pd.DataFrame(rests_on("s-p1-c3-0", "k9", withdrawn=True))
    book = replace(book, evidence=gone)
    result = xlsx.write(book, tmp_path / "chart.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "chart.xlsx")["Staff"]
    assert cell(sheet, "P1", "2.1 Rota").comment.text.endswith("(withdrawn) k9")
    assert right_of(cell(sheet, "P1", "2.1 Rota")).hyperlink is None
    assert result.notes[0].startswith("Codings on which statements rest and that are not among")


def test_the_number_of_codings_leads_to_the_row_of_the_first(tmp_path: Path) -> None:
    book = written(small(), tmp_path)
    count = right_of(cell(book["Staff"], "P1", "2.1 Rota"))
    assert (count.value, count.hyperlink.location) == (1, "'Evidence'!A4")
    assert book["Evidence"]["A4"].value == "k3"
    assert right_of(cell(book["Access"], "P1", "1.1 Waiting")).value == 2


def test_the_link_can_stand_inside_the_cell(tmp_path: Path) -> None:
    book = written(replace(small(), links_stand="inside"), tmp_path)
    found = cell(book["Access"], "P1", "1.1 Waiting")
    assert found.hyperlink.location == "'Evidence'!A2"
    assert str(found.value) == "Waits for hours\n“I wait”\nTired?"
    assert [c.value for c in book["Access"][1]][-2:] == ["1.1 Waiting", "1.2 Cost"]


def test_silence_has_kinds(tmp_path: Path) -> None:
    book = written(small(), tmp_path)
    asked = cell(book["Access"], "P1", "1.2 Cost")
    assert (asked.value, asked.font.color.rgb) == ("not asked", "FF6B7880")
    assert cell(book["Access"], "P2", "1.2 Cost").value == "nothing said"
    waiting = cell(book["Access"], "P2", "1.1 Waiting")
    assert waiting.value == "indexed, not charted (1 coding)"
    assert waiting.comment.text == "Evidence, 1 coding:\nT1, turn 4: k4"
    assert cell(book["Staff"], "P2", "2.1 Rota").value is None


def test_a_stale_cell_is_coloured_and_says_why(tmp_path: Path) -> None:
    found = cell(written(small(), tmp_path)["Staff"], "P1", "2.1 Rota")
    assert found.fill.start_color.rgb == "FFFBE3B5"
    assert found.comment.text == (
        "Stale: The definition of the code has changed.\nEvidence, 1 coding:\nT1, turn 4: k3"
    )


def test_heads_carry_the_definition(tmp_path: Path) -> None:
    head = written(small(), tmp_path)["Access"]["E1"]
    assert head.value == "1.1 Waiting"
    assert head.comment.text == "Time until somebody comes.\nUse when: The person says so."


def test_the_sheet_reads_and_prints_well(tmp_path: Path) -> None:
    sheet = written(small(), tmp_path)["Access"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:H3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.print_title_rows == "$1:$1"
    found = cell(sheet, "P1", "1.1 Waiting").alignment
    assert (found.wrap_text, found.vertical) == (True, "top")


def test_rows_are_high_enough_for_their_text(tmp_path: Path) -> None:
    book = small()
    long = pd.DataFrame([statement("p1", "c1", 0, "summary", "so it went on " * 60)])
    sheet = written(replace(book, statements=long), tmp_path)["Access"]
    width = sheet.column_dimensions["E"].width
    # at least 840 letters of some 0.8 digits each
    assert sheet.row_dimensions[2].height >= 840 * 0.8 / width * 11.5
    assert sheet.row_dimensions[2].height <= 409
    assert sheet.row_dimensions[3].height < 40


def test_a_cell_too_full_for_a_row_goes_on_in_the_next(tmp_path: Path) -> None:
    book = small()
    said = "so it went on " * 300
    given = pd.DataFrame(
        [statement("p1", "c1", 0, "summary", said), statement("p1", "c2", 0, "comment", "Hm")]
    )
    result = xlsx.write(replace(book, statements=given), tmp_path / "chart.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "chart.xlsx", rich_text=True)["Access"]
    rows = shown(sheet)[1:]
    parts = [str(r[4]) for r in rows if r[0] == "P1"]
    assert len(parts) > 1
    assert "".join(unmarked(p) for p in parts) == said
    assert [r[:4] for r in rows if r[0] == "P1"] == [["P1", "nurse", 3, "yes"]] * len(parts)
    assert [r[6] for r in rows if r[0] == "P1"] == ["Hm"] + [None] * (len(parts) - 1)
    assert result.notes[0].startswith("Rows that go on from the row above: ")
    assert [r[0] for r in rows][-1] == "P2"


def unmarked(part: str) -> str:
    return part.removeprefix(text.CONTINUED + "\n").removesuffix("\n" + text.CONTINUES)


def test_a_rich_cell_goes_on_in_its_own_look(tmp_path: Path) -> None:
    given = pd.DataFrame(
        [
            statement("p1", "c1", 0, "summary", "a" * 150),
            statement("p1", "c1", 1, "comment", "b" * 150),
        ]
    )
    limits = xlsx.Limits(characters=200)
    sheet = written(replace(small(), statements=given), tmp_path, limits)["Access"]
    values = [row[4].value for row in sheet.iter_rows(min_row=2) if row[0].value == "P1"]
    italics = "".join(r.text for v in values for r in v if isinstance(r, TextBlock) and r.font.i)
    assert italics == "b" * 150
    assert all(text.units(str(v)) <= 200 for v in values)


def test_a_long_list_of_evidence_is_cut_in_the_note_and_says_so(tmp_path: Path) -> None:
    ids = [f"k{n:035}" for n in range(1200)]
    codings = pd.DataFrame([coding(i, "p1", "c1") for i in ids])
    book = replace(
        small(),
        statements=pd.DataFrame([statement("p1", "c1", 0, "summary", "Waits")]),
        evidence=pd.DataFrame(rests_on("s-p1-c1-0", *ids)),
        codings=codings[list(frames.CASE_CODINGS)],
        quotes=codings[list(frames.QUOTES)],
    )
    found = cell(written(book, tmp_path)["Access"], "P1", "1.1 Waiting")
    first, *lines, last = found.comment.text.split("\n")
    assert first == "Evidence, 1200 codings:"
    assert last == f"… and {1200 - len(lines)} more, see Evidence"
    assert lines == [f"T1, turn 4: {i}" for i in ids[: len(lines)]]
    assert 32_500 < text.units(found.comment.text) <= 32_767
    assert right_of(found).value == 1200


def test_the_cover_says_what_it_is(tmp_path: Path) -> None:
    sheet = written(small(), tmp_path)["Cover"]
    rows = [[v for v in row if v is not None] for row in shown(sheet)]
    for line in (
        ["Drivers of staffing"],
        ["INVENTED: all persons are made up."],
        ["Framework", "drivers@2"],
        ["Hash of the framework", "abc123"],
        ["Made", "2026-03-01 10:22 UTC"],
        ["Cases", "2"],
        ["Codes", "3"],
        ["Statements", "4 in 2 cells"],
        ["Codings", "4"],
        ["Project", "staffing.fwb"],
        ["Access", "Access: cases × 2 codes", "2 rows"],
        ["Left out, because there are no rows: Ladder, Themes, Links."],
    ):
        assert line in rows
    links = {
        str(c.value): c.hyperlink.location for r in sheet.iter_rows() for c in r if c.hyperlink
    }
    assert links == {
        name: f"'{name}'!A1" for name in ("Access", "Staff", "Evidence", "Framework", "States")
    }


def test_each_coding_has_its_row_of_evidence(tmp_path: Path) -> None:
    book = small()
    two_cases = pd.concat([book.codings, book.codings[:1].assign(case_id="p2")])
    assert shown(written(replace(book, codings=two_cases), tmp_path)["Evidence"])[:3] == [
        [
            "Coding", "Quote", "Transcript", "Turn", "Speaker", "Start", "Stop", "Code", "Case",
            "Coder", "Framework",
        ],
        [
            "k1", "words of k1", "T1", 4, "Informant", 10, 20, "1.1 Waiting", "P1; P2", "anne",
            "drivers@2",
        ],
        [
            "k2", "words of k2", "T1", None, "Informant", 10, 20, "1.1 Waiting", "P1", "anne",
            "drivers@2",
        ],
    ]  # fmt: skip


def test_the_framework_is_listed_with_its_colours(tmp_path: Path) -> None:
    sheet = written(small(), tmp_path)["Framework"]
    assert [c.value for c in sheet[2]] == [
        "1.1", "Waiting", "Access", "Time until somebody comes.", "The person says so.", None,
        None, "a priori", "#88CCEE",
    ]  # fmt: skip
    assert sheet["I2"].fill.start_color.rgb == "FF88CCEE"
    assert sheet["I3"].fill.fill_type is None


def test_every_state_is_written_in_words(tmp_path: Path) -> None:
    assert shown(written(small(), tmp_path)["States"]) == [
        ["Case", "1.1 Waiting", "1.2 Cost", "2.1 Rota"],
        ["P1", "charted", "not asked", "stale"],
        ["P2", "indexed, not charted (1)", "nothing said", "not indexed"],
    ]


def test_tables_beside_the_chart_come_as_they_are_and_lead_to_their_evidence(
    tmp_path: Path,
) -> None:
    ladder = pd.DataFrame(
        {"Summary": ["Waits"], "evidence": [("k3", "k1")], "Key element": ["Delay"]}
    )
    book = replace(small(), ladder=ladder, further=(("Evidence", ladder), ("Memos", ladder[:0])))
    found = written(book, tmp_path)
    assert found.sheetnames[-4:] == ["Framework", "Ladder", "States", "Evidence 2"]
    assert shown(found["Ladder"]) == [
        ["Summary", "evidence", "evidence, n", "Key element"],
        ["Waits", "k3; k1", 2, "Delay"],
    ]
    assert found["Ladder"]["C2"].hyperlink.location == "'Evidence'!A4"


def test_numbers_are_numbers_with_their_evidence(tmp_path: Path) -> None:
    figures = pd.DataFrame(
        [("p1", "c1", 2), ("p1", "c2", 0), ("p1", "c3", 0.5), ("p2", "c1", float("nan"))],
        columns=["case_id", "code_id", "value"],
    )
    book = replace(small(), figures=figures, figures_are="codings")
    found = written(book, tmp_path)
    assert shown(found["Access"]) == [
        ["Case", "role", "years", "urban", "1.1 Waiting", "1.2 Cost"],
        ["P1", "nurse", 3, "yes", 2, 0],
        ["P2", "GP", 12, "no", "indexed, not charted (1 coding)", "nothing said"],
    ]
    waiting = cell(found["Access"], "P1", "1.1 Waiting")
    assert (waiting.data_type, waiting.hyperlink.location) == ("n", "'Evidence'!A2")
    assert waiting.comment.text == "Evidence, 2 codings:\nT1, turn 4: k1\nT1: k2"
    assert ["Cells show", "codings"] in [list(r[:2]) for r in shown(found["Cover"])]


def test_a_formula_in_a_statement_stays_text(tmp_path: Path) -> None:
    given = pd.DataFrame([statement("p1", "c1", 0, "summary", "=cmd|' /C calc'!A0")])
    found = cell(
        written(replace(small(), statements=given), tmp_path)["Access"], "P1", "1.1 Waiting"
    )
    assert (found.data_type, found.value) == ("s", "=cmd|' /C calc'!A0")


def everywhere(frame: pd.DataFrame, value: str, *columns: str) -> pd.DataFrame:
    odd = pd.Series([value] * len(frame), dtype="object", index=frame.index)
    return frame.assign(**dict.fromkeys(columns, odd))


def test_hostile_names_everywhere_are_only_text(tmp_path: Path) -> None:
    odd = "=1+1 <r>&\x00_\ud800_x0041_ R&G [Picture]&[Picture]'"
    book = small()
    book = replace(
        book,
        title=odd,
        synthetic=odd,
        framework=odd,
        cover=((odd, odd),),
        codes=everywhere(book.codes, odd, "code", "definition", "category", "colour"),
        cases=everywhere(book.cases, odd, "case", "role").rename(columns={"role": odd[:10]}),
        statements=everywhere(book.statements, odd, "text"),
        quotes=everywhere(book.quotes, odd, "quote", "transcript", "speaker"),
    )
    found = written(book, tmp_path)
    fit = text.visible(odd)
    assert str(found["Cover"]["A1"].value) == fit
    chart = found.worksheets[1]
    assert [str(chart["A2"].value), str(chart["B1"].value)] == [fit, fit[:10]]
    assert str(chart["E1"].value) == f"1.1 {fit}"
    assert str(chart["E2"].value) == f"{fit}\n“{fit}”\n{fit}"
    assert str(found["Evidence"]["B2"].value) == fit
    formulas = [c for s in found for r in s.iter_rows() for c in r if c.data_type == "f"]
    assert formulas == []


def test_statements_outside_the_chart_are_counted_and_told(tmp_path: Path) -> None:
    book = small()
    result = xlsx.write(replace(book, cases=book.cases[1:]), tmp_path / "chart.xlsx")
    assert result.counts.get("statements", 0) == 0
    assert result.notes == (
        "Statements or figures of cases or codes that are not in this chart: 4. "
        "They are not shown.",
    )


def test_a_book_of_nothing_is_a_cover_that_says_so(tmp_path: Path) -> None:
    book = small()
    empty = xlsx.ChartBook("Empty", "drivers@2", book.codes[:0], book.cases[:0], book.made)
    result = xlsx.write(empty, tmp_path / "chart.xlsx")
    assert result.sheets == ()
    assert result.left_out == (
        "Charts", "Evidence", "Framework", "Ladder", "Themes", "Links", "States"
    )  # fmt: skip


def test_more_evidence_than_a_sheet_goes_on_and_links_follow(tmp_path: Path) -> None:
    codings = pd.DataFrame([coding(f"k{n}", "p1", "c1" if n < 44 else "c3") for n in range(45)])
    book = replace(
        small(),
        codings=codings[list(frames.CASE_CODINGS)],
        quotes=codings[list(frames.QUOTES)],
        evidence=pd.DataFrame(rests_on("s-p1-c3-0", "k44")),
    )
    found = written(book, tmp_path, xlsx.Limits(rows=20))
    pages = [s for s in found.sheetnames if s.startswith("Evidence")]
    assert pages == ["Evidence", "Evidence 2", "Evidence 3"]
    assert [r[0] for p in pages for r in shown(found[p])[1:]] == [f"k{n}" for n in range(45)]
    link = right_of(cell(found["Staff"], "P1", "2.1 Rota")).hyperlink.location
    assert link == "'Evidence 3'!A8"
    assert found["Evidence 3"]["A8"].value == "k44"


def test_links_find_their_row_behind_a_quote_that_takes_several(tmp_path: Path) -> None:
    book = small()
    long = book.quotes.assign(quote=["so it went on " * 40, "b", "c", "d"])
    found = written(replace(book, quotes=long), tmp_path, xlsx.Limits(characters=300))
    place = right_of(cell(found["Staff"], "P1", "2.1 Rota")).hyperlink.location
    row = int(place.removeprefix("'Evidence'!A"))
    assert row > 4
    assert found["Evidence"][f"A{row}"].value == "k3"


def test_more_codes_than_columns_are_split_over_sheets(tmp_path: Path) -> None:
    found = written(small(), tmp_path, xlsx.Limits(columns=6))
    assert [s for s in found.sheetnames if s.startswith("Access")] == ["Access", "Access 2"]
    assert [shown(found[s])[0] for s in ("Access", "Access 2")] == [
        ["Case", "role", "years", "urban", "1.1 Waiting", "n"],
        ["Case", "role", "years", "urban", "1.2 Cost", "n"],
    ]


def test_attributes_that_leave_no_room_for_codes_get_their_own_sheet(tmp_path: Path) -> None:
    found = written(small(), tmp_path, xlsx.Limits(columns=4))
    assert shown(found["Access"])[0] == ["Case", "1.1 Waiting", "n"]
    assert shown(found["Cases"])[0] == ["case", "role", "years", "urban"]
    assert any("sheet Cases" in str(r[0]) for r in shown(found["Cover"]))


def test_more_links_than_a_sheet_holds_are_left_out_and_told(tmp_path: Path) -> None:
    book = small()
    result = xlsx.write(book, tmp_path / "chart.xlsx", xlsx.Limits(links=1))
    found = openpyxl.load_workbook(tmp_path / "chart.xlsx")
    assert right_of(cell(found["Access"], "P1", "1.1 Waiting")).hyperlink is not None
    assert right_of(cell(found["Access"], "P2", "1.1 Waiting")).hyperlink is None
    assert right_of(cell(found["Access"], "P2", "1.1 Waiting")).value == 1
    assert result.notes[0].startswith("Cells without a link: 1.")
    assert any(str(r[0]) == result.notes[0] for r in shown(found["Cover"]))


def test_categories_of_one_name_and_of_impossible_names_have_sheets(tmp_path: Path) -> None:
    names = ["Evidence", "a/b: c?", "A-B- C-"]
    book = replace(small(), codes=codes().assign(category_id=["x", "y", "z"], category=names))
    assert written(book, tmp_path).sheetnames[:5] == [
        "Cover", "Evidence 2", "a-b- c-", "A-B- C- 2", "Evidence"
    ]  # fmt: skip


def test_a_frame_without_a_column_is_told_before_anything_is_written(tmp_path: Path) -> None:
    book = small()
    with pytest.raises(FrameMismatch, match="quotes"):
        xlsx.write(replace(book, quotes=book.quotes[["coding_id"]]), tmp_path / "chart.xlsx")
    assert list(tmp_path.iterdir()) == []
