"""Rows of tables that lead somewhere."""

import re

import laundry
from driving import settled
from playwright.sync_api import expect

import workbench
from workbench import edits


def test_a_version_is_opened_from_the_table_of_versions(serve, visit, study):
    with workbench.open(study) as project:
        edits.begin_draft(project, "open-library@1", "2", objective="what comes next")
    page = visit(serve(study), "framework?framework=open-library@2")
    page.get_by_role("button", name="Versions").click()
    page.locator(".fw-listing").get_by_role("button", name="open-library@1").click()
    page.wait_for_function("location.search.includes('open-library%401')")
    settled(page)
    expect(page.get_by_role("combobox", name="Framework")).to_have_value("open-library@1")


def test_a_transcript_is_opened_from_the_table_of_all(serve, visit, study):
    page = visit(serve(study), "indexing?transcript=caretaker")
    page.get_by_role("button", name="All transcripts").click()
    page.locator(".fw-listing").get_by_role("button", name="volunteers").click()
    page.wait_for_function("location.search.includes('transcript=volunteers')")
    settled(page)
    expect(page.get_by_role("combobox", name="Transcript")).to_have_value("volunteers")


def test_a_click_in_a_row_of_printed_cells_opens_the_words_behind_it(serve, visit, study, tmp_path):
    page = visit(serve(study), "reproduction?study=*other")
    folder = page.get_by_label("Folder of the study on this computer")
    folder.fill(str(laundry.write(tmp_path)))
    folder.press("Enter")
    page.get_by_role("button", name="Rebuild and compare").click()
    row = page.locator(".fw-listing tbody tr", has_text="old").first
    row.wait_for(timeout=60_000)
    row.locator("td").last.click()
    page.get_by_text("The machines are old.").wait_for()
    assert "cell=old" in page.url
    expect(page.locator(".fw-listing tr[aria-current]")).to_have_text(re.compile("^Old machines"))
    settled(page)
