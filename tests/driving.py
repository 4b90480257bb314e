"""What browser tests do again and again."""

from collections.abc import Callable
from contextlib import suppress

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LISTEN = """(() => {
    const socket = WebSocket;
    const talk = (window.fwTalk = { asked: 0, heard: 0, times: 0 });
    window.WebSocket = class extends socket {
        constructor(...all) {
            super(...all);
            this.addEventListener("message", () => (talk.heard = performance.now()));
        }
        send(message) {
            if (message[0] === 0x5a) { // BackMsg.rerun_script
                talk.asked = performance.now();
                talk.times += 1;
            }
            super.send(message);
        }
    };
})()"""
"""Notes in a page when and how often it asked its server to run, and when it heard of it."""
_AT_REST = """() => {
    const app = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
    const stored = document.querySelector(".fw-stored[data-open='0']");
    const { asked, heard } = fwTalk;
    const open = window.frameworkWorkbench?.outbox.queue.length;
    return app && stored && !open && heard > asked && performance.now() - heard > 100;
}"""


def settled(page: Page) -> None:
    """Wait until the server has answered what was done, and everything is stored."""
    page.wait_for_function(_AT_REST, polling=50, timeout=30_000)


class Held:
    """What the server says to a page, held back when `holding` and let go by hand."""

    def __init__(self, page):
        self.holding, self.lost, self.kept = False, 0, []
        page.route_web_socket("**/_stcore/stream", self.between)

    def between(self, route):
        self.to_page = route.send
        server = route.connect_to_server()
        route.on_message(lambda said: self.ask(server, said))
        server.on_message(lambda said: self.kept.append(said) if self.holding else route.send(said))

    def ask(self, server, said):
        if self.lost:
            self.lost -= 1
        else:
            server.send(said)

    def let_go(self, until=lambda said: False):
        while self.kept:
            said = self.kept.pop(0)
            self.to_page(said)
            if until(said):
                return
        self.holding = False


def message(said: bytes) -> ForwardMsg:
    """Return what a message of the server says."""
    told = ForwardMsg()
    told.ParseFromString(said)
    return told


def ended(said: bytes) -> bool:
    """Whether a message of the server says that a run is over."""
    told = message(said)
    changed = told.WhichOneof("type") == "session_status_changed"
    return changed and not told.session_status_changed.script_is_running


def choose_words(
    page: Page, turn: Locator, words: str, meanwhile: Callable[[], object] = lambda: None
) -> None:
    """Drag over the first place in a turn where these words stand.

    `meanwhile` is called halfway, while the mouse is held.
    """
    turn.scroll_into_view_if_needed()
    box = turn.evaluate(
        """(said, words) => {
            const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
            const nodes = [];
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const at = said.textContent.indexOf(words);
            const place = (offset) => {
                for (const node of nodes) {
                    if (offset <= node.length) return [node, offset];
                    offset -= node.length;
                }
            };
            const range = document.createRange();
            range.setStart(...place(at));
            range.setEnd(...place(at + words.length));
            const rects = [...range.getClientRects()].filter((r) => r.width > 0);
            const [first, last] = [rects[0], rects[rects.length - 1]];
            const middle = (r) => r.top + r.height / 2;
            return [first.left, middle(first), last.right, middle(last)];
        }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, steps=3)
    meanwhile()
    page.mouse.move(box[2] - 0.5, box[3], steps=3)
    page.mouse.up()


_IN_EDITOR = "document.activeElement.matches('textarea.gdg-input')"


def open_cell(grid: Locator, right: int, down: int) -> Locator:
    """Open the cell of a grid that is so many pixels from its corner; return its editor.

    A grid is a picture: it hears a click once it is drawn and stands still, which it does not say.
    """
    page, editor = grid.page, grid.page.locator("textarea.gdg-input")
    for _ in range(20):
        box = grid.bounding_box()
        page.wait_for_timeout(500)
        if box is None or box != grid.bounding_box():
            continue
        page.mouse.click(box["x"] + right, box["y"] + down)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if editor.is_visible():
            with suppress(TimeoutError):
                page.wait_for_function(_IN_EDITOR, timeout=3000)
                return editor
            page.keyboard.press("Escape")  # an editor without the caret: open it again
    raise AssertionError("the cell was not opened")


_WATCH_DRAG = """() => {
    const seen = (window.seenOfDrag = { begun: false, over: null });
    addEventListener("dragstart", () => (seen.begun = true), { capture: true, once: true });
    addEventListener("dragover", (e) => (seen.over = e.target), { capture: true });
}"""
_SEEN_OF_DRAG = {
    "begun": "() => seenOfDrag.begun",
    "over": "target => target.contains(seenOfDrag.over)",
}


def drag(source: Locator, target: Locator) -> None:
    """Drag one thing to another as a hand does: let go only when the page shows both."""
    page = source.page
    page.evaluate(_WATCH_DRAG)
    at = None
    while at is None or at != source.bounding_box():  # the page may still find its height
        source.hover()
        at = source.bounding_box()
        page.wait_for_timeout(450)
    page.mouse.down()
    for seen, where in (("begun", source), ("over", target)):
        for _ in range(100):
            if where.evaluate(_SEEN_OF_DRAG[seen]):
                break
            where.scroll_into_view_if_needed()
            _jog(page, where)
        else:
            raise AssertionError(f"the drag was not {seen}")
    page.mouse.up()


def _jog(page: Page, onto: Locator) -> None:
    box = onto.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for at in (x - 4, x, x):  # the first move onto another element is told as “enter”, not “over”
        page.mouse.move(at, y)
    page.wait_for_timeout(20)


def serious(page: Page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """Return what axe finds serious or worse: the rule, and the first elements that break it.

    Streamlit's own passing messages are waited for: they are dialogs without a name. So is
    what a run that goes on shows pale.
    """
    page.wait_for_function(
        "!document.querySelector('[data-testid=stToast], [data-stale=true], .stSpinner')"
    )
    return [
        (violation["id"], [node["html"][:160] for node in violation["nodes"][:3]])
        for violation in Axe().run(page, context=within).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
