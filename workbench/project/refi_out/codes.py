"""A framework version as codes of REFI-QDA, and with those before it as it is kept beside."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from workbench.formats.refi.project import RefiCode
from workbench.model.framework import Category, Code, FrameworkVersion, in_tree_order
from workbench.project.framework_rows import as_version
from workbench.store.records import Row

_SAID = (
    ("use_when", "Use it when"),
    ("not_when", "Do not use it when"),
    ("example", "Example"),
)


def codes(version: FrameworkVersion) -> tuple[RefiCode, ...]:
    """Return categories and codes, each after what it stands in; categories take no codings.

    A description has all that tells when to use a code. What stands under nothing that is
    here stands at the top.
    """
    ordered = [thing for _, thing in in_tree_order(version)]
    known = {_id(thing) for thing in ordered}
    everything: list[Category | Code] = [*version.categories, *version.codes]
    loose = [thing for thing in everything if _id(thing) not in known]
    return tuple(_code(thing) for thing in [*ordered, *loose])


def _id(thing: Category | Code) -> str:
    return thing.category_id if isinstance(thing, Category) else thing.code_id


def _code(thing: Category | Code) -> RefiCode:
    if isinstance(thing, Category):
        above = thing.parent_id or ""
        return RefiCode(
            thing.category_id, thing.name, thing.definition, codable=False, parent=above
        )
    above = thing.parent_id or thing.category_id or ""
    text = "\n\n".join(_description(thing))
    return RefiCode(thing.code_id, thing.name, text, thing.colour, parent=above)


def _description(code: Code) -> Iterator[str]:
    if code.definition:
        yield code.definition
    for field, label in _SAID:
        if getattr(code, field):
            yield f"{label}: {getattr(code, field)}"


def line(connection: Connection, versions: list[Row], version: Row) -> tuple[FrameworkVersion, ...]:
    """Return a version after those that it was made from, the first one first."""
    by_id = {v["id"]: v for v in versions}
    rows = [version]
    while rows[0]["parent_id"] in by_id:
        rows.insert(0, by_id[rows[0]["parent_id"]])
    return tuple(as_version(connection, row) for row in rows)
