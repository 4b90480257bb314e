"""Steps between versions that nobody told are adopted, and neither version changes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import builders
import pytest
from builders import VERSION, Garden
from console import PAGES

from workbench.errors import Refused, Unanswered
from workbench.model.framework import FrameworkVersion, stable_id
from workbench.project import edits, framework_files, views
from workbench.project.door import Project, create
from workbench.project.merging import Choices

LATER = "later@1"


def later(*, state: str = "draft") -> FrameworkVersion:
    """Return the garden's framework under another name: other ids, “Tools” called “Lent tools”."""
    made = builders.version("later")
    *others, tools = made.codes
    renamed = replace(tools, name="Lent tools")
    made = replace(made, codes=(*others, renamed))
    return made if state == "draft" else replace(made, state="released", sha256=made.content_hash())


def rows(garden: Garden) -> list[tuple[object, ...]]:
    frame = views.proposed_steps(garden.project, VERSION, LATER)
    return [tuple(row)[:7] for row in frame.itertuples(index=False)]


def test_proposals_say_what_may_be_what_and_how_surely(garden: Garden) -> None:
    edits.add_framework(garden.project, later())
    same = ("likely", "the same name")
    assert rows(garden) == [
        (1, "category", "stays", "1 Coming", "1 Coming", *same),
        (2, "category", "stays", "2 Sharing", "2 Sharing", *same),
        (3, "code", "stays", "1.1 Reasons to come", "1.1 Reasons to come", *same),
        (4, "code", "stays", "1.2 Barriers", "1.2 Barriers", *same),
        (5, "code", "stays", "2.1 Shared work", "2.1 Shared work", *same),
        (
            *(6, "code", "rename", "2.2 Tools", "2.2 Lent tools"),
            *("likely", "the definition is 100 % alike"),
        ),
    ]


def test_adopted_steps_carry_codings_and_no_hash_changes(garden: Garden) -> None:
    released = later(state="released")
    edits.add_framework(garden.project, released)
    assert edits.adopt_steps(garden.project, VERSION, LATER) == 6
    held = views.framework(garden.project, LATER)
    assert (held.steps, held.sha256, held.content_hash()) == (
        (),
        released.sha256,
        released.sha256,
    )
    assert garden.project.check() == []
    found = views.framework_diff(garden.project, VERSION, LATER)
    assert found.attrs["by"] == "steps"
    assert "with steps of later@1 that were adopted later" in found.attrs["note"]
    assert list(found["difference"]) == ["Renamed “Tools” to “Lent tools”"]
    told = views.framework_steps(garden.project, LATER)
    assert (told.attrs["parent"], len(told)) == (VERSION, 6)
    before = views.codings(garden.project, VERSION)
    edits.migrate(garden.project, VERSION, LATER, name="there")
    after = views.codings(garden.project, LATER)
    names = {"Tools": "Lent tools"}
    assert sorted(after["code"]) == sorted(names.get(c, c) for c in before["code"])
    assert views.questions(garden.project, "there").empty


def test_what_is_left_out_is_retired_and_added(garden: Garden) -> None:
    edits.add_framework(garden.project, later())
    frame = views.proposed_steps(garden.project, VERSION, LATER).iloc[:5]
    pairs = list(frame[["thing", "before_id", "after_id"]].itertuples(index=False, name=None))
    edits.adopt_steps(garden.project, VERSION, LATER, pairs, reason="Read again.")
    told = views.framework_steps(garden.project, LATER)
    said = [
        (s, *b, *a) for s, b, a in zip(told["kind"], told["before"], told["after"], strict=True)
    ]
    assert ("retire", "2.2 Tools") in said
    assert ("add", "2.2 Lent tools") in said
    assert set(told["reason"]) == {"Read again."}


def test_what_is_only_possible_is_adopted_by_nobody_who_did_not_say_so(garden: Garden) -> None:
    made = later()
    *others, tools = made.codes
    alike = replace(tools, name="Tools etc", definition="")
    edits.add_framework(garden.project, replace(made, codes=(*others, alike)))
    assert rows(garden)[-1][1:6] == (
        "code",
        "rename, redefine",
        "2.2 Tools",
        "2.2 Tools etc",
        "possible",
    )
    edits.adopt_steps(garden.project, VERSION, LATER)
    told = views.framework_steps(garden.project, LATER)
    assert sorted(k for k in told["kind"] if k != "merge") == ["add", "retire"]


def test_steps_are_adopted_once_and_not_where_some_are_told(garden: Garden) -> None:
    edits.add_framework(garden.project, later())
    acts = garden.acts()
    alien = stable_id("else", "code", "Tools")
    with pytest.raises(Refused, match="garden@1 has no code with the id"):
        edits.adopt_steps(garden.project, VERSION, LATER, [("code", alien, alien)])
    old, new = (views.framework(garden.project, v).codes for v in (VERSION, LATER))
    mixed = [("code", a.code_id, b.code_id) for a in old[:2] for b in new[:2]]
    with pytest.raises(Refused, match="do not lead from garden@1 to later@1"):
        edits.adopt_steps(garden.project, VERSION, LATER, mixed)
    assert garden.acts() == acts
    edits.adopt_steps(garden.project, VERSION, LATER)
    with pytest.raises(Refused, match="adopted already"):
        edits.adopt_steps(garden.project, VERSION, LATER)
    with pytest.raises(Refused, match="later@1 comes from garden@1 itself"):
        edits.adopt_steps(garden.project, LATER, VERSION)
    with pytest.raises(Refused, match="Steps to or from later@1 were adopted"):
        edits.add_code(garden.project, LATER, "Beds")
    edits.begin_draft(garden.project, LATER, "2")
    edits.add_code(garden.project, "later@2", "Beds")
    with pytest.raises(Refused, match="tells its steps itself"):
        edits.adopt_steps(garden.project, VERSION, "later@2")
    edits.add_framework(garden.project, replace(builders.version(number="9"), parent=LATER))
    with pytest.raises(Refused, match="was made from later@1"):
        edits.adopt_steps(garden.project, VERSION, "garden@9")


# --- two copies ------------------------------------------------------------------------------


@pytest.fixture
def copied(garden: Garden, tmp_path: Path) -> Iterator[Project]:
    """A copy of the garden that has “later@1” too, in which Bo works."""
    edits.add_framework(garden.project, later())
    with builders.twin(garden.project, tmp_path / "theirs.fwb") as other:
        yield other


def told_by(project: Project) -> list[tuple[str, str]]:
    """Return kind and author of the steps to “later@1”."""
    steps = views.framework_steps(project, LATER)
    return list(zip(steps["kind"], steps["author"], strict=True))


def but_tools(project: Project) -> list[Any]:
    frame = views.proposed_steps(project, VERSION, LATER).iloc[:5]
    return list(frame[["thing", "before_id", "after_id"]].itertuples(index=False, name=None))


def test_steps_that_the_other_copy_adopted_are_adopted_here(
    garden: Garden, copied: Project
) -> None:
    edits.adopt_steps(copied, VERSION, LATER)
    before = garden.live()
    edits.merge(garden.project, copied)
    after = garden.live()
    assert [a["steps"] for a in after["adoption"]] == [
        a["steps"] for a in builders.live(copied)["adoption"]
    ]
    edits.migrate(garden.project, VERSION, LATER, name="there")
    assert views.questions(garden.project, "there").empty
    assert garden.project.check() == []
    garden.project.undo()
    garden.project.undo()
    assert garden.live() == before
    garden.project.redo()
    assert garden.live() == after


@pytest.mark.parametrize(
    ("side", "who", "kinds"),
    [
        ("mine", "anna", {"merge": 6}),
        ("theirs", "bo", {"merge": 5, "retire": 1, "add": 1}),
    ],
)
def test_steps_that_both_adopted_in_two_ways_are_a_question(
    garden: Garden, copied: Project, side: str, who: str, kinds: dict[str, int]
) -> None:
    """Anna has “Tools” go on as “Lent tools”; Bo has it retired, and another one added."""
    edits.adopt_steps(garden.project, VERSION, LATER)
    edits.adopt_steps(copied, VERSION, LATER, but_tools(copied))
    with pytest.raises(Unanswered, match="1 question waits"):
        edits.merge(garden.project, copied)
    edits.merge(garden.project, copied, Choices(prefer=side))
    found = told_by(garden.project)
    assert {author for _, author in found} == {who}
    assert Counter(kind for kind, _ in found) == kinds
    assert len(garden.live()["adoption"]) == 1
    assert garden.project.check() == []
    assert edits.merge(garden.project, copied, Choices(prefer=side)).acts == 0


def test_steps_adopted_here_to_a_draft_that_was_changed_there_are_asked_about(
    garden: Garden, copied: Project
) -> None:
    edits.adopt_steps(garden.project, VERSION, LATER)
    edits.add_code(copied, LATER, "Beds", category="Sharing")
    before = garden.live()
    with pytest.raises(Unanswered, match="1 question waits"):
        edits.merge(garden.project, copied)
    assert garden.live() == before


NUMBERS = [120, 80, 61, 49, 41, 25, 22, 22, 22]
"""Codes of each of the nine codebooks: their rows, as a reader of csv counts them."""


def test_nine_dated_codebooks_of_a_study_are_nine_versions(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real" / "swj2022" / "thematic-analysis" / "codebooks"
    with create(tmp_path / "swj.fwb", who="anna") as project:
        for n, file in enumerate(sorted(folder.glob("codebook_*.csv"), key=lambda f: f.stem[-1])):
            held = framework_files.read_codebook(file, "swj", str(n))
            assert len(held.codes) == NUMBERS[n]
            edits.add_framework(project, held)
        for n in range(8):
            edits.adopt_steps(project, f"swj@{n}", f"swj@{n + 1}")
        last = views.framework_diff(project, "swj@6", "swj@7")
        assert list(last["difference"]) == ["Renamed “Moderator comment” to “Moderator assist”"]
        assert views.framework_diff(project, "swj@7", "swj@8").empty
        shown = (PAGES / "frameworks.md").read_text("utf-8")
        printed = views.framework_diff(project, "swj@5", "swj@6")
        lines = zip(printed["kind"], printed["difference"], strict=True)
        assert "```text\n" + "".join(f"{k}\t{d}\n" for k, d in lines) + "```" in shown
        assert ", ".join(map(str, NUMBERS[:8])) + " and 22" in " ".join(shown.split())
        sixth = list(views.framework_diff(project, "swj@5", "swj@6")["difference"])
        assert sixth == [
            "Retired the code “Additional source exploration”",
            "Retired the code “Export name and format unknown”",
            "Retired the code “Log in easy”",
            "Renamed “Home tab clear” to “Home tab elements useful”",
            "The definition of “Home tab elements useful” is another",
        ]
        assert project.check() == []
