"""A server of the app on a project of its own, and a browser, for each test that wants them."""

import os
import shutil
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sample_studies
from driving import LISTEN, settled
from forking import Loaded, end, is_running, serve_alone

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CALLED = ("chromium-headless-shell", "chromium", "chromium-browser")
"""What Chromium is called; the first has no window of its own, so that it takes half the time."""
CHROMIUM = next(filter(None, map(shutil.which, CALLED)), None)


@pytest.fixture(scope="session")
def chromium():
    """A browser for the whole run."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is needed in CI")
        pytest.skip("no Chromium is installed here (Debian: apt install chromium-headless-shell)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class App:
    """One server of the app, on a project or in a folder; `address` is where it listens."""

    def __init__(self, start: Callable[..., int], place: Path, who: str, log: Path) -> None:
        self.port, self.log = _free_port(), log
        self.address = f"http://127.0.0.1:{self.port}"
        project = [] if place.is_dir() else [str(place)]
        arguments = ["ui", *project, "--port", str(self.port), "--no-browser"]
        folder = place if place.is_dir() else place.parent
        self.process = start(arguments, who, folder, log)

    def wait(self) -> None:
        for _ in range(1200):
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):  # noqa: S310  # our own server
                    return
            except OSError:
                assert is_running(self.process), self.log.read_text()
                time.sleep(0.05)
        pytest.fail("the app did not start")

    def stop(self) -> None:
        end(self.process)


@pytest.fixture(scope="session")
def loaded() -> Iterator[Loaded]:
    """The app, loaded once for the whole run."""
    process = Loaded()
    yield process
    process.stop()


@pytest.fixture
def serve(loaded: Loaded, tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Start a server on a project, or in a folder with none; it is stopped after the test.

    With `alone` it is started as a person does it, with nothing loaded before.
    """
    with ExitStack() as stack:

        def start(place: Path, who: str = "ingrid", *, alone: bool = False) -> App:
            how = serve_alone if alone else loaded.serve
            app = App(how, place, who, tmp_path / "server.log")
            stack.callback(app.stop)
            app.wait()
            return app

        yield start


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The small sample study, built once; tests take copies."""
    return sample_studies.sample(tmp_path_factory, "open-library").file


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    """A copy of the small sample study."""
    return Path(shutil.copy(built, tmp_path / "study.fwb"))


@pytest.fixture
def window(chromium) -> Iterator[Callable[..., object]]:
    """Open browser windows, each with a memory of its own; errors in one fail the test."""
    errors: list[str] = []
    with ExitStack() as stack:

        def open_window(width: int = 1280, height: int = 800, **options):
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            stack.callback(context.close)
            context.add_init_script(LISTEN)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            return page

        yield open_window
    assert not errors


@pytest.fixture
def visit(window) -> Callable[..., object]:
    """Open a page of an app in a new window, and wait until it is there."""

    def go(app: App, place: str, **options):
        page = window(**options)
        page.goto(f"{app.address}/{place}")
        settled(page)
        return page

    return go
