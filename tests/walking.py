"""One project on a walk of acts at random: what must hold after every step, and on the way back.

After each step the laws are checked, and besides them what a walk alone can see: an act is
one entry in the history or none, a text and a released framework are what they were, and
undo and redo lead to the very rows and tables that were there.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import builders
from acts import Chooser
from builders import Garden, State

from workbench.errors import Refused, WorkbenchError
from workbench.project import edits, views
from workbench.project.door import Project
from workbench.project.merging import Choices, MergeReport, preview

Tables = dict[str, tuple[object, ...]]
"""What a person sees of the codings and statements of each framework version."""


class Dice(Chooser):
    """Chooses with a seed of its own, so that a walk of a thousand steps is a thousand seeds."""

    def __init__(self, garden: Garden, state: State, seed: int) -> None:
        self.garden, self.p, self.state = garden, garden.project, state
        self.random = random.Random(seed)  # noqa: S311

    def of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def rows(self, table: str) -> list[str]:
        ids = [r["id"] for r in self.state[table]] or ["00000000-none"]
        return [self.of(*ids) for _ in range(self.number(3))]

    def number(self, most: int) -> int:
        return self.random.randint(0, most)


class Walk:
    """A project, the states that undo and redo lead to, and where among them it is."""

    def __init__(self, garden: Garden, name: str, told: list[str]) -> None:
        self.garden, self.project, self.name = garden, garden.project, name
        self.at, self.entries = 0, self.newest()["seq"]
        self.states = [self._seen(0)]
        self.told = told
        self.verbs: Counter[str] = Counter()
        self.texts: dict[str, str] = {}
        self.released: dict[str, object] = {}
        self.hold()

    @property
    def state(self) -> State:
        """Every live row, as it was after the newest step."""
        return self.states[self.at][0]

    def newest(self) -> dict[str, Any]:
        """Return the newest entry of the history; its `seq` is how many there are."""
        return self.project.history(1)[0]

    def apart(self, path: Path, name: str) -> "Walk":
        """Return a copy of the project in a file, with the same way back."""
        other = builders.twin(self.project, path)
        walk = Walk(builders.replace(self.garden, project=other), name, self.told)
        _alike(walk.state, self.state)
        walk.states, walk.at = list(self.states), self.at
        return walk

    # --- steps ----------------------------------------------------------------------------

    def act(self, do: Callable[[Chooser], object], seed: int) -> None:
        """Try an act; one that is refused leaves nothing."""
        refused = ""
        try:
            do(Dice(self.garden, self.state, seed))
        except WorkbenchError as error:
            refused = str(error)
        self._stepped(refused)

    def undo(self) -> None:
        """Take back the newest act, if one was done on this walk."""
        if self.at:
            self._go(self.project.undo, self.at - 1)

    def redo(self) -> None:
        """Do again what was taken back, if something was."""
        if self.at + 1 < len(self.states):
            self._go(self.project.redo, self.at + 1)

    def back_and_forth(self, steps: int) -> None:
        """Undo so many acts and redo them, looking at each state."""
        steps = min(steps, self.at)
        for _ in range(steps):
            self.undo()
        for _ in range(steps):
            self.redo()

    def merge(self, other: "Walk", seed: int) -> None:
        """Take over what another copy did; done at once a second time, it changes nothing."""
        choices = self._choices(other.project, seed)
        try:
            report: MergeReport = edits.merge(self.project, other.project, choices)
        except Refused as error:
            self._stepped(str(error))
            return
        before, moved = self.states[self.at], self.entries
        self._stepped("")
        assert self.entries == moved + bool(report.acts)
        assert report.acts or self.states[self.at] == before
        assert edits.merge(self.project, other.project, choices).acts == 0
        assert self.newest()["seq"] == self.entries

    def _choices(self, other: Project, seed: int) -> Choices:
        """Return answers to all questions: one side for all, or each for itself."""
        dice = Dice(self.garden, self.state, seed)
        names, prefer = dice.of("one", "two"), dice.of("mine", "theirs", None)
        if prefer is not None:
            return Choices(prefer=prefer, same_names=names)
        asked = preview(self.project, other, Choices(same_names=names)).questions
        answers = {q["question"]: dice.of(*q["choices"].split(" or ")) for q in asked}
        return Choices(answers, prefer="mine", same_names=names)

    # --- what must hold -------------------------------------------------------------------

    def _stepped(self, refused: str) -> None:
        newest = self.newest()
        entries = newest["seq"]
        if entries == self.entries:
            self.told.append(f"{self.name}: {refused or 'nothing to change'}")
            _alike(self.state, self.garden.live())
            return
        self.told.append(f"{self.name}: {newest['summary']}")
        assert not refused
        assert entries == self.entries + 1
        self.verbs[newest["verb"]] += 1
        self.states = [*self.states[: self.at + 1], self._seen(self.at + 1)]
        self.at, self.entries = self.at + 1, entries
        self.hold()

    def _go(self, way: Callable[[], str], to: int) -> None:
        summary = way()
        newest = self.newest()
        self.told.append(f"{self.name}: {newest['kind']} of “{summary}”")
        self.verbs[newest["kind"]] += 1
        self.entries += 1
        assert newest["seq"] == self.entries
        for was, found in zip(self.states[to], self._seen(to), strict=True):
            _alike(was, found)
        self.at = to
        self.hold()

    def hold(self) -> None:
        """Check the laws, and what no law says."""
        broken = [f.sentence() for f in self.project.check() if f.severity == "broken"]
        assert broken == [], broken
        state = self.state
        texts = {v["id"]: v["text"] for v in state["transcript_version"]}
        for one, text in texts.items():
            assert self.texts.setdefault(one, text) == text
        for coding in state["coding"]:
            text = texts[coding["transcript_version_id"]]
            assert text[coding["start"] : coding["stop"]] == coding["quote"]
        released = {v["id"]: _content(state, v) for v in _released(state)}
        for one in released.keys() & self.released.keys():
            assert released[one] == self.released[one]
        self.released = released

    def _seen(self, at: int) -> tuple[State, Tables]:
        """Return the live rows, and the tables of one framework version: of each in its turn.

        Rows that are as before are shared.
        """
        state, before = self.garden.live(), getattr(self, "states", None)
        if before:
            old = self.state
            state = {n: old[n] if old[n] == rows else rows for n, rows in state.items()}
        versions = state["framework_version"]
        if not versions:
            return state, {}
        of = versions[at % len(versions)]["id"]
        shown = (views.codings(self.project, of), views.statements(self.project, of))
        codings, statements = (f.astype(object).where(f.notna(), None) for f in shown)
        tables = {f"codings of {of}": codings, f"statements of {of}": statements}
        return state, {n: tuple(f.itertuples(index=False, name=None)) for n, f in tables.items()}


def _alike(expected: Mapping[str, Sequence[object]], found: Mapping[str, Sequence[object]]) -> None:
    """Check that two states are one, and say which rows of which table are not."""
    told: list[object] = []
    for name in expected.keys() | found.keys():
        a, b = expected.get(name, ()), found.get(name, ())
        if a != b:
            gone, came = [r for r in a if r not in b], [r for r in b if r not in a]
            told.append((name, gone, came) if gone or came else (name, "in another order", a, b))
    assert told == [], told


def _released(state: State) -> list[dict[str, Any]]:
    return [v for v in state["framework_version"] if v["state"] == "released"]


def _content(state: State, version: dict[str, Any]) -> object:
    of = version["id"]
    return version["sha256"], [
        [r for r in state[table] if r["framework_version_id"] == of]
        for table in ("category_version", "code_version", "step")
    ]
