"""A transcript is corrected in a browser, and what waits for a place gets one."""

import pytest
from driving import serious, settled

import workbench
from workbench.project import edits, imports, transcript_page, views
from workbench.project.waiting import unplaced

SAID = "Six minutes. Four with studded tyres"


@pytest.fixture
def coded(study):
    """The study with the caretaker's six minutes coded; return the coding's id."""
    with workbench.open(study, who="ingrid") as project:
        edits.code_quote(project, "caretaker", SAID, views.codes(project).iloc[0]["code"])
        held = views.codings(project)
        return str(held.loc[held["quote"] == SAID, "coding_id"].iloc[0])


def corrected(study, *put_right):
    """Put words of the caretaker right in the project; return the ids of what waits."""
    with workbench.open(study, who="ingrid") as project:
        text = transcript_page.whole_text(project, "caretaker")
        for old, new in put_right:
            assert old in text
            text = text.replace(old, new, 1)
        imports.correct_text(project, "caretaker", text)
    return waiting(study)


def quote(study, coding):
    with workbench.open(study) as project:
        return views.codings(project).set_index("coding_id")["quote"].get(coding)


def waiting(study):
    with workbench.open(study) as project:
        return [w.coding_id for w in unplaced(project)]


def said(number):
    return f"{number} coding waits for a place" if number == 1 else f"{number} codings wait for a"


def tick(page, coding):
    page.locator(f".st-key-waiting-{coding} label").click()
    settled(page)


def test_a_text_is_corrected_in_the_editor_and_its_coding_placed_on_indexing(
    serve, visit, study, coded
):
    page = visit(serve(study), "familiarisation?transcript=caretaker&view=correct")
    field = page.get_by_label("Text", exact=True)
    text = field.input_value()
    assert SAID in text
    field.fill(text.replace("Six minutes.", "Sixteen <b>minutes</b> 🙂."))
    page.get_by_role("button", name="See what becomes of codings").click()
    page.get_by_text("Nothing of this is stored yet.").wait_for()
    assert waiting(study) == []
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_text("Version 2 is stored.").wait_for()
    held = waiting(study)
    assert coded in held
    page.get_by_role("link", name="See what waits").click()
    page.get_by_text(said(len(held))).click()
    page.get_by_text("Sixteen <b>minutes</b> 🙂.").first.wait_for()
    tick(page, coded)
    page.get_by_role("button", name="Place 1 on the words of now").click()
    page.locator(f".st-key-waiting-{coded}").wait_for(state="detached")
    assert quote(study, coded) == SAID.replace("Six minutes.", "Sixteen <b>minutes</b> 🙂.")
    assert waiting(study) == [one for one in held if one != coded]


def test_several_that_wait_are_placed_at_once_and_one_on_other_words(serve, visit, study, coded):
    with workbench.open(study) as project:
        held = views.codings(project)
    quotes = list(dict.fromkeys(held.loc[held["transcript"] == "caretaker", "quote"]))
    others = [one for one in quotes if SAID not in one][:3]
    changes = [(one, one.replace(" ", " um ", 1)) for one in others]
    before = corrected(study, *changes, ("Six minutes", "Ten minutes"))
    chosen = [one for one in before if one != coded][:2]
    page = visit(serve(study), "indexing?transcript=caretaker")
    page.get_by_text(said(len(before))).click()
    for one in chosen:
        tick(page, one)
    page.get_by_role("button", name="Place 2 on the words of now").click()
    page.get_by_text(said(len(before) - 2)).wait_for()
    assert set(waiting(study)) == set(before) - set(chosen)
    tick(page, coded)
    words = page.get_by_label("Other words, copied from the text")
    words.fill("Four with studded tyres")
    page.get_by_role("button", name="Place it on these").click()
    page.get_by_text(said(len(before) - 3)).wait_for()
    assert quote(study, coded) == "Four with studded tyres"


def test_a_corrected_file_that_is_dropped_in_is_offered_as_a_correction(
    serve, visit, study, coded, tmp_path
):
    with workbench.open(study) as project:
        text = transcript_page.whole_text(project, "caretaker")
    file = tmp_path / "caretaker.txt"
    file.write_text(text.replace("Six minutes", "Ten minutes"), encoding="utf-8")
    page = visit(serve(study), "?view=import")
    page.set_input_files("input[type=file]", [str(file)])
    page.get_by_role("button", name="Correct it with this file").click()
    page.get_by_text("1 corrected transcript").wait_for()
    assert waiting(study) == []
    page.get_by_role("button", name="Bring in").click()
    page.get_by_role("button", name="Bring more in").wait_for()
    assert coded in waiting(study)


@pytest.mark.parametrize(
    "place", ["familiarisation?transcript=caretaker&view=correct", "indexing?transcript=caretaker"]
)
def test_axe_finds_nothing_serious_where_a_text_is_corrected(serve, visit, study, coded, place):
    held = corrected(study, ("Six minutes", "Ten minutes"))
    page = visit(serve(study), place)
    if "indexing" in place:
        page.get_by_text(said(len(held))).click()
        page.get_by_text("As it was").wait_for()
    page.wait_for_timeout(500)
    assert serious(page) == []
