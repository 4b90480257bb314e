"""Indexing with a real mouse and keyboard."""

import pytest
from driving import choose_words, settled
from playwright.sync_api import expect

import workbench
from workbench import edits, views

WORDS = "Six minutes. Four with studded tyres"


@pytest.fixture
def indexing(serve, visit, study):
    """The page of indexing with the caretaker's interview."""
    page = visit(serve(study), "indexing?transcript=caretaker")
    page.wait_for_selector(".fw-code")
    return page


def codings(study):
    with workbench.open(study) as project:
        return views.codings(project)


def quoted(study, quote):
    held = codings(study)
    return held[held["quote"] == quote].sort_values("code").to_dict("records")


def turn(page, words=WORDS):
    return page.locator(".fw-words", has_text=words)


def test_dragged_words_get_the_code_that_is_clicked_and_undo_takes_it_back(indexing, study):
    before = len(codings(study))
    choose_words(indexing, turn(indexing), "Four with studded tyres")
    indexing.locator(".fw-code", has_text="Those who come").first.click()
    indexing.locator(".fw-waits").first.wait_for()
    settled(indexing)
    (new,) = quoted(study, "Four with studded tyres")
    assert (new["code"], new["coder"], new["transcript"]) == (
        "Those who come",
        "ingrid",
        "caretaker",
    )
    assert len(codings(study)) == before + 1
    indexing.keyboard.press("Control+z")
    indexing.wait_for_selector(".fw-notice")
    settled(indexing)
    assert len(codings(study)) == before
    indexing.keyboard.press("Control+Shift+z")
    indexing.wait_for_selector(".fw-notice >> text=Done again")
    settled(indexing)
    assert len(codings(study)) == before + 1


def test_a_double_click_chooses_a_word_and_a_favourite_has_a_key(indexing, study):
    indexing.locator(".fw-code-row", has_text="Ease and unease").locator(".fw-star").click()
    turn(indexing).scroll_into_view_if_needed()
    box = turn(indexing).bounding_box()
    indexing.mouse.dblclick(box["x"] + 10, box["y"] + 12)
    expect(indexing.locator(".fw-chosen .fw-quote")).to_have_text("Six")
    indexing.keyboard.press("1")
    settled(indexing)
    (new,) = quoted(study, "Six")
    assert new["code"] == "Ease and unease"


def test_several_ticked_codes_are_given_at_once(indexing, study):
    choose_words(indexing, turn(indexing), "no elk")
    for name in ("Trust", "Somebody there"):
        indexing.get_by_role("checkbox", name=f"Choose {name} together with others").check()
    indexing.get_by_role("button", name="Give 2 codes").click()
    settled(indexing)
    assert [c["code"] for c in quoted(study, "no elk")] == ["Somebody there", "Trust"]


def test_the_keyboard_alone_chooses_widens_and_codes(indexing, study):
    indexing.locator(".fw-transcript").focus()
    for _ in range(60):
        indexing.keyboard.press("Alt+ArrowDown")
        if WORDS in indexing.locator(".fw-here .fw-words").inner_text():
            break
    indexing.keyboard.press("Space")
    expect(indexing.locator(".fw-chosen .fw-quote")).to_have_text("Six minutes.")
    indexing.keyboard.press("ArrowRight")
    indexing.keyboard.press("ArrowRight")
    expect(indexing.locator(".fw-chosen .fw-quote")).to_have_text("Six minutes. Four with")
    indexing.keyboard.press("ArrowLeft")
    indexing.keyboard.press("Alt+ArrowRight")
    expect(indexing.locator(".fw-chosen .fw-quote")).to_have_text("minutes. Four")
    indexing.keyboard.press("/")
    indexing.keyboard.type("stay away")
    indexing.keyboard.press("Enter")
    settled(indexing)
    (new,) = quoted(study, "minutes. Four")
    assert new["code"] == "Those who stay away"


def test_what_changes_meanwhile_does_not_move_the_words_that_are_being_chosen(indexing, study):
    choose_words(indexing, turn(indexing), "Four with studded tyres")
    indexing.locator(".fw-code", has_text="Trust").first.click()
    settled(indexing)

    def undo():
        indexing.keyboard.press("Control+z")
        indexing.wait_for_selector(".fw-notice")
        settled(indexing)

    choose_words(indexing, turn(indexing), "studded", undo)
    expect(indexing.locator(".fw-chosen .fw-quote")).to_have_text("studded")
    assert quoted(study, "Four with studded tyres") == []
    expect(turn(indexing).locator("..").locator(".fw-margin")).not_to_contain_text("Trust")


def test_chosen_words_become_a_new_code_of_a_draft_and_are_coded_with_it(serve, visit, study):
    with workbench.open(study, who="ingrid") as project:
        edits.begin_draft(project, "open-library@1", "2")
    page = visit(serve(study), "indexing?transcript=caretaker&framework=open-library%402")
    choose_words(page, turn(page), "Four with studded tyres")
    page.get_by_role("button", name="New code from these words").click()
    name = page.get_by_label("Name of the new code")
    expect(name).to_have_value("Four with studded tyres")
    name.fill("Trust")
    page.get_by_label("Category of the new code").select_option(
        label="4 What holds the place together"
    )
    name.press("Enter")
    page.get_by_role("alert").first.wait_for()
    expect(page.get_by_label("Name of the new code")).to_have_value("Trust")
    page.get_by_label("Name of the new code").fill("Tyres")
    page.keyboard.press("Enter")
    page.locator(".fw-code", has_text="Tyres").first.wait_for()
    settled(page)
    (new,) = quoted(study, "Four with studded tyres")
    assert (new["code"], new["framework"]) == ("Tyres", "open-library@2")
    expect(page.locator(".fw-name", has_text="Tyres")).to_have_count(1)


def test_a_released_framework_takes_no_new_code_and_says_what_to_do(serve, visit, study):
    with workbench.open(study, who="ingrid") as project:
        edits.release(project, "open-library@1")
    indexing = visit(serve(study), "indexing?transcript=caretaker")
    indexing.wait_for_selector(".fw-code")
    choose_words(indexing, turn(indexing), "Four with studded tyres")
    indexing.get_by_role("button", name="New code from these words").click()
    told = indexing.locator(".fw-chosen [role=alert]").inner_text()
    assert told.startswith("open-library@1 is released and stays as it is. Begin a draft")
    settled(indexing)
    assert quoted(study, "Four with studded tyres") == []


def test_where_codings_overlap_the_menu_lists_each_and_changes_the_one_chosen(indexing, study):
    choose_words(indexing, turn(indexing), "Four with studded tyres")
    indexing.locator(".fw-code", has_text="Trust").first.click()
    choose_words(indexing, turn(indexing), "studded")
    indexing.locator(".fw-code", has_text="Somebody there").first.click()
    settled(indexing)
    indexing.locator(".fw-run", has_text="studded").click()
    entries = indexing.locator(".fw-menu .fw-entry")
    expect(entries).to_contain_text(["4.1 Trust", "4.2 Somebody there"])
    entries.nth(1).get_by_role("button", name="Change code").click()
    indexing.locator(".fw-code", has_text="Unseen work").first.click()
    settled(indexing)
    assert [c["code"] for c in quoted(study, "studded")] == ["Unseen work"]
    indexing.locator(".fw-run", has_text="studded").click()
    entries.filter(has_text="Unseen work").get_by_role("button", name="Move ends").click()
    choose_words(indexing, turn(indexing), "studded tyres and no elk")
    indexing.get_by_role("button", name="Keep these ends").click()
    settled(indexing)
    (moved,) = quoted(study, "studded tyres and no elk")
    assert moved["code"] == "Unseen work"
    indexing.locator(".fw-run", has_text="studded").click()
    entries.filter(has_text="Trust").get_by_role("button", name="Withdraw").click()
    settled(indexing)
    assert quoted(study, "Four with studded tyres") == []


def test_text_after_emoji_and_combining_marks_is_coded_letter_by_letter(serve, visit, tmp_path):
    said = "The 👩🏽\u200d⚕️ said de\u0301jà vu, then <script>alert('x')</script> & *stars* came."
    (tmp_path / "odd.txt").write_text(f"Interviewer: Well?\n\nAna: {said}\n", encoding="utf-8")
    (tmp_path / "codes.yaml").write_text(
        "framework: odd\nversion: '1'\ncategories:\n- number: '1'\n  name: Odd\n  codes:\n"
        "  - number: '1.1'\n    name: '<b>Bold</b> 🙂'\n    definition: Whatever is bold.\n",
        encoding="utf-8",
    )
    with workbench.create(tmp_path / "odd.fwb", who="ingrid") as project:
        project.import_files(tmp_path / "odd.txt", tmp_path / "codes.yaml")
    page = visit(serve(tmp_path / "odd.fwb"), "indexing")
    page.wait_for_selector(".fw-code")
    words = page.locator(".fw-participant .fw-words")
    expect(words).to_have_text(said)
    expect(page.locator(".fw-code-name").first).to_have_text("<b>Bold</b> 🙂")
    choose_words(page, words, "vu, then <script>alert")
    page.locator(".fw-code").first.click()
    settled(page)
    (new,) = codings(tmp_path / "odd.fwb").to_dict("records")
    assert new["quote"] == "vu, then <script>alert"


def test_two_windows_see_each_other_and_the_second_change_is_refused(serve, visit, study):
    app = serve(study)
    one, two = (visit(app, "indexing?transcript=caretaker") for _ in range(2))
    for page in (one, two):
        page.wait_for_selector(".fw-code")
    choose_words(one, turn(one), "Four with studded tyres")
    one.locator(".fw-code", has_text="Trust").first.click()
    settled(one)
    choose_words(two, turn(two), "no elk")
    two.locator(".fw-code", has_text="Unseen work").first.click()
    settled(two)
    expect(two.locator(".fw-run", has_text="Four with studded tyres")).to_have_count(1)
    (held,) = quoted(study, "Four with studded tyres")
    with workbench.open(study, who="mateusz") as project:
        edits.change_coding(project, held["coding_id"], code="Those who come")
    two.locator(".fw-run", has_text="Four with studded tyres").click()
    two.locator(".fw-menu .fw-entry").get_by_role("button", name="Change code").click()
    two.locator(".fw-code", has_text="Unseen work").first.click()
    two.wait_for_selector(".fw-notice.fw-error >> text=changed by somebody else")
    settled(two)
    assert [c["code"] for c in quoted(study, "Four with studded tyres")] == ["Those who come"]


def test_a_coding_has_an_address_that_opens_it(serve, visit, study):
    held = codings(study)
    last = held[held["transcript"] == "caretaker"].iloc[-1]
    page = visit(serve(study), f"indexing?transcript=caretaker&coding={last['coding_id']}")
    page.wait_for_selector(".fw-flash")
    expect(page.locator(".fw-here")).to_be_visible()
