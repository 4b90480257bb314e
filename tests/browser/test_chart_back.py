"""An edited workbook goes out by a click and comes back by another, with a conflict to answer."""

from pathlib import Path

import openpyxl
import pytest
from driving import serious, settled
from playwright.sync_api import expect

import workbench
from workbench import edits

WAS = "Lets people in who have no card."


@pytest.fixture
def edited(study: Path, tmp_path: Path) -> Path:
    """A workbook in which a colleague changed what was changed here too, and added a line."""
    path = tmp_path / "edited.xlsx"
    with workbench.open(study, who="ingrid") as project:
        edits.write_statement(project, "Solveig", "2.1", WAS)
        project.export(path)
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["Order and unease"]
    (cell,) = [c for row in sheet.iter_rows(min_row=2) for c in row if c.value == WAS]
    cell.value = "Lets all people in who have no card.\nShe has the keys."
    sheet["A2"] = "Somebody else"
    book.save(path)
    with workbench.open(study, who="ingrid") as project:
        found = [s for s in statements(study) if s[1] == WAS]
        edits.change_statement(project, found[0][0], text="Lets in people without a card.")
    return path


def statements(study: Path) -> list[tuple[str, str]]:
    with workbench.open(study) as project:
        frame = workbench.views.statements(project)
    return list(zip(frame["statement_id"], frame["text"], strict=True))


def test_an_edited_workbook_is_looked_at_answered_taken_in_and_undone(serve, visit, study, edited):
    page = visit(serve(study), "charting")
    page.get_by_text("Back from Excel").click()
    settled(page)
    page.locator("input[type=file]").set_input_files(edited)
    page.get_by_text("Which text stands?").wait_for()
    settled(page)
    before = [text for _, text in statements(study)]
    expect(page.locator(".fw-listing")).to_contain_text("She has the keys.")
    page.get_by_text("as in the file", exact=True).click()
    settled(page)
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("Drag it here").wait_for()
    settled(page)
    after = [text for _, text in statements(study)]
    assert set(after) - set(before) == {
        "Lets all people in who have no card.",
        "She has the keys.",
    }
    page.keyboard.press("Control+z")
    for _ in range(100):
        if [text for _, text in statements(study)] == before:
            break
        page.wait_for_timeout(100)
    assert [text for _, text in statements(study)] == before


def test_nothing_serious_is_found_by_axe(serve, visit, study, edited):
    page = visit(serve(study), "charting?look=back")
    page.locator("input[type=file]").set_input_files(edited)
    page.get_by_text("Which text stands?").wait_for()
    settled(page)
    assert serious(page) == []
