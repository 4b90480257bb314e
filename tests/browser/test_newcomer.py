"""The way of somebody who knows the method and not the tool, from two files to a workbook.

What was not obvious on it stands in the manual, `workbench help browser`.
"""

from collections import Counter
from pathlib import Path

import openpyxl
from driving import choose_words, drag, settled
from playwright.sync_api import Locator, Page, expect

import workbench
from workbench import views
from workbench.project import interpreting, mapping

BERIT = """\
I: What do you do when a knee hurts?
Berit: I ring the surgery first. They always find a time for me.
I: And if the doctor wants to wait?
Berit: Then I ask for a picture. I sleep better when somebody has looked inside.
I: Has it ever been of no use?
Berit: Once. The picture showed nothing, and I had waited nine weeks for it.
I: Who decided then?
Berit: My son did. He said that one has a right to it.
"""
ODD = """\
I: How do you decide who gets a picture?
Odd: I listen first. Most knees want rest and not a machine.
I: Do people accept that?
Odd: Some do. Others ask for the picture until I give in.
I: What would help you to say no?
Odd: Time. With ten minutes more I could explain why not.
Odd: And a colleague who says the same thing as I do.
I: What do your colleagues do?
Odd: They refer, and then the patient comes to me with the answer.
"""
CODES = ("Reasons to ask", "Saying no", "Waiting")
PASSAGES = {
    "berit": {
        "I sleep better when somebody has looked inside": "Reasons to ask",
        "The picture showed nothing": "Reasons to ask",
        "I had waited nine weeks": "Waiting",
        "one has a right to it": "Reasons to ask",
    },
    "odd": {
        "Most knees want rest and not a machine": "Saying no",
        "Some do": "Saying no",
        "Others ask for the picture until I give in": "Saying no",
        "With ten minutes more I could explain why not": "Saying no",
        "a colleague who says the same thing": "Saying no",
        "the patient comes to me with the answer": "Reasons to ask",
    },
}
ASKS = "She asks for a picture because she wants to be sure."
GIVES_IN = "He says no when there is time, and gives in when there is not."


def test_from_two_files_to_a_workbook_with_the_manual_closed(serve, visit, tmp_path):
    home = tmp_path / "knees"
    home.mkdir()
    for name, text in (("berit", BERIT), ("odd", ODD)):
        (home / f"{name}.txt").write_text(text, encoding="utf-8")
    page = visit(serve(home, alone=True), "")
    begin(page)
    bring_in(page, home / "berit.txt", home / "odd.txt")
    agree_on_codes(page)
    index(page)
    chart(page)
    build_themes(page)
    draw_a_link(page)
    withdraw(page, "Some do")
    see_what_became_stale(page)
    take_out(page, tmp_path / "chart.xlsx")
    assert_stored(home / "knees.fwb")
    assert_taken_out(tmp_path / "chart.xlsx")


def begin(page: Page) -> None:
    page.get_by_label("Name of its file").fill("knees")
    page.get_by_role("button", name="Begin it").click()
    page.get_by_text("Nothing is in this project yet").wait_for()
    settled(page)


def bring_in(page: Page, *files: Path) -> None:
    page.get_by_role("button", name="Go to Import").click()
    page.locator("input[type=file]").wait_for(state="attached")
    page.set_input_files("input[type=file]", [str(f) for f in files])
    page.get_by_text("2 transcripts, 17 turns").wait_for()
    page.get_by_role("button", name="Bring in").click()
    page.get_by_role("button", name="Bring more in").wait_for()
    settled(page)


def turn_to(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True).wait_for()
    settled(page)


def agree_on_codes(page: Page) -> None:
    turn_to(page, "Framework")
    page.get_by_role("textbox", name="Name of the framework").fill("pictures")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="New category").click()
    page.get_by_label("Name of a new category").fill("Asking")
    page.get_by_role("button", name="Add category").click()
    page.get_by_role("treeitem", name="Asking").wait_for()
    page.get_by_role("button", name="New code").click()
    for name in CODES:
        page.get_by_label("Name of a new code").fill(name)
        page.get_by_role("button", name="Add code").click()
        page.get_by_role("treeitem", name=name).wait_for()
        settled(page)


def index(page: Page) -> None:
    turn_to(page, "Indexing")
    for transcript, passages in PASSAGES.items():
        choose_transcript(page, transcript, next(iter(passages)))
        for words, code in passages.items():
            choose_words(page, page.locator(".fw-words", has_text=words), words)
            page.locator(".fw-code", has_text=code).first.click()
    settled(page)


def choose_transcript(page: Page, name: str, words: str) -> None:
    page.get_by_role("combobox", name="Transcript").click()
    page.get_by_role("option", name=name, exact=True).click()
    page.locator(".fw-words", has_text=words).wait_for()
    settled(page)


def chart(page: Page) -> None:
    turn_to(page, "Charting")
    for codings, told in (("3 codings", ASKS), ("5 codings", GIVES_IN)):
        page.locator("td", has_text=codings).click()
        page.get_by_text(f"rests on {codings[0]} quotes").wait_for()
        page.get_by_placeholder("What does this case say here?").fill(told)
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator("td", has_text=told).wait_for()
        settled(page)


def card(page: Page, words: str, lane: int) -> Locator:
    return page.locator(f"[data-lane='{lane}'] [data-card]", has_text=words).first


def climb(page: Page, words: str, lane: int, name: str, to: int) -> None:
    """Drag a card into a lane, which makes one there, and give it a name."""
    drag(card(page, words, lane), page.locator(f"[data-lane='{to}'] .fw-lane-head"))
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    card(page, name, to).wait_for()
    settled(page)


def build_themes(page: Page) -> None:
    turn_to(page, "Mapping")
    page.get_by_role("button", name="Begin the ladder").click()
    card(page, ASKS, 1).wait_for()
    settled(page)
    climb(page, ASKS, 1, "Wanting to be sure", 2)
    climb(page, "Wanting to be sure", 2, "Pictures calm people", 5)
    page.get_by_role("combobox", name="Column").click()
    page.get_by_role("option", name="Saying no").click()
    card(page, GIVES_IN, 1).wait_for()
    settled(page)
    climb(page, GIVES_IN, 1, "Short visits", 2)


def draw_a_link(page: Page) -> None:
    turn_to(page, "Interpretation")
    page.get_by_text("New link", exact=True).click()
    ends = {"The node that acts": "Short visits", "The node acted upon": "Wanting to be sure"}
    for label, name in ends.items():
        page.get_by_label(label).fill(name)
        page.get_by_role("option", name=name).first.wait_for()
        page.keyboard.press("Enter")
        settled(page)
    words = page.locator(".fw-choice", has_text="Others ask for the picture")
    words.get_by_role("button", name="For it").click()
    page.get_by_text("1 passage for it").wait_for()
    settled(page)
    page.get_by_role("button", name="Draw the link").click()
    page.get_by_role("heading", name="Short visits → Wanting to be sure").wait_for()
    settled(page)


def withdraw(page: Page, words: str) -> None:
    turn_to(page, "Indexing")
    page.locator(".fw-run", has_text=words).click()
    page.get_by_role("button", name="Withdraw").click()
    settled(page)


def see_what_became_stale(page: Page) -> None:
    turn_to(page, "Charting")
    page.locator("td", has_text="stale").click()
    told = page.get_by_text("Stale: changed since this was written or reviewed").locator("..")
    told.wait_for()
    expect(told).to_contain_text("Withdrawn (ingrid")
    expect(told).to_contain_text("“Some do”")


def take_out(page: Page, path: Path) -> None:
    page.get_by_role("button", name="Save as").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel").click()
    waiting.value.save_as(path)


def assert_stored(path: Path) -> None:
    with workbench.open(path) as project:
        coded = views.codings(project)
        said = views.statements(project)
        states = views.states(project)
        links = interpreting.links(project)
        support = mapping.ladder_support(project)
        assert project.check() == []
    wanted = Counter((t, w, c) for t, held in PASSAGES.items() for w, c in held.items())
    wanted[("odd", "Some do", "Saying no")] -= 1
    assert Counter(zip(coded["transcript"], coded["quote"], coded["code"], strict=True)) == +wanted
    assert list(zip(said["case"], said["text"], strict=True)) == [
        ("berit", ASKS),
        ("odd", GIVES_IN),
    ]
    stale = states.loc[states["state"] == "stale", ["case", "code"]]
    assert stale.to_numpy().tolist() == [["odd", "Saying no"]]
    assert sorted(support["node"]) == ["Pictures calm people", "Short visits", "Wanting to be sure"]
    assert len(links) == 1


def assert_taken_out(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["Asking"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = {row[0]: row[1:] for row in rows[1:]}
    assert rows[0][:2] == ["Case", "1.1 Reasons to ask"]
    assert told["berit"][0] == ASKS
    assert GIVES_IN in told["odd"]
