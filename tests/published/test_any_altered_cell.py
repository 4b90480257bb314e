"""Whatever printed cell or entry of a shipped study is altered, it is named: over all of them.

Each is altered together with what the register ties it to, so that all can be tried; that
a study as a whole tells the same is tried over a small one in tests/project.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
import sample_studies

from workbench.checks import claims, reproduction
from workbench.checks.reproduction import Account
from workbench.formats import published
from workbench.model.published import Figure, Printed, PublishedCell, RegisterEntry
from workbench.project import figures, reproducing

STUDIES = [folder.name for folder in reproducing.shipped_studies()]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a study prints, and what its project says."""

    printed: Printed
    figures: Mapping[str, Figure]
    problems: Mapping[str, str]
    words: Mapping[str, str]

    def judged(self, printed: Printed) -> Account:
        return reproduction.judge(printed, self.figures, self.problems, self.words)

    def tied(self, *entries: str) -> Printed:
        """Return these entries of the register, and all that their cells tie them to."""
        wanted: set[str] = set()
        named: set[str] = set()
        more = set(entries)
        while more:
            wanted |= more
            for entry in self.printed.register:
                if entry.entry in more:
                    named |= {*claims.names(entry.holds), *entry.explains}
            cells = tuple(c for c in self.printed.cells if c.cell in named)
            more = {e for c in cells for e in c.register} - wanted
        return Printed(cells, tuple(e for e in self.printed.register if e.entry in wanted))


@pytest.fixture(scope="module", params=STUDIES)
def study(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rebuilt]:
    built = sample_studies.sample(tmp_path_factory, request.param)
    printed = published.read(built.folder)
    path = tmp_path_factory.mktemp("altered") / "study.fwb"
    with built.copy(path) as project, project.reading() as connection:
        sources = figures.Sources(connection, built.refs)
        rebuilt, problems = figures.rebuilt(printed.cells, sources)
        yield Rebuilt(printed, rebuilt, problems, sources.words)


def other_values(cell: PublishedCell) -> list[str]:
    value = claims.as_value(cell.value)
    if isinstance(value, str):
        return [f"{value} or so", "0"]
    return [str(value + 1), str(value - 1), str(2 * value + 7)]


def changed_claims(entry: RegisterEntry) -> Iterator[str]:
    """Yield the claims of an entry with one number or text in them changed."""
    for found in re.finditer(r'(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])|"[^"]*"', entry.holds):
        text = found[0].startswith('"')
        other = '"something else"' if text else str(claims.value(f"{found[0]} + 1", {}, {}))
        yield entry.holds[: found.start()] + other + entry.holds[found.end() :]


def test_any_altered_value_is_noticed_and_its_cell_or_an_entry_of_it_is_named(study):
    assert study.judged(study.printed).reproduces
    for cell in study.printed.cells:
        tied = study.tied(*cell.register) if cell.register else Printed((cell,))
        assert study.judged(tied).reproduces, cell.cell
        for value in other_values(cell):
            altered = tuple(
                replace(c, value=value) if c.cell == cell.cell else c for c in tied.cells
            )
            account = study.judged(replace(tied, cells=altered))
            assert {cell.cell, *cell.register} & set(account.differing), (cell.cell, value)


def test_any_entry_that_is_removed_renamed_or_changed_is_noticed(study):
    for entry in study.printed.register:
        tied = study.tied(entry.entry)
        assert study.judged(tied).reproduces, entry.entry
        others = tuple(e for e in tied.register if e != entry)
        names = {c.cell for c in tied.cells if entry.entry in c.register}
        assert names <= set(study.judged(replace(tied, register=others)).differing)
        renamed = replace(tied, register=(*others, replace(entry, entry="renamed")))
        assert {*names, "renamed"} <= set(study.judged(renamed).differing)
        for holds in changed_claims(entry):
            changed = replace(tied, register=(*others, replace(entry, holds=holds)))
            assert entry.entry in study.judged(changed).differing, holds


def test_any_coding_that_says_something_else_is_named_by_the_cells_that_rest_on_it(study):
    cells = tuple(
        replace(c, evidence=reproduction.seal(study.figures[c.cell].evidence, study.words))
        for c in study.printed.cells
        if c.cell in study.figures and study.figures[c.cell].evidence
    )
    resting: dict[str, list[PublishedCell]] = {}
    for cell in cells:
        for coding in study.figures[cell.cell].evidence:
            resting.setdefault(coding, []).append(cell)
    assert len(resting) > 100
    for coding, of in resting.items():
        few = tuple(replace(c, register=()) for c in sorted(of, key=_codings(study))[:3])
        words = {**study.words, coding: "other words"}
        account = reproduction.judge(Printed(few), study.figures, study.problems, words)
        assert account.differing == tuple(c.cell for c in few)


def _codings(study: Rebuilt) -> Callable[[PublishedCell], int]:
    return lambda cell: len(study.figures[cell.cell].evidence)
