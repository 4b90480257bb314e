"""What projects of other tools have in common on their way in: names, and turns of texts."""

import re

from workbench.errors import BadFile
from workbench.formats import transcripts
from workbench.model.framework import FrameworkVersion
from workbench.model.transcript import Reading
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act


def free_framework_name(act: Act, wanted: str) -> str:
    """Return a framework name that is not taken."""
    name, n = wanted, 2
    while records.one(act.connection, "framework", name=name) is not None:
        name, n = f"{wanted}-{n}", n + 1
    return name


def framework_alike(act: Act, version: FrameworkVersion) -> str:
    """Return name@version of one here with the same codes: by name, place and definition.

    Tools give codes other identifiers each time that they write them. Nothing where there
    is none.
    """
    wanted = _paths(version)
    for held in Names(act.connection).versions():
        if _paths(as_version(act.connection, held)) == wanted:
            return str(held["reference"])
    return ""


def _paths(version: FrameworkVersion) -> list[tuple[tuple[str, ...], str]]:
    """Return the names from the top to each code, with its definition, in order."""
    above: dict[str | None, tuple[str, str | None]] = {
        c.category_id: (c.name, c.parent_id) for c in version.categories
    }
    above |= {c.code_id: (c.name, c.parent_id or c.category_id) for c in version.codes}
    found = []
    for code in version.codes:
        path: list[str] = []
        at: str | None = code.code_id
        while at in above and len(path) <= len(above):
            name, at = above[at]
            path.append(name)
        found.append((tuple(reversed(path)), code.definition))
    return sorted(found)


def free_run_name(act: Act, wanted: str) -> str:
    """Return a name of a run that is not taken."""
    name, n = wanted, 2
    while records.one(act.connection, "run", name=name) is not None:
        name, n = f"{wanted} {n}", n + 1
    return name


def transcript_name(name: str) -> str:
    """Return a document's name without the ending of a file."""
    return re.sub(r"\.(odt|docx?|rtf|txt|md|pdf|html?)$", "", name.strip(), flags=re.I) or name


def reading_of(text: str, name: str) -> Reading:
    """Return the turns of a text, provided that finding them leaves it as it is."""
    if not text.strip():
        return Reading(text)
    try:
        found = transcripts.read(text.encode(), f"{name}.txt", max_bytes=10**9)
    except BadFile:
        return Reading(text)
    return found if found.text == text else Reading(text)
