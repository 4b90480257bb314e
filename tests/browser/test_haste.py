"""What somebody does who is in a hurry: double clicks, half-filled forms, a page loaded anew."""

import re

import builders
from driving import Held, ended, settled
from playwright.sync_api import expect

import workbench
from workbench.project import code_list, edits, framework_page, link_page


def codes(study, reference):
    """Return name and definition of each code of a version, by name."""
    with workbench.open(study) as project:
        entries = framework_page.entries(project, reference)
    return {e.name: e.definition for e in entries if e.thing == "code"}


def versions(study):
    with workbench.open(study) as project:
        return code_list.references(project)


def acts(study):
    with workbench.open(study) as project:
        return len(project.history())


def test_a_double_click_begins_one_draft_and_adds_one_code(serve, visit, study):
    page = visit(serve(study), "framework")
    page.get_by_role("button", name="New draft").click()
    page.get_by_label("Version", exact=True).fill("2")
    before, done = versions(study), acts(study)
    page.get_by_role("button", name="Begin", exact=True).dblclick()
    page.wait_for_url("**framework=open-library%402**")
    settled(page)
    assert [v for v in versions(study) if v not in before] == ["open-library@2"]
    expect(page.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New code").click()
    page.get_by_label("Name of a new code").fill("Snow")
    page.get_by_role("button", name="Add code").dblclick()
    page.get_by_role("treeitem", name="Snow").wait_for()
    settled(page)
    assert "Snow" in codes(study, "open-library@2")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert acts(study) == done + 2


def test_a_link_that_is_followed_at_once_lets_the_act_before_it_end(serve, visit, study):
    page = visit(serve(study), "framework")
    page.get_by_role("button", name="New draft").click()
    page.get_by_label("Version", exact=True).fill("2")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.wait_for_url("**framework=open-library%402**")
    settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New code").click()
    page.get_by_label("Name of a new code").fill("Snow")
    page.get_by_label("Name of a new code").blur()
    page.evaluate(
        """() => {
            const named = (name) => (e) => e.textContent.trim() === name;
            [...document.querySelectorAll("button")].find(named("Add code")).click();
            [...document.querySelectorAll("a")].find(named("Mapping")).click();
        }"""
    )
    page.wait_for_url("**/mapping**")
    settled(page)
    assert "Snow" in codes(study, "open-library@2")


def test_a_link_is_not_overruled_by_what_a_part_tells_between_two_runs(serve, window, study):
    page = window()
    held = Held(page)
    page.goto(f"{serve(study).address}/interpretation")
    page.locator(".fw-net svg").first.wait_for()
    settled(page)
    held.holding = True
    page.set_viewport_size({"width": 1500, "height": 900})
    page.wait_for_timeout(1500)
    page.get_by_role("link", name="Mapping", exact=True).click()
    page.wait_for_timeout(500)
    held.let_go(until=ended)
    page.set_viewport_size({"width": 1700, "height": 900})
    page.wait_for_timeout(1500)
    held.let_go()
    page.get_by_role("heading", name="Mapping", exact=True).wait_for()
    settled(page)
    page.wait_for_timeout(1000)
    assert "/mapping" in page.url


def test_a_link_whose_click_was_lost_is_followed_again_once(serve, window, study):
    page = window()
    held = Held(page)
    page.goto(f"{serve(study).address}/framework")
    settled(page)
    held.lost = 1
    page.get_by_role("link", name="Mapping", exact=True).click()
    page.get_by_role("heading", name="Mapping", exact=True).wait_for()
    settled(page)
    assert not held.lost


HELD_FROM_THE_START = """
const looking = setInterval(() => {
    const turns = window.frameworkWorkbench?.turns;
    if (turns) clearInterval(looking);
    turns?.begin(null, 30000);
}, 1);
"""
"""Lets a click's run go on that ends when somebody says so: what parts have to say waits."""


def test_what_is_chosen_is_followed_though_a_fragment_of_the_page_speaks_at_once(
    serve, window, study
):
    page = window()
    page.add_init_script(HELD_FROM_THE_START)
    page.goto(f"{serve(study).address}/indexing?transcript=caretaker")
    page.wait_for_function("window.frameworkWorkbench?.turns.later.size === 1")
    page.get_by_role("button", name="All transcripts").click()
    page.evaluate("frameworkWorkbench.turns.wait(30000)")
    page.locator(".fw-listing").get_by_role("button", name="volunteers").click()
    page.wait_for_function("frameworkWorkbench.turns.later.size === 2")
    page.evaluate("frameworkWorkbench.turns.end()")
    page.wait_for_function("location.search.includes('transcript=volunteers')")
    settled(page)
    expect(page.get_by_role("combobox", name="Transcript")).to_have_value("volunteers")


def test_a_form_stays_open_while_the_window_is_made_wider(serve, visit, study):
    with workbench.open(study) as project:
        nodes = {n.label: n.node_id for n in link_page.nodes(project)}
        ends = nodes["A cheap yes"], nodes["Uncounted work"]
        (link,) = link_page.links_of_pair(project, *ends)
    page = visit(serve(study), f"interpretation?link={link.link_id}")
    picture = page.locator(".fw-net svg").first
    picture.wait_for()
    before = picture.bounding_box()["width"]
    page.set_viewport_size({"width": 1700, "height": 900})
    page.get_by_role("button", name="Change", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_label("Note", exact=True).fill("It is read as a promise.")
    page.wait_for_timeout(1200)
    expect(form.get_by_label("Note", exact=True)).to_have_value("It is read as a promise.")
    page.once("dialog", lambda asked: asked.accept())
    page.keyboard.press("Escape")
    page.wait_for_function(
        "before => document.querySelector('.fw-net svg').clientWidth > before",
        arg=before,
    )


def test_what_is_typed_in_a_form_is_not_thrown_away_unasked(serve, visit, study):
    page = visit(serve(study), "mapping")
    page.get_by_role("button", name="New ladder").click()
    form = page.get_by_role("dialog")
    name = form.get_by_role("textbox").first
    name.wait_for()
    page.keyboard.press("Escape")
    form.wait_for(state="detached")
    page.get_by_role("button", name="New ladder").click()
    name.fill("Rungs")
    asked = []
    page.on("dialog", lambda one: (asked.append(one.message), one.dismiss()))
    page.keyboard.press("Escape")
    form.get_by_label("Close").click()
    page.mouse.click(5, 5)
    page.wait_for_timeout(500)
    assert asked == ["What was typed here is not stored. Close it all the same?"] * 2
    expect(name).to_have_value("Rungs")
    form.get_by_role("button", name="Begin the ladder").click()
    form.wait_for(state="detached")
    assert len(asked) == 2


def test_a_code_that_is_refused_keeps_what_was_typed(serve, visit, study):
    page = visit(serve(study), "framework")
    page.get_by_role("button", name="New code").click()
    form = page.get_by_test_id("stPopoverBody")
    form.get_by_label("Definition").fill("What the weather does to the evenings.")
    page.get_by_role("button", name="Add code").click()
    page.get_by_text("The name of a code cannot be empty; give a name.").first.wait_for()
    settled(page)
    expect(form.get_by_label("Definition")).to_have_value(re.compile("^What the weather does"))
    page.get_by_label("Name of a new code").fill("Weather")
    page.get_by_role("button", name="Add code").click()
    page.get_by_role("treeitem", name="Weather").wait_for()
    settled(page)
    assert codes(study, versions(study)[0])["Weather"] == "What the weather does to the evenings."
    expect(page.get_by_label("Name of a new code")).to_have_value("")


def test_a_memo_that_is_being_written_is_not_lost_without_a_question(serve, visit, study):
    page = visit(serve(study), "familiarisation?transcript=caretaker")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("button", name="Memo on the whole transcript").click()
    memo = page.get_by_label("Memo", exact=True)
    memo.press_sequentially("He likes")
    page.reload()
    settled(page)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Memo on the whole transcript").click()
    page.reload()
    assert asked == ["beforeunload"]


def test_a_very_long_transcript_is_read_in_parts_and_a_coding_opens_its_own(serve, visit, study):
    turns = [
        f"I: And {n}?\nKari: Number {n} was closed, as the others were.\n" for n in range(9000)
    ]
    with workbench.open(study, who="ingrid") as project:
        builders.bring(project, ("long", "".join(turns)))
        (version,) = code_list.references(project)
        code = code_list.listed_codes(project, version)[0].number
        far = edits.code_quote(project, "long", "Number 8888 was closed", code).coding_id
    page = visit(serve(study), "familiarisation?transcript=long")
    page.get_by_text("A long text: part 1 of 3").wait_for()
    expect(page.get_by_text("Number 8888 was")).to_have_count(0)
    page.get_by_role("button", name="Page 3").click()
    page.get_by_text("A long text: part 3 of 3").wait_for()
    page.get_by_text("Number 8888 was").wait_for(state="attached")
    expect(page.get_by_text("Number 0 was")).to_have_count(0)
    page = visit(serve(study), f"indexing?transcript=long&coding={far}")
    page.locator(".fw-flash", has_text="Number 8888 was closed").wait_for()
    page.get_by_text("A long text: part 3 of 3").wait_for()
    page.get_by_role("button", name="Page 1", exact=True).click()
    page.get_by_text("Number 0 was").wait_for()
    settled(page)
    page.get_by_text("A long text: part 1 of 3").wait_for()
