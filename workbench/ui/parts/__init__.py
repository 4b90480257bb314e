"""The parts of a page that Streamlit has not: each is JavaScript in `assets` and a function here.

A part gets plain data and draws it; what the researcher does there goes into the outbox
(`assets/core.js`), which only the bus hands to Python.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from workbench.ui import words

ASSETS = Path(__file__).parent / "assets"
_PACKAGE = "framework-workbench"
_HOLDER = f"{_PACKAGE}.parts"

Data = Mapping[str, Any]


@cache
def fingerprint() -> str:
    """Return a short hash of all files, so that no browser mixes old ones with new ones."""
    digest = hashlib.sha256()
    for file in sorted(ASSETS.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def declare() -> None:
    """Let the server hand out the files of the parts; may be called again."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_HOLDER) is None:
        held = [ComponentConfig("parts", ASSETS.name)]
        manager.register_from_manifest(ComponentManifest(_PACKAGE, "1", held), ASSETS.parent)


def _mount(name: str) -> Callable[..., Any]:
    """Return the function that mounts the part of that name in the session's language."""
    return _mount_in(name, words.language())


@cache
def _mount_in(name: str, language: str) -> Callable[..., Any]:
    """Return the function that mounts a part whose texts are in a language.

    The script that travels with each message only fetches the part's files.
    """
    script = (
        f'const at = (file) => new URL("_stcore/bidi-components/{_HOLDER}/" + file '
        f'+ "?v={fingerprint()}", document.baseURI).href;\n'
        'const core = await import(at("core.js"));\n'
        f'await core.learn("{language}");\n'
        f'const part = await import(at("{name}.js"));\n'
        f'export default (given) => {{ core.speak("{language}"); return part.default(given); }};\n'
    )
    own = f"workbench_{name}" + ("" if language == "en" else f"_{language}")
    return st.components.v2.component(own, js=script, isolate_styles=False)


def _key(key: str) -> str:
    """Return the key of a part in the session's language: another language draws it anew."""
    language = words.language()
    return key if language == "en" else f"{key}:{language}"


def bus(data: Data) -> None:
    """Mount the bus, once on every page, after everything else."""
    _mount("bus")(key="bus", data=dict(data), on_outbox_change=_heard)


def stored(data: Data) -> None:
    """Mount the line that says whether everything is stored, once on every page, before it."""
    _mount("stored")(key=_key("stored"), data=dict(data))


@cache
def drawing_library() -> str:
    """Return the address of the script with which Streamlit draws figures; empty if unknown.

    It weighs megabytes and comes with the first figure, unless the bus asks for it ahead.
    """
    scripts = Path(st.__file__).parent / "static" / "static" / "js"
    found = [file.name for file in scripts.glob("PlotlyChart.*.js")]
    return f"static/js/{found[0]}" if len(found) == 1 else ""


def _heard() -> None:
    """Do nothing: what the bus brings is read at the top of the next run."""


def part(name: str, key: str, data: Data, height: int | str = "content") -> None:
    """Mount a part; what is done in it goes through the bus.

    What it says of itself without doing anything, such as what is looked at or where
    somebody wants to go, has `told`.
    """
    _mount(name)(key=_key(key), data=dict(data), height=height, on_said_change=_heard)


def told(key: str) -> dict[str, Any]:
    """Return what the part of that key said since this was asked last; mostly nothing.

    It says one thing at a time (`teller` in `assets/core.js`), with a number `n` that tells
    one saying from the next. A part may be asked before it is mounted in a run, or after.
    """
    part_state = st.session_state.get(_key(key))
    said = part_state.get("said") if part_state is not None else None
    heard = st.session_state.setdefault("_told", {})
    if not isinstance(said, Mapping) or heard.get(key) == said.get("n"):
        return {}
    heard[key] = said.get("n")
    return dict(said)
