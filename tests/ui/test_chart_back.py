"""A chart that a colleague edited comes back on the page of charting."""

import re
import time
from pathlib import Path

import openpyxl
import pytest
from parts_given import parts

import workbench
from workbench.project import edits
from workbench.store import records


@pytest.fixture
def edited(study: Path) -> bytes:
    """The workbook of the chart, in which a colleague changed, added and took out statements."""
    path = study.with_name("edited.xlsx")
    with workbench.open(study, who="ingrid") as project:
        edits.write_statement(project, "Solveig", "2.1", "Lets people in who have no card.")
        project.export(path)
        (mine,) = [
            s for s in chart_statements(project) if s["text"] == "Lets people in who have no card."
        ]
        edits.change_statement(project, mine["id"], text="Lets in people without a card.")
    book = openpyxl.load_workbook(path, rich_text=True)
    for row in book["Order and unease"].iter_rows(min_row=2):
        for cell in row:
            if cell.value == "Lets people in who have no card.":
                cell.value = "Lets *all* people in who have no card.\nShe has the keys."
    book.save(path)
    return path.read_bytes()


def chart_statements(project) -> list[dict]:
    with project.reading() as connection:
        return records.find(connection, "statement")


def texts(study: Path) -> list[str]:
    with workbench.open(study) as project:
        return [s["text"] for s in chart_statements(project)]


def with_file(page, study: Path, name: str, content: bytes):
    at = page("charting", study, look="back")
    at.file_uploader[0].set_value((name, content, XLSX)).run()
    assert not at.exception
    return at


def sides(at) -> list[str]:
    """Return a question's three texts; what is not as it was stands in brackets."""
    asked = next(n for n, m in enumerate(at.markdown) if m.value.startswith("**1. Solveig"))
    shown = [m.value for m in at.markdown][asked + 1 : asked + 4]
    marked = [re.sub(r":green-background\[\*\*(.*?)\*\*\]", r"[\1]", text) for text in shown]
    return [re.sub(r"\\(.)", r"\1", text) for text in marked]


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_an_edited_chart_is_looked_at_answered_and_taken_in(page, study, edited):
    before = texts(study)
    at = with_file(page, study, "edited.xlsx", edited)
    assert sides(at) == [
        "Lets people in who have no card.",
        "Lets [in] people [without a] card.",
        "Lets [*all*] people in who have no card.",
    ]
    (row,) = parts(at)["listing"]["rows"]
    code = "Cards, codes and cameras"
    assert row[:5] == ["New in the file", "Solveig", code, "", "She has the keys."]
    assert "Changed on both sides: **1**" in at.markdown[1].value
    assert texts(study) == before
    at.radio[0].set_value("both").run()
    at.button(key="chart back take").click().run()
    assert not at.exception
    after = texts(study)
    assert set(after) - set(before) == {
        "Lets *all* people in who have no card.",
        "She has the keys.",
    }
    assert at.file_uploader
    with workbench.open(study, who="ingrid") as project:
        assert project.history(1)[0]["verb"] == "take chart back"
        project.undo()
    assert texts(study) == before


def test_what_somebody_changed_meanwhile_is_looked_at_before_it_is_taken_in(page, study, edited):
    at = with_file(page, study, "edited.xlsx", edited)
    at.radio[0].set_value("theirs").run()
    with workbench.open(study, who="sunniva") as project:
        (mine,) = [
            s for s in chart_statements(project) if s["text"] == "Lets in people without a card."
        ]
        edits.change_statement(project, mine["id"], text="Opens the door to everybody.")
    at.button(key="chart back take").click().run()
    assert "Somebody changed the project meanwhile" in at.warning[0].value
    assert sides(at)[1] == "[Opens the door to everybody.]"
    assert "Opens the door to everybody." in texts(study)
    at.button(key="chart back take").click().run()
    assert not at.exception
    assert "Lets *all* people in who have no card." in texts(study)


def test_answers_stay_while_another_part_is_looked_at(page, study, edited):
    at = with_file(page, study, "edited.xlsx", edited)
    at.radio[0].set_value("theirs").run()
    for other in ("open", "back"):
        at.segmented_control(key="charting:look").set_value(other).run()
        assert not at.exception
        assert bool(at.radio) == (other == "back")
    assert at.radio[0].value == "theirs"
    at.button(key="chart back take").click().run()
    assert "Lets *all* people in who have no card." in texts(study)


def test_an_open_conflict_stays_as_it_is_here(page, study, edited):
    at = with_file(page, study, "edited.xlsx", edited)
    assert any("1 conflict has no answer" in c.value for c in at.caption)
    at.button(key="chart back take").click().run()
    assert "Lets in people without a card." in texts(study)
    assert "Lets *all* people in who have no card." not in texts(study)


def test_a_chart_that_brings_nothing_cannot_be_taken_in_but_left(page, study):
    path = study.with_name("same.xlsx")
    with workbench.open(study) as project:
        project.export(path)
    at = with_file(page, study, "same.xlsx", path.read_bytes())
    assert at.button(key="chart back take").disabled
    at.button(key="chart back leave").click().run()
    assert not at.exception
    assert at.file_uploader


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04 and no more"])
def test_what_is_no_chart_is_refused_in_a_sentence_without_a_path(page, study, content):
    at = with_file(page, study, "*odd*.xlsx", content)
    (told,) = at.error
    assert told.value.startswith("\\*odd\\*\\.xlsx")
    assert "no chart that can come back" in told.value
    assert "workbench\\-import" not in told.value


def test_the_page_of_imports_leads_to_where_conflicts_are_answered(page, study, edited):
    at = page("project", study, view="import")
    at.file_uploader[0].set_value([("edited.xlsx", edited, XLSX)]).run()
    for _ in range(200):
        if any(b.label == "Bring in" for b in at.button):
            break
        time.sleep(0.05)
        at.run()
    assert not at.exception
    assert any("1 statement was changed in the file and here" in m.value for m in at.markdown)
    assert any("Answer on the page Charting" in m.value for m in at.markdown)


def test_what_is_not_taken_in_is_listed_as_text(page, study):
    path = study.with_name("changed.xlsx")
    with workbench.open(study) as project:
        project.export(path)
    book = openpyxl.load_workbook(path)
    book["Order and unease"]["A2"] = "*New* name"
    book.save(path)
    at = with_file(page, study, "changed.xlsx", path.read_bytes())
    assert any("\\*New\\* name" in m.value for m in at.markdown)


def test_all_open_conflicts_are_answered_at_once(page, study, edited):
    path = study.with_name("two.xlsx")
    path.write_bytes(edited)
    with workbench.open(study, who="ingrid") as project:
        other = next(s for s in chart_statements(project) if s["kind"] == "summary")
        edits.change_statement(project, other["id"], text="Another word here.")
    book = openpyxl.load_workbook(path, rich_text=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2) if sheet.sheet_state == "visible" else ():
            for cell in row:
                if sheet.title != "States" and str(cell.value or "").startswith(other["text"]):
                    cell.value = str(cell.value).replace(other["text"], "Another word there.")
    book.save(path)
    at = with_file(page, study, "two.xlsx", path.read_bytes())
    at.button(key="chart back all theirs").click().run()
    assert [r.value for r in at.radio] == ["theirs", "theirs"]
    at.button(key="chart back take").click().run()
    assert {"Another word there.", "Lets *all* people in who have no card."} <= set(texts(study))
