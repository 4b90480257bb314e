"""The network, new links and the verification list with a real mouse and keyboard."""

import io

import openpyxl
from driving import settled
from lxml import etree
from playwright.sync_api import expect

import workbench
from workbench.project import edits, interpreting, link_page, verifications

PLACE = """([kind, said]) => {
    const drawn = document.querySelector(".js-plotly-plot");
    const { xaxis, yaxis } = drawn._fullLayout;
    const box = drawn.getBoundingClientRect();
    for (const trace of drawn._fullData) {
        for (const [n, one] of (trace.customdata || []).entries()) {
            const told = (trace.hovertext[n] || "").replaceAll("<br>", " ");
            if (one[0] === kind && said.every((part) => told.includes(part))) {
                return [
                    box.left + xaxis._offset + xaxis.d2p(trace.x[n]),
                    box.top + yaxis._offset + yaxis.d2p(trace.y[n]),
                ];
            }
        }
    }
}"""


def node(study, label: str) -> str:
    with workbench.open(study) as project:
        return next(n.node_id for n in link_page.nodes(project) if n.label == label)


def link(study, source: str, target: str) -> link_page.ShownLink:
    with workbench.open(study) as project:
        (found,) = link_page.links_of_pair(project, node(study, source), node(study, target))
    return found


def click_drawn(page, kind: str, *said: str) -> None:
    """Click a node or the middle of an arrow that is told in these words."""
    page.wait_for_selector(".js-plotly-plot .scatterlayer")
    x, y = page.evaluate(PLACE, [kind, list(said)])
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)


def test_the_first_network_of_a_visit_takes_one_run_of_the_page(serve, visit, study):
    page = visit(serve(study), "project")
    page.wait_for_function("() => fwTalk.times > 1")  # it told how much room there is
    settled(page)
    before = page.evaluate("fwTalk.times")
    places = page.get_by_test_id("stSidebarNavItems")
    places.get_by_role("link", name="Interpretation").click()
    page.wait_for_selector(".js-plotly-plot .scatterlayer")
    settled(page)
    assert page.evaluate("fwTalk.times") == before + 1


def test_a_click_on_a_node_and_on_an_arrow_opens_their_words_and_stands_in_the_address(
    serve, visit, study
):
    page = visit(serve(study), "interpretation")
    wanted = link(study, "A cheap yes", "Uncounted work")
    click_drawn(page, "node", "A cheap yes")
    page.get_by_role("heading", name="A cheap yes").wait_for()
    settled(page)
    assert f"node={wanted.source_id}" in page.url
    click_drawn(page, "edge", "A cheap yes", "→ Uncounted work")
    page.get_by_role("heading", name="A cheap yes → Uncounted work").wait_for()
    settled(page)
    assert f"link={wanted.link_id}" in page.url
    assert "node=" not in page.url
    said = page.locator(".fw-said blockquote").all_inner_texts()
    assert said == [q.words for q in (*wanted.speaks_for, *wanted.against)]


def test_the_ladder_that_is_looked_at_stays_when_pages_change(serve, visit, study):
    page = visit(serve(study), "interpretation")
    assert "ladder=findings" in page.url
    for name in ("Mapping", "Interpretation"):
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", name=name, exact=True).wait_for()
        settled(page)
        assert "ladder=findings" in page.url


def test_words_lead_to_their_place_in_the_transcript(serve, visit, study):
    wanted = link(study, "A cheap yes", "Uncounted work")
    first = wanted.speaks_for[0]
    page = visit(serve(study), f"interpretation?link={wanted.link_id}")
    page.locator(".fw-source a", has_text=f"turn {first.turn}").first.click()
    page.wait_for_url("**/indexing?**")
    page.locator(".fw-flash").first.wait_for()
    settled(page)
    assert f"transcript={first.transcript}" in page.url
    shown = page.locator(".fw-flash").first.inner_text()
    assert first.words.startswith(shown[:20])


def test_words_are_taken_out_of_the_evidence_and_brought_back(serve, visit, study):
    wanted = link(study, "A cheap yes", "Uncounted work")
    page = visit(serve(study), f"interpretation?link={wanted.link_id}")
    contrary = page.locator(".fw-said.fw-contrary")
    contrary.get_by_role("button", name="Take out").click()
    contrary.wait_for(state="detached")
    settled(page)
    assert link(study, "A cheap yes", "Uncounted work").against == ()
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    contrary.wait_for()
    settled(page)
    assert link(study, "A cheap yes", "Uncounted work").against == wanted.against


def test_a_link_is_drawn_by_keyboard_with_words_on_both_sides(serve, visit, study):
    page = visit(serve(study), "interpretation?show=link")
    ends = ("Uncounted work", "A cheap yes")
    for label, name in zip(("The node that acts", "The node acted upon"), ends, strict=True):
        page.get_by_label(label).fill(name)
        page.get_by_role("option", name=name).first.wait_for()
        page.keyboard.press("Enter")
        settled(page)
    rows = page.locator(".fw-choice")
    rows.nth(1).wait_for()
    words = rows.locator("blockquote").all_inner_texts()[:2]
    for number, side in enumerate(("For it", "Against it")):
        rows.nth(number).get_by_role("button", name=side).focus()
        page.keyboard.press("Enter")
    page.get_by_text("1 passage for it · 1 against it").wait_for()
    settled(page)
    page.get_by_role("button", name="Draw the link").press("Enter")
    page.get_by_role("heading", name="Uncounted work → A cheap yes").wait_for()
    settled(page)
    new = link(study, *ends)
    assert [q.words for q in new.speaks_for] == words[:1]
    assert [q.words for q in new.against] == words[1:]
    assert f"link={new.link_id}" in page.url


def test_quick_choices_of_passages_all_arrive(serve, visit, study):
    held = link(study, "A cheap yes", "Uncounted work")
    page = visit(serve(study), f"interpretation?link={held.link_id}")
    page.get_by_role("button", name="Cite more").click()
    rows = page.locator(".fw-choice")
    rows.first.wait_for()
    settled(page)
    page.evaluate(
        """() => {
            for (const side of ["for", "against", "for"]) {
                const all = document.querySelectorAll(`.fw-choice [data-at$=" ${side}"]`);
                for (const button of all) button.click();
            }
        }"""
    )
    number = rows.count()
    assert number > 1
    page.get_by_text(f"{number} passages for it · 0 against it").wait_for()


def test_quotations_are_ticked_and_each_tick_is_stored(serve, visit, study):
    held = link(study, "A cheap yes", "Uncounted work")
    with workbench.open(study, who="ingrid") as project:
        new = edits.add_finding(project, "Nobody owns the evening")
        cited = [q.coding_id for q in held.speaks_for[:3]]
        edits.cite_for_finding(project, new, cited)
    page = visit(serve(study), "interpretation?show=verification")
    boxes = page.locator(".fw-verify .fw-said", has_text="Nobody owns the evening")
    for number in range(3):
        boxes.nth(number).get_by_role("button", name="as said").click()
    boxes.nth(1).get_by_label("Note").fill("A word is gone.")
    boxes.nth(1).get_by_role("button", name="differs").click()
    settled(page)
    page.get_by_text("3 of ").first.wait_for()
    with workbench.open(study) as project:
        table = verifications.verification_list(project).set_index("coding_id")
    came = [tuple(table.loc[c, ["state", "outcome", "note"]]) for c in cited]
    assert sorted(came) == [
        ("done", "as said", ""),
        ("done", "as said", ""),
        ("done", "differs", "A word is gone."),
    ]


def test_the_network_is_saved_as_files_that_can_be_read(serve, visit, study):
    page = visit(serve(study), "interpretation")
    page.get_by_role("button", name="Save as").click()
    saved = {}
    for name in ("HTML", "GraphML", "Excel"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        saved[name] = waiting.value.path().read_bytes()
    with workbench.open(study) as project:
        links = interpreting.links(project)
    assert b"Uncounted work" in saved["HTML"]
    edges = etree.fromstring(saved["GraphML"]).findall(".//{*}edge")
    assert len(edges) == len(links)
    sheet = openpyxl.load_workbook(io.BytesIO(saved["Excel"])).worksheets[0]
    assert any(cell.value == "Uncounted work" for row in sheet for cell in row)


def test_what_draws_figures_comes_ahead_while_nothing_else_is_done(serve, visit, study):
    page = visit(serve(study), "project")
    came = "performance.getEntriesByType('resource').some((r) => r.name.includes('PlotlyChart'))"
    page.wait_for_function(came, timeout=20_000)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
