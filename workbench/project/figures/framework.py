"""Figures of frameworks: their sizes, and where a version comes from."""

from workbench.model.published import Figure
from workbench.project.figures.registry import figure
from workbench.project.figures.sources import Sources
from workbench.store import records
from workbench.store.records import Row


@figure("categories")
def categories(sources: Sources, framework: str) -> Figure:
    """How many categories a framework version has."""
    return Figure(len(_of(sources, "category_version", framework)))


@figure("codes")
def codes(sources: Sources, framework: str) -> Figure:
    """How many codes a framework version has."""
    return Figure(len(_of(sources, "code_version", framework)))


@figure("cells")
def cells(sources: Sources, framework: str) -> Figure:
    """How many cells the chart of a framework version has: cases times codes."""
    return Figure(len(sources.cases) * len(_of(sources, "code_version", framework)))


@figure("parent")
def parent(sources: Sources, framework: str) -> Figure:
    """The version that a framework version was made from, or none."""
    return Figure(str(sources.names.version(framework)["parent_name"] or "none"))


@figure("children")
def children(sources: Sources, framework: str) -> Figure:
    """The versions that were made from a framework version."""
    wanted = sources.names.version(framework)["reference"]
    made = [v["reference"] for v in sources.names.versions() if v["parent_name"] == wanted]
    return Figure(tuple(sorted(made)))


@figure("shared codes")
def shared_codes(sources: Sources, framework: str, other: str) -> Figure:
    """How many codes two framework versions have in common."""
    here, there = (
        {c["code_id"] for c in _of(sources, "code_version", f)} for f in (framework, other)
    )
    return Figure(len(here & there))


@figure("steps")
def steps(sources: Sources, framework: str) -> Figure:
    """How many steps lead from its parent to a framework version."""
    return Figure(len(_of(sources, "step", framework)))


def _of(sources: Sources, table: str, framework: str) -> list[Row]:
    version = sources.names.version(framework)
    return records.find(sources.connection, table, framework_version_id=version["id"])
