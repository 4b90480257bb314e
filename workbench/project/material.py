"""What a chart is made of: one framework version and its frames, read once.

The frames are read when they are first asked for, in one reading transaction.
"""

from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.model import frames
from workbench.model.chart import seen_codings, seen_text
from workbench.project import blindness
from workbench.project.names import Names
from workbench.project.runs import settled, waiting
from workbench.stages.charting import states as charting_states
from workbench.stages.indexing import cases as indexing_cases
from workbench.store import frames as stored
from workbench.store.records import Row


class Material:
    """The frames of one framework version.

    Of its runs the most settled count (see `runs.settled`), or those that are named.
    """

    def __init__(
        self, connection: Connection, version: str | None = None, runs: Collection[str] = ()
    ) -> None:
        self.connection = connection
        self.names = Names(connection)
        self.version: Row = self.names.version(version)
        self.reference = str(self.version["reference"])
        self.runs = self._named(runs) if runs else settled(connection, self.version["id"])

    def _named(self, runs: Collection[str]) -> list[Row]:
        found = [self.names.run(name) for name in runs]
        for run in found:
            if run["framework_version_id"] != self.version["id"]:
                raise Refused(f"The run “{run['name']}” does not index with {self.reference}.")
        return found

    @property
    def run_ids(self) -> list[str]:
        """The ids of the runs that count."""
        return [str(r["id"]) for r in self.runs]

    @property
    def run_names(self) -> list[str]:
        """The names of the runs that count."""
        return [str(r["name"]) for r in self.runs]

    @cached_property
    def unanswered(self) -> int:
        """How many codings of other versions wait for somebody to say what they are here."""
        return waiting(self.connection, self.version["id"], self.runs)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """`frames.CASES` with a column for each attribute."""
        return stored.cases(self.connection)

    @cached_property
    def codes(self) -> pd.DataFrame:
        """`frames.CODES`."""
        return stored.codes(self.connection, self.version["id"])

    @cached_property
    def spans(self) -> pd.DataFrame:
        """`frames.SPANS`."""
        return stored.spans(self.connection)

    @cached_property
    def codings(self) -> pd.DataFrame:
        """`frames.CODINGS` of the runs that count."""
        return stored.codings(self.connection, runs=self.run_ids)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """`frames.COUNTED`: the same codings, for figures that need no ids of them."""
        return stored.counted_codings(self.connection, self.run_ids)

    @cached_property
    def case_codings(self) -> pd.DataFrame:
        """`frames.CASE_CODINGS`."""
        return indexing_cases.by_case(self.codings, self.spans)

    @cached_property
    def charted(self) -> pd.DataFrame:
        """`frames.CASE_CODINGS` for charts: what recurs in a column are categories."""
        codings = stored.charted_codings(self.connection, self.run_ids)
        codings["coding_id"] = pd.Categorical.from_codes(
            np.arange(len(codings)), pd.Index(codings["coding_id"])
        )
        return indexing_cases.by_case(codings, self.spans.astype({"case_id": "category"}))

    @cached_property
    def statements(self) -> pd.DataFrame:
        """`frames.STATEMENTS`."""
        return stored.statements(self.connection, self.version["id"])

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """`frames.EVIDENCE`."""
        return stored.evidence(self.connection)

    @cached_property
    def states(self) -> pd.DataFrame:
        """`frames.CELL_STATES`, of every case × code."""
        return charting_states.states(
            self.cases,
            self.codes,
            self._cells(),
            self.statements,
            self.case_codings,
            stored.finished(self.connection, self.run_ids),
            self.spans,
        )

    def _cells(self) -> pd.DataFrame:
        """Return `frames.CELLS`; what is shut to the reader was not before anybody's eyes."""
        cells = stored.cells(self.connection, self.version["id"])
        shut = blindness.unseen(self.connection)
        if not shut:
            return cells
        told = [
            seen_text(one for one in seen_codings(text) if one[0] not in shut)
            for text in cells["seen"]
        ]
        return cells.assign(seen=pd.Series(told, index=cells.index, dtype=cells["seen"].dtype))

    @cached_property
    def turns(self) -> pd.DataFrame:
        """`frames.TURNS` of all current texts."""
        return stored.turns(self.connection)

    @cached_property
    def transcripts(self) -> pd.DataFrame:
        """`frames.TRANSCRIPTS`."""
        return stored.transcripts(self.connection)


def link_frame(
    link_list: pd.DataFrame, link_evidence: pd.DataFrame, case_codings: pd.DataFrame
) -> pd.DataFrame:
    """Return `frames.LINKS`: one row per link, coding and case that speak of it."""
    cases = case_codings[["coding_id", "case_id"]].drop_duplicates()
    joined = link_list.merge(link_evidence, on="link_id").merge(cases, on="coding_id")
    return joined[list(frames.LINKS)]
