"""A chart goes out, is worked on in a spreadsheet and here, and is taken back."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import builders
import openpyxl
import pytest
from builders import ANNA, BO, VERSION, Garden
from colleague import italic, rewrite
from openpyxl.cell.rich_text import CellRichText

import workbench
from workbench import errors, views
from workbench.formats.xlsx import back
from workbench.model.chart_file import BaseCell, Compared, Held, Line, Wording, addition_id
from workbench.model.report import ImportReport
from workbench.project import edits, imports

BARRIERS, SHARED, TOOLS = ("Coming", "F2"), ("Sharing", "D4"), ("Sharing", "F4")
"""Where the chart has what keeps the gardener away, and what Bo says of work and of tools."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chart of the garden, which is the same in every copy of it."""
    home = tmp_path_factory.mktemp("exported")
    garden = builders.copy(home / "garden.fwb")
    garden.project.export(home / "chart.xlsx")
    garden.project.close()
    return home / "chart.xlsx"


@pytest.fixture
def chart(exported: Path, tmp_path: Path) -> Path:
    return shutil.copy(exported, tmp_path / "chart.xlsx")


def taken(garden: Garden, path: Path, **options: Any) -> ImportReport:
    return garden.project.import_files(path, **options)


def said(garden: Garden, case: str, number: str) -> list[tuple[str, str]]:
    """Return kind and words of the statements of a cell, in their order."""
    live = garden.live()
    case_id = next(c["id"] for c in live["case"] if c["label"] == case)
    code_id = next(c["code_id"] for c in live["code_version"] if c["number"] == number)
    cells = [c["id"] for c in live["cell"] if (c["case_id"], c["code_id"]) == (case_id, code_id)]
    held = [s for s in live["statement"] if s["cell_id"] in cells]
    return [(s["kind"], s["text"]) for s in sorted(held, key=lambda s: s["position"])]


def cited(garden: Garden, statement_id: str) -> set[str]:
    rows = garden.live()["statement_evidence"]
    return {e["coding_id"] for e in rows if e["statement_id"] == statement_id}


def test_an_untouched_chart_brings_nothing(garden, chart):
    before, acts = garden.live(), garden.acts()
    assert taken(garden, chart) == ImportReport("chart.xlsx")
    assert (garden.live(), garden.acts()) == (before, acts)


def test_changed_new_and_missing_statements_come_in_as_one_act(garden, chart):
    acts = garden.acts()
    rewrite(
        chart,
        {
            BARRIERS: CellRichText(
                "“Rain keeps me away.”\nA gate shuts people out.\nKeys are few."
            ),
            SHARED: "The list does not hold.",
            TOOLS: "“Tools are lent”",
        },
    )
    report = taken(garden, chart)
    assert report.counts == {
        "changed statements": 1,
        "new statements": 2,
        "withdrawn statements": 1,
    }
    assert (report.left_out, report.notes) == ([], [])
    assert said(garden, "gardener", "1.2") == [
        ("verbatim", "Rain keeps me away."),
        ("summary", "A gate shuts people out."),
        ("summary", "Keys are few."),
    ]
    assert said(garden, BO, "2.1") == [("summary", "The list does not hold.")]
    assert said(garden, BO, "2.2") == [("verbatim", "Tools are lent")]
    assert garden.acts() == acts + 1
    assert garden.project.history(1)[0]["summary"] == (
        "Took the chart chart.xlsx back: "
        "1 changed statement, 2 new statements, 1 withdrawn statement"
    )
    assert garden.project.check() == []


def test_a_changed_statement_keeps_its_id_and_evidence_and_a_new_one_cites_its_cell(garden, chart):
    rewrite(chart, {BARRIERS: "A gate shuts people out.\nKeys are few."})
    taken(garden, chart)
    rows = {s["text"]: s for s in garden.live()["statement"]}
    changed, new = rows["A gate shuts people out."], rows["Keys are few."]
    both = {garden.codings["rain"], garden.codings["gate"]}
    assert changed["id"] == garden.statements["gate"]
    assert cited(garden, changed["id"]) == both
    assert cited(garden, new["id"]) == both


def test_a_new_verbatim_cites_the_codings_that_hold_its_words(garden, chart):
    rewrite(chart, {BARRIERS: "“Rain keeps me away.”\n“nobody has a key”"})
    taken(garden, chart)
    (new,) = [s["id"] for s in garden.live()["statement"] if s["text"] == "nobody has a key"]
    assert cited(garden, new) == {garden.codings["gate"]}


def test_undo_takes_all_of_it_back(garden, chart):
    before = garden.live()
    rewrite(
        chart, {BARRIERS: "Keys are few.", SHARED: None, TOOLS: CellRichText(italic("Laughs."))}
    )
    taken(garden, chart)
    assert garden.live() != before
    garden.project.undo()
    assert garden.live() == before


def test_the_second_time_nothing_changes(garden, chart):
    rewrite(chart, {BARRIERS: "Keys are few.", SHARED: None, TOOLS: "Tools are late."})
    assert taken(garden, chart).counts
    after, acts = garden.live(), garden.acts()
    assert taken(garden, chart) == ImportReport("chart.xlsx")
    assert (garden.live(), garden.acts()) == (after, acts)


ADDED = {BARRIERS: "“Rain keeps me away.”\nA locked gate shuts people out.\nKeys are few."}


def added(garden: Garden) -> str:
    """Return the id of the statement that ADDED adds."""
    return next(s["id"] for s in garden.live()["statement"] if s["text"] == "Keys are few.")


def test_an_addition_that_was_edited_here_is_known_again(garden, chart):
    rewrite(chart, ADDED)
    assert taken(garden, chart).counts == {"new statements": 1}
    new = added(garden)
    edits.change_statement(garden.project, new, text="Keys are rare.")
    after, acts = garden.live(), garden.acts()
    report = taken(garden, chart)
    assert report == ImportReport("chart.xlsx")
    assert (garden.live(), garden.acts()) == (after, acts)
    file = Wording("summary", "Keys are few.")
    assert report.chart.rows == [
        Compared(
            "changed here",
            new,
            "gardener",
            "Barriers",
            "“Coming” F2",
            was=file,
            here=Wording("summary", "Keys are rare."),
            file=file,
        )
    ]


def test_an_addition_that_was_withdrawn_here_stays_so(garden, chart):
    rewrite(chart, ADDED)
    taken(garden, chart)
    edits.withdraw_statement(garden.project, added(garden))
    after, acts = garden.live(), garden.acts()
    report = taken(garden, chart)
    assert (garden.live(), garden.acts()) == (after, acts)
    assert [(row.what, row.here) for row in report.chart.rows] == [("changed here", None)]


def test_an_addition_that_was_undone_comes_in_again_as_it_was(garden, chart):
    before = garden.live()
    rewrite(chart, ADDED)
    taken(garden, chart)
    first, new = garden.live(), added(garden)
    garden.project.undo()
    assert taken(garden, chart).counts == {"new statements": 1}
    assert [s for s in garden.live()["statement"] if s["id"] == new] == [
        s for s in first["statement"] if s["id"] == new
    ]
    assert cited(garden, new) == {garden.codings["rain"], garden.codings["gate"]}
    assert garden.project.check() == []
    garden.project.undo()
    assert garden.live() == before


def test_equal_additions_of_a_cell_are_told_apart(garden, chart):
    rewrite(chart, {TOOLS: "Tools are late.\nTools are late."})
    assert taken(garden, chart).counts == {"new statements": 2}
    assert taken(garden, chart) == ImportReport("chart.xlsx")


def test_two_copies_that_both_took_the_file_are_merged_without_a_question(garden, chart, tmp_path):
    rewrite(chart, ADDED)
    garden.project.close()
    mine, theirs = tmp_path / "mine.fwb", tmp_path / "theirs.fwb"
    for path in (mine, theirs):
        path.write_bytes(Path(garden.project.where).read_bytes())
    with workbench.open(mine, who="anna") as here, workbench.open(theirs, who="bo") as there:
        here.import_files(chart)
        there.import_files(chart)
        report = here.merge(there)
        assert report.questions == []
        said = [s["text"] for s in builders.live(here)["statement"]]
        assert said.count("Keys are few.") == 1
        assert here.import_files(chart) == ImportReport("chart.xlsx")
        assert here.check() == []


def test_each_statement_that_is_not_the_same_is_told_from_all_sides(garden, chart):
    edits.change_statement(garden.project, garden.statements["helps"], text="It helps.")
    rewrite(
        chart,
        {
            BARRIERS: "A gate shuts people out.\nA hedge does not.",
            SHARED: CellRichText(italic("He laughs here.")),
        },
    )
    report = garden.project.rehearse_import(chart)
    assert [
        (r.what, r.was and r.was[1], r.here and r.here[1], r.file and r.file[1])
        for r in report.chart.rows
    ] == [
        (
            "changed here",
            "The garden helps on bad days.",
            "It helps.",
            "The garden helps on bad days.",
        ),
        (
            "changed",
            "A locked gate shuts people out.",
            "A locked gate shuts people out.",
            "A gate shuts people out.",
        ),
        ("new", None, None, "A hedge does not."),
        ("withdrawn", "Rain keeps me away.", "Rain keeps me away.", None),
        ("withdrawn", "The list does not hold.", "The list does not hold.", None),
    ]
    assert report.chart.same == 2  # what Anna says of the list, and the laugh


def test_a_rehearsal_tells_the_same_and_keeps_nothing(garden, chart):
    rewrite(chart, {BARRIERS: "Keys are few."})
    before = garden.live()
    rehearsed = garden.project.rehearse_import(chart)
    assert garden.live() == before
    assert rehearsed == taken(garden, chart)


def test_italics_make_a_comment_and_plain_text_a_summary(garden, chart):
    rewrite(
        chart,
        {
            BARRIERS: CellRichText(
                "“Rain keeps me away.”\n", italic("A locked gate shuts people out.")
            ),
            SHARED: "The list does not hold.\nHe laughs here.",
        },
    )
    assert taken(garden, chart).counts == {"changed statements": 2}
    assert said(garden, "gardener", "1.2")[1] == ("comment", "A locked gate shuts people out.")
    assert said(garden, BO, "2.1")[1] == ("summary", "He laughs here.")
    assert cited(garden, garden.statements["aside"]) == {garden.codings["stale list"]}


def test_another_order_of_lines_is_another_order_of_statements(garden, chart):
    rewrite(chart, {BARRIERS: "A locked gate shuts people out.\nKeys.\n“Rain keeps me away.”"})
    taken(garden, chart)
    assert [text for _, text in said(garden, "gardener", "1.2")] == [
        "A locked gate shuts people out.",
        "Keys.",
        "Rain keeps me away.",
    ]


def test_what_only_the_project_changed_stays(garden, chart):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    edits.write_statement(garden.project, "gardener", "1.2", "Nobody has a key.")
    before = garden.live()
    rewrite(chart, {SHARED: "The list does not hold."})
    assert taken(garden, chart).counts == {"withdrawn statements": 1}
    now = garden.live()
    for table in ("statement", "cell", "statement_evidence"):
        kept = [r for r in now[table] if r in before[table]]
        assert len(kept) >= len(before[table]) - 1, table
    assert said(garden, "gardener", "1.2")[1:] == [
        ("summary", "The gate."),
        ("summary", "Nobody has a key."),
    ]


THEIRS = {BARRIERS: "“Rain keeps me away.”\nA locked gate shuts some people out."}


def test_what_both_changed_is_told_with_all_texts_and_stays_as_it_is_here(garden, chart):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    rewrite(chart, THEIRS)
    before, acts = garden.live(), garden.acts()
    report = taken(garden, chart)
    assert (garden.live(), garden.acts()) == (before, acts)
    assert report.counts == {"open conflicts": 1}
    assert report.notes == []
    assert report.chart.unanswered == [
        Compared(
            "conflict",
            garden.statements["gate"],
            "gardener",
            "Barriers",
            "“Coming” F2",
            was=Wording("summary", "A locked gate shuts people out."),
            here=Wording("summary", "The gate."),
            file=Wording("summary", "A locked gate shuts some people out."),
        )
    ]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"conflicts": "theirs"}, "A locked gate shuts some people out."),
        ({"conflicts": "mine"}, "The gate."),
    ],
)
def test_an_answer_settles_all_conflicts(garden, chart, options, text):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    rewrite(chart, THEIRS)
    assert taken(garden, chart, **options).notes == []
    assert said(garden, "gardener", "1.2")[1] == ("summary", text)


def test_a_table_answers_one_by_one(garden, chart, tmp_path):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    edits.change_statement(garden.project, garden.statements["stale list"], text="No list.")
    rewrite(
        chart, {**THEIRS, SHARED: CellRichText("A list is no list.\n", italic("He laughs here."))}
    )
    answers = tmp_path / "answers.csv"
    answers.write_text(f"statement,answer\n{garden.statements['gate']},Theirs\n", encoding="utf-8")
    report = taken(garden, chart, answers=answers)
    assert report.counts == {"open conflicts": 1, "changed statements": 1}
    assert said(garden, "gardener", "1.2")[1][1] == "A locked gate shuts some people out."
    assert said(garden, BO, "2.1")[0][1] == "No list."
    answers.write_text(f"statement,answer\n{garden.statements['gate']},ours\n", encoding="utf-8")
    with pytest.raises(errors.BadTable, match="mine or theirs or both"):
        taken(garden, chart, answers=answers)


def test_both_texts_may_be_kept_one_below_the_other(garden, chart):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    rewrite(chart, THEIRS)
    assert taken(garden, chart, conflicts="both").counts == {"new statements": 1}
    assert said(garden, "gardener", "1.2") == [
        ("verbatim", "Rain keeps me away."),
        ("summary", "The gate."),
        ("summary", "A locked gate shuts some people out."),
    ]
    after = garden.live()
    report = taken(garden, chart)
    assert (report.counts, garden.live()) == ({}, after)
    assert [(row.what, row.answer) for row in report.chart.rows] == [("conflict", "both")]
    garden.project.undo()
    assert taken(garden, chart).counts == {"open conflicts": 1}


@pytest.mark.parametrize(
    ("mine", "theirs", "counts"),
    [
        (None, THEIRS, {"changed statements": 1}),
        ("The gate.", {BARRIERS: "“Rain keeps me away.”"}, {"conflicts without change": 1}),
    ],
)
def test_both_is_the_one_that_there_is(garden, chart, mine, theirs, counts):
    if mine:
        edits.change_statement(garden.project, garden.statements["gate"], text=mine)
    else:
        edits.withdraw_statement(garden.project, garden.statements["gate"])
    rewrite(chart, theirs)
    assert taken(garden, chart, conflicts="both").counts == counts
    assert len(said(garden, "gardener", "1.2")) == 2


def test_open_conflicts_are_written_as_a_table_that_answers_when_filled_in(garden, chart, tmp_path):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    rewrite(chart, THEIRS)
    path = tmp_path / "answers.csv"
    assert imports.write_conflicts(garden.project.rehearse_import(chart), path) == 1
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines == [
        "statement,case,code,place,was,here,file,answer",
        f"{garden.statements['gate']},gardener,Barriers,“Coming” F2,"
        "A locked gate shuts people out.,The gate.,A locked gate shuts some people out.,",
    ]
    assert taken(garden, chart, answers=path).counts == {"open conflicts": 1}
    path.write_text("\n".join([lines[0], lines[1] + "theirs"]), "utf-8")
    assert taken(garden, chart, answers=path).counts == {"changed statements": 1}
    assert imports.write_conflicts(ImportReport("no chart"), path) == 0


def test_an_answer_to_a_statement_that_is_not_in_the_file_is_refused(garden, chart):
    with pytest.raises(errors.BadValue, match=r"one of chart\.xlsx"):
        taken(garden, chart, answers={"gate": "mine"})


def test_what_was_withdrawn_here_and_changed_there_can_be_had_back(garden, chart):
    edits.withdraw_statement(garden.project, garden.statements["gate"])
    rewrite(chart, THEIRS)
    assert taken(garden, chart).chart.conflicts[0].here is None
    taken(garden, chart, conflicts="theirs")
    assert said(garden, "gardener", "1.2")[1] == ("summary", "A locked gate shuts some people out.")
    assert garden.statements["gate"] in {s["id"] for s in garden.live()["statement"]}
    assert garden.project.check() == []


def test_what_was_changed_here_and_taken_out_there_can_go(garden, chart):
    edits.change_statement(garden.project, garden.statements["gate"], text="The gate.")
    rewrite(chart, {BARRIERS: "“Rain keeps me away.”"})
    assert taken(garden, chart).chart.conflicts[0].file is None
    assert taken(garden, chart, conflicts="theirs").counts == {"withdrawn statements": 1}


def test_what_the_method_forbids_is_told_cell_by_cell_and_the_rest_comes_in(garden, chart):
    rewrite(
        chart,
        {
            BARRIERS: "“Rain keeps us away.”\nA gate shuts people out.",
            ("Coming", "F3"): "Anna says a thing without a coding.",
            ("Coming", "D4"): "not asked",
        },
    )
    report = taken(garden, chart)
    assert report.counts == {"changed statements": 1}
    told = {o.where[0]: o.why for o in report.left_out}
    assert set(told) == {
        "“Coming” F2, “Rain keeps us away.”",
        "“Coming” F3, “Anna says a thing without a coding.”",
        "“Coming” D4, “not asked”",
    }
    assert "letter by letter" in told["“Coming” F2, “Rain keeps us away.”"]
    assert "no coding" in told["“Coming” F3, “Anna says a thing without a coding.”"]
    assert "workbench mark" in told["“Coming” D4, “not asked”"]
    assert said(garden, "gardener", "1.2") == [
        ("verbatim", "Rain keeps me away."),
        ("summary", "A gate shuts people out."),
    ]
    assert garden.project.check() == []


def test_a_line_below_the_state_of_a_cell_is_a_statement(garden, chart):
    there = CellRichText("not asked\n", italic("Ask next time."))
    rewrite(chart, {("Sharing", "F2"): there})
    taken(garden, chart)
    assert said(garden, "gardener", "2.2") == [("comment", "Ask next time.")]
    assert "not asked" in {c["mark"] for c in garden.live()["cell"]}


def test_a_written_cell_is_no_longer_stale_and_no_longer_reviewed(garden, chart):
    assert states(garden)["gardener", "Reasons to come"] == "reviewed"
    rewrite(chart, {("Coming", "D2"): "The garden helps."})
    taken(garden, chart)
    assert states(garden)["gardener", "Reasons to come"] == "charted"


def states(garden: Garden) -> dict[tuple[str, str], str]:
    found = views.states(garden.project)
    return {(r["case"], r["code"]): r["state"] for r in found.to_dict("records")}


def test_what_cannot_be_read_is_in_the_report(garden, chart):
    rewrite(chart, {BARRIERS: "=1+1", ("Coming", "A9"): "Kari", ("Coming", "B9"): "7"})
    rewrite(chart, {("Coming", "D9"): "She comes."})
    report = taken(garden, chart)
    assert {(o.what, o.where[0]) for o in report.left_out} == {
        ("cells", "“Coming” F2"),
        ("rows", "“Coming”, row 9"),
    }


def test_what_is_only_shown_is_told_where_it_was_changed(garden, chart):
    book = openpyxl.load_workbook(chart)
    heads = [c.value for c in book["Coming"][1]]
    plot = book["Coming"].cell(2, heads.index("plot") + 1).coordinate
    rewrite(
        chart,
        {("Coming", plot): "13", ("Coming", "G2"): 7, ("Evidence", "B3"): "Rain keeps us away."},
    )
    report = taken(garden, chart)
    assert report.counts == {}
    assert [(o.what, o.where) for o in report.left_out] == [
        ("attributes of cases", (f"“Coming” {plot}",)),
        ("numbers of codings", ("“Coming” G2",)),
        ("rows", ("“Evidence”, row 3",)),
    ]
    assert report.left_out[0].why.startswith("“plot” of “gardener” was “12” and reads “13” now")


def test_a_chart_of_a_copy_with_other_work_is_told(garden, tmp_path):
    other = builders.twin(garden.project, tmp_path / "twin.fwb")
    edits.write_statement(other, "gardener", "1.2", "Nobody has a key.")
    other.export(tmp_path / "chart.xlsx")
    other.close()
    report = taken(garden, tmp_path / "chart.xlsx")
    assert (report.counts, len(report.notes)) == ({}, 1)
    assert "Merge that copy first" in report.notes[0]


def test_a_chart_of_another_project_is_refused(garden, chart, tmp_path):
    other = builders.build(tmp_path / "other.fwb")
    before = other.live()
    with pytest.raises(errors.Refused, match="another project"):
        taken(other, chart)
    assert other.live() == before
    other.project.close()


def test_a_copy_of_the_project_takes_it_back(garden, chart, tmp_path):
    other = builders.copy(tmp_path / "copy.fwb")
    rewrite(chart, {BARRIERS: "Keys are few."})
    assert taken(other, chart).counts
    other.project.close()


def test_a_case_that_is_withdrawn_since_is_told(garden, chart):
    withdrawn = {
        s["id"] for s in garden.live()["statement"] if s["text"] == "A list shares the work out."
    }
    assert withdrawn == {garden.statements["list"]}
    rewrite(chart, {("Sharing", "D3"): "A list helps."})
    case = next(c for c in garden.live()["case"] if c["label"] == ANNA)
    chart_back = back.read(chart)
    key = next(at for at in chart_back.cells if at[0] == case["id"])
    moved = {
        ("00000000-gone", key[1]) if at[0] == case["id"] else at: c
        for at, c in chart_back.cells.items()
    }
    object.__setattr__(chart_back, "cells", moved)
    report = edits.take_chart_back(garden.project, chart_back)
    assert {o.why for o in report.left_out} == {"the case was withdrawn since"}


def test_a_draft_that_changed_since_is_told(garden, tmp_path):
    edits.begin_draft(garden.project, VERSION, "2")
    path = tmp_path / "draft.xlsx"
    garden.project.export(path, framework="garden@2")
    edits.change_code(garden.project, "garden@2", "Tools", name="Things")
    assert taken(garden, path).notes == ["garden@2 was changed since the chart was exported."]


def test_an_answer_must_be_one_of_two(garden, chart):
    with pytest.raises(errors.BadValue, match="mine or theirs"):
        edits.take_chart_back(garden.project, back.read(chart), conflicts="ours")


def test_a_file_that_knows_an_addition_before_it_was_made_adds_another(garden, chart):
    rewrite(chart, {BARRIERS: CellRichText(italic("Ask."))})
    edited = back.read(chart)
    ((at, cell),) = [
        (at, c) for at, c in edited.cells.items() if c.lines == (Line("Ask.", "italic"),)
    ]
    own = addition_id(edited.base.origin, at, Wording("comment", "Ask."))
    base = replace(edited.base, cells={at: BaseCell("", (Held(own, "comment", "Ask.", ""),))})
    forged = replace(edited, base=base, cells={at: cell._replace(lines=(*cell.lines, *cell.lines))})
    edits.take_chart_back(garden.project, forged, conflicts="theirs")
    said_by_file = [s for s in garden.live()["statement"] if s["text"] == "Ask."]
    assert {s["kind"] for s in said_by_file} == {"comment"}
    assert len({s["id"] for s in said_by_file} - {own}) == 1
