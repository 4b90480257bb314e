"""Indexing with a real mouse and keyboard."""

from driving import choose_words, settled

import workbench
from workbench import views


def codings(study):
    with workbench.open(study) as project:
        return views.codings(project)


def test_dragged_words_get_the_code_that_is_clicked(serve, visit, study):
    before = len(codings(study))
    page = visit(serve(study), "indexing?transcript=caretaker")
    turn = page.locator(".fw-words", has_text="Six minutes. Four with studded tyres")
    choose_words(page, turn, "Four with studded tyres")
    page.locator(".fw-code", has_text="Those who come").first.click()
    assert page.locator(".fw-waits").count() > 0
    settled(page)
    after = codings(study)
    assert len(after) == before + 1
    (new,) = after[after["quote"] == "Four with studded tyres"].to_dict("records")
    assert (new["code"], new["coder"], new["transcript"]) == (
        "Those who come",
        "ingrid",
        "caretaker",
    )
    page.keyboard.press("Control+z")
    page.wait_for_selector(".fw-notice")
    settled(page)
    assert len(codings(study)) == before
