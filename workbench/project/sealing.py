"""Seals: a study's printed cells tied to the words that stand behind them now."""

from dataclasses import replace
from pathlib import Path

from workbench.checks import reproduction
from workbench.errors import Refused
from workbench.formats import published, sealing
from workbench.model.published import GOOD, Printed
from workbench.project import figures
from workbench.project.reproducing import rebuilding


def seal(folder: Path) -> int:
    """Write what stands behind each printed cell into its column `evidence`; return how many.

    Counted are the cells whose seal is another than before. A cell without words behind
    it has no seal.

    Raises:
        Refused: a cell says something else than the project, or cannot be rebuilt.
        BadFile: the study cannot be read, or a table cannot be written in place.
    """
    printed = published.read(folder)
    bare = Printed(tuple(replace(c, evidence="") for c in printed.cells), printed.register)
    with (
        rebuilding(folder) as (project, refs, _, passed_over),
        project.reading() as connection,
    ):
        sources = figures.Sources(connection, refs)
        rebuilt, problems = figures.rebuilt(bare.cells, sources)
        account = reproduction.judge(bare, rebuilt, problems, sources.words)
        seals = {c: reproduction.seal(f.evidence, sources.words) for c, f in rebuilt.items()}
    wrong = [j.cell.cell for j in account.cells if j.verdict not in GOOD]
    if wrong or passed_over:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        told = f"{', '.join(wrong[:3])}{more}" if wrong else passed_over[0].rstrip(".")
        raise Refused(
            f"{folder} does not say what its tables print ({told}), so nothing was sealed. "
            "Run “workbench reproduce” without --seal and mend it first."
        )
    return sealing.write(folder, seals)
