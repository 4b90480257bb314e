"""Hold a project against the ten laws."""

from sqlalchemy.engine import Connection

from workbench.checks import integrity
from workbench.checks.integrity import Finding
from workbench.project import laws
from workbench.project.edits.registry import ACTS
from workbench.project.opening import Project
from workbench.store import audit, foreign, seals

__all__ = ["Finding", "check"]


def check(project: Project) -> list[Finding]:
    """Return all findings, those that are broken first; an empty list is a clean bill."""
    from workbench.project import edits  # noqa: F401  # fills the registry of acts

    with project.reading(whole=True) as connection:
        found = [*laws.of_the_work(connection), *_history(connection)]
    return sorted(found, key=lambda f: (f.severity, f.law, f.thing))


def _history(connection: Connection) -> list[Finding]:
    damage = audit.file_damage(connection)
    if damage:
        return [Finding(4, "file", "", f"is damaged: {damage[0]}")]
    acts = audit.acts(connection)
    noted, made = audit.made(connection)
    anchor, sequence = seals.anchor(connection), [a["seq"] for a in acts]
    guards = audit.altered_triggers(connection)
    found = [
        *integrity.nothing_deleted(noted, made, sequence, anchor[0] if anchor else 0, guards),
        *(
            Finding(4, "trigger", name, "is not the workbench's own")
            for name in audit.foreign_triggers(connection)
        ),
        *integrity.history_agrees(audit.differing_from_log(connection)),
    ]
    told = {(f.what, f.thing) for f in found}
    return [
        *found,
        *integrity.seals_hold(seals.held_against(connection), anchor, told),
        *integrity.merges_kept(foreign.brought(connection)),
        *integrity.references_resolve(audit.dangling(connection)),
        *integrity.imports_reported(acts),
        *integrity.acts_known(acts, {*ACTS, "undo", "redo"}),
    ]
