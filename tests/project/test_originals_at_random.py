"""Whatever was done before, a project without its earlier texts keeps the laws and its words."""

import tempfile
from pathlib import Path

import builders
from acts import ACTS, Chooser
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import NoWayBack, Refused, WorkbenchError
from workbench.project import edits

BULKY = ("transcript_version", "original", "verification")


@often(10)
@given(st.data())
def test_after_any_acts_the_removal_keeps_what_lives_and_all_laws(data):
    with tempfile.TemporaryDirectory() as folder:
        garden = builders.copy(Path(folder) / "garden.fwb")
        with garden.project as project:
            for step in data.draw(st.lists(st.sampled_from([*ACTS, None]), max_size=15)):
                try:
                    step(Chooser(garden, garden.live(), data)) if step else project.undo()
                except WorkbenchError:
                    continue
            before, acts = garden.live(), garden.acts()
            try:
                edits.remove_originals(project, [])
            except Refused:
                assert (garden.live(), garden.acts()) == (before, acts)
                return
            after = garden.live()
            assert {t: r for t, r in after.items() if t not in BULKY} == {
                t: r for t, r in before.items() if t not in BULKY
            }
            assert [f.sentence() for f in project.check() if f.severity == "broken"] == []
            try:
                project.undo()
            except NoWayBack:
                return
            raise AssertionError("an undo went beyond the removal")
