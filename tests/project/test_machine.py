"""A thousand steps at random on one project, its laws checked after each.

Codings, statements, framework versions, migrations, corrections, copies that work apart and
are merged, undo and redo follow one another in any order; see `walking` for what must hold.
By hand a few dozen steps are taken, in CI a thousand on each kind of database.
"""

import contextlib
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import acts
import builders
import conftest
import sqlalchemy as sa
from builders import Garden
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from walking import Walk

from workbench.project.door import open_project

WORK = {
    "any": acts.ACTS,
    "code": acts.CODING,
    "write": acts.WRITING,
    "cases": acts.CASES,
    "draft": acts.DRAFTING,
    "carry": acts.CARRYING,
    "correct": acts.CORRECTING,
}
STEPS_TAKEN = int(os.environ.get("WORKBENCH_TEST_STEPS") or (1000 if os.environ.get("CI") else 40))
APART = ["part", "merge", "merge", "join"]
STEPS = [*WORK, *WORK, *WORK, "onward", "undo", "undo", "redo", "back", "far back", *APART]
NEEDED = {
    *("code", "change coding", "write statement", "correct transcript", "place coding"),
    *("begin draft", "release framework", "migrate", "answer migration"),
    *("merge project", "undo", "redo"),
}
"""Verbs of which a thousand steps have some each, or they were not the steps meant."""


class Machine(RuleBasedStateMachine):
    """A project, and at times a copy of it in which somebody else works."""

    def __init__(self, garden: contextlib.AbstractContextManager[Garden], steps: int) -> None:
        super().__init__()
        self.steps = steps
        self.open = contextlib.ExitStack()
        self.folder = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        self.told: list[str] = []
        self.mine = Walk(self.open.enter_context(garden), "mine", self.told)
        self.theirs: Walk | None = None
        self.copies, self.verbs, self.idle = 0, Counter[str](), False

    @initialize(number=st.integers(0, 2**16 - 1))
    def begin(self, number: int) -> None:
        """Leave out the simplest run, which Hypothesis tries first: one step, always the same."""
        self.idle = number == 0

    @rule(what=st.sampled_from(STEPS), seed=st.integers(0, 2**16 - 1))
    def step(self, what: str, seed: int) -> None:
        """Go on in the project or in its copy; what it is about follows from the seed.

        An act, tried or done, an undo and a redo are a step each; some go on by several.
        """
        if self.idle or len(self.told) >= self.steps:
            return
        try:
            self._step(what, seed, random.Random(f"{what} {seed}"))  # noqa: S311
        except Exception as error:
            error.add_note("These were the steps:\n" + "\n".join(self.told))
            raise

    def _step(self, what: str, seed: int, dice: random.Random) -> None:
        walk = self.theirs if self.theirs is not None and dice.random() < 0.3 else self.mine
        if what in WORK:
            walk.act(dice.choice(WORK[what]), seed)
        elif what == "onward":
            for n, do in enumerate(acts.ONWARD):
                walk.act(do, seed + n)
        elif what == "undo":
            walk.undo()
        elif what == "redo":
            walk.redo()
        elif what == "back":
            walk.back_and_forth(dice.randint(1, 3))
        elif what == "far back":
            for _ in range(dice.randint(1, 15)):
                walk.undo()
        elif self.theirs is None or what == "part":
            self._part()
        elif what == "merge":
            self.mine.merge(self.theirs, seed)
        else:
            self.theirs.merge(self.mine, seed)

    def _part(self) -> None:
        """Make a copy, in place of an older one."""
        self._leave()
        self.copies += 1
        self.told.append(f"copy {self.copies}")
        self.theirs = self.mine.apart(self.folder / f"copy{self.copies}.fwb", "theirs")

    def _leave(self) -> None:
        if self.theirs is not None:
            self.theirs.project.close()
            self.verbs += self.theirs.verbs
            self.theirs = None

    def teardown(self) -> None:
        self._leave()
        self.verbs += self.mine.verbs
        self.open.close()


def walked(
    garden: Callable[[], contextlib.AbstractContextManager[Garden]], steps: int
) -> Counter[str]:
    """Take so many steps on a garden; return what was done how often, by the acts' verbs.

    A walk that fails says all its steps. A long one is not made shorter before, which
    would take as many walks as it has steps.
    """
    machines: list[Machine] = []

    def machine() -> Machine:
        machines.append(Machine(garden(), steps))
        return machines[-1]

    short = steps < 100
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=2,
            stateful_step_count=steps,
            phases=[Phase.generate, Phase.shrink] if short else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machines[-1].verbs


@contextlib.contextmanager
def in_a_file() -> Iterator[Garden]:
    """Give the garden in a file."""
    with tempfile.TemporaryDirectory() as folder:
        garden = builders.copy(Path(folder) / "garden.fwb")
        with garden.project:
            yield garden


@contextlib.contextmanager
def on_a_server(server: str, planted: tuple[str, Garden]) -> Iterator[Garden]:
    """Give the garden in a database of its own."""
    like, made = planted
    with (
        conftest.database(server, "walk", sa.make_url(like).database or "") as url,
        open_project(url, who="anna") as project,
    ):
        yield replace(made, project=project)


def test_the_laws_hold_after_each_of_many_steps_in_a_file():
    enough(walked(in_a_file, STEPS_TAKEN))


def test_the_laws_hold_after_each_of_many_steps_on_a_server(postgres_server, planted):
    enough(walked(lambda: on_a_server(postgres_server, planted), STEPS_TAKEN))


def enough(verbs: Counter[str]) -> None:
    """Check that a long walk did all that it is for."""
    if STEPS_TAKEN >= 1000:
        assert verbs.keys() >= NEEDED, sorted(NEEDED - verbs.keys())
    assert sum(verbs.values()) >= STEPS_TAKEN / 5
