"""Settings and fixtures that every room's tests share."""

import contextlib
import gc
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
import builders
import in_memory
import once
import postgres
from builders import Garden
from taking_turns import Turns

from workbench.formats import locked
from workbench.project.door import open_project

settings.register_profile("ci", deadline=None)
settings.register_profile("house", deadline=None, max_examples=15)
settings.load_profile("ci" if os.environ.get("CI") else "house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be told how many seconds its tests may take."""
    parser.addoption("--within", type=float, help="seconds of tests; longer ones take turns")


def pytest_configure(config: pytest.Config) -> None:
    """Let the whole run write into memory; its workers are told by TMPDIR."""
    config.pluginmanager.register(Turns(config), "turns")
    made = in_memory.folder()
    if made is not None:
        config.add_cleanup(lambda: shutil.rmtree(made, ignore_errors=True))


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what was loaded, and look at the rest less often.

    It took a tenth of the run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def empty_projects() -> Iterator[once.EmptyProjects]:
    """Compile SQL and lay out an empty project once for the run."""
    with once.compiled(), once.empty_projects() as empty:
        yield empty


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """Let a passphrase cost next to nothing; what it really costs has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locked, "_COST", 2**4)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published facts and other people's data, beside the project."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the folder ../shared is needed in CI")
        pytest.skip("the folder ../shared with real data is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server(empty_projects: once.EmptyProjects) -> Iterator[str]:
    """The URL of a PostgreSQL that is stopped when the tests have run."""
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server())
        except postgres.NoPostgres as error:
            if os.environ.get("CI"):
                pytest.fail(f"PostgreSQL is needed in CI: {error}")
            pytest.skip(f"no PostgreSQL can be started here: {error}")
        empty_projects.database = stack.enter_context(database(url, "empty"))
        yield url


def database(
    server: str, name: str, like: str = "template1"
) -> contextlib.AbstractContextManager[str]:
    """Give the URL of a fresh database whose name begins so, a copy of another."""
    return postgres.database(server, f"{name}_{uuid.uuid4().hex}", like)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new project can be made: a file, then a database of a real server."""
    if request.param == "sqlite":
        yield str(tmp_path / "study.fwb")
        return
    with database(request.getfixturevalue("postgres_server"), "t") as url:
        yield url


@pytest.fixture(scope="session")
def planted(postgres_server: str) -> Iterator[tuple[str, Garden]]:
    """The URL of a database with the project of `builders`, and what is in it."""
    with database(postgres_server, "garden") as url:
        made = builders.build(url)
        made.project.close()
        yield url, made


@pytest.fixture
def garden_on_server(postgres_server: str, planted: tuple[str, Garden]) -> Iterator[Garden]:
    """The project of `builders` in a database of its own, open."""
    like, made = planted
    name = sa.make_url(like).database or ""
    with (
        database(postgres_server, "t", name) as url,
        open_project(url, who="anna") as project,
    ):
        yield replace(made, project=project)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Garden]:
    """The project of `builders`, in a file and then in a database of a server."""
    if request.param == "postgresql":
        yield request.getfixturevalue("garden_on_server")
        return
    made = builders.copy(tmp_path / "study.fwb")
    yield made
    made.project.close()
