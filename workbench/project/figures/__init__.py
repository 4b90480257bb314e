"""The figures that a printed cell can be held against, each with the codings behind it.

Every figure is a function of `Sources` and of what the cell says in its column `of`;
`BY_NAME` has them all. A figure without its words would be a number out of nowhere, so
each returns the ids of its codings where it rests on any.
"""

from workbench.project.figures import (
    framework,
    indexing,
    interpretation,
    mapping,
    reporting,
    sample,
)
from workbench.project.figures.registry import BY_NAME, rebuilt
from workbench.project.figures.sources import Sources

__all__ = [
    "BY_NAME",
    "Sources",
    "framework",
    "indexing",
    "interpretation",
    "mapping",
    "rebuilt",
    "reporting",
    "sample",
]
