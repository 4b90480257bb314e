"""Two copies go apart by acts at random and are merged; the laws hold, and undo leads back."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import builders
import pytest
from acts import ACTS, Chooser
from builders import Garden
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import WorkbenchError
from workbench.project import edits
from workbench.project.door import Project
from workbench.project.merging import Choices, preview

MOST = 12
"""How often a merge asks again, as answers may bring up other questions, at most."""
STEPS = st.lists(st.one_of(st.sampled_from(ACTS), st.sampled_from(["undo"])), max_size=8)


def apart(folder: Path, *, drafted: bool = False) -> tuple[Garden, Garden]:
    """Return two copies of the garden, or of one with a draft, opened by two people."""
    mine = builders.copy(folder / "mine.fwb")
    if drafted:
        edits.begin_draft(mine.project, builders.VERSION, "2")
    theirs = builders.twin(mine.project, folder / "theirs.fwb")
    return mine, builders.replace(mine, project=theirs)


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


def answered(mine: Garden, theirs: Garden, pick: Callable[[list[str]], str]) -> Choices:
    """Answer what a merge asks, question by question, until nothing is asked any more."""
    said: dict[str, str] = {}
    for _ in range(MOST):
        report = preview(mine.project, theirs.project, Choices(said))
        if not report.unanswered:
            break
        for question in report.unanswered:
            said[question["question"]] = pick(question["choices"].split(" or "))
    return Choices(said)


def merged(mine: Garden, theirs: Garden, choices: Choices) -> None:
    """Merge, undo and redo it: nothing is refused, and a second merge finds nothing."""
    before, acts = mine.live(), mine.acts()
    report = edits.merge(mine.project, theirs.project, choices)
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


def clash(mine: Garden, theirs: Garden, data: st.DataObject) -> None:
    """Do on both sides what does not fit together, if what it is about is there."""
    for side, acts in zip((mine, theirs), data.draw(st.sampled_from(CLASHES)), strict=True):
        for step in acts:
            with suppress(WorkbenchError):
                step(side)


def types(project: Project, names: dict[str, str], **renamed: str) -> None:
    said = {name: {"often": often} for name, often in names.items()}
    edits.change_typology(project, "ways", types=said, renamed=renamed)


RAIN, TOOLS = builders.GARDENER.index("Rain keeps"), builders.GROUP.index("Bo: Tools")
Step = Callable[[Garden], object]
CLASHES: list[tuple[list[Step], list[Step]]] = [
    (
        [lambda g: edits.change_attribute_type(g.project, "plot", "integer")],
        [
            lambda g: edits.change_attribute_type(g.project, "plot", "text"),
            lambda g: edits.set_attribute(g.project, "gardener", "plot", "about 12"),
        ],
    ),
    (
        [
            lambda g: edits.set_attribute(g.project, "gardener", "plot", ""),
            lambda g: edits.set_attribute(g.project, "gardener", "plot", "1"),
        ],
        [lambda g: edits.set_attribute(g.project, "gardener", "plot", "2")],
    ),
    (
        [lambda g: edits.uncite_link(g.project, g.link, [g.codings["rain"]])],
        [lambda g: edits.uncite_link(g.project, g.link, [g.codings["gate"]])],
    ),
    (
        [lambda g: edits.withdraw_codings(g.project, [g.codings["rain"], g.codings["tools"]])],
        [
            lambda g: edits.withdraw_coding(g.project, g.codings["gate"]),
            lambda g: edits.add_link(
                g.project, "Lists", "Locked out", "+", evidence=[g.codings["tools"]]
            ),
        ],
    ),
    (
        [lambda g: edits.change_link(g.project, g.link, basis=["participant"])],
        [
            lambda g: edits.change_link(g.project, g.link, basis=["authors"]),
            lambda g: edits.uncite_link(g.project, g.link, [g.codings["rain"], g.codings["gate"]]),
        ],
    ),
    (
        [lambda g: edits.change_node(g.project, "Lists", level=4)],
        [lambda g: edits.connect(g.project, "Lists", "Weather and locks")],
    ),
    (
        [lambda g: types(g.project, {"Other": "yes", "Rare": "no"}, Regular="Other")],
        [
            lambda g: types(g.project, {"Regular": "yes", "Rare": "no", "Other": "no"}),
            lambda g: edits.place_case(g.project, "ways", builders.ANNA, "Other"),
        ],
    ),
    (
        [
            lambda g: edits.place_case(g.project, "ways", "gardener", "Rare"),
            lambda g: types(g.project, {"Rare": "no"}),
        ],
        [lambda g: edits.place_case(g.project, "ways", builders.ANNA, "Regular")],
    ),
    (
        [lambda g: edits.change_statement(g.project, g.statements["rain"], text="Rain keeps")],
        [
            lambda g: edits.change_statement(
                g.project,
                g.statements["rain"],
                text="The gate",
                evidence=[g.codings["gate"]],
            )
        ],
    ),
    (
        [
            lambda g: edits.change_statement(g.project, g.statements["rain"], text="Rain"),
            lambda g: edits.change_coding(g.project, g.codings["rain"], stop=RAIN + 5),
        ],
        [lambda g: edits.change_statement(g.project, g.statements["rain"], text="keeps me away")],
    ),
    (
        [
            lambda g: edits.unassign_case(
                g.project, builders.BO, "group", start=TOOLS, stop=len(builders.GROUP)
            )
        ],
        [
            lambda g: edits.write_statement(
                g.project, builders.BO, "2.2", "Late.", evidence=[g.codings["tools"]]
            )
        ],
    ),
    (
        [lambda g: edits.mark_cell(g.project, builders.BO, "2.1", None)],
        [lambda g: edits.mark_cell(g.project, "gardener", "2.2", "nothing said")],
    ),
    (
        [
            lambda g: edits.begin_draft(g.project, builders.VERSION, "2"),
            lambda g: edits.change_code(g.project, "garden@2", "2.2", definition="So."),
            lambda g: edits.release(g.project, "garden@2"),
        ],
        [
            lambda g: edits.begin_draft(g.project, builders.VERSION, "2"),
            lambda g: edits.change_code(g.project, "garden@2", "2.2", definition="Not so."),
            lambda g: edits.retire_code(g.project, "garden@2", "1.1"),
            lambda g: edits.release(g.project, "garden@2"),
            lambda g: edits.begin_draft(g.project, "garden@2", "3"),
        ],
    ),
    (
        [
            lambda g: edits.begin_draft(g.project, builders.VERSION, "2"),
            lambda g: edits.merge_codes(g.project, "garden@2", ["1.1", "1.2"], "Both"),
        ],
        [
            lambda g: edits.begin_draft(g.project, builders.VERSION, "2"),
            lambda g: edits.split_code(
                g.project,
                "garden@2",
                "1.1",
                [{"name": n, "definition": "D."} for n in ("Part", "Rest")],
            ),
        ],
    ),
]
"""What is done here and there that does not fit together, as long as nobody did more."""


@often(45)
@given(st.data())
def test_two_copies_can_be_one_again_whatever_was_done(data):
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = apart(Path(folder), drafted=data.draw(st.booleans()))

        def drawn(choices: list[str]) -> str:
            return data.draw(st.sampled_from(choices))

        with mine.project, theirs.project:
            for _ in range(data.draw(st.integers(1, 3))):
                if data.draw(st.booleans()):
                    clash(mine, theirs, data)
                work(mine, data)
                work(theirs, data)
                merged(mine, theirs, answered(mine, theirs, drawn))
                mine, theirs = theirs, mine


@pytest.mark.parametrize("number", range(len(CLASHES)))
@pytest.mark.parametrize("answer", ["mine", "theirs"])
@pytest.mark.parametrize("turned", [False, True])
def test_what_does_not_fit_together_can_be_joined_from_either_side(
    tmp_path, number, answer, turned
):
    mine, theirs = apart(tmp_path)
    with mine.project, theirs.project:
        for side, acts in zip((mine, theirs), CLASHES[number], strict=True):
            for step in acts:
                step(side)
        here, there = (theirs, mine) if turned else (mine, theirs)
        merged(here, there, answered(here, there, lambda c: answer if answer in c else c[0]))


DRAFTING: dict[str, list[Step]] = {
    "changed": [
        lambda g: edits.change_code(g.project, "garden@2", "2.2", definition=g.project.who)
    ],
    "released": [lambda g: edits.release(g.project, "garden@2")],
    "followed": [
        lambda g: edits.release(g.project, "garden@2"),
        lambda g: edits.begin_draft(g.project, "garden@2", "3"),
        lambda g: edits.change_code(g.project, "garden@3", "2.2", definition=g.project.who),
    ],
}


def seconds(garden: Garden) -> list[dict[str, object]]:
    return [v for v in garden.live()["framework_version"] if v["version"] == "2"]


@pytest.mark.parametrize("anew", DRAFTING)
@pytest.mark.parametrize("old", DRAFTING)
@pytest.mark.parametrize("turned", [False, True])
def test_a_draft_that_was_taken_back_and_begun_anew_can_be_joined_with_the_old_one(
    tmp_path, old, anew, turned
):
    mine, theirs = apart(tmp_path, drafted=True)
    with mine.project, theirs.project:
        theirs.project.undo()
        edits.begin_draft(theirs.project, builders.VERSION, "2")
        for side, name in ((mine, old), (theirs, anew)):
            for step in DRAFTING[name]:
                step(side)
        here, there = (theirs, mine) if turned else (mine, theirs)
        (before,) = seconds(here)
        merged(here, there, answered(here, there, lambda choices: choices[-1]))
        (after,) = seconds(here)
        assert before["state"] == "draft" or after["id"] == before["id"]


def test_a_version_that_was_left_out_and_is_followed_there_is_asked_about_anew(tmp_path):
    mine, theirs = apart(tmp_path, drafted=True)
    with mine.project, theirs.project:
        theirs.project.undo()
        edits.begin_draft(theirs.project, builders.VERSION, "2")
        edits.release(mine.project, "garden@2")
        merged(mine, theirs, answered(mine, theirs, lambda choices: choices[0]))
        for step in DRAFTING["followed"]:
            step(theirs)
        edits.code_quote(
            theirs.project, "gardener", "nobody has a key", "1.2", framework="garden@3"
        )
        before = mine.live()
        last = answered(mine, theirs, lambda choices: choices[-1])
        assert any(question.startswith("withdrawn:framework_version:") for question in last.answers)
        merged(mine, theirs, last)
        assert mine.live()["framework_version"] == before["framework_version"]


LATER: dict[str, Step] = {
    "released": lambda g: edits.release(g.project, "garden@2"),
    "coded": lambda g: edits.start_run(g.project, "later", "garden@2"),
}


@pytest.mark.parametrize("later", LATER)
def test_what_was_left_out_comes_with_all_that_rests_on_it(tmp_path, later):
    mine, theirs = apart(tmp_path, drafted=True)
    with mine.project, theirs.project:
        theirs.project.undo()
        edits.begin_draft(theirs.project, builders.VERSION, "2")
        edits.add_code(
            theirs.project, "garden@2", "Beds", category="Sharing", definition="Of earth."
        )
        edits.start_run(theirs.project, "anew", "garden@2")
        edits.code_quote(theirs.project, "gardener", "The quiet.", "Beds", run="anew")
        edits.change_code(mine.project, "garden@2", "2.2", definition="Mine.")
        merged(mine, theirs, answered(mine, theirs, lambda choices: choices[0]))
        assert "anew" not in {run["name"] for run in mine.live()["run"]}
        LATER[later](theirs)
        merged(mine, theirs, answered(mine, theirs, lambda choices: choices[-1]))
        here, there = mine.live(), theirs.live()
        for table in ("framework_version", "category_version", "code_version", "run", "coding"):
            assert {r["id"] for r in here[table]} == {r["id"] for r in there[table]}
