"""What projects of other tools have in common on their way in: names, and turns of texts."""

import re

from workbench.errors import BadFile
from workbench.formats import transcripts
from workbench.model.transcript import Reading
from workbench.store import records
from workbench.store.history import Act


def free_framework_name(act: Act, wanted: str) -> str:
    """Return a framework name that is not taken."""
    name, n = wanted, 2
    while records.one(act.connection, "framework", name=name) is not None:
        name, n = f"{wanted}-{n}", n + 1
    return name


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
