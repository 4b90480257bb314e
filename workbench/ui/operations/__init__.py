"""What the parts of a page may ask for: each operation is one act of `project.edits`.

One that only reads hands words over that would be too many to send with the page."""

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
