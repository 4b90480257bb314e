"""The garden read by two people alone, each in a run of their own: what they coded differently.

Of ten turns, Barriers (1.2) is on the same turn of both; Shared work (2.1) on one of Anna's and
two of Bo's, none of them the same; Tools (2.2) is alike; nobody gave Reasons to come (1.1).
"""

from pathlib import Path

import builders

from workbench.project import edits
from workbench.project.door import Project

VERSION = "garden@2"
RAIN = "Rain keeps me away."
GATE = "The gate is locked after six, and nobody has a key."
LIST = "We have a list on the shed. It works well."
BED = "Two people water the same bed."
TOOLS = "Tools are lent and come back late."
ANNA = (("gardener", RAIN, "1.2"), ("gardener", GATE, "1.2"), ("group", LIST, "2.1"))
BO = (("gardener", "Rain keeps me", "1.2"), ("gardener", GATE, "2.1"), ("group", BED, "2.1"))
BOTH = ("group", TOOLS, "2.2")


def read_twice(path: Path, *, blind: bool = False) -> Project:
    """Put the garden at a path, with both readings, and leave it open for Anna."""
    p = builders.copy(path).project
    edits.begin_draft(p, "garden@1", "2")
    for coder, codings in (("anna", ANNA), ("bo", BO)):
        run = f"{coder} alone"
        edits.start_run(p, run, VERSION, kind="independent", blind=blind, coder=coder)
        for transcript, quote, code in (*codings, BOTH):
            edits.code_quote(p, transcript, quote, code, coder=coder, run=run)
        edits.finish(p, run, ["gardener", "group"])
    return p
