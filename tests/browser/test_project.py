"""The project's page in a browser: files dropped in, a grid typed into, files taken out."""

import re

import pytest
from driving import open_cell, serious, settled
from openpyxl import load_workbook
from playwright.sync_api import expect

import workbench
from workbench.project import case_list, overview


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "kari.txt"
    path.write_text("I: Well?\nKari: The beans grew.\n", encoding="utf-8")
    return path


def contents(path):
    with workbench.open(path) as project:
        return overview.contents(project)


def test_a_file_is_looked_at_then_brought_in_while_another_page_is_open(serve, visit, study, talk):
    page = visit(serve(study), "?view=import")
    page.set_input_files("input[type=file]", [str(talk)])
    page.get_by_role("button", name="Bring in").wait_for()
    expect(page.get_by_text("1 transcript, 2 turns")).to_be_visible()
    assert contents(study)["transcript"] == 4
    page.get_by_role("link", name="Indexing").click()
    settled(page)
    page.get_by_role("link", name="Project").click()
    page.get_by_role("button", name="Bring in").click()
    page.get_by_role("button", name="Bring more in").wait_for()
    assert contents(study)["transcript"] == 5


def test_cells_typed_into_the_grid_are_one_act(serve, visit, study):
    with workbench.open(study) as project:
        case = case_list.grid(project).cases[0].label
        acts = len(project.history())
    page = visit(serve(study), "?view=cases")
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.wait_for()
    editor = open_cell(grid, 40, 53)
    editor.fill("The first one")
    page.wait_for_timeout(300)  # the grid takes the words over after it has drawn them
    editor.press("Enter")
    page.get_by_text("1 change is not stored yet").wait_for()
    page.get_by_role("button", name="Store the changes").click()
    page.get_by_text("Click a cell and type").wait_for()
    settled(page)
    with workbench.open(study) as project:
        labels = [c.label for c in case_list.grid(project).cases]
        assert (labels[0], case in labels) == ("The first one", False)
        assert len(project.history()) == acts + 1


def test_the_cases_come_as_a_workbook(serve, visit, study):
    page = visit(serve(study), "?view=cases")
    with page.expect_download() as held:
        page.get_by_role("button", name="Cases as Excel").click()
    with held.value.path().open("rb") as stream:
        sheet = load_workbook(stream).worksheets[0]
    assert (sheet["A1"].value, sheet["B1"].value) == ("case_id", "case")
    with workbench.open(study) as project:
        assert sheet["B2"].value == case_list.grid(project).cases[0].label


def test_the_project_is_handed_out_for_other_tools(serve, visit, study, tmp_path):
    page = visit(serve(study), "?view=export")
    page.get_by_text("What cannot go along is listed").wait_for()
    page.wait_for_timeout(500)
    assert serious(page) == []
    page.get_by_role("button", name="Project for NVivo").click()
    with page.expect_download() as held:
        page.get_by_role("button", name="Save study.qdpx").click()
    assert held.value.suggested_filename == "study.qdpx"
    held.value.save_as(tmp_path / "study.qdpx")
    with page.expect_download() as held:
        page.get_by_role("button", name="Codebook for them").click()
    assert held.value.suggested_filename.endswith(".qdc")
    held.value.save_as(tmp_path / "codes.qdc")
    with workbench.create(tmp_path / "again.fwb") as again:
        report = again.import_files(tmp_path / "study.qdpx")
        assert report.counts["transcripts"] == contents(study)["transcript"]
        assert report.counts["codings"] == contents(study)["coding"]
        assert again.import_files(tmp_path / "codes.qdc").counts["frameworks"] == 1


def test_the_back_button_leads_to_the_page_before(serve, visit, study):
    page = visit(serve(study), "indexing?transcript=caretaker")
    page.get_by_role("link", name="Charting", exact=True).click()
    page.get_by_role("heading", name="Charting", exact=True).wait_for()
    settled(page)
    page.locator("td").nth(1).click()
    settled(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Indexing", exact=True)).to_be_visible()
    settled(page)
    assert "transcript=caretaker" in page.url


def test_what_one_page_shows_is_shown_by_the_next(serve, visit, study):
    page = visit(serve(study), "familiarisation?transcript=manager")
    for place in ("Indexing", "Familiarisation"):
        page.get_by_role("link", name=place, exact=True).click()
        page.get_by_role("heading", name=place, exact=True).wait_for()
        settled(page)
        page.locator(".fw-transcript[aria-label=manager]").wait_for()
        assert "transcript=manager" in page.url


@pytest.mark.parametrize(
    "view", ["overview", "import", "cases", "names", "people", "history", "settings", "together"]
)
def test_nothing_serious_is_found_by_axe(serve, visit, study, view):
    page = visit(serve(study), f"?view={view}")
    page.wait_for_timeout(500)
    assert serious(page) == []


def test_the_page_has_an_address_like_every_other(serve, visit, study):
    page = visit(serve(study), "project?view=cases")
    page.get_by_text("Click a cell and type").wait_for()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert "view=cases" in page.url
    expect(page.get_by_role("link", name="Project", exact=True)).to_have_count(1)


def test_a_browser_is_answered_in_its_language_and_in_the_one_chosen_last(serve, window, study):
    app = serve(study)
    page = window(locale="nn-NO")
    page.goto(f"{app.address}/project")
    settled(page)
    page.get_by_role("heading", name="Prosjekt", exact=True).wait_for()
    page.get_by_role("combobox", name="Språk").click()
    page.get_by_role("option", name="English").click()
    page.get_by_role("heading", name="Project", exact=True).wait_for()
    settled(page)
    page.goto(f"{app.address}/indexing")
    settled(page)
    page.get_by_role("heading", name="Indexing", exact=True).wait_for()


def test_other_fields_speak_the_language_of_the_page(serve, window, study):
    page = window(locale="nb-NO")
    page.goto(f"{serve(study).address}/agreement?view=rounds")
    settled(page)
    page.get_by_role("button", name="Planlegg en runde").click()
    people = page.get_by_label("Hvem deltar")
    expect(people).to_have_attribute("placeholder", "velg, eller skriv et navn")
    people.click()
    expect(page.get_by_role("option").first).to_have_text("Velg alle")
    people.fill("Select all")
    added = page.get_by_role("option", name="Legg til: Select all")
    added.click()
    people.fill("zz")
    expect(page.get_by_role("option").last).to_have_text("Legg til: zz")
    page.keyboard.press("Escape")
    page.get_by_label("Navn").fill("A")
    hint = page.get_by_test_id("InputInstructions")
    expect(hint).to_have_text("Trykk Enter for å ta det i bruk")


def test_fields_for_files_speak_the_language_of_the_page(serve, window, study):
    page = window(locale="nb-NO")
    page.goto(f"{serve(study).address}/project?view=import")
    settled(page)
    field = page.get_by_test_id("stFileUploaderDropzone")
    expect(field.get_by_test_id("stBaseButton-secondary")).to_have_text(re.compile("Last opp$"))
    expect(field).to_contain_text(re.compile(r"\d+MB per fil\b"))
    page.get_by_role("combobox", name="Språk").click()
    page.get_by_role("option", name="English").click()
    page.get_by_role("heading", name="Project", exact=True).wait_for()
    expect(field.get_by_test_id("stBaseButton-secondary")).to_have_text(re.compile("Upload$"))
    expect(field).to_contain_text(re.compile(r"\d+MB per file\b"))
