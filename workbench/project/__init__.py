"""One act of the researcher, one function, one transaction; and what a project shows.

Modules are loaded when they are first used: adding a coding need not wait for pandas.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.project import (
        central_chart,
        charting_rounds,
        demonstration,
        edits,
        findings,
        framework_files,
        imports,
        interpreting,
        manual,
        mapping,
        merging,
        notes,
        opening,
        originals,
        pseudonyms,
        reproducing,
        rests_on,
        sealing,
        studies,
        study_out,
        team,
        trace,
        verifications,
        views,
    )

__all__ = [
    "central_chart",
    "charting_rounds",
    "demonstration",
    "edits",
    "findings",
    "framework_files",
    "imports",
    "interpreting",
    "manual",
    "mapping",
    "merging",
    "notes",
    "opening",
    "originals",
    "pseudonyms",
    "reproducing",
    "rests_on",
    "sealing",
    "studies",
    "study_out",
    "team",
    "trace",
    "verifications",
    "views",
]


def __getattr__(name: str) -> ModuleType:
    """Load a module of this room when it is first named."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
