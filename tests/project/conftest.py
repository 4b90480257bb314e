"""The project that the tests of this floor act upon."""

from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from builders import Garden

from workbench.project.door import Project, create


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Garden]:
    """A built project in a file of its own, open."""
    made = builders.copy(tmp_path / "garden.fwb")
    yield made
    made.project.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    """A project with nothing in it, open."""
    with create(tmp_path / "empty.fwb") as project:
        yield project
