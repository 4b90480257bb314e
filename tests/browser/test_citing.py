"""Words of a transcript are brought into the open cell by mouse and by keys."""

import long_interview
from driving import choose_words, drag, serious, settled
from playwright.sync_api import expect

import workbench
from workbench import views

CELL = "charting?case=Caretaker&code=2.2&look=words"
WORDS = "there's no money"


def lines(study, case="Caretaker", number="2.2"):
    """Return kind, words and number of codings of each statement of a cell, in their order."""
    with workbench.open(study) as project:
        frame = views.statements(project)
    rows = frame[(frame["case"] == case) & (frame["number"] == number)].sort_values("position")
    return list(zip(rows["kind"], rows["text"], rows["evidence"].map(len), strict=True))


def turn_with(page, words):
    return page.locator(".fw-transcript .fw-words").filter(has_text=words).first


def shown(page):
    """Wait until the cell and the transcript beside it are there."""
    page.wait_for_function(
        "() => window.frameworkWorkbench?.views['charting:cell']?.cell()?.caseName"
    )
    page.wait_for_selector(".fw-transcript .fw-coded")
    settled(page)


def dragged(page, words, target):
    """Choose words in the transcript, drag them to a place in the cell, and wait."""
    shown(page)
    choose_words(page, turn_with(page, words), words)
    drag(page.locator(".fw-draft").first, page.locator(target).first)
    settled(page)


def undone(page):
    page.locator(".fw-transcript").focus()
    page.keyboard.press("Control+z")
    settled(page)


def test_words_are_dragged_into_the_cell(serve, visit, study):
    before = lines(study)
    page = visit(serve(study), CELL)
    dragged(page, WORDS, ".fw-new")
    assert lines(study) == [*before, ("verbatim", WORDS, 1)]
    page.wait_for_selector(f'.fw-transcript .fw-coded:has-text("{WORDS}")')
    undone(page)
    assert lines(study) == before


def test_words_are_dragged_onto_a_statement(serve, visit, study):
    before = lines(study)
    page = visit(serve(study), CELL)
    dragged(page, "since that pipe", ".fw-statement")
    kind, text, cited = before[0]
    assert lines(study) == [(kind, text, cited + 1), *before[1:]]
    undone(page)
    assert lines(study) == before


def test_words_are_chosen_and_cited_by_keys_and_by_the_button(serve, visit, study):
    before = lines(study)
    page = visit(serve(study), "charting?case=Caretaker&code=2.2")
    page.get_by_role("button", name="Transcript beside").click()
    shown(page)
    page.locator(".fw-transcript").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Space")
    chosen = page.locator(".fw-citing .fw-quote-words").inner_text().strip("“”")
    page.keyboard.press("Enter")
    settled(page)
    assert lines(study)[-1] == ("verbatim", chosen, 1)
    choose_words(page, turn_with(page, WORDS), WORDS)
    page.get_by_role("button", name="For statement 1").click()
    settled(page)
    kind, text, cited = before[0]
    assert lines(study)[0] == (kind, text, cited + 1)
    expect(page.locator(".fw-citing")).to_have_count(0)
    page.get_by_role("button", name="Back to the chart").click()
    page.wait_for_selector("td[aria-selected=true]")


def test_only_words_of_the_case_can_be_chosen(serve, visit, study):
    page = visit(serve(study), "charting?case=Solveig&code=2.1&look=words")
    shown(page)
    other = page.locator(".fw-turn.fw-other .fw-words").first
    choose_words(page, other, other.inner_text()[:20])
    expect(page.locator(".fw-draft")).to_have_count(0)
    own = page.locator(".fw-turn:not(.fw-other) .fw-words").first
    choose_words(page, own, own.inner_text()[:12])
    expect(page.locator(".fw-draft")).to_have_count(1)


def test_a_long_text_is_sent_once_and_axe_finds_nothing_serious(serve, window, tmp_path):
    study = long_interview.build(tmp_path, codings=40)
    page, received = window(), []

    def heard(frame):
        received.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", heard))
    page.goto(f"{serve(study).address}/charting?case=long&code=1.1&look=words")
    shown(page)
    assert sum(map(len, received)) > 150_000
    words = "Nobody owns the waiting list"
    choose_words(page, page.locator(".fw-participant .fw-words").first, words)
    received.clear()
    page.get_by_role("button", name="Cite these words").click()
    page.wait_for_selector(f".fw-statement:has-text('{words}')")
    settled(page)
    assert lines(study, "long", "1.1") == [("verbatim", words, 1)]
    assert sum(map(len, received)) < 100_000
    assert serious(page, within=".stMain") == []
