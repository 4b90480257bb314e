"""What goes into the workbook of a chart, and what came of it."""

import datetime
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import pandas as pd

from workbench.model import frames
from workbench.model.chart_file import Origin

# what is known of one cell of the chart, beside its statements; `reason` says why it is stale
STATES: frames.Columns = {"case_id": "str", "code_id": "str", "state": "str", "reason": "str"}
# one cell of a chart of numbers (or of words); a further column `evidence` may hold coding ids
FIGURES: frames.Columns = {"case_id": "str", "code_id": "str", "value": "object"}


LinksStand = Literal["beside", "inside"]
"""Where the link to a cell's evidence stands.

Beside: on the number of codings, in a slim column right of the cell (a figure is such
a number itself). Inside: on the text of the cell. Excel shows both well; LibreOffice
(seen in 7.4) draws linked text on a single line without its italics, so that most of
a cell is hidden.
"""


@dataclass(frozen=True, slots=True)
class ChartBook:
    """A chart with everything a reader needs beside it, as plain frames.

    Each cell shows its statements; with `figures`, it shows a number instead. Cells
    of neither show their state in words. `states` may leave cells out: these are
    “indexed, not charted” where there are codings, and otherwise not indexed.
    """

    title: str
    framework: str
    """name@version."""
    codes: pd.DataFrame
    """`frames.CODES`, in the order of the columns."""
    cases: pd.DataFrame
    """`frames.CASES` in the order of the rows; every further column is an attribute."""
    made: datetime.datetime
    framework_hash: str = ""
    synthetic: str = ""
    """What is invented, in a sentence; empty when nothing is."""
    cover: tuple[tuple[str, str], ...] = ()
    """Further lines of the cover: what, and what about it."""
    statements: pd.DataFrame = field(default_factory=partial(frames.empty, frames.STATEMENTS))
    evidence: pd.DataFrame = field(default_factory=partial(frames.empty, frames.EVIDENCE))
    states: pd.DataFrame = field(default_factory=partial(frames.empty, STATES))
    codings: pd.DataFrame = field(default_factory=partial(frames.empty, frames.CASE_CODINGS))
    quotes: pd.DataFrame = field(default_factory=partial(frames.empty, frames.QUOTES))
    """`frames.QUOTES`; `begin_ms` may stand beside: when in its recording the turn begins."""
    figures: pd.DataFrame | None = None
    figures_are: str = ""
    """What the numbers count, with the unit: “codings”, “characters coded”."""
    ladder: pd.DataFrame | None = None
    themes: pd.DataFrame | None = None
    links: pd.DataFrame | None = None
    links_stand: LinksStand = "beside"
    further: tuple[tuple[str, pd.DataFrame], ...] = ()
    """Other tables, each with the name of its sheet."""
    origin: Origin | None = None
    """Where a chart of statements comes from; given, the workbook can be taken back."""

    @property
    def returns(self) -> bool:
        """Whether the workbook can be taken back: each row knows its case, and so on."""
        return self.origin is not None and self.figures is None

    def check(self) -> None:
        """Check the columns of every frame.

        Raises:
            FrameMismatch: a column is missing.
        """
        for name, columns in (
            ("codes", frames.CODES),
            ("cases", frames.CASES),
            ("statements", frames.STATEMENTS),
            ("evidence", frames.EVIDENCE),
            ("states", STATES),
            ("codings", frames.CASE_CODINGS),
            ("quotes", frames.QUOTES),
        ):
            frames.require(getattr(self, name), columns, name)
        if self.figures is not None:
            frames.require(self.figures, FIGURES, "figures")
