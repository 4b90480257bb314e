"""The network, new links and the verification list with a real mouse and keyboard."""

import io
import json

import openpyxl
from driving import settled
from lxml import etree
from PIL import Image
from playwright.sync_api import expect

import workbench
from workbench.project import edits, interpreting, link_page, verifications


def node(study, label: str) -> str:
    with workbench.open(study) as project:
        return next(n.node_id for n in link_page.nodes(project) if n.label == label)


def link(study, source: str, target: str) -> link_page.ShownLink:
    with workbench.open(study) as project:
        (found,) = link_page.links_of_pair(project, node(study, source), node(study, target))
    return found


def drawn_node(page, label: str):
    return page.locator(f".fw-net .dot[aria-label^={json.dumps(label + ',', ensure_ascii=False)}]")


def middle_of_arrow(page, source: str, target: str) -> dict:
    """Return where the middle of an arrow is on the screen."""
    return page.evaluate(
        """([source, target]) => {
            const arrow = [...document.querySelectorAll(".fw-net .edge")].find(
                (one) => one.dataset.source === source && one.dataset.target === target,
            );
            const line = arrow.querySelector(".hold");
            const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
            const at = new DOMPoint(x, y).matrixTransform(line.getScreenCTM());
            return { x: at.x, y: at.y };
        }""",
        [source, target],
    )


def test_the_first_network_of_a_visit_takes_one_run_of_the_page(serve, visit, study):
    page = visit(serve(study), "project")
    page.wait_for_function("() => fwTalk.times > 1")  # it told how much room there is
    settled(page)
    before = page.evaluate("fwTalk.times")
    places = page.get_by_test_id("stSidebarNavItems")
    places.get_by_role("link", name="Interpretation").click()
    page.wait_for_selector(".fw-net .dot")
    settled(page)
    assert page.evaluate("fwTalk.times") == before + 1


def test_a_click_on_a_node_and_on_an_arrow_opens_their_words_and_stands_in_the_address(
    serve, visit, study
):
    page = visit(serve(study), "interpretation")
    wanted = link(study, "A cheap yes", "Uncounted work")
    drawn_node(page, "A cheap yes").click()
    page.get_by_role("heading", name="A cheap yes").wait_for()
    settled(page)
    assert f"node={wanted.source_id}" in page.url
    at = middle_of_arrow(page, wanted.source_id, wanted.target_id)
    page.mouse.move(at["x"], at["y"])
    hover = page.locator(".fw-net-words")
    expect(hover).to_contain_text("→ Uncounted work")
    page.mouse.click(at["x"], at["y"])
    page.get_by_role("heading", name="A cheap yes → Uncounted work").wait_for()
    settled(page)
    assert f"link={wanted.link_id}" in page.url
    assert "node=" not in page.url
    said = page.locator(".fw-said blockquote").all_inner_texts()
    assert said == [q.words for q in (*wanted.speaks_for, *wanted.against)]


def test_a_name_with_markup_is_shown_letter_by_letter_where_it_is_pointed_at(serve, visit, study):
    odd = "<img src=x onerror=alert(1)> & “b”"
    with workbench.open(study, who="ingrid") as project:
        edits.rename_node(project, "Uncounted work", odd)
    page = visit(serve(study), "interpretation")
    dot = drawn_node(page, odd)
    dot.hover()
    hover = page.locator(".fw-net-words")
    expect(hover.locator("strong")).to_have_text(odd)
    expect(page.locator(".fw-net img, .fw-net-words img")).to_have_count(0)


def test_the_network_is_walked_and_opened_by_keyboard(serve, visit, study):
    page = visit(serve(study), "interpretation")
    page.wait_for_selector(".fw-net .dot")
    dots = page.locator(".fw-net .dot")
    places = {dot.get_attribute("data-node"): dot.bounding_box() for dot in dots.all()}
    first = page.locator(".fw-net .dot[tabindex='0']")
    expect(first).to_have_count(1)
    first.focus()
    lowest = max(places, key=lambda n: places[n]["y"] + places[n]["height"] / 2)
    for _ in places:
        page.keyboard.press("ArrowDown")
    walked = page.evaluate("document.activeElement.dataset.node")
    assert walked == lowest
    assert first.count() == 1
    assert first.get_attribute("data-node") == lowest
    page.keyboard.press("Enter")
    page.wait_for_url(f"**node={lowest}**")
    settled(page)
    assert page.evaluate("document.activeElement.dataset.node") == lowest


def test_the_network_is_looked_at_closer_moved_and_seen_whole_again(serve, visit, study):
    page = visit(serve(study), "interpretation")
    dot = drawn_node(page, "A cheap yes")
    before = dot.bounding_box()
    middle = (before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.wheel(0, -400)
    closer = dot.bounding_box()
    assert closer["width"] > before["width"]
    # what is pointed at stays under the pointer
    assert abs(closer["x"] + closer["width"] / 2 - middle[0]) < 1.5
    address = page.url
    page.mouse.down()
    page.mouse.move(middle[0] - 40, middle[1] - 30, steps=5)
    page.mouse.up()
    moved = dot.bounding_box()
    assert abs(moved["x"] - closer["x"] + 40) < 1.5
    assert abs(moved["y"] - closer["y"] + 30) < 1.5
    settled(page)
    assert page.url == address
    page.get_by_role("button", name="The whole", exact=True).click()
    assert dot.bounding_box() == before


def test_the_network_is_saved_as_it_stands_there(serve, visit, study):
    page = visit(serve(study), "interpretation")
    page.wait_for_selector(".fw-net .dot")
    page.evaluate("document.querySelector('.fw-net .name').classList.add('crowded')")
    page.get_by_role("button", name="Closer", exact=True).click()
    view = page.locator(".fw-net .plane").get_attribute("viewBox")
    names = page.locator(".fw-net .name:not(.crowded)").count()
    saved = {}
    for kind in ("SVG", "PNG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Save the picture as {kind}").click()
        assert waiting.value.suggested_filename == f"study-network.{kind.lower()}"
        saved[kind] = waiting.value.path().read_bytes()
    root = etree.fromstring(saved["SVG"])
    drawn = root.xpath("//*[contains(@class, 'name') and @data-node]")
    assert len(drawn) == names
    assert root.xpath("string(//*[@class='plane']/@viewBox)") == view
    png = saved["PNG"]
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == tuple(round(2 * float(root.get(k))) for k in ("width", "height"))
    colours = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1_000_000)
    assert len(colours) > 50


def test_a_circle_is_opened_by_a_click_without_a_pointer(serve, visit, study):
    page = visit(serve(study), "interpretation")
    drawn_node(page, "A cheap yes").dispatch_event("click")
    page.get_by_role("heading", name="A cheap yes").wait_for()


def test_the_picture_stays_in_sight_while_the_words_are_read(serve, visit, study):
    page = visit(serve(study), f"interpretation?node={node(study, 'Uncounted work')}")
    page.wait_for_selector(".fw-net .dot")
    picture, last = page.locator(".fw-net"), page.locator(".fw-said").last
    before = picture.bounding_box()["y"]
    last.scroll_into_view_if_needed()
    scrolled = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    assert scrolled > before
    assert before - picture.bounding_box()["y"] < scrolled / 2


def test_another_network_is_seen_whole_at_first_the_same_one_as_it_was_looked_at(
    serve, visit, study
):
    page = visit(serve(study), "interpretation")
    page.wait_for_selector(".fw-net .dot")
    seen = page.evaluate(
        """() => {
            const network = window.frameworkWorkbench.views.network;
            const seen = () => network.plane.getAttribute("viewBox");
            const whole = seen();
            network.zoom(3);
            const closer = seen();
            const { shown, drawn } = network;
            const show = (said) => network.show({ label: "", file: "", ...said }, network.ask);
            show({ shown, drawing: drawn + "<!-- faded -->" });
            const again = seen();
            show({ shown: "another", drawing: drawn });
            return [whole, closer, again, seen()];
        }"""
    )
    assert seen[1] == seen[2] != seen[0]
    assert seen[3] == seen[0]


def test_the_tools_of_the_picture_speak_the_language_that_is_chosen(serve, visit, study):
    page = visit(serve(study), "interpretation")
    page.get_by_role("button", name="Closer", exact=True).wait_for()
    page.get_by_label("Language").click()
    page.get_by_role("option", name="Norsk").click()
    page.get_by_role("button", name="Nærmere", exact=True).wait_for()


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
    for name in ("HTML", "(SVG)", "GraphML", "Excel"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        saved[name] = waiting.value.path().read_bytes()
    with workbench.open(study) as project:
        links = interpreting.links(project)
    assert b"Uncounted work" in saved["HTML"]
    assert len(etree.fromstring(saved["(SVG)"]).xpath("//*[@class='edge']")) == len(links)
    edges = etree.fromstring(saved["GraphML"]).findall(".//{*}edge")
    assert len(edges) == len(links)
    sheet = openpyxl.load_workbook(io.BytesIO(saved["Excel"])).worksheets[0]
    assert any(cell.value == "Uncounted work" for row in sheet for cell in row)


def test_what_draws_figures_comes_ahead_while_nothing_else_is_done(serve, visit, study):
    page = visit(serve(study), "project")
    came = "performance.getEntriesByType('resource').some((r) => r.name.includes('PlotlyChart'))"
    page.wait_for_function(came, timeout=20_000)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
