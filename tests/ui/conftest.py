"""Pages run without a browser, on a copy of the small sample study."""

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sample_studies
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import workbench


@pytest.fixture(scope="session", autouse=True)
def packages_are_scanned_once() -> Iterator[None]:
    """Let Streamlit look for components in the installed packages once, not for every page."""
    with pytest.MonkeyPatch.context() as patch:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The small sample study, built once; tests take copies."""
    return sample_studies.sample(tmp_path_factory, "open-library").file


@pytest.fixture
def study(built: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy of the small sample study, in which Ingrid works."""
    monkeypatch.setenv("WORKBENCH_USER", "ingrid")
    return Path(shutil.copy(built, tmp_path / "study.fwb"))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch) -> Path:
    """A project with nothing in it."""
    monkeypatch.setenv("WORKBENCH_USER", "ingrid")
    workbench.create(tmp_path / "empty.fwb", who="ingrid").close()
    return tmp_path / "empty.fwb"


@pytest.fixture
def page() -> Callable[..., AppTest]:
    """Run one page on a project and return it; it must have run without an exception."""

    def run(address: str, project: Path, **address_asks: str) -> AppTest:
        script = f"from workbench.ui import shell\nshell.run_alone({address!r}, [{str(project)!r}])"
        at = AppTest.from_string(script, default_timeout=60)
        for name, value in address_asks.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        return at

    return run


@pytest.fixture
def form(study: Path) -> Callable[..., AppTest]:
    """Run a form on its own; `held` is an expression for what the page gives to it."""

    def run(name: str, held: str = "") -> AppTest:
        module, _dot, function = name.partition(".")
        given = "st.session_state.held" if held else ""
        script = f"""
import streamlit as st
from workbench.project import finding_page, ladder_board, link_page, typology_page
from workbench.ui import session
from workbench.ui.panels import {module}
session.enter({str(study)!r})
if {bool(held)} and "held" not in st.session_state:
    st.session_state.held = {held or None}
{module}.{function}({given})
session.close_projects()
"""
        at = AppTest.from_string(script, default_timeout=60).run()
        assert not at.exception
        return at

    return run
