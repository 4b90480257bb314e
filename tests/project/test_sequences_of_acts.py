"""Whatever acts follow one another, undo walks back over them, state by state, and redo forth."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import builders
from acts import ACTS, Chooser
from builders import Garden, State
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import WorkbenchError

STEP = st.one_of(st.sampled_from(ACTS), st.sampled_from(["undo", "redo"]))


@often(12)
@given(st.data())
def test_undo_and_redo_walk_over_every_state_that_acts_have_made(data):
    with tempfile.TemporaryDirectory() as folder:
        garden = builders.copy(Path(folder) / "garden.fwb")
        with garden.project:
            _walk(garden, data)


def _walk(garden: Garden, data: st.DataObject) -> None:
    """Take steps, holding a list of the states that undo and redo must lead to."""
    states, at = [garden.live()], 0
    for step in data.draw(st.lists(STEP, min_size=5, max_size=25)):
        if step == "undo" and at:
            garden.project.undo()
            at -= 1
        elif step == "redo" and at + 1 < len(states):
            garden.project.redo()
            at += 1
        elif callable(step) and _acted(garden, step, states[at], data):
            states, at = [*states[: at + 1], garden.live()], at + 1
        assert garden.live() == states[at]
    assert _broken(garden) == []
    for before in reversed(states[:at]):
        garden.project.undo()
        assert garden.live() == before
    for after in states[1:]:
        garden.project.redo()
        assert garden.live() == after
    assert _broken(garden) == []


def _acted(
    garden: Garden, act: Callable[[Chooser], object], state: State, data: st.DataObject
) -> bool:
    """Try an act; return whether it stands in the history. A refused act does not."""
    newest = garden.project.history(1)[0]["seq"]
    refused = False
    try:
        act(Chooser(garden, state, data))
    except WorkbenchError:
        refused = True
    acted = bool(garden.project.history(1)[0]["seq"] > newest)
    assert not (refused and acted)
    return acted


def _broken(garden: Garden) -> list[str]:
    return [f.sentence() for f in garden.project.check() if f.severity == "broken"]
