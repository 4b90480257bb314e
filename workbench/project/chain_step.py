"""A step of a chain of evidence, from a finding down to the words or from the words up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

DECISION = "decided by two"
"""What a step is that says how a cell was decided; what was chosen from is no evidence of it."""
OWN_VERSION = "own version"
"""What a step is that says in whose version of a cell, in charting by two, a statement stands."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of the chain, and the steps it rests on."""

    what: str
    id: str
    text: str
    who: str = ""
    at: str = ""
    where: str = ""
    reason: str = ""
    withdrawn: bool = False
    under: tuple["Step", ...] = field(default_factory=tuple)

    def quotes(self) -> tuple[str, ...]:
        """Return the words of every live coding that it rests on, each once, in order."""
        return tuple(dict.fromkeys(s.text for s in self._codings()))

    def coding_ids(self) -> tuple[str, ...]:
        """Return the ids of every live coding that it rests on, each once, in order."""
        return tuple(dict.fromkeys(s.id for s in self._codings()))

    def _codings(self) -> Iterator["Step"]:
        if self.what == "coding" and not self.withdrawn:
            yield self
        for step in self.under:
            if step.what != DECISION:
                yield from step._codings()

    def walk(self) -> Iterator["Step"]:
        """Yield this step and all below, from the top."""
        yield self
        for step in self.under:
            yield from step.walk()

    def lines(self, depth: int = 0) -> list[str]:
        """Return the trace as indented lines for a person."""
        made = f"  ({', '.join(x for x in (self.who, self.at[:10]) if x)})" if self.who else ""
        shown = f"“{self.text}”" if self.what == "coding" else self.text
        place = f"  {self.where}" if self.where else ""
        why = f"  because {self.reason}" if self.reason else ""
        known = f"  [{self.id}]" if self.id else ""
        own = f"{'  ' * depth}{self.what}: {shown}{place}{why}{made}{known}"
        return [own, *(line for step in self.under for line in step.lines(depth + 1))]

    def as_dict(self) -> dict[str, Any]:
        """Return the trace as plain nested data."""
        names = ("what", "id", "text", "who", "at", "where", "reason", "withdrawn")
        own = {k: getattr(self, k) for k in names}
        return {**own, "under": [s.as_dict() for s in self.under]}
