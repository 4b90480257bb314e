"""A project written in REFI-QDA and read again: what may differ, and that it was told."""

from pathlib import Path

from likeness import differing

from workbench.formats.refi import checker
from workbench.project import imports, refi_out
from workbench.project.door import Project

NOT_HELD = {
    "ladder": "ladders",
    "node": "nodes",
    "node_edge": "nodes",
    "node_statement": "nodes",
    "facet": "facets",
    "typology": "typologies",
    "dimension": "typologies",
    "case_type": "typologies",
    "placement": "placements",
    "link": "links",
    "link_evidence": "links",
    "decision": "decisions of coders",
    "round": "rounds",
    "round_run": "rounds",
    "round_transcript": "rounds",
    "charting_round": "rounds of charting",
    "charting_round_cell": "rounds of charting",
    "own_cell": "rounds of charting",
    "own_statement": "rounds of charting",
    "own_evidence": "rounds of charting",
    "cell_decision": "cell decisions",
    "decided_statement": "cell decisions",
    "decision_record": "meetings",
    "attendance": "meetings",
    "reading": "readings",
    "quotation": "quotations of reports",
    "tally": "counts",
    "finding": "findings",
    "finding_evidence": "findings",
    "verification": "verifications",
    "adoption": "adopted steps",
    "original": "original files",
    "memo": "anchors of memos",
    "memo anchor": "anchors of memos",
    "framework": "framework versions",
    "framework_version": "framework versions",
    "category": "framework versions",
    "category_version": "framework versions",
    "code": "framework versions",
    "code_version": "framework versions",
    "step": "framework versions",
    "run": "runs",
    "finished": "runs",
    "coding": "codings",
    "cell": "cells",
    "statement": "cells",
    "statement_evidence": "cells",
}
"""Table → what a report calls its rows, or what they go with."""


def there_and_back(project: Project, folder: Path, again: Project, **options) -> set[str]:
    """Write a project and read it into another; return what was told to be left out."""
    path = folder / "out.qdpx"
    report = refi_out.export(project, path, **options)
    assert checker.faults(checker.opened(path)) == []
    back = imports.import_files(again, [path])
    assert back.left_out == []
    assert again.check() == []
    return {o.what for o in report.left_out}


def only_what_is_told_differs(one: Project, other: Project, told: set[str]) -> None:
    lost = differing(one, other)
    for table, (_, more) in lost.items():
        assert NOT_HELD[table] in told, table
        assert not more or table in ("original", "memo", "memo anchor"), table
