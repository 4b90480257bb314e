"""Reading with a real mouse and keyboard: memos, and hits that lead to their places."""

import re

import pytest
from driving import choose_words, settled
from playwright.sync_api import expect

import workbench
from workbench.project import edits, notes

SAID = "Six minutes. Four with studded tyres"


@pytest.fixture
def reading(serve, visit, study):
    """The caretaker's interview with its memos beside it."""
    page = visit(serve(study), "familiarisation?transcript=caretaker&view=memos")
    page.wait_for_selector(".fw-notes")
    return page


def memos(study, transcript="caretaker"):
    with workbench.open(study) as project:
        return notes.memos(project, transcript)


def test_chosen_words_get_a_memo_that_stands_in_the_margin(reading, study):
    turn = reading.locator(".fw-words", has_text=SAID)
    choose_words(reading, turn, "Four with studded tyres")
    form = reading.locator(".fw-notes")
    form.get_by_label("Topic").fill("<b>Winter</b>")
    form.get_by_label("Memo", exact=True).fill("He counts in tyres. 🙂")
    form.get_by_label("Memo", exact=True).press("Control+Enter")
    settled(reading)
    (memo,) = memos(study)
    assert (memo["title"], memo["text"], memo["person"]) == (
        "<b>Winter</b>",
        "He counts in tyres. 🙂",
        "ingrid",
    )
    with workbench.open(study) as project, project.reading() as connection:
        from workbench.store import passages

        text, _ = passages.text(connection, memo["anchor_id"])
    assert text[memo["start"] : memo["stop"]] == "Four with studded tyres"
    margin = reading.locator("button.fw-memo", has_text="<b>Winter</b>")
    margin.click()
    assert reading.evaluate("document.activeElement.closest('.fw-note') !== null")


def test_a_memo_is_chosen_and_written_with_keys_alone(reading, study):
    reading.locator(".fw-transcript").focus()
    reading.keyboard.press("Alt+ArrowDown")
    reading.keyboard.press("Alt+ArrowDown")
    reading.keyboard.press("Space")
    reading.locator(".fw-quote").wait_for()
    reading.get_by_label("Memo", exact=True).focus()
    reading.keyboard.type("Short.")
    reading.keyboard.press("Control+Enter")
    settled(reading)
    assert [m["text"] for m in memos(study)] == ["Short."]


def test_two_who_change_one_memo_see_both_texts_and_one_chooses(serve, visit, study):
    with workbench.open(study, who="ingrid") as project:
        (held,) = notes.memos(project, "librarian")
    page = visit(serve(study), "familiarisation?transcript=librarian&view=memos")
    row = page.locator(f"[data-memo='{held['memo_id']}']")
    row.get_by_role("button", name="Change").click()
    with workbench.open(study, who="sunniva") as project:
        edits.change_memo(project, held["memo_id"], text="Theirs.")
    row.get_by_label("Memo", exact=True).fill("Mine.")
    row.get_by_role("button", name="Store it").click()
    row.get_by_role("button", name="Store mine").wait_for()
    expect(row.locator(".fw-quote")).to_have_text(re.compile("Theirs.$"))
    expect(row.get_by_label("Memo", exact=True)).to_have_value("Mine.")
    assert memos(study, "librarian")[0]["text"] == "Theirs."
    row.get_by_role("button", name="Store mine").click()
    settled(page)
    assert memos(study, "librarian")[0]["text"] == "Mine."


def test_a_hit_leads_to_its_place_in_this_transcript_and_in_another(serve, visit, study):
    page = visit(serve(study), "familiarisation?transcript=caretaker&view=search&words=lock*")
    page.locator(".fw-ways").wait_for()
    here = page.locator(".fw-way-group", has_text="caretaker (").locator("button").last
    here.click()
    page.locator(".fw-hit.fw-flash").wait_for()
    expect(page.locator(".fw-hit.fw-flash")).to_be_visible()
    settled(page)
    there = page.locator(".fw-way-group", has_text="manager (").locator("button").first
    words = there.locator("b").inner_text()
    there.click()
    settled(page)
    page.locator(".fw-transcript[aria-label=manager]").wait_for()
    page.locator(".fw-hit.fw-flash", has_text=words).wait_for(timeout=15_000)
    assert "transcript=manager" in page.url
    assert "start=" in page.url
