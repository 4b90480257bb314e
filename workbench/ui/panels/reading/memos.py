"""Memos of the transcript that is read."""

from typing import Any

from workbench.model.memo import MEMO_KINDS
from workbench.project import familiarity, notes
from workbench.project.door import Project
from workbench.project.transcript_page import ShownText
from workbench.ui import outbox, parts
from workbench.ui.words import _

_TITLES = 60
"""Titles that are offered while one is typed."""


def kinds() -> dict[str, str]:
    """Return what the kinds of memos are called."""
    told = {
        "analytic": _("analytic"),
        "reflexive": _("reflexive"),
        "field note": _("field note"),
        "method": _("on the method"),
    }
    return {kind: told[kind] for kind in sorted(MEMO_KINDS, key=list(told).index)}


def panel(project: Project, text: ShownText, view: str) -> None:
    """Show the memos of a transcript, and a form for chosen words."""
    fields = ("memo_id", "start", "stop", "title", "text", "kind", "person", "at", "row_version")
    data: dict[str, Any] = {
        "view": view,
        "version": text.version_id,
        "memos": [[m[f] for f in fields] for m in notes.memos(project, text.name)],
        "kinds": kinds(),
        "titles": [topic.title for topic in familiarity.topics(project)][:_TITLES],
        "seen": outbox.acknowledged(),
    }
    parts.part("notes", "notes", data)
