"""One run of the app: hear the browser, open the project, show the page, answer.

The order matters: what the researcher did is carried out before anything is read, and the
bus that answers is mounted after the page is delivered, so that the next message of the
browser never cuts a page short.
"""

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import Page

from workbench.project import door, stages
from workbench.ui import background, help_page, outbox, parts, places, session, show, sidebar
from workbench.ui.room import ask_ahead
from workbench.ui.words import N_, _

_ICON = str(Path(__file__).parent / "icon.svg")


class Room(NamedTuple):
    """One page: its address, what it is called, the step of the method, its manual page."""

    address: str
    title: str
    step: str = ""
    manual: str = ""


ROOMS: Sequence[Room] = (
    Room("project", N_("Project"), manual="start"),
    Room("familiarisation", N_("Familiarisation"), "read", "transcripts"),
    Room("framework", N_("Framework"), "build", "frameworks"),
    Room("indexing", N_("Indexing"), "index", "indexing"),
    Room("agreement", N_("Agreement"), manual="agreement"),
    Room("charting", N_("Charting"), "chart", "charting"),
    Room("mapping", N_("Mapping"), "map", "mapping"),
    Room("interpretation", N_("Interpretation"), "interpret", "interpretation"),
    Room("reproduction", N_("Reproduction"), manual="studies"),
)
FIRST = ROOMS[0]
_WITH_PICTURE = "interpretation"
"""The page that asks for room itself."""
_ROOT = "start"
"""Streamlit shows the first page at `/`, and no page at the address that it is given here."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the app once; `arguments` may name a project to open (else the command line's)."""
    _begin(sys.argv[1:] if arguments is None else arguments)
    names = _names_of_stages()
    pages = {
        room.address: st.Page(
            _shown(room, names),
            title=_title(room, names),
            url_path=room.address if room is not FIRST else _ROOT,
        )
        for room in ROOMS
    }
    places.know(pages)
    chosen = st.navigation([*pages.values(), _page_of_first()])
    slot = st.sidebar.container()
    with slot:
        parts.stored(outbox.stored())
    try:
        chosen.run()
        sidebar.show_language()
    finally:
        session.close_projects()
        with slot:
            _answer()
        _make_ready()


def _page_of_first() -> Page:
    """Return a page, in no list of pages, that leads from the first one's address to it."""

    def lead() -> None:
        places.go(FIRST.address, **st.query_params.to_dict())

    return st.Page(lead, url_path=FIRST.address, visibility="hidden")


def run_alone(address: str, arguments: Sequence[str]) -> None:
    """Run one page without the others around it, as its tests do."""
    _begin(arguments)
    parts.stored(outbox.stored())
    _shown(next(r for r in ROOMS if r.address == address), _names_of_stages())()
    session.close_projects()
    _answer()


def _make_ready() -> None:
    """Load what other pages need, and read what takes long, while this one is looked at."""
    _load_pages_once()
    if key := session.key():
        _read_once(session.place(key) or "", session.who())


@cache
def _load_pages_once() -> None:
    _set_aside()
    background.begin("pages", _load_pages)


def _load_pages() -> None:
    for room in ROOMS:
        _module(room)
    for heavy in ("pandas", "plotly.graph_objects"):
        import_module(heavy)
    _set_aside()


@lru_cache(maxsize=8)
def _read_once(place: str, who: str) -> None:
    background.begin(f"read {place}", lambda: _read(place, who))


def _read(place: str, who: str) -> None:
    from workbench.ui.panels import networks  # with pandas, which the first page does without

    with door.open_project(place, who=who) as project:
        networks.read_ahead(project)


def _set_aside() -> None:
    """Let the garbage collector leave alone what was loaded.

    Streamlit collects after each run, and would go through all modules again each time.
    """
    gc.collect()
    gc.freeze()


def _module(room: Room) -> ModuleType:
    return import_module(f"workbench.ui.pages.{room.address}")


def _begin(arguments: Sequence[str]) -> None:
    st.set_page_config(
        page_title="Framework Workbench", page_icon=_ICON, layout="wide", initial_sidebar_state=230
    )
    parts.declare()
    if "project" not in st.session_state and arguments:
        session.enter(arguments[0])
    session.say_anew()
    outbox.receive()


def _names_of_stages() -> dict[str, str]:
    """Return what the project calls the steps of the method."""
    held: dict[str, str] = {}
    if session.key():
        with show.problems():
            held = stages.names(session.project())
    return held


def _title(room: Room, names: Mapping[str, str]) -> str:
    """Return a page's name; what a template calls it in other words than ours stays as it is."""
    return _(names.get(room.step) or room.title)


def _shown(room: Room, names: Mapping[str, str]) -> Callable[[], None]:
    """Return the page of a room as Streamlit calls it."""

    def page() -> None:
        _show(room, _title(room, names))

    page.__name__ = room.address
    return page


def _show(room: Room, title: str) -> None:
    """Show one page: its heading, its manual, and itself; what goes wrong is a sentence."""
    session.turn_to(room.address)
    head, aside = st.columns([8, 1], vertical_alignment="center")
    head.title(show.plain(title))
    with aside:
        help_page.button(room.title, room.manual)
    module = _module(room)
    with show.problems():
        if not session.key():
            _module(FIRST).without_project()
            return
        project = session.project()
        sidebar.show_project(project)
        module.page(project)
        if room.address != _WITH_PICTURE:
            ask_ahead()


def _answer() -> None:
    """Tell the browser what became of its operations; counted, so that each run is news."""
    runs = st.session_state.get("runs", 0) + 1
    st.session_state["runs"] = runs
    parts.bus(
        {
            **outbox.told(),
            "run": runs,
            "project": session.key(),
            "ahead": parts.drawing_library(),
        }
    )
