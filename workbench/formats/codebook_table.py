"""Codebooks as tables: one code a row, such as Taguette exports them."""

from pathlib import Path

from workbench.errors import BadTable
from workbench.formats import tables
from workbench.formats.framework_ids import slug
from workbench.formats.tables import Columns
from workbench.model.framework import Code, FrameworkVersion, stable_id

ENDINGS = (".csv", ".tsv", ".xlsx")
_NAMES, _DEFINITIONS = ("code", "tag", "name"), ("definition", "description", "memo")


def read(path: Path, framework: str, version: str) -> FrameworkVersion:
    """Return the framework version that a codebook is, with its codes by name.

    A codebook has no order of its own: Taguette puts the code with most highlights first.
    The name is in the column code, tag or name, the definition in definition, description
    or memo; other columns are passed over. A code keeps its id in another version while it
    keeps its name.

    Raises:
        BadTable: it has no column of names, a name is missing or stands twice.
        BadFile: it cannot be read at all.
    """
    table = tables.read_as(path, Columns(()), "a codebook")
    held = {n: n for n in table.columns}
    name = next((n for n in _NAMES if n in held), None)
    if name is None:
        wanted = f"a codebook has the names of codes in a column {', '.join(_NAMES)}."
        raise BadTable(path, "line 1", wanted, "Name one so.")
    about = next((n for n in _DEFINITIONS if n in held), None)
    said: dict[str, tuple[str, str]] = {}
    for row in table.rows:
        called = " ".join(row.values.get(name, "").split())
        own = slug(called)
        if not own or own in said:
            problem = f"the code “{called}” stands twice." if own else "the code has no name."
            raise BadTable(path, f"line {row.line}", problem, "Each code has a name of its own.")
        said[own] = called, row.values.get(about, "").strip() if about else ""
    ordered = sorted(said.items(), key=lambda one: one[1][0].casefold())
    codes = tuple(
        Code(stable_id(framework, "code", own), str(n), called, definition, origin="inductive")
        for n, (own, (called, definition)) in enumerate(ordered, 1)
    )
    return FrameworkVersion(framework, version, (), codes)
