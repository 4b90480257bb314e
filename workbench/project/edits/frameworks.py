"""Framework versions come in and are released."""

from workbench.errors import Refused, ReleasedFrameworkChanged
from workbench.model.framework import FrameworkVersion
from workbench.model.report import counted
from workbench.project.edits.registry import edit
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add framework")
def add_framework(act: Act, version: FrameworkVersion) -> str:
    """Add a framework version, draft or released, and return its id.

    Raises:
        Refused: the project holds another draft of that name@version, or its parent is
            not here. A draft that is the same is released when the new one is.
        ReleasedFrameworkChanged: it holds a released one with other content.
    """
    act.says(f"Added framework {version.reference} ({counted(len(version.codes), 'codes')})")
    return put_framework(act, version)


def put_framework(act: Act, version: FrameworkVersion) -> str:
    """Do what `add_framework` does, inside an act that does more."""
    held = next(
        (v for v in Names(act.connection).versions() if v["reference"] == version.reference), None
    )
    if held is not None:
        return _same_or_refused(act, held, version)
    framework = records.one(act.connection, "framework", name=version.framework)
    if framework is None:
        (framework_id,) = records.insert(act, "framework", [{"name": version.framework}])
    else:
        framework_id = str(framework["id"])
    version_id = _insert_version(act, framework_id, version)
    _insert_tree(act, framework_id, version_id, version)
    if version.state == "released":
        _set_released(act, version_id, version.content_hash())
    return version_id


def _same_or_refused(act: Act, held: Row, version: FrameworkVersion) -> str:
    here = as_version(act.connection, held)
    if here.content_hash() == version.content_hash():
        if version.state == "released" and here.state != "released":
            _set_released(act, held["id"], version.content_hash())
            act.says(f"Released {here.reference}, which was here as a draft with the same content")
        return str(held["id"])
    if here.state == "released":
        raise ReleasedFrameworkChanged(here.reference, here.sha256, version.content_hash())
    raise Refused(
        f"The project holds a draft {version.reference} with other content. "
        "Give the file's framework a new version number."
    )


def _insert_version(act: Act, framework_id: str, version: FrameworkVersion) -> str:
    parent = None
    if version.parent:
        versions = Names(act.connection).versions()
        parent = next((v["id"] for v in versions if v["reference"] == version.parent), None)
        if parent is None:
            raise Refused(
                f"{version.reference} was made from {version.parent}, which is not in the "
                "project. Add that version first."
            )
    row = {
        "framework_id": framework_id,
        "version": version.version,
        "parent_id": parent,
        "parent_name": version.parent or "",
        "objective": version.objective,
        "description": version.description,
        "synthetic": version.synthetic,
    }
    (version_id,) = records.insert(act, "framework_version", [row])
    return version_id


def _insert_tree(act: Act, framework_id: str, version_id: str, version: FrameworkVersion) -> None:
    for table, ids in (
        ("category", [c.category_id for c in version.categories]),
        ("code", [c.code_id for c in version.codes]),
    ):
        known = {r["id"] for r in records.by_ids(act.connection, table, ids, "id")}
        fresh = [{"id": i, "framework_id": framework_id} for i in ids if i not in known]
        records.insert(act, table, fresh)
        records.restore(act, table, known)
    categories = [
        {
            "framework_version_id": version_id,
            "category_id": c.category_id,
            "position": n,
            "number": c.number,
            "name": c.name,
            "definition": c.definition,
            "parent_id": c.parent_id,
        }
        for n, c in enumerate(version.categories, 1)
    ]
    codes = [
        {
            "framework_version_id": version_id,
            "code_id": c.code_id,
            "position": n,
            "number": c.number,
            "name": c.name,
            "definition": c.definition,
            "use_when": c.use_when,
            "not_when": c.not_when,
            "example": c.example,
            "origin": c.origin,
            "colour": c.colour,
            "category_id": c.category_id,
            "parent_id": c.parent_id,
        }
        for n, c in enumerate(version.codes, 1)
    ]
    records.insert(act, "category_version", categories)
    records.insert(act, "code_version", codes)


def _set_released(act: Act, version_id: str, content_hash: str) -> None:
    records.update(
        act, "framework_version", version_id, {"state": "released", "sha256": content_hash}
    )


@edit("release framework")
def release(act: Act, reference: str) -> str:
    """Fix a framework version for good and return its hash.

    Raises:
        Refused: it is released already, has no codes, or a code has no definition.
    """
    row = Names(act.connection).version(reference)
    version = as_version(act.connection, row)
    if version.state == "released":
        raise Refused(f"{version.reference} is released already.")
    if not version.codes:
        raise Refused(f"{version.reference} has no codes yet. Add some before you release it.")
    bare = [f"{c.number} {c.name}".strip() for c in version.codes if not c.definition]
    if bare:
        raise Refused(
            f"{len(bare)} codes of {version.reference} have no definition "
            f"({', '.join(bare[:3])}{' …' if len(bare) > 3 else ''}). Write them first."
        )
    _set_released(act, row["id"], version.content_hash())
    act.says(f"Released {version.reference}")
    return version.content_hash()
