"""The sample study, built once by `workbench demo`, the garden of `builders`, and copies."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
import shared_by_workers
from builders import copy, live
from console import Ran, workbench

from workbench.project.door import open_project


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a passphrase at hand, as no test has a terminal to ask on."""
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "a tree in the yard")


@pytest.fixture(scope="session")
def demo_ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The folder in which `workbench demo` ran, and what it printed."""

    def run(folder: Path) -> None:
        ran = workbench("demo", cwd=folder)
        (folder / "ran.json").write_text(json.dumps(asdict(ran)))

    folder = shared_by_workers.folder(tmp_path_factory, "demo", run)
    return folder, Ran(**json.loads((folder / "ran.json").read_text()))


@pytest.fixture
def demo(demo_ran: tuple[Path, Ran], tmp_path: Path) -> Path:
    """A folder with copies of the sample projects in `demo/`."""
    (tmp_path / "demo").mkdir()
    for project in (demo_ran[0] / "demo").glob("*.fwb"):
        shutil.copy(project, tmp_path / "demo")
    return tmp_path


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, str]]:
    """The garden's file, and the ids of what is in it by short names."""
    path = tmp_path_factory.mktemp("garden") / "garden.fwb"
    built = copy(path)
    built.project.close()
    codings = {name.replace(" ", "_"): i for name, i in built.codings.items()}
    with open_project(path) as project:
        rows = live(project)
    notes = {kind: rows[kind][0]["id"] for kind in ("memo", "reading")}
    statements = {f"said_{name.replace(' ', '_')}": i for name, i in built.statements.items()}
    return path.read_bytes(), {**codings, **statements, "link": built.link, **notes}
