"""What the page calls the places in which names stand."""

from workbench.ui.sentences import sentence
from workbench.ui.words import _


def places() -> dict[str, str]:
    """Return place (see `project.name_places`) → what it is called."""
    return {
        "transcripts": _("Transcripts"),
        "headers": _("Headers"),
        "cases": _("Cases"),
        "statements": _("Statements"),
        "memos": _("Memos"),
        "ladders": _("Ladders"),
        "findings": _("Findings"),
        "frameworks": _("Frameworks"),
    }


def place(name: str) -> str:
    """Return what a place is called, or the table that it is."""
    return places().get(name) or sentence(name)
