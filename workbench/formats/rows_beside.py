"""What the rows say that stand beside the chart: notes, decisions, quotations, counts."""

from typing import get_args

from workbench.formats.row_fields import Fields, each, once
from workbench.formats.row_types import (
    CountRow,
    DecisionRow,
    MeetingRow,
    MemoRow,
    QuotationRow,
    ReadingRow,
    ReadingWay,
)
from workbench.formats.tables import Table
from workbench.model.coding import OUTCOMES
from workbench.model.memo import ANCHORS, MEMO_KINDS
from workbench.model.method import STEPS

ANCHOR_NAMES = {
    "transcript": "transcript_version",
    "framework": "framework_version",
    **{a: a for a in ANCHORS},
}
"""What may stand before the colon of an anchor → what it is anchored to."""


def memos(table: Table) -> tuple[MemoRow, ...]:
    """Return the memos of a table; raises BadTable."""
    return each(table, _memo)


def _memo(f: Fields) -> MemoRow:
    return MemoRow(
        f.row.line,
        f.one_of("kind", MEMO_KINDS),
        f.name("title"),
        f.needed("text"),
        f.name("person"),
        _anchor(f),
        *f.stretch(),
    )


def _anchor(f: Fields) -> tuple[str, str] | None:
    said = f.name("anchor")
    if not said or said.casefold() == "project":
        return None
    what, colon, name = (part.strip() for part in said.partition(":"))
    if what.casefold() not in ANCHOR_NAMES or not colon or not name:
        raise f.refused(
            "anchor",
            f"“{said}” is not an anchor such as case:Anna.",
            f"Before the colon stands one of {', '.join(ANCHOR_NAMES)}.",
        )
    return ANCHOR_NAMES[what.casefold()], name


def readings(table: Table) -> tuple[ReadingRow, ...]:
    """Return the reading log of a table; raises BadTable."""
    return each(table, _reading)


def _reading(f: Fields) -> ReadingRow:
    ways: tuple[ReadingWay, ...] = get_args(ReadingWay)
    return ReadingRow(
        f.row.line,
        f.needed_name("person"),
        f.needed_name("transcript"),
        f.one_of("how", ways),
        f.date("date"),
        f.words("note").strip(),
    )


def decisions(table: Table) -> tuple[DecisionRow, ...]:
    """Return the decisions on codings of a table; raises BadTable."""
    return each(table, _decision)


def _decision(f: Fields) -> DecisionRow:
    return DecisionRow(
        f.row.line,
        f.name("run"),
        f.needed_name("coding"),
        f.one_of("outcome", OUTCOMES),
        f.needed("reason").strip(),
        f.name("person"),
        f.name("result"),
    )


def meetings(table: Table) -> tuple[MeetingRow, ...]:
    """Return the decisions of the team in a table; raises BadTable."""
    return each(table, _meeting)


def _meeting(f: Fields) -> MeetingRow:
    return MeetingRow(
        f.row.line,
        f.needed_name("title"),
        f.several("present"),
        f.date("date"),
        f.one_of("stage", STEPS) if f.name("stage") else "",
        f.words("text").strip(),
    )


def quotations(table: Table) -> tuple[QuotationRow, ...]:
    """Return the quotations of a table.

    Raises:
        BadTable: a value cannot be taken, or a number stands twice in a report.
    """
    rows = each(table, _quotation)
    return once(table, rows, lambda row: f"{row.report} {row.number}".strip(), "number")


def _quotation(f: Fields) -> QuotationRow:
    return QuotationRow(
        f.row.line,
        f.name("report"),
        f.whole("number"),
        f.needed_name("coding"),
        f.name("node"),
        f.name("speaker"),
        f.name("participant"),
        f.words("note").strip(),
    )


def counts(table: Table) -> tuple[CountRow, ...]:
    """Return the counts of a table, every further column a label.

    Raises:
        BadTable: a count is not a whole number from 0, or stands there twice.
    """
    rows = each(table, _count)
    named = (", ".join((r.series, *(f"{k}={v}" for k, v in r.labels))) for r in rows)
    names = dict(zip((r.line for r in rows), named, strict=True))
    return once(table, rows, lambda row: names[row.line], "count")


def _count(f: Fields) -> CountRow:
    labels = [(told, name) for name, told in f.table.columns.items() if name not in _COUNTED]
    return CountRow(
        f.row.line,
        f.needed_name("series"),
        tuple((told, f.name(name)) for told, name in labels if f.name(name)),
        f.whole("count"),
    )


_COUNTED = ("series", "count")
