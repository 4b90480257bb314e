"""Codings are carried to another framework version in a browser, and what is asked is answered."""

import builders
import pytest
from driving import serious, settled
from playwright.sync_api import expect

import workbench
from workbench.project import edits, views

NEW = "open-library@2"


@pytest.fixture
def split(study):
    """The study with a second version, in which the code that is coded most is split."""
    with workbench.open(study, who="ingrid") as project:
        coded = views.frequencies(project).sort_values("codings").iloc[-1]["code"]
        edits.begin_draft(project, "open-library@1", "2")
        edits.split_code(project, NEW, coded, ["<b>One</b>", "Other"])
        others = [c for c in views.codes(project, "open-library@1")["code"] if c != coded]
        edits.change_code(project, NEW, others[0], definition="Something else.")
        edits.merge_codes(project, NEW, others[2:4], others[2])
    return study


def asked(study, run):
    with workbench.open(study) as project:
        return views.questions(project, run)


def carried(study):
    with workbench.open(study) as project:
        runs = views.runs(project)
    return runs.loc[runs["framework"] == NEW, "run"].iloc[0]


def test_codings_are_carried_asked_for_and_answered_one_and_by_a_rule(serve, visit, split):
    page = visit(serve(split), f"framework?framework={NEW}")
    page.get_by_role("button", name="Codings", exact=True).click()
    panel = page.get_by_test_id("stPopoverBody")
    panel.get_by_role("button", name=f"Carry to {NEW}").click()
    panel.get_by_text("wait for an answer").wait_for()
    settled(page)
    run = carried(split)
    before = asked(split, run)
    assert len(before) > 2
    first = before.iloc[0]
    page.get_by_text("Only some of them").click()
    field = page.get_by_label("with these words")
    field.fill(first["quote"][:20])
    field.press("Enter")
    page.get_by_text(f"1 of {len(before)} codings").wait_for()
    settled(page)
    page.get_by_role("button", name="Answer").click()
    page.get_by_text(f"{len(before) - 1} codings wait for an answer").wait_for()
    with workbench.open(split) as project:
        codings = views.codings(project, NEW)
    assert list(codings.loc[codings["code"] == "<b>One</b>", "quote"]) == [first["quote"]]
    assert set(asked(split, run)["coding_id"]) == set(before["coding_id"]) - {first["coding_id"]}
    field.fill("")
    field.press("Enter")
    page.get_by_text(f"{len(before) - 1} of {len(before) - 1} codings").wait_for()
    settled(page)
    page.get_by_role("button", name="Answer").click()
    panel.get_by_text("wait for an answer").wait_for(state="detached")
    assert asked(split, run).empty


def test_a_coding_to_look_at_again_is_confirmed_beside_its_words(serve, visit, split):
    with workbench.open(split, who="ingrid") as project:
        edits.migrate(project, "open-library@1", NEW)
        looks = views.look_again(project, NEW)
    here = looks.loc[looks["transcript"] == looks["transcript"].iloc[0]]
    one = here["coding_id"].iloc[0]
    page = visit(serve(split), f"indexing?framework={NEW}&transcript={here['transcript'].iloc[0]}")
    page.get_by_text("to look at again").click()
    page.locator(f".st-key-looked-at-{one} label").click()
    page.get_by_role("button", name="1 still holds").click()
    page.locator(f".st-key-looked-at-{one}").wait_for(state="detached")
    with workbench.open(split) as project:
        left = set(views.look_again(project, NEW)["coding_id"])
    assert left == set(looks["coding_id"]) - {one}


def test_statements_of_merged_columns_keep_apart_in_the_cell(serve, visit, split):
    with workbench.open(split, who="ingrid") as project:
        edits.migrate(project, "open-library@1", NEW)
        held = builders.live(project)
    labelled = [s for s in held["statement"] if s["label"]]
    assert len(labelled) > 1
    one = labelled[0]
    (cell,) = (c for c in held["cell"] if c["id"] == one["cell_id"])
    (case,) = (c["label"] for c in held["case"] if c["id"] == cell["case_id"])
    of = {"code_id": cell["code_id"], "framework_version_id": cell["framework_version_id"]}
    (number,) = (c["number"] for c in held["code_version"] if {n: c[n] for n in of} == of)
    page = visit(serve(split), f"charting?framework={NEW}&case={case}&code={number}")
    page.locator(f"[data-statement='{one['id']}'] .fw-before").wait_for()
    said = page.locator(f"[data-statement='{one['id']}'] .fw-before").inner_text()
    assert said.strip() == f"{one['label']}:"
    expect(page.locator(".fw-lines .fw-before").first).to_be_visible()


def test_what_stands_in_a_popover_can_be_read_in_the_dark(serve, visit, split):
    with workbench.open(split, who="ingrid") as project:
        edits.migrate(project, "open-library@1", NEW)
    page = visit(serve(split), f"framework?framework={NEW}", color_scheme="dark")
    page.get_by_role("button", name="Codings", exact=True).click()
    page.get_by_role("button", name="Answer").wait_for()
    page.wait_for_timeout(500)
    assert serious(page, "[data-testid=stPopoverBody]") == []
