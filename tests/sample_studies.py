"""The sample studies as projects, each built once for the whole run."""

import pickle
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import shared_by_workers

from workbench.project import studies
from workbench.project.door import Project, create, open_project
from workbench.project.edits.refs import Refs
from workbench.project.samples import samples

ALL = sorted(f.parent for f in samples().parent.glob("*/study.yaml"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample study's folder, the project that was built from it, and its tables' refs."""

    folder: Path
    file: Path
    refs: Refs

    def copy(self, path: Path, who: str = "ingrid") -> Project:
        """Put a copy of the project at a path and open it."""
        shutil.copy(self.file, path)
        return open_project(path, who=who)


def sample(factory: pytest.TempPathFactory, name: str) -> Sample:
    """Return the sample study of that name."""
    (study,) = (s for s in ALL if s.name == name)

    def build(home: Path) -> None:
        refs = Refs()
        with create(home / "study.fwb", who="ingrid") as project:
            studies.build(project, study, refs=refs)
        (home / "refs").write_bytes(pickle.dumps(refs))

    home = shared_by_workers.folder(factory, f"sample {name}", build)
    refs = pickle.loads((home / "refs").read_bytes())  # noqa: S301  # written above
    return Sample(study, home / "study.fwb", refs)
