"""Citations: where words stand, and whose they are."""

from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.formats.flat import missing
from workbench.model import frames
from workbench.model.document import Quotation
from workbench.model.transcript import at_time, on_page
from workbench.stages.indexing import cases as indexing_cases
from workbench.store import frames as stored
from workbench.store import passages


class Cited(NamedTuple):
    """One coding with its words and how it is cited; `cases` are ids, `about` attributes."""

    coding_id: str
    words: str
    citation: str
    about: str
    cases: tuple[str, ...]

    def quotation(self) -> Quotation:
        """Return the coding as a block."""
        return Quotation(self.words, self.citation, self.coding_id, self.about)


class Citations:
    """Codings as they are cited: by their case, or by the transcript where they have not one.

    A case that speaks in several transcripts is cited with the transcript beside.
    """

    def __init__(
        self,
        connection: Connection,
        quoted: pd.DataFrame,
        cases: pd.DataFrame | None = None,
        spans: pd.DataFrame | None = None,
    ) -> None:
        """Take codings as `frames.QUOTES` has them, in the order that `all` keeps."""
        cases = stored.cases(connection) if cases is None else cases
        self._label = dict(zip(cases["case_id"], cases["case"], strict=True))
        self._values = values_of(cases)
        spans = stored.spans(connection) if spans is None else spans
        spoken = quoted.assign(run_id="")[list(frames.CODINGS)]
        met = indexing_cases.by_case(spoken, spans)
        self._cases: dict[str, dict[str, None]] = {}
        for coding, case in zip(met["coding_id"], met["case_id"], strict=True):
            self._cases.setdefault(coding, {})[case] = None
        self._texts: dict[str, set[str]] = {}
        for case, text in zip(spans["case_id"], spans["transcript_version_id"], strict=True):
            self._texts.setdefault(case, set()).add(text)
        rows: Any = list(quoted.itertuples(index=False))
        places = passages.in_sources(connection, [(r.transcript_version_id, r.start) for r in rows])
        self.all: dict[str, Cited] = {
            row.coding_id: self._cited(row, *at) for row, at in zip(rows, places, strict=True)
        }

    def of(self, coding_id: str) -> Cited:
        """Return one coding as it is cited."""
        return self.all[coding_id]

    def _cited(self, row: Any, begin_ms: int | None, page: int | None) -> Cited:
        own = tuple(self._cases.get(row.coding_id, ()))
        turn = None if missing(row.turn) else int(row.turn)
        about = ", ".join(self._label[case] for case in own)
        source = row.transcript
        if len(own) == 1:
            about = "; ".join(f"{k}: {v}" for k, v in self._values[own[0]].items())
            source = self._label[own[0]]
            if len(self._texts[own[0]]) > 1:
                source = f"{source} ({row.transcript})"
        citation = cited(source, turn, row.start, row.stop, begin_ms, page)
        return Cited(row.coding_id, row.quote, citation, about, own)


def cited(
    source: str,
    turn: int | None,
    start: int,
    stop: int,
    begin_ms: int | None = None,
    page: int | None = None,
) -> str:
    """Return how words are cited: by turn and its time, or by characters where there are no turns.

    Those of a PDF have their page beside.

    >>> cited("GP 03", 41, 7, 9, 62_000), cited("Field note", None, 7, 9, page=4)
    ('GP 03, turn 41 at 0:01:02', 'Field note, characters 7–9, p. 4')
    """
    if turn:
        return f"{source}, turn {turn}{at_time(begin_ms)}{on_page(page)}"
    return f"{source}, characters {start}–{stop}{on_page(page)}"


def values_of(cases: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the attributes that each case has a value of, as text, by the id of the case."""
    names = [str(c) for c in cases.columns if c not in frames.CASES]
    return {
        str(row["case_id"]): {name: shown(row[name]) for name in names if shown(row[name])}
        for row in cases.to_dict("records")
    }


def shown(value: object) -> str:
    """Return a value as text; whole numbers without decimals, missing as nothing.

    >>> shown(3.0), shown(None), shown(True)
    ('3', '', 'yes')
    """
    if missing(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
