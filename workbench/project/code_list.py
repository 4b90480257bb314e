"""The codes of a framework version as plain rows, with how often each was used."""

from typing import NamedTuple

import sqlalchemy as sa

from workbench.model.palette import chosen_palette
from workbench.project import blindness, lists
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import records
from workbench.store.schema import ROWS


class ListedCode(NamedTuple):
    """One code of a framework version in its order; `codings` counts live ones, shut runs aside."""

    code_id: str
    number: str
    name: str
    category: str
    colour: str
    definition: str
    use_when: str
    not_when: str
    example: str
    codings: int


def references(project: Project) -> list[str]:
    """Return every framework version as name@version, in the order in which they came in."""
    with project.reading() as connection:
        return [str(v["reference"]) for v in Names(connection).versions()]


def in_use(project: Project) -> str | None:
    """Return the framework version that was coded with last, else the newest; None without one."""
    c, r = ROWS["coding"], ROWS["run"]
    last = (
        sa.select(r.c.framework_version_id)
        .join(c, c.c.run_id == r.c.id)
        .where(~c.c.withdrawn)
        .order_by(c.c.made_in.desc())
        .limit(1)
    )
    with project.reading() as connection:
        versions = Names(connection).versions()
        used = connection.execute(last).scalar()
    return next((str(v["reference"]) for v in reversed(versions) if used in (None, v["id"])), None)


def headings(project: Project, reference: str) -> list[tuple[str, str]]:
    """Return id and label of each category of a framework version, in its order.

    Raises:
        UnknownName: there is no such version.
    """
    with project.reading() as connection:
        version = Names(connection).version(reference)
        heads = records.find(connection, "category_version", framework_version_id=version["id"])
    heads.sort(key=lambda head: int(head["position"]))
    return [(str(h["category_id"]), f"{h['number']} {h['name']}".strip()) for h in heads]


def is_draft(project: Project, reference: str) -> bool:
    """Whether a framework version is not released yet."""
    with project.reading() as connection:
        return str(Names(connection).version(reference)["state"]) != "released"


def listed_codes(project: Project, reference: str) -> list[ListedCode]:
    """Return the codes of a framework version, each with its category and a colour.

    A code without a colour of its own has that of its category in the project's palette.

    Raises:
        UnknownName: there is no such version.
    """
    c, r = ROWS["coding"], ROWS["run"]
    with project.reading() as connection:
        names = Names(connection)
        version = names.version(reference)
        of = {"framework_version_id": version["id"]}
        heads = records.find(connection, "category_version", **of)
        query = (
            sa.select(c.c.code_id, sa.func.count())
            .join(r, r.c.id == c.c.run_id)
            .where(r.c.framework_version_id == version["id"], ~c.c.withdrawn)
            .where(c.c.run_id.not_in(list(blindness.shut(connection))))
            .group_by(c.c.code_id)
        )
        used: dict[str, int] = dict(connection.execute(query).all())
        palette = chosen_palette(lists.settings(connection).get("colours", ""))
        codes = names.codes(version)
    heads.sort(key=lambda head: int(head["position"]))
    called = {h["category_id"]: f"{h['number']} {h['name']}".strip() for h in heads}
    colour = {h["category_id"]: palette.colour(n) for n, h in enumerate(heads)}
    return [
        ListedCode(
            row["code_id"],
            row["number"],
            row["name"],
            called.get(row["category_id"], ""),
            row["colour"] or colour.get(row["category_id"], palette.colour(0)),
            row["definition"],
            row["use_when"],
            row["not_when"],
            row["example"],
            used.get(row["code_id"], 0),
        )
        for row in codes
    ]
