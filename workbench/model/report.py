"""What an import brought in, left out and guessed (law 8)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that did not come in: how many of what, and why."""

    what: str
    why: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was concluded rather than read, and how sure it is."""

    what: str
    because: str
    confidence: str
    """“certain”, “likely” or “unsure”."""


@dataclass(slots=True)
class ImportReport:
    """Counts of what came in, and every omission and guess, of one import."""

    source: str
    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """Add to the number of things of one kind that came in."""
        self.counts[what] = self.counts.get(what, 0) + number

    def add(self, others: "Iterable[ImportReport]") -> "ImportReport":
        """Take over what other reports say, in their order."""
        for other in others:
            for what, number in other.counts.items():
                self.count(what, number)
            self.left_out += other.left_out
            self.guesses += other.guesses
            self.notes += other.notes
        return self

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, as the history keeps it."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return the report in sentences, one a line, for a person."""
        came = ", ".join(f"{n} {what}" for what, n in self.counts.items()) or "nothing"
        return (
            [f"{self.source}: {came}."]
            + [f"  Left out: {o.count} {o.what}: {o.why}." for o in self.left_out]
            + [f"  Guessed ({g.confidence}): {g.what}, because {g.because}." for g in self.guesses]
            + [f"  {note}" for note in self.notes]
        )
