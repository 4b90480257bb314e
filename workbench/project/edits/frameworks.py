"""Framework versions come in, with the steps from their parents, and are released."""

from workbench.errors import Refused, ReleasedFrameworkChanged
from workbench.model.framework import FrameworkVersion
from workbench.model.report import counted
from workbench.project.edits.draft_rows import put_ids
from workbench.project.edits.registry import edit
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.project.step_rows import step_row
from workbench.stages.framework import steps
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add framework")
def add_framework(act: Act, version: FrameworkVersion) -> str:
    """Add a framework version, draft or released, and return its id.

    Raises:
        Refused: the project holds another draft of that name@version, its parent is not
            here, or it has steps and they do not lead from the parent to it. A draft
            that is the same is released when the new one is.
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
    parent = _parent(act, version)
    _check_steps(act, parent, version)
    version_id = _insert_version(act, framework_id, parent, version)
    _insert_tree(act, framework_id, version_id, version)
    _insert_steps(act, version_id, version)
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


def _parent(act: Act, version: FrameworkVersion) -> Row | None:
    """Return the row of the version that this one was made from, if from any."""
    if not version.parent:
        return None
    versions = Names(act.connection).versions()
    found = next((v for v in versions if v["reference"] == version.parent), None)
    if found is None:
        raise Refused(
            f"{version.reference} was made from {version.parent}, which is not in the "
            "project. Add that version first."
        )
    return found


def _check_steps(act: Act, parent: Row | None, version: FrameworkVersion) -> None:
    """Refuse steps that do not give exactly the version; without steps nothing is claimed."""
    if not version.steps:
        return
    if parent is None:
        raise Refused(
            f"{version.reference} has steps and no parent that they lead from. Name the parent."
        )
    problems = steps.apply(as_version(act.connection, parent), version.steps, version)
    if problems:
        raise Refused(
            f"The steps of {version.reference} do not make it of {version.parent}"
            f"{_and_more(len(problems) - 1)}: {problems[0]}"
        )


def _and_more(others: int) -> str:
    """Return how many problems there are besides the one that is shown."""
    return f" ({counted(others, 'problems')} besides this one)" if others else ""


def _insert_version(
    act: Act, framework_id: str, parent: Row | None, version: FrameworkVersion
) -> str:
    row = {
        "framework_id": framework_id,
        "version": version.version,
        "parent_id": parent["id"] if parent else None,
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
        put_ids(act, table, framework_id, ids)
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


def _insert_steps(act: Act, version_id: str, version: FrameworkVersion) -> None:
    rows = [
        {"framework_version_id": version_id, "position": n, **step_row(s)}
        for n, s in enumerate(version.steps, 1)
    ]
    records.insert(act, "step", rows)


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
    if len(bare) == 1:
        raise Refused(
            f"1 code of {version.reference} has no definition ({bare[0]}). Write it first."
        )
    if bare:
        raise Refused(
            f"{len(bare)} codes of {version.reference} have no definition "
            f"({', '.join(bare[:3])}{' …' if len(bare) > 3 else ''}). Write them first."
        )
    _set_released(act, row["id"], version.content_hash())
    act.says(f"Released {version.reference}")
    return version.content_hash()
