"""Two copies go apart by acts at random and are merged; the laws hold, and undo leads back."""

import shutil
import tempfile
from pathlib import Path

import builders
from acts import ACTS, Chooser
from builders import Garden
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import Refused, WorkbenchError
from workbench.project import edits
from workbench.project.door import Project, open_project
from workbench.project.merging import Choices

SIDES = st.sampled_from(["mine", "theirs"])
STEPS = st.lists(st.one_of(st.sampled_from(ACTS), st.sampled_from(["undo"])), max_size=8)


def apart(folder: Path) -> tuple[Garden, Garden]:
    """Return two copies of the garden, opened by two people."""
    mine = builders.copy(folder / "mine.fwb")
    shutil.copy(folder / "mine.fwb", folder / "theirs.fwb")
    theirs = builders.replace(mine, project=open_project(folder / "theirs.fwb", who="bo"))
    return mine, theirs


def work(garden: Garden, data: st.DataObject) -> None:
    """Do some acts; those that are refused leave nothing."""
    for step in data.draw(STEPS):
        try:
            if callable(step):
                step(Chooser(garden, garden.live(), data))
            else:
                garden.project.undo()
        except WorkbenchError:
            continue


def broken(project: Project) -> list[str]:
    return [f.sentence() for f in project.check() if f.severity == "broken"]


def merged(mine: Garden, theirs: Garden, choices: Choices) -> bool:
    """Merge, undo and redo it; return whether it was done. A refusal leaves all as it was."""
    before, acts = mine.live(), mine.acts()
    try:
        report = edits.merge(mine.project, theirs.project, choices)
    except Refused:
        assert (mine.live(), mine.acts()) == (before, acts)
        return False
    after = mine.live()
    assert broken(mine.project) == []
    assert edits.merge(mine.project, theirs.project, choices).acts == 0
    if report.acts:
        assert mine.acts() == acts + 1
        mine.project.undo()
        assert mine.live() == before
        mine.project.redo()
        assert mine.live() == after
    assert broken(mine.project) == []
    return True


@often(30)
@given(st.data())
def test_two_copies_can_be_one_again_whatever_was_done(data):
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = apart(Path(folder))
        with mine.project, theirs.project:
            for _ in range(data.draw(st.integers(1, 3))):
                work(mine, data)
                work(theirs, data)
                side, names = (
                    data.draw(st.sampled_from(["mine", "theirs"])),
                    st.sampled_from(["one", "two"]),
                )
                choices = Choices(prefer=side, same_names=data.draw(names))
                if merged(mine, theirs, choices):
                    mine, theirs = theirs, mine
