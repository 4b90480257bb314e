"""What the parts of a page may ask for: each operation is one act of `project.edits`."""

from workbench.ui.operations import (
    charting,
    everywhere,
    framework,
    indexing,
    interpretation,
    mapping,
    notes,
)
from workbench.ui.operations.registry import KNOWN, carry_out

__all__ = [
    "KNOWN",
    "carry_out",
    "charting",
    "everywhere",
    "framework",
    "indexing",
    "interpretation",
    "mapping",
    "notes",
]
