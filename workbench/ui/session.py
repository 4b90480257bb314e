"""What a browser session remembers between runs, and where the server's projects are.

The server knows the projects that were opened in it by a short key, so that a page, an
address or an operation can name a project without naming a place on the disk.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from workbench.project import door, opening
from workbench.ui import show
from workbench.ui.words import _, language

T = TypeVar("T")

_OPENED: dict[str, str] = {}
"""Key → place, of every project opened in this server, the newest last."""
_LAST_NAME: dict[str, str] = {}
"""Key → who worked last."""
_SEEN = "_addressed"
_BEFORE = "_addressed before"
_UNDER_WAY = 2.0
"""Seconds that the browser may take to hear what was written into its address."""
_WIDE = 20
"""Letters of a framework's name and version that a field shows in a row of four."""
_OPEN = "_open"
_PAGE = "_page"


def key_of(place: str) -> str:
    """Return the short key that stands for a project's place."""
    whole = place if "://" in place else str(Path(place).resolve())
    return hashlib.sha256(whole.encode()).hexdigest()[:10]


def enter(place: str) -> str:
    """Make a project the one that this session works in; return its key."""
    key = key_of(place)
    _OPENED.pop(key, None)
    _OPENED[key] = place
    st.session_state["project"] = key
    return key


def leave() -> None:
    """Work in no project."""
    st.session_state["project"] = ""


def key() -> str:
    """Return the key of the project of this session; empty where there is none."""
    if "project" not in st.session_state:
        st.session_state["project"] = next(reversed(_OPENED), "")
    held = st.session_state["project"]
    return held if held in _OPENED else ""


def place(of: str) -> str | None:
    """Return where the project of a key is, if it was opened in this server."""
    return _OPENED.get(of)


def file_name() -> str:
    """Return what the project's file or database is called, without where it lies."""
    return (place(key()) or "").rstrip("/").rpartition("/")[2]


def opened() -> list[str]:
    """Return the places opened in this server, the newest first."""
    return list(reversed(_OPENED.values()))


def who() -> str:
    """Return the handle under which this session works."""
    if "who" not in st.session_state:
        st.session_state["who"] = _LAST_NAME.get(key(), "") or opening.somebody()
    return str(st.session_state["who"])


def forget_who() -> None:
    """Work under the name that was last used in the project that is open now."""
    st.session_state.pop("who", None)


def work_as(handle: str) -> None:
    """Work under that handle from now on."""
    st.session_state["who"] = handle
    _LAST_NAME[key()] = handle


def project(of: str | None = None) -> door.Project:
    """Return the session's project, or that of a key: opened once a run, closed at its end."""
    wanted = of if of is not None else key()
    held: dict[str, door.Project] = st.session_state.setdefault(_OPEN, {})
    if wanted not in held:
        where = place(wanted)
        if where is None:
            raise LookupError("no project is open")
        held[wanted] = door.open_project(where, who=who())
    return held[wanted]


def close_projects() -> None:
    """Close what this run has opened."""
    for held in st.session_state.pop(_OPEN, {}).values():
        held.close()


# --- what was chosen, and its address -----------------------------------------------------


def remembered(name: str, otherwise: T) -> Any | T:
    """Return what a page put aside under that name in this project."""
    return st.session_state.get(_held(name), otherwise)


def remember(name: str, value: object) -> None:
    """Put something aside for this project; pages come and go, this stays."""
    st.session_state[_held(name)] = value


def _held(name: str) -> str:
    return f"held:{key()}:{name}"


def addressed(name: str) -> str | None:
    """Return what the address asks for, once: None where the page has answered it already."""
    if not asks(name):
        return None
    asked = st.query_params[name]
    st.session_state.setdefault(_SEEN, {})[name] = asked
    return asked


def asks(name: str) -> bool:
    """Whether the address asks for something that the page has not answered yet."""
    asked = st.query_params.get(name)
    if asked is None or st.session_state.get(_SEEN, {}).get(name) == asked:
        return False
    written: dict[str, tuple[str | None, float]] = st.session_state.get(_BEFORE, {})
    before, since = written.get(name, (None, 0.0))
    return asked != before or monotonic() - since > _UNDER_WAY


def asks_for(name: str, value: str) -> bool:
    """Whether the address asks for this, and the page has not answered it yet."""
    return asks(name) and st.query_params.get(name) == value


def choose(
    label: str,
    options: Sequence[str],
    name: str,
    *,
    shown: Callable[[str], str] = str,
    help: str | None = None,
    collapsed: bool = False,
    first: str | None = None,
) -> str:
    """Let the researcher choose one; the choice stands in the address and is remembered.

    The address wins when it asks for something new, then what was chosen before, then
    `first`, then the first option. `options` must not be empty.
    """
    widget = f"choose:{name}"
    known = st.session_state.setdefault("_options", {})
    asked = addressed(name)
    if asked is not None and asked not in options:
        not_here(label, asked)
    if asked in options:
        st.session_state[widget] = asked
    elif st.session_state.get(widget) not in options:
        held = remembered(name, first)
        st.session_state[widget] = held if held in options else options[0]
    elif known.get(widget) != (st.session_state.get(_PAGE), list(options)):
        # Streamlit would begin anew with the first of other options, and on another page
        st.session_state[widget] = st.session_state[widget]
    known[widget] = st.session_state.get(_PAGE), list(options)
    chosen = st.selectbox(
        label,
        options,
        key=widget,
        format_func=shown,
        help=help,
        label_visibility="collapsed" if collapsed else "visible",
    )
    remember(name, chosen)
    put_address(name, chosen)
    return str(chosen)


def choose_version(
    references: Sequence[str], *, first: str | None = None, collapsed: bool = False
) -> str:
    """Let the researcher choose a framework version, as `choose`; a long name keeps its version."""
    short = {reference: _short(reference) for reference in references}
    apart = len(set(short.values())) == len(short)
    return choose(
        _("Framework"),
        references,
        "framework",
        shown=lambda one: short.get(one, one) if apart else one,
        first=first,
        collapsed=collapsed,
    )


def _short(reference: str) -> str:
    name, at, version = reference.rpartition("@")
    room = max(_WIDE - len(version), 8)
    return reference if len(name) <= room else f"{name[: room - 1].rstrip('-_ ')}…{at}{version}"


def say_anew() -> None:
    """Let the browser show every choice in the language that was chosen since it was made."""
    before, now = st.session_state.get("_said_in", language()), language()
    st.session_state["_said_in"] = now
    if before != now:
        for key, value in st.session_state.to_dict().items():
            if isinstance(value, str):
                st.session_state[key] = value


def tab(page: str, names: Mapping[str, str]) -> str:
    """Let the researcher choose a part of a page by its key; it stands in the address as view."""
    widget = f"choose:view:{page}"
    asked = addressed("view")
    if asked in names:
        st.session_state[widget] = asked
    elif st.session_state.get(widget) not in names:
        held = remembered(f"view:{page}", None)
        st.session_state[widget] = held if held in names else next(iter(names))
    chosen = st.segmented_control(
        _("Parts of this page"),
        list(names),
        key=widget,
        format_func=lambda key: names[key],
        required=True,
        label_visibility="collapsed",
    )
    remember(f"view:{page}", chosen)
    put_address("view", chosen)
    return str(chosen)


def not_here(what: str, name: str) -> None:
    """Tell that the address asks for something that is not here; runs that follow leave it."""
    told = _(
        "The address asks for “{name}” ({what}), which is not here; it may have been renamed or "
        "withdrawn.",
        name=name,
        what=what,
    )
    st.toast(show.plain(told), duration=20)


def ask(name: str, value: str) -> None:
    """Let the next run choose this, as if the address asked for it."""
    forget_asked(name)
    st.query_params[name] = value


def turn_to(page: str) -> None:
    """Note which page is shown: what is chosen on one stays chosen on the next."""
    st.session_state[_PAGE] = page


def put_address(name: str, value: str | None) -> None:
    """Write something that is shown into the address, or take it out."""
    seen = st.session_state.setdefault(_SEEN, {})
    before = st.query_params.get(name)
    if before != value:
        st.session_state.setdefault(_BEFORE, {})[name] = before, monotonic()
    if value is None:
        if before is not None:
            del st.query_params[name]
        seen.pop(name, None)
        return
    seen[name] = value
    if before != value:
        st.query_params[name] = value


def forget_asked(*names: str) -> None:
    """Let the address ask once more for what it asked for before."""
    for name in names:
        st.session_state.setdefault(_SEEN, {}).pop(name, None)
        st.session_state.setdefault(_BEFORE, {}).pop(name, None)
