"""The Framework Workbench in Python.

>>> import workbench
>>> sorted(n for n in workbench.__all__ if n[0].islower())
['create', 'edits', 'errors', 'open', 'views']

`workbench.open("study.fwb")` gives a `Project`; `p.chart("drivers@2")` a DataFrame whose
`attrs["evidence"]` holds the coding ids of every cell. Everything that changes a project
is a function of `workbench.edits`, everything that shows it one of `workbench.views` or a
method of the project.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbench import errors
from workbench.project.door import Project, create
from workbench.project.door import open_project as open

if TYPE_CHECKING:
    from workbench.project import edits, views

__version__ = "0.1.0"
__all__ = ["Project", "__version__", "create", "edits", "errors", "open", "views"]


def __getattr__(name: str) -> Any:
    """Load the heavier rooms when they are first used."""
    if name in ("edits", "views"):
        return import_module(f"workbench.project.{name}")
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")
