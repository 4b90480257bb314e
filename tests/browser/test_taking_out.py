"""Reports and tables are saved from the page Project, in a real browser."""

import io
import zipfile

import docx
from playwright.sync_api import expect


def test_a_report_with_a_template_and_all_tables_are_saved(serve, visit, study, tmp_path):
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our institute"
    own.save(str(tmp_path / "own.docx"))
    page = visit(serve(study), "?view=export")
    page.locator("input[type=file]").set_input_files(tmp_path / "own.docx")
    page.get_by_text("The report is set in the styles of own.docx.").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="The report as a Word document").click()
    assert waiting.value.suggested_filename == "analysis.docx"
    made = docx.Document(io.BytesIO(waiting.value.path().read_bytes()))
    assert made.paragraphs[0].text == "Open without staff"
    assert made.sections[0].header.paragraphs[0].text == "Our institute"
    with page.expect_download() as waiting:
        page.get_by_role("button", name="All tables").click()
    with zipfile.ZipFile(waiting.value.path()) as package:
        assert {"README.md", "columns.csv", "manifest.json"} <= set(package.namelist())


def test_a_template_that_is_none_is_told_and_no_report_is_offered(serve, visit, study, tmp_path):
    (tmp_path / "own.docx").write_bytes(b"no")
    page = visit(serve(study), "?view=export")
    page.locator("input[type=file]").set_input_files(tmp_path / "own.docx")
    page.get_by_text("The template cannot be 'own.docx'").wait_for()
    expect(page.get_by_role("button", name="The report as a Word document")).to_have_count(0)
