"""Charting with a real mouse and keyboard; each act counted in the store."""

import hashlib
import io
import json
import zipfile

import openpyxl
import pytest
from driving import drag, serious, settled
from playwright.sync_api import expect

import workbench
from workbench import views
from workbench.project import edits

SOLVEIG = "charting?case=Solveig&code=2.1"
LIBRARIAN = "charting?case=Librarian&code=1.1"


def lines(study, case, code):
    """Return kind and words of the statements of a cell, in their order."""
    with workbench.open(study) as project:
        frame = views.statements(project)
    rows = frame[(frame["case"] == case) & (frame["number"] == code)].sort_values("position")
    return list(zip(rows["kind"], rows["text"], strict=True))


def state(study, case, name):
    with workbench.open(study) as project:
        frame = views.states(project)
    return frame.loc[(frame["case"] == case) & (frame["code"] == name), "state"].item()


def cell_there(page, case):
    """Wait until the editor has the cell of a case with its words."""
    page.wait_for_function(
        "(name) => window.frameworkWorkbench?.views['charting:cell']?.cell()?.caseName === name",
        arg=case,
    )
    settled(page)


@pytest.mark.parametrize("before", ["Chart", "What is open"])
def test_nothing_of_the_chart_is_left_below_the_transcript(serve, visit, study, before):
    page = visit(serve(study), "charting")
    ways = page.get_by_role("radiogroup", name="How to look at it")
    ways.get_by_text(before, exact=True).click()
    page.locator(".fw-chart, .fw-open").first.wait_for()
    settled(page)
    ways.get_by_text("Transcript", exact=True).click()
    page.get_by_text("No cell is open").wait_for()
    expect(page.locator(".fw-chart, .fw-open")).to_have_count(0)
    ways.get_by_text("Chart", exact=True).click()
    page.locator(".fw-chart").wait_for()


def test_a_withdrawn_quote_is_no_longer_counted_among_those_a_statement_rests_on(
    serve, visit, study
):
    with workbench.open(study, who="ingrid") as project:
        frame = views.statements(project)
        cited = next(e for e in frame["evidence"] if len(e) == 2)
        row = frame[frame["evidence"] == cited].iloc[0]
        edits.withdraw_coding(project, cited[0])
    page = visit(serve(study), f"charting?case={row['case']}&code={row['number']}")
    cell_there(page, row["case"])
    statement = page.locator(".fw-statement", has_text=row["text"])
    expect(statement.locator(".fw-chip")).to_have_text("1 quote · 1 withdrawn")
    statement.locator(".fw-said").click()
    expect(page.locator(".fw-editing:not(.fw-new) .fw-rests")).to_have_text("rests on 1 quote")


def test_a_cell_is_walked_to_and_written_by_keyboard(serve, visit, study):
    page = visit(serve(study), "charting?case=Manager&code=2.1")
    cell_there(page, "Manager")
    page.locator("td[aria-selected=true]").focus()
    page.keyboard.press("ArrowDown")
    cell_there(page, "Solveig")
    assert "case=Solveig" in page.url
    page.keyboard.press("Enter")
    page.keyboard.type("Lets people in who have no card.")
    expect(page.locator("td[aria-selected=true] .fw-unsaved")).to_have_text("not saved")
    page.keyboard.press("Control+Enter")
    settled(page)
    assert lines(study, "Solveig", "2.1") == [("summary", "Lets people in who have no card.")]
    expect(page.locator("td[aria-selected=true]")).to_contain_text("Lets people in")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    page.keyboard.press("Control+z")
    page.wait_for_selector(".fw-notice")
    settled(page)
    assert lines(study, "Solveig", "2.1") == []


def test_a_statement_is_changed_given_another_kind_moved_and_withdrawn(serve, visit, study):
    page = visit(serve(study), LIBRARIAN)
    cell_there(page, "Librarian")
    _, second, third = lines(study, "Librarian", "1.1")
    page.locator(".fw-statement .fw-said").first.click()
    page.locator(".fw-editing:not(.fw-new) textarea").fill("Somebody else's idea.")
    page.get_by_role("button", name="Save", exact=True).click()
    settled(page)
    changed = ("summary", "Somebody else's idea.")
    assert lines(study, "Librarian", "1.1") == [changed, second, third]
    page.locator(".fw-statement").nth(1).get_by_role("button", name="Up").click()
    settled(page)
    assert lines(study, "Librarian", "1.1") == [second, changed, third]
    page.locator(".fw-statement").nth(1).get_by_role("button", name="Edit").click()
    page.locator(".fw-editing:not(.fw-new)").get_by_role("radio", name="Comment").click()
    page.keyboard.press("Control+Enter")
    settled(page)
    assert lines(study, "Librarian", "1.1")[1] == ("comment", "Somebody else's idea.")
    page.locator(".fw-statement").nth(1).focus()
    page.keyboard.press("Delete")
    settled(page)
    assert lines(study, "Librarian", "1.1") == [second, third]


def test_words_are_ticked_and_dragged(serve, visit, study):
    page = visit(serve(study), LIBRARIAN)
    cell_there(page, "Librarian")
    quote = page.locator(".fw-quoted").nth(1)
    drag(quote, page.locator(".fw-statement").first)
    settled(page)
    expect(page.locator(".fw-statement").first).to_contain_text("2 quotes")
    page.locator(".fw-statement .fw-said").first.click()
    page.locator(".fw-quoted input").first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    settled(page)
    with workbench.open(study) as project:
        frame = views.statements(project)
        quotes = views.codings(project).set_index("coding_id")["quote"]
    held = frame[(frame["case"] == "Librarian") & (frame["number"] == "1.1")]
    (cited,) = held.sort_values("position")["evidence"].iloc[0]
    assert quotes[cited].startswith("I was furious, and I thought it was right.")
    before = lines(study, "Librarian", "1.1")
    drag(quote, page.locator(".fw-new"))
    settled(page)
    assert lines(study, "Librarian", "1.1") == [*before, ("verbatim", quotes[cited])]


def test_a_quote_is_refused_in_a_sentence_and_what_was_typed_stays(serve, visit, study):
    page = visit(serve(study), SOLVEIG)
    cell_there(page, "Solveig")
    form = page.locator(".fw-new")
    form.get_by_role("radio", name="Quotation").click()
    form.locator("textarea").fill("I let nobody in.")
    form.get_by_role("button", name="Add").click()
    problem = page.locator(".fw-problem")
    problem.wait_for()
    expect(problem).to_contain_text("does not stand letter by letter")
    expect(page.locator(".fw-editing textarea")).to_have_value("I let nobody in.")
    assert lines(study, "Solveig", "2.1") == []
    page.locator(".fw-editing textarea").fill("I let them in.")
    page.keyboard.press("Control+Enter")
    settled(page)
    assert lines(study, "Solveig", "2.1") == [("verbatim", "I let them in.")]


@pytest.mark.parametrize("choice", ["Keep theirs", "Save mine", "Keep both as two statements"])
def test_two_who_change_one_statement_see_both_texts_and_choose(serve, visit, study, choice):
    app = serve(study)
    page = visit(app, LIBRARIAN)
    cell_there(page, "Librarian")
    first, second, third = lines(study, "Librarian", "1.1")
    page.locator(".fw-statement .fw-said").first.click()
    page.locator(".fw-editing:not(.fw-new) textarea").fill("Mine.")
    with workbench.open(study, who="bo") as project:
        frame = views.statements(project)
        held = frame[(frame["text"] == first[1]) & (frame["case"] == "Librarian")]
        edits.change_statement(project, held["statement_id"].item(), text="Theirs.")
    page.keyboard.press("Control+Enter")
    page.locator(".fw-conflict").wait_for()
    told = page.locator(".fw-conflict").inner_text()
    assert "bo changed this statement" in told
    assert "Theirs." in told
    expect(page.locator(".fw-conflict + .fw-kinds + textarea")).to_have_value("Mine.")
    assert lines(study, "Librarian", "1.1")[0] == ("summary", "Theirs.")
    page.get_by_role("button", name=choice).click()
    settled(page)
    theirs, mine = ("summary", "Theirs."), ("summary", "Mine.")
    assert (
        lines(study, "Librarian", "1.1")
        == {
            "Keep theirs": [theirs, second, third],
            "Save mine": [mine, second, third],
            "Keep both as two statements": [theirs, second, third, mine],
        }[choice]
    )
    expect(page.locator(".fw-conflict")).to_have_count(0)


def test_what_is_typed_in_one_cell_waits_while_others_are_looked_at(serve, visit, study):
    page = visit(serve(study), SOLVEIG)
    cell_there(page, "Solveig")
    page.locator(".fw-new textarea").fill("Not finished")
    page.locator("tbody tr", has_text="Manager").locator("td").first.click()
    cell_there(page, "Manager")
    expect(page.locator(".fw-editing textarea")).to_have_value("")
    page.get_by_role("link", name="Indexing").click()
    page.wait_for_selector(".fw-transcript")
    page.get_by_role("link", name="Charting").click()
    page.get_by_role("button", name="not saved: Solveig").click()
    cell_there(page, "Solveig")
    expect(page.locator(".fw-editing textarea")).to_have_value("Not finished")
    page.locator(".fw-editing textarea").press("Escape")
    page.get_by_role("button", name="Bring back what I typed").click()
    page.locator(".fw-editing textarea").press("Control+Enter")
    settled(page)
    assert lines(study, "Solveig", "2.1") == [("summary", "Not finished")]


def test_a_stale_cell_says_why_and_is_reviewed(serve, visit, study):
    with workbench.open(study, who="ingrid") as project:
        edits.code_quote(project, "caretaker", "Four with studded tyres", "1.2")
    page = visit(serve(study), "charting?look=open")
    page.locator(".fw-open-cell", has_text="Caretaker").click()
    cell_there(page, "Caretaker")
    told = page.locator(".fw-changes").inner_text()
    assert "New coding (ingrid" in told
    assert "“Four with studded tyres”" in told
    page.get_by_role("button", name="Mark as reviewed").click()
    settled(page)
    assert state(study, "Caretaker", "Those who come") == "reviewed"
    expect(page.locator(".fw-open-cell", has_text="Caretaker")).to_have_count(0)


def test_empty_cells_are_filled_marked_and_opened_in_their_transcript(serve, visit, study):
    page = visit(serve(study), f"{SOLVEIG}&look=open")
    cell_there(page, "Solveig")
    page.get_by_role("button", name="Fill 1 empty cell of “2 Order and unease”").click()
    page.wait_for_selector(".fw-notice")
    settled(page)
    assert lines(study, "Solveig", "2.1") == [("verbatim", "I let them in.")]
    page.goto(page.url.split("charting")[0] + "charting?case=Torbjørn&code=2.3&look=chart")
    cell_there(page, "Torbjørn")
    page.get_by_role("button", name="Not asked").click()
    settled(page)
    assert state(study, "Torbjørn", "Ease and unease") == "not asked"
    page.locator("tbody tr", has_text="Caretaker").locator("td").first.click()
    cell_there(page, "Caretaker")
    page.get_by_role("link", name="Open in transcript").first.click()
    page.wait_for_selector(".fw-transcript .fw-flash")
    assert "transcript=caretaker" in page.url


def test_rows_are_put_together_and_the_choice_is_still_there_later(serve, visit, study):
    page = visit(serve(study), f"{SOLVEIG}&by=municipality")
    cell_there(page, "Solveig")
    page.locator("tbody tr", has_text="Manager").locator("td").first.click()
    cell_there(page, "Manager")
    page.get_by_role("button", name="Rows").click()
    chooser = page.get_by_role("combobox", name="Together by")
    assert "municipality" in chooser.evaluate("n => n.value || n.getAttribute('aria-label')")
    chooser.click()
    page.get_by_role("option", name="engagement").click()
    page.wait_for_function(
        "[...document.querySelectorAll('.fw-group-name')].map(n => n.textContent).join()"
        " === 'employed · 3 cases,volunteer · 3 cases'"
    )
    settled(page)


def test_the_workbook_that_is_saved_has_the_chart(serve, visit, study):
    page = visit(serve(study), SOLVEIG)
    page.get_by_role("button", name="Save as").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    cells = [str(c.value) for row in book["Order and unease"].iter_rows() for c in row]
    assert any("One sees who has gone in" in text for text in cells)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="csv").click()
    name = "open-library-1-statements.csv"
    assert waiting.value.suggested_filename == f"{name}.zip"
    with zipfile.ZipFile(waiting.value.path()) as package:
        content = package.read(name)
        manifest = json.loads(package.read(f"{name}.manifest.json"))
    assert content.decode("utf-8-sig").splitlines()[0].startswith("case,")
    assert "One sees who has gone in" in content.decode()
    assert manifest["what"] == "chart (statements by case)"
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()


def test_markup_shows_literally_and_nothing_serious_is_found_by_axe(serve, visit, study):
    told = '<img src=x onerror="window.broken=1"> 🌱 שלום ' + "w" * 3000
    with workbench.open(study, who="ingrid") as project:
        edits.write_statement(project, "Solveig", "2.1", told)
    app = serve(study)
    for look in ("chart", "code", "case", "open"):
        page = visit(app, f"{SOLVEIG}&look={look}")
        cell_there(page, "Solveig")
        expect(page.locator(".fw-statements")).to_contain_text(told.split(" 🌱")[0])
        assert page.evaluate("window.broken") is None
        assert serious(page, within=".stMain") == []
