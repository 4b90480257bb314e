"""Settings and fixtures that every room's tests share."""

import contextlib
import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
import postgres

settings.register_profile("house", deadline=None)
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published facts and other people's data, beside the project."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the folder ../shared is needed in CI")
        pytest.skip("the folder ../shared with real data is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL that is stopped when the tests have run."""
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server())
        except postgres.NoPostgres as error:
            if os.environ.get("CI"):
                pytest.fail(f"PostgreSQL is needed in CI: {error}")
            pytest.skip(f"no PostgreSQL can be started here: {error}")
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new project can be made: a file, then a database of a real server."""
    if request.param == "sqlite":
        yield str(tmp_path / "study.fwb")
        return
    with postgres.database(
        request.getfixturevalue("postgres_server"), f"t_{uuid.uuid4().hex}"
    ) as url:
        yield url
