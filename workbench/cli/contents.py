"""The list of commands as `workbench --help` shows it: by stage, each in a whole sentence."""

from typing import Any

from typer.core import TyperGroup

SECTIONS: dict[str, tuple[str, ...]] = {
    "Start here": ("demo", "ui", "help", "new", "import", "export", "study", "reproduce"),
    "Familiarisation": (
        "transcripts",
        "header",
        "speakers",
        "speaker",
        "cases",
        "case",
        "attribute",
        "search",
        "reading",
        "readings",
        "describe",
        "correct",
        "pseudonyms",
    ),
    "Framework": ("framework",),
    "Indexing": (
        "run",
        "rounds",
        "round",
        "quote",
        "code",
        "code-in-vivo",
        "code-hits",
        "codings",
        "change-coding",
        "unplaced",
        "place-coding",
        "place-memo",
        "frequencies",
        "co-occurrence",
        "agree",
        "differences",
        "difference",
    ),
    "Charting": (
        "chart",
        "statement",
        "change-statement",
        "move-statement",
        "statements",
        "cite",
        "fill",
        "mark",
        "review",
        "states",
        "coverage",
        "charting",
        "ratings",
        "counts",
        "count",
    ),
    "Mapping": ("map", "ladder", "node", "typology", "place", "unplace"),
    "Interpretation": (
        "network",
        "link",
        "finding",
        "findings",
        "quotation",
        "verify",
        "verification",
    ),
    "Back to the words": ("trace", "withdraw", "undo", "redo", "history", "check", "backup"),
    "The team": (
        "merge",
        "person",
        "memo",
        "memos",
        "change-memo",
        "decision",
        "decisions",
        "set",
        "settings",
        "upgrade",
    ),
}
"""Heading → its commands, in the order of the work."""


class ByStage(TyperGroup):
    """A group whose help lists its commands under the stages of the method."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write one section a stage."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(n, _sentence(self.commands[n].help or "")) for n in names])


def _sentence(text: str) -> str:
    """Return the first paragraph on one line."""
    return " ".join(text.split("\n\n", 1)[0].split())
