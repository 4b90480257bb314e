"""A version comes in with the steps from its parent, and only if they lead to it (law 3)."""

from dataclasses import replace
from typing import Any

import builders
import pytest
from builders import VERSION

from workbench import errors
from workbench.formats import framework_yaml
from workbench.model import frames
from workbench.model.framework import FrameworkVersion, Step, stable_id
from workbench.project import edits, outputs, views
from workbench.project.door import Project, create
from workbench.store import records


def code(name: str) -> str:
    return stable_id("garden", "code", name)


MERGED = Step(
    "merge",
    "code",
    (code("Reasons to come"), code("Barriers")),
    (code("Barriers"),),
    "anna",
    "2024-05",
    "Nobody told them apart.",
)
RENAMED = Step("rename", "code", (code("Tools"),), (code("Tools"),), reason="They lend more.")


def child(*steps: Step, **more: Any) -> FrameworkVersion:
    """Return garden@2: reasons and barriers are one code, and tools are called things."""
    first = builders.version(number="2", parent=VERSION, steps=steps, **more)
    _, barriers, shared, tools = first.codes
    codes = (replace(barriers, name="Coming or not"), shared, replace(tools, name="Things"))
    return replace(first, codes=codes)


@pytest.fixture
def anywhere(where: str):
    """A project with the framework and nothing else, in a file, then on a server."""
    with create(where, who="anna") as project:
        edits.add_framework(project, builders.version())
        edits.release(project, VERSION)
        yield project


def test_steps_come_out_as_they_came_in_and_in_their_order(anywhere: Project) -> None:
    wanted = child(MERGED, RENAMED)
    edits.add_framework(anywhere, wanted)
    assert views.framework(anywhere, "garden@2") == wanted
    assert anywhere.check() == []


def test_steps_of_a_release_never_change_whoever_writes(anywhere: Project) -> None:
    edits.add_framework(anywhere, child(MERGED, RENAMED, state="released"))
    with anywhere.reading() as connection:
        first, _ = records.find(connection, "step")
    for change in ({"kind": "split"}, {"before": "[]"}, {"reason": "None."}):
        with pytest.raises(errors.StoreRefused, match="released"), anywhere.acting("x") as act:
            records.update(act, "step", first["id"], change)
    more = {"framework_version_id": first["framework_version_id"], "position": 3, "kind": "add"}
    with pytest.raises(errors.StoreRefused, match="released"), anywhere.acting("x") as act:
        records.insert(act, "step", [more])
    assert views.framework(anywhere, "garden@2").steps == (MERGED, RENAMED)


def test_the_hash_of_a_release_covers_its_steps(garden) -> None:
    edits.add_framework(garden.project, child(MERGED, RENAMED, state="released"))
    with pytest.raises(errors.ReleasedFrameworkChanged, match="garden@2"):
        edits.add_framework(garden.project, child(state="released"))


def test_a_version_without_steps_claims_nothing_and_comes_in(garden) -> None:
    edits.add_framework(garden.project, child())
    assert views.framework(garden.project, "garden@2").steps == ()
    assert garden.project.check() == []


def test_steps_that_lead_elsewhere_are_refused_by_the_first_problem(garden) -> None:
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.add_framework(garden.project, child(MERGED))
    assert str(caught.value) == (
        "The steps of garden@2 do not make it of garden@1: The code “2.2 Things” was “Tools” "
        "in garden@1, and no rename says so."
    )
    with pytest.raises(errors.Refused) as caught:
        edits.add_framework(garden.project, child(RENAMED))
    assert str(caught.value) == (
        "The steps of garden@2 do not make it of garden@1 (1 problem besides this one): The "
        "code “1.1 Reasons to come” of garden@1 is gone, and no merge, split or retire says "
        "where to."
    )
    assert garden.live() == before


def test_steps_from_nowhere_are_refused(garden) -> None:
    with pytest.raises(errors.Refused, match="has steps and no parent that they lead from"):
        edits.add_framework(garden.project, replace(child(MERGED, RENAMED), parent=None))


def test_a_version_with_steps_is_undone_and_done_again_whole(garden) -> None:
    before = garden.live()
    edits.add_framework(garden.project, child(MERGED, RENAMED))
    after = garden.live()
    assert len(after["step"]) == 2
    garden.project.undo()
    assert garden.live() == before
    garden.project.redo()
    assert garden.live() == after


def test_the_view_names_what_each_step_tells_of(garden) -> None:
    edits.add_framework(garden.project, child(MERGED, RENAMED))
    frame = views.framework_steps(garden.project, "garden@2")
    assert list(frame.columns) == list(frames.STEPS)
    assert frame.attrs == {"framework": "garden@2", "parent": "garden@1", "adopted": False}
    shown = ["step", "kind", "thing", "before", "after", "author", "date", "reason"]
    assert frame[shown].to_numpy().tolist() == [
        [
            1,
            "merge",
            "code",
            ("1.1 Reasons to come", "1.2 Barriers"),
            ("1.2 Coming or not",),
            "anna",
            "2024-05",
            "Nobody told them apart.",
        ],
        [2, "rename", "code", ("2.2 Tools",), ("2.2 Things",), "", "", "They lend more."],
    ]
    assert frame["before_ids"].tolist() == [MERGED.before, RENAMED.before]
    assert views.framework_steps(garden.project, "garden@1").empty


def test_an_exported_file_has_the_steps_with_the_parents_short_ids(garden, tmp_path) -> None:
    parent = framework_yaml.loads(
        "{framework: shed, version: '1', codes: [{name: A}, {name: B}, {name: C}]}"
    )
    later = framework_yaml.loads(
        "{framework: shed, version: '2', parent: shed@1, codes: [{name: C}, {name: D}],\n"
        "steps: [{merge: [a, b], into: d, reason: One.}]}"
    )
    for version in (parent, later):
        edits.add_framework(garden.project, version)
    path = tmp_path / "second.yaml"
    outputs.export(garden.project, path, framework="shed@2")
    assert "- merge:\n  - a\n  - b\n  into: d\n  reason: One.\n" in path.read_text("utf-8")
    assert framework_yaml.read(path) == later
