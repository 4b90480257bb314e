"""Charting by two with a real mouse: writing blind, both versions side by side, a decision."""

import builders
import two_versions
from driving import serious, settled
from two_versions import LATER, LOCKED, ROUND

import workbench
from workbench import views

OF = "agreement?view=charting"


def in_chart(file) -> list[tuple[str, str]]:
    """Return text and kind of the last statements of the cell that was decided."""
    with workbench.open(file, who="anna") as project:
        table = views.statements(project, builders.VERSION)
    held = table.loc[(table["case"] == "gardener") & (table["number"] == "1.2")]
    return list(zip(held["text"], held["kind"], strict=True))[2:]  # two are of before


def test_a_blind_version_is_not_in_what_the_browser_gets_until_both_have_finished(
    serve, window, tmp_path
):
    file = tmp_path / "blind.fwb"
    garden = builders.build(file)
    two_versions.plan(garden.project)
    secret = two_versions.write(garden, "bo", LATER, "gate")
    two_versions.finish(garden, "bo")
    garden.project.close()
    app, page, got = serve(file, "anna"), window(), []

    def keep(payload):
        got.append(payload if isinstance(payload, bytes) else payload.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.goto(f"{app.address}/{OF}")
    page.get_by_text("2 codings in this cell").wait_for()
    settled(page)
    page.get_by_label("Words").fill(LOCKED)
    page.get_by_role("button", name="Add the statement").click()
    page.get_by_role("button", name="Withdraw", exact=True).wait_for()
    settled(page)
    page.get_by_role("button", name="My version is finished").click()
    page.get_by_text("A: anna: 1 of 4").wait_for()
    settled(page)
    page.get_by_role("button", name="gardener", exact=True).first.click()
    page.get_by_text("Shown when both have finished the round.").wait_for()
    settled(page)
    for place in ("charting", "project?view=history"):
        page.goto(f"{app.address}/{place}")
        settled(page)
    whole = b"".join(got)
    assert LOCKED.encode() in whole
    assert not [s for s in (LATER, secret) if s.encode() in whole]
    with workbench.open(file, who="anna") as project:
        workbench.edits.finish_own_cells(project, ROUND)
    page.goto(f"{app.address}/{OF}")
    page.get_by_text("What stands?").wait_for()
    page.get_by_role("button", name="gardener", exact=True).first.click()
    page.get_by_text(LATER).first.wait_for()
    settled(page)
    assert LATER.encode() in b"".join(got)


def test_a_cell_is_decided_and_decided_anew(serve, visit, tmp_path):
    file = tmp_path / "two.fwb"
    garden = builders.build(file)
    two_versions.written(garden)
    garden.project.close()
    page = visit(serve(file, "anna"), OF)
    page.get_by_text("0.50 of codings (1 that both cite, of 2").wait_for()
    page.get_by_text("0.73 of characters (51 under codings of both, of 70").wait_for()
    page.get_by_text("That of bo", exact=True).click()
    settled(page)
    page.get_by_label("Why").fill("It is enough.")
    page.get_by_role("button", name="Decide, and show the next").click()
    page.get_by_text("decided: 1 of 4").wait_for()
    settled(page)
    page.get_by_role("heading", name="gardener × 2.1 Shared work").wait_for()  # the next one
    assert in_chart(file) == [(LATER, "summary"), ("He sighs.", "comment")]
    page.get_by_role("button", name="gardener", exact=True).first.click()
    page.get_by_text("Decided by bo").or_(page.get_by_text("Decided by anna")).first.wait_for()
    settled(page)
    page.get_by_text("Something else", exact=True).click()
    page.get_by_label("Words").fill("Rain and locks.")
    page.get_by_label("Why").fill("Both matter.")
    page.get_by_role("button", name="Decide anew").click()
    page.get_by_text("decided: 1 of 4").wait_for()
    page.get_by_role("button", name="gardener", exact=True).first.click()
    page.locator("p").filter(has_text="Both matter.").wait_for()
    settled(page)
    assert in_chart(file) == [("Rain and locks.", "summary")]
    assert serious(page) == []


def test_a_round_of_charting_is_planned_on_the_page(serve, visit, tmp_path):
    file = tmp_path / "plan.fwb"
    builders.build(file).project.close()
    page = visit(serve(file, "anna"), OF)
    page.get_by_role("button", name="Plan a round").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("first chart")
    who = form.get_by_role("combobox", name="Which two")
    for handle in ("anna", "bo"):
        who.fill(handle)
        page.get_by_role("option", name=handle, exact=True).click()
    form.get_by_text("It is charted with").click()  # the list of names lies over the rest
    form.get_by_role("spinbutton", name="How many cells to draw").fill("3")
    form.get_by_role("spinbutton", name="How many cells to draw").press("Enter")
    settled(page)
    form.get_by_role("button", name="Plan it").click()
    page.get_by_text("B: bo: 0 of 3").wait_for()
    settled(page)
    with workbench.open(file, who="anna") as project:
        found = views.charting_rounds(project)
    told = found[["round", "person", "cells", "blind", "seed", "drawn_from"]].values.tolist()
    assert told == [["first chart", who, 3, True, 1, 6] for who in ("anna", "bo")]
