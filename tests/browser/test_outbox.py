"""What is done in the browser reaches the store: each operation once, none lost."""

import long_interview
import pytest
from driving import Held, ended, message, settled
from playwright.sync_api import expect

import workbench
from workbench import views

CODE_MANY = """(many) => {
    const held = window.frameworkWorkbench.views["indexing"];
    const turns = held.turns.filter((t) => t.role === "participant").slice(0, many);
    const code = Object.keys(held.codes)[0];
    return (async () => {
        for (const turn of turns) {
            held.choose(turn.passage.start, turn.passage.start + 12);
            held.apply([code]);
            await new Promise((done) => setTimeout(done, Math.random() * 60));
        }
        return turns.length;
    })();
}"""


@pytest.fixture(scope="module")
def long_built(tmp_path_factory):
    return long_interview.build(tmp_path_factory.mktemp("long"), codings=40)


@pytest.fixture
def long_study(long_built, tmp_path):
    path = tmp_path / "long.fwb"
    path.write_bytes(long_built.read_bytes())
    return path


def codings(study):
    with workbench.open(study) as project:
        return views.codings(project)


def test_forty_quick_codings_are_each_stored_once_in_few_messages(serve, visit, long_study):
    page = visit(serve(long_study), "indexing?transcript=long")
    page.wait_for_selector(".fw-code")
    assert page.evaluate(CODE_MANY, 40) == 40
    settled(page)
    stored = codings(long_study)
    assert len(stored) == 40 + 40
    new = stored[stored["stop"] - stored["start"] == 12]
    assert len(new) == 40
    assert new["start"].is_unique
    messages = page.evaluate("window.frameworkWorkbench.outbox.messages")
    assert 1 < messages <= 40
    with workbench.open(long_study) as project:
        assert [a["verb"] for a in project.history(40)] == ["code several"] * 40


def part(said):
    """Return the name of the part that a message of the server brings, if it brings one."""
    return message(said).delta.new_element.bidi_component.component_name


def test_what_is_stored_is_said_before_the_page_is_drawn_anew(serve, window, long_study):
    page = window()
    held = Held(page)
    page.goto(f"{serve(long_study).address}/indexing?transcript=long")
    page.wait_for_selector(".fw-code")
    settled(page)
    held.holding = True
    page.evaluate(CODE_MANY, 1)
    line = page.locator(".fw-stored")
    expect(line).to_have_attribute("data-open", "1")
    while not any(map(ended, held.kept)):
        page.wait_for_timeout(50)
    held.let_go(until=lambda said: part(said) == "workbench_stored")
    expect(line).to_have_attribute("data-open", "0")
    assert "workbench_marks" in map(part, held.kept)
    # what is under way waits for the whole page all the same
    assert page.evaluate("window.frameworkWorkbench.outbox.queue.length") == 1
    held.let_go()
    settled(page)
    assert page.evaluate("window.frameworkWorkbench.outbox.queue.length") == 0
    assert len(codings(long_study)) == 40 + 1


def test_three_codings_and_another_page_at_once_lose_nothing(serve, visit, long_study):
    app = serve(long_study)
    page = visit(app, "indexing?transcript=long")
    page.wait_for_selector(".fw-code")
    for n in range(4):
        page.evaluate(
            """(n) => {
                const held = window.frameworkWorkbench.views["indexing"];
                const turns = held.turns.filter((t) => t.role === "participant");
                for (const turn of turns.slice(n * 3, n * 3 + 3)) {
                    held.choose(turn.passage.start, turn.passage.start + 12);
                    held.apply([Object.keys(held.codes)[1]]);
                }
            }""",
            n,
        )
        page.get_by_test_id("stSidebarNavItems").get_by_role("link", name="Project").click()
        page.wait_for_url(lambda address: "/indexing" not in address)
        settled(page)
        page.get_by_test_id("stSidebarNavItems").get_by_role("link", name="Indexing").click()
        page.wait_for_url("**/indexing*")
        page.wait_for_selector(".fw-turn")
        settled(page)
        assert len(codings(long_study)) == 40 + 3 * (n + 1)


def test_a_message_that_is_sent_twice_is_carried_out_once(serve, visit, long_study):
    page = visit(serve(long_study), "indexing?transcript=long")
    page.wait_for_selector(".fw-code")
    page.evaluate(
        """() => {
            const { outbox, views } = window.frameworkWorkbench;
            const turn = views["indexing"].turns.find((t) => t.role === "participant");
            const deliver = outbox.deliver;
            outbox.deliver = (message) => {
                deliver(message);
                setTimeout(() => deliver({ ...message, again: 1 }), 30);
                setTimeout(() => deliver({ ...message, again: 2 }), 400);
            };
            views["indexing"].choose(turn.passage.start, turn.passage.start + 12);
            views["indexing"].apply([Object.keys(views["indexing"].codes)[0]]);
        }"""
    )
    settled(page)
    page.wait_for_timeout(900)
    settled(page)
    assert len(codings(long_study)) == 40 + 1
