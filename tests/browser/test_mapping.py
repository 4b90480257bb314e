"""Mapping with a real mouse and keyboard; what is done is counted in the store."""

from urllib.parse import urlsplit

import openpyxl
import pytest
from driving import drag, open_cell, serious, settled
from playwright.sync_api import expect

import workbench
from workbench.project import edits, ladder_board, typology_page

COLUMN = "mapping?ladder=findings&column=all"


def board(study):
    with workbench.open(study) as project:
        return ladder_board.board(project, "findings")


def node(study, label):
    (found,) = [n for n in board(study).nodes if n.label == label]
    return found


def fed_by(study, label):
    wanted = node(study, label).node_id
    return [s.text for s in board(study).statements if wanted in s.nodes]


def newest(study):
    with workbench.open(study) as project:
        return project.history(1)[0]["summary"]


def acts(study):
    with workbench.open(study) as project:
        return len(project.history())


@pytest.fixture
def mapping(serve, visit, study):
    page = visit(serve(study), COLUMN)
    page.wait_for_selector("[data-lane='5'] [data-card]")
    return page


def card(page, words, lane):
    return page.locator(f"[data-lane='{lane}'] [data-card]", has_text=words).first


SAID = "In Tverrnes people sign up on the net"


def test_a_dragged_statement_feeds_the_element_and_undo_takes_it_back(mapping, study):
    before = len(fed_by(study, "Better not counted"))
    mapping.evaluate("frameworkWorkbench.turns.since = Date.now()")  # nothing leaves yet
    drag(card(mapping, SAID, 1), card(mapping, "Better not counted", 2))
    expect(card(mapping, SAID, 1)).to_contain_text("Better not counted")
    assert len(fed_by(study, "Better not counted")) == before
    mapping.evaluate("frameworkWorkbench.turns.end()")
    settled(mapping)
    after = fed_by(study, "Better not counted")
    assert len(after) == before + 1
    assert any(text.startswith(SAID) for text in after)
    mapping.keyboard.press("Control+z")
    mapping.wait_for_selector(".fw-notice")
    settled(mapping)
    assert len(fed_by(study, "Better not counted")) == before


def test_a_quote_of_an_opened_node_leads_to_its_words_in_the_same_session(mapping):
    mapping.evaluate("window.here = true")
    card(mapping, "Better not counted", 2).click()
    quote = mapping.locator(".fw-drawer a.fw-quoted").first
    quote.wait_for()
    quote.click()
    mapping.wait_for_selector(".fw-transcript .fw-coded")
    settled(mapping)
    assert urlsplit(mapping.url).path == "/indexing"
    assert mapping.evaluate("window.here") is True


def test_a_statement_dropped_into_a_lane_becomes_a_named_element(mapping, study):
    lane = mapping.locator("[data-lane='2'] .fw-lane-head")
    drag(card(mapping, SAID, 1), lane)
    mapping.keyboard.type("<b>Signed</b> up 🙂")
    mapping.keyboard.press("Enter")
    card(mapping, "<b>Signed</b> up 🙂", 2).wait_for()
    settled(mapping)
    assert [t[: len(SAID)] for t in fed_by(study, "<b>Signed</b> up 🙂")] == [SAID]


def test_the_whole_climb_goes_by_keyboard(mapping, study):
    keys = mapping.keyboard
    card(mapping, SAID, 1).focus()
    keys.press("Space")
    keys.press("n")
    keys.type("By net")
    keys.press("Enter")
    settled(mapping)
    assert mapping.evaluate("document.activeElement.textContent").startswith("By net")
    keys.press("Space")
    card(mapping, "Uncounted work", 3).focus()
    keys.press("Enter")
    settled(mapping)
    assert node(study, "By net").parents == (node(study, "Uncounted work").node_id,)
    card(mapping, "By net", 2).focus()
    keys.press("Space")
    card(mapping, "Responsibility nobody owns", 3).focus()
    keys.press("Shift+Enter")
    settled(mapping)
    assert node(study, "By net").parents == (node(study, "Responsibility nobody owns").node_id,)
    card(mapping, "By net", 2).focus()
    keys.press("F2")
    keys.type("By the net")
    keys.press("Enter")
    settled(mapping)
    card(mapping, "By the net", 2).focus()
    keys.press("Delete")
    settled(mapping)
    assert node(study, "By the net").parents == ()
    card(mapping, "By the net", 2).focus()
    keys.press("Delete")
    keys.press("Enter")
    settled(mapping)
    assert newest(study) == "Withdrew “By the net”"


def test_several_picked_cards_go_under_one_in_one_act(mapping, study):
    before = acts(study)
    first, second = "Better not counted", "Whoever lives nearest"
    card(mapping, first, 2).click(modifiers=["Control"])
    card(mapping, second, 2).click(modifiers=["Control"])
    card(mapping, "Unease", 3).focus()
    mapping.keyboard.press("Enter")
    settled(mapping)
    unease = node(study, "Unease").node_id
    assert acts(study) == before + 1
    assert unease in node(study, first).parents
    assert unease in node(study, second).parents
    assert len(node(study, first).parents) == 2


def test_a_node_opens_with_its_words_and_a_parent_is_taken_out(mapping, study):
    card(mapping, "Seeing to people one by one", 2).click()
    mapping.wait_for_selector(".fw-below")
    held = node(study, "Seeing to people one by one")
    expect(mapping.locator(".fw-below")).to_have_count(held.statements)
    link = mapping.locator("a.fw-quoted").first.get_attribute("href")
    assert link.startswith("indexing?transcript=")
    mapping.locator(".fw-chip", has_text="Uncounted work").get_by_title("Take out").click()
    settled(mapping)
    assert len(node(study, "Seeing to people one by one").parents) == len(held.parents) - 1


def test_what_is_unused_can_be_shown_alone_and_words_searched(mapping, study):
    mapping.locator(".fw-board-bar select").select_option("unused")
    unused = [s for s in board(study).statements if not s.nodes and s.kind != "comment"]
    assert unused
    expect(mapping.locator("[data-lane='1'] [data-card]")).to_have_count(len(unused))
    mapping.locator(".fw-board-bar select").select_option("all")
    mapping.locator(".fw-board-bar input").fill("tverrnes")
    shown = mapping.locator("[data-lane='1'] [data-card]").all_inner_texts()
    assert shown
    assert all("tverrnes" in text.lower() for text in shown)


def test_a_name_changed_by_somebody_else_is_shown_beside_ones_own(mapping, study):
    with workbench.open(study, who="mateusz") as project:
        edits.rename_node(project, "Better not counted", "Theirs")
    card(mapping, "Better not counted", 2).focus()
    mapping.keyboard.press("F2")
    mapping.keyboard.type("Mine")
    mapping.keyboard.press("Enter")
    both = mapping.locator(".fw-asked", has_text="Somebody else")
    both.wait_for()
    expect(both).to_contain_text("Theirs")
    expect(both).to_contain_text("Mine")
    assert newest(study) == "Renamed “Better not counted” to “Theirs”"
    both.get_by_role("button", name="Use mine").click()
    settled(mapping)
    assert newest(study) == "Renamed “Theirs” to “Mine”"


def test_a_case_is_dragged_into_its_type_with_a_reason(serve, visit, study):
    page = visit(serve(study), "mapping?view=typology")
    page.wait_for_selector("[data-lane=''] [data-card]")
    drag(page.locator("[data-lane=''] [data-card]").first, page.locator("[data-lane='warden']"))
    page.keyboard.type("Locks up by herself.")
    page.keyboard.press("Enter")
    settled(page)
    with workbench.open(study) as project:
        held = typology_page.shown_typology(project, "ways of keeping open")
    assert [c[1:3] for c in held.cases if c.case == "Torbjørn"] == [
        ("warden", "Locks up by herself.")
    ]


def test_a_group_opens_who_and_the_words(serve, visit, study):
    page = visit(serve(study), "mapping?view=groups&by=engagement")
    page.locator(".fw-sheet td button").first.click()
    page.wait_for_selector(".fw-drawer a.fw-quoted")
    expect(page.locator(".fw-drawer")).to_contain_text("Reach it (3):")
    settled(page)


def test_the_central_chart_goes_out_as_excel(serve, visit, study, tmp_path):
    page = visit(serve(study), "mapping?view=central")
    page.wait_for_selector(".fw-sheet")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel").click()
    waiting.value.save_as(tmp_path / "central.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "central.xlsx").worksheets[0]
    heads = [c.value for c in sheet[1]]
    assert heads[:2] == ["case", "Reasons for opening"]
    assert sheet.max_row == 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_keeps_to_this_machine_and_axe_finds_nothing_serious(
    serve, window, study, scheme
):
    app, page, asked, found = serve(study), window(color_scheme=scheme), [], []
    page.on("request", lambda request: asked.append(request.url))
    for view in ("board&node=Unease", "central", "typology", "groups", "figures"):
        page.goto(f"{app.address}/mapping?view={view}")
        settled(page)
        page.wait_for_timeout(1000)
        settled(page)
        page.wait_for_timeout(500)  # what is drawn anew fades in
        found += [(view, *broken) for broken in serious(page)]
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert found == []
    assert hosts == {f"127.0.0.1:{app.port}"}


def test_levels_get_own_names_and_the_board_shows_them_at_once(mapping, study):
    mapping.get_by_role("button", name="Change", exact=True).click()
    form = mapping.get_by_role("dialog")
    form.get_by_label("Names of the levels").click()
    mapping.get_by_role("option", name="Own names").click()
    form.get_by_label("Level 2").wait_for()
    for level, name in ((2, "finding"), (3, "pattern"), (4, "domain"), (5, "<b>message</b>")):
        form.get_by_label(f"Level {level}").fill(name.replace("/", ""))
    form.get_by_role("button", name="Save").click()
    mapping.locator("[data-lane='5'] .fw-lane-name", has_text="<b>message<b>").wait_for()
    settled(mapping)
    assert newest(study) == "Changed the ladder “findings”"
    mapping.keyboard.press("Control+z")
    mapping.locator("[data-lane='5'] .fw-lane-name", has_text="Theme").wait_for()


def test_a_type_is_renamed_in_its_form_and_keeps_its_cases(serve, visit, study):
    page = visit(serve(study), "mapping?view=typology")
    page.wait_for_selector("[data-lane='host'] [data-card]")
    page.get_by_role("button", name="Change", exact=True).click()
    grid = page.get_by_role("dialog").locator("[data-testid=stDataFrame]")
    grid.wait_for()
    editor = open_cell(grid, 80, 53)
    editor.fill("keeper")
    page.wait_for_timeout(300)  # the grid takes the words over after it has drawn them
    editor.press("Enter")
    page.wait_for_timeout(1000)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.wait_for_selector("[data-lane='keeper'] [data-card]")
    with workbench.open(study) as project:
        held = typology_page.shown_typology(project, "ways of keeping open")
    assert {c.case for c in held.cases if c.type == "keeper"} == {"Librarian", "Solveig"}
