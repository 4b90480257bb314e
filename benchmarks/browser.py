"""How quick the browser is: a code painted, a code stored, another page opened.

    python benchmarks/browser.py

starts the app on an invented interview of 150 kB with 400 overlapping codings, drives it in
Chromium, and prints medians in milliseconds with the load of the machine; then each page of the
sample study on medical imaging, as a browser sees it that never was there, and again.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOUSE), str(HOUSE / "tests")]

import long_interview  # noqa: E402  # stands beside the tests
from driving import LISTEN, settled  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

import workbench  # noqa: E402
from workbench.project import studies  # noqa: E402

PORT = 8699
ADDRESS = f"http://127.0.0.1:{PORT}"
CODED = 20
TURNED = 6
RESTED = 8_000
"""Milliseconds in which a browser gets ready to draw figures."""
ROOMS = (
    "Familiarisation",
    "Framework",
    "Indexing",
    "Charting",
    "Mapping",
    "Interpretation",
    "Reproduction",
)
LONG_ROOMS = ("Project", "Familiarisation", "Framework", "Charting", "Mapping", "Indexing")

CODE_ONE = """(n) => new Promise((done) => {
    const { outbox, views } = window.frameworkWorkbench;
    const held = views["indexing"];
    const turn = held.turns.filter((t) => t.role === "participant")[n * 3];
    held.choose(turn.passage.start + 5, turn.passage.start + 45);
    const begun = performance.now();
    let painted = 0;
    held.apply([Object.keys(held.codes)[n % 12]]);
    requestAnimationFrame(() => setTimeout(() => (painted = performance.now() - begun), 0));
    document.addEventListener("fw-outbox", function hear(event) {
        if (event.detail) return;
        document.removeEventListener("fw-outbox", hear);
        const stored = performance.now() - begun;
        setTimeout(() => done([painted, stored]), 100);
    });
})"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        with _served(long_interview.build(Path(folder))):
            _code_and_turn()
        imaging = Path(folder) / "imaging.fwb"
        with workbench.create(imaging, who="ingrid") as project:
            studies.build(project, HOUSE / "sample_transcripts" / "low-value-imaging")
        for room in ROOMS:
            with _served(imaging):
                _opened(room)
    print(f"2 cores; load {os.getloadavg()[0]:.1f}")


@contextmanager
def _served(project: Path) -> Iterator[None]:
    """Serve a project by a server of its own while the block runs."""
    command = [sys.executable, "-m", "workbench", "ui", str(project), "--port", str(PORT)]
    environment = {**os.environ, "WORKBENCH_USER": "ingrid", "PYTHONPATH": str(HOUSE)}
    server = subprocess.Popen(
        [*command, "--no-browser"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _await_server()
        yield
    finally:
        server.terminate()
        server.wait(20)


def _await_server() -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{ADDRESS}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("The app did not start.")


@contextmanager
def _page(address: str) -> Iterator[Page]:
    """Open an address in a browser that has seen nothing yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(LISTEN)
        page.goto(f"{ADDRESS}/{address}")
        yield page
        browser.close()


def _code_and_turn() -> None:
    with _page("indexing?transcript=long") as page:
        page.wait_for_selector(".fw-code")
        settled(page)
        times = []
        for n in range(CODED):
            times.append(page.evaluate(CODE_ONE, n))
            settled(page)
        _say("code given → painted", [painted for painted, _ in times])
        _say("code given → stored and confirmed", [stored for _, stored in times])
        for room in LONG_ROOMS:
            _say(f"another page: {room}", [_turned(page, room) for _ in range(TURNED)])


def _opened(room: str) -> None:
    """Say how long a page takes the first time in a server and a browser, and later."""
    if room == "Interpretation":
        with _page("") as page:
            page.wait_for_selector("h1")
            settled(page)
            _say("the imaging study: Interpretation, rested", [_turned(page, room, RESTED)])
    with _page("") as page:
        page.wait_for_selector("h1")
        settled(page)
        first = _turned(page, room)
        again = [_turned(page, room) for _ in range(TURNED)]
        _say(f"the imaging study: {room}, first", [first])
        _say(f"the imaging study: {room}, again", again)


def _turned(page: Page, room: str, rest: int = 300) -> float:
    """Return the milliseconds from a click on a page's name until it is drawn and all is heard.

    Hands have rested for `rest` milliseconds before. That a page is at rest is known only a
    while after the last it heard, which is not counted.
    """
    _go(page, "Familiarisation" if room != "Familiarisation" else "Project")
    settled(page)
    page.wait_for_timeout(rest)
    begun = time.perf_counter()
    _go(page, room)
    page.wait_for_selector(f"h1:has-text('{room}')")
    if room == "Interpretation" and not page.get_by_text("No links yet").is_visible():
        page.wait_for_selector(".fw-net .dot")
    drawn = (time.perf_counter() - begun) * 1000
    settled(page)
    since = page.evaluate("performance.now() - fwTalk.heard")
    return max(drawn, (time.perf_counter() - begun) * 1000 - float(since))


def _go(page: Page, room: str) -> None:
    page.get_by_test_id("stSidebarNavItems").get_by_role("link", name=room, exact=True).click()


def _say(what: str, times: list[float]) -> None:
    print(f"{what:<40} median {statistics.median(times):6.0f} ms, worst {max(times):6.0f} ms")


if __name__ == "__main__":
    main()
