"""The garden of `builders` charted by two people in a round: cells of the gardener, and of Bo."""

from builders import BO, VERSION, Garden

from workbench.project import edits
from workbench.project.door import Project

ROUND = "double"
CELL = ("gardener", "1.2")
LOCKED, LATER = "Rain and the gate", "The gate is shut"


def plan(project: Project, *, blind: bool = True) -> str:
    """Plan the round of four cells for Anna (A) and Bo (B); the codings of two are cited."""
    return edits.plan_charting(
        project,
        ROUND,
        ["anna", "bo"],
        VERSION,
        cases=["gardener", BO],
        codes=["1.2", "2.1"],
        blind=blind,
    )


def write(garden: Garden, who: str, text: str, *cited: str, kind: str = "summary") -> str:
    """Write a statement into the own version of `CELL`, citing codings by their short names."""
    p = garden.project
    before, p.who = p.who, who
    evidence = [garden.codings[name] for name in cited]
    made = edits.write_own_statement(p, ROUND, *CELL, text, kind=kind, evidence=evidence)
    p.who = before
    return made


def finish(garden: Garden, who: str, *cell: str) -> None:
    """Say for a person that the own version of a cell is finished, or all of the round."""
    p = garden.project
    before, p.who = p.who, who
    edits.finish_own_cells(p, ROUND, *cell)
    p.who = before


def written(garden: Garden, *, blind: bool = True) -> None:
    """Plan the round, write both versions of `CELL`, and finish all."""
    plan(garden.project, blind=blind)
    write(garden, "anna", LOCKED, "rain", "gate")
    write(garden, "bo", LATER, "gate")
    write(garden, "bo", "He sighs.", kind="comment")
    for who in ("anna", "bo"):
        finish(garden, who)
