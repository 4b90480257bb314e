"""Pages run without a browser, on a copy of the small sample study."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench
from workbench.project import samples, studies


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The small sample study, built once; tests take copies."""
    path = tmp_path_factory.mktemp("built") / "open-library.fwb"
    with workbench.create(path, who="ingrid") as project:
        studies.build(project, samples.samples())
    return path


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
