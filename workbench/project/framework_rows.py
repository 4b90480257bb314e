"""A framework version as the model knows it, from its rows in the store."""

import json
from dataclasses import replace

from sqlalchemy.engine import Connection

from workbench.model.framework import Category, Code, FrameworkVersion, Step
from workbench.store import records
from workbench.store.records import Row


def as_version(connection: Connection, row: Row) -> FrameworkVersion:
    """Return a stored framework version with its categories, codes and steps in order.

    `row` is a row of framework_version with its name@version as `reference`.
    """
    of = {"framework_version_id": row["id"]}
    categories = records.find(connection, "category_version", **of)
    codes = records.find(connection, "code_version", **of)
    steps = records.find(connection, "step", **of)
    return FrameworkVersion(
        framework=row["reference"].rpartition("@")[0],
        version=row["version"],
        categories=tuple(
            Category(
                category_id=c["category_id"],
                number=c["number"],
                name=c["name"],
                definition=c["definition"],
                parent_id=c["parent_id"],
            )
            for c in sorted(categories, key=_position)
        ),
        codes=tuple(
            Code(
                code_id=c["code_id"],
                number=c["number"],
                name=c["name"],
                definition=c["definition"],
                use_when=c["use_when"],
                not_when=c["not_when"],
                example=c["example"],
                origin=c["origin"],
                colour=c["colour"],
                category_id=c["category_id"],
                parent_id=c["parent_id"],
            )
            for c in sorted(codes, key=_position)
        ),
        parent=row["parent_name"] or None,
        objective=row["objective"],
        description=row["description"],
        synthetic=row["synthetic"],
        state=row["state"],
        sha256=row["sha256"],
        steps=tuple(
            Step(
                kind=s["kind"],
                thing=s["thing"],
                before=tuple(json.loads(s["before"])),
                after=tuple(json.loads(s["after"])),
                author=s["author"],
                date=s["date"],
                reason=s["reason"],
            )
            for s in sorted(steps, key=_position)
        ),
    )


def adopted(connection: Connection, version_id: str) -> tuple[str, tuple[Step, ...]] | None:
    """Return the version that steps to one were adopted from, and these steps, if any were."""
    row = records.one(connection, "adoption", framework_version_id=version_id)
    if row is None:
        return None
    told = json.loads(row["steps"])
    ids = ("before", "after")
    return row["from_id"], tuple(Step(**{**s, **{n: tuple(s[n]) for n in ids}}) for s in told)


def with_steps(connection: Connection, row: Row) -> FrameworkVersion:
    """Return a version as `as_version` does, with adopted steps where it tells none itself.

    Its hash is not over these: what was released stays as it is.
    """
    version, later = as_version(connection, row), adopted(connection, row["id"])
    return version if later is None else replace(version, steps=later[1])


def _position(row: Row) -> int:
    return int(row["position"])
