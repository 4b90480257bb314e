"""What an exported file says of itself: made by what, from what, and what is not in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LONGEST = 250
"""Letters of one property: Office keeps 255."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file is of; where it stands in the file, or beside it, depends on the format.

    `sha256` is of the content as data, the same whenever the same is exported; of a file
    that has its manifest beside it, the file's own. `act` is the id of the newest act of the
    history that the content shows.
    """

    workbench: str
    project: str
    what: str
    made: str
    act: str
    framework: str = ""
    framework_sha256: str = ""
    runs: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    sha256: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the manifest as plain data."""
        names = ("workbench", "project", "what", "made", "act", "framework", "framework_sha256")
        plain: dict[str, Any] = {name: getattr(self, name) for name in names}
        lists = {"runs": list(self.runs), "filters": dict(self.filters)}
        return {**plain, **lists, "left_out": list(self.left_out), "sha256": self.sha256}

    def as_json(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def facts(self) -> list[tuple[str, str]]:
        """Return what the manifest says in words, for a reader; nothing that is empty."""
        said = [
            ("Made with", f"Framework Workbench {self.workbench}"),
            ("Project", self.project),
            ("What", self.what),
            ("Made", self.made),
            ("Newest act of the history", self.act),
            ("Framework", self.framework),
            ("Hash of the framework", self.framework_sha256),
            ("Runs that count", ", ".join(self.runs)),
            ("Filters", "; ".join(f"{k}: {v}" for k, v in self.filters.items()) or "none"),
            ("Left out", " ".join(self.left_out) or "nothing"),
            ("Hash of the content", self.sha256),
        ]
        return [(name, value) for name, value in said if value]

    def properties(self) -> dict[str, str]:
        """Return the manifest as properties of a file of Office.

        A value that is longer than Office keeps goes on in “… (2)”.
        """
        out = {}
        for name, value in self.facts():
            for part, at in enumerate(range(0, len(value), _LONGEST), start=1):
                key = f"Workbench: {name}" + (f" ({part})" if part > 1 else "")
                out[key] = value[at : at + _LONGEST]
        return out
