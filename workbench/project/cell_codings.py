"""The codings of a cell: of a code, in a run that counts, of words that are the case's."""

from sqlalchemy.engine import Connection

from workbench.model.chart import Seen
from workbench.project.runs import settled
from workbench.store import records
from workbench.store.records import Row

Stretch = tuple[int, int]


class CellCodings:
    """Look-ups for the cells of one framework version, within one transaction."""

    def __init__(self, connection: Connection, framework_version_id: str) -> None:
        self.connection = connection
        self.run_ids = {r["id"] for r in settled(connection, framework_version_id)}
        self._spans: dict[str, dict[str, list[Stretch]]] = {}

    def spans(self, case_id: str) -> dict[str, list[Stretch]]:
        """Return the stretches that belong to a case, by transcript version."""
        if case_id not in self._spans:
            by_text: dict[str, list[Stretch]] = {}
            for s in records.find(self.connection, "case_span", case_id=case_id):
                by_text.setdefault(s["transcript_version_id"], []).append((s["start"], s["stop"]))
            self._spans[case_id] = by_text
        return self._spans[case_id]

    def parts(self, coding: Row, case_id: str) -> list[Stretch]:
        """Return the stretches of a coding that are the case's words, in order."""
        spans = self.spans(case_id).get(coding["transcript_version_id"], [])
        met = ((max(s, coding["start"]), min(e, coding["stop"])) for s, e in sorted(spans))
        return [(start, stop) for start, stop in met if start < stop]

    def words(self, coding: Row, case_id: str) -> list[str]:
        """Return the case's own words in a coding, one text a stretch."""
        first = int(coding["start"])
        return [coding["quote"][a - first : b - first] for a, b in self.parts(coding, case_id)]

    def seen(self, coding: Row, case_id: str) -> Seen:
        """Return a coding as a writer of the case's cell sees it."""
        parts = self.parts(coding, case_id)
        first, last = min(a for a, _ in parts), max(b for _, b in parts)
        return str(coding["id"]), first, last, str(coding["code_id"])

    def at(self, case_id: str, code_id: str) -> list[Row]:
        """Return the live codings of a code in a case, in the order they were made."""
        return [
            c
            for text in self.spans(case_id)
            for c in records.find(
                self.connection, "coding", transcript_version_id=text, code_id=code_id
            )
            if c["run_id"] in self.run_ids and self.parts(c, case_id)
        ]
