"""Figures of what a report prints beside its charts: quotations and counts."""

import re
from collections.abc import Iterable, Mapping

from workbench.errors import AmbiguousName, BadValue, UnknownName
from workbench.model.published import Figure
from workbench.project.figures.registry import figure
from workbench.project.figures.sources import Sources
from workbench.store.records import Row


@figure("quotations")
def quotations(
    sources: Sources, report: str = "", speaker: str = "", under: str = "", participant: str = ""
) -> Figure:
    """How many quotations a report prints, by speaker, section or participant.

    `speaker=none` counts those that the report attributes to nobody.
    """
    below = sources.under(str(sources.node(under)["id"])) if under else set()
    found = [
        q
        for q in _of_report(sources, report)
        if (not speaker or q["speaker"] == ("" if speaker == "none" else speaker))
        and (not under or q["node_id"] in below)
        and (not participant or q["participant"] == participant)
    ]
    return Figure(len(found), _behind(found))


@figure("quotation")
def quotation(sources: Sources, number: str, say: str, report: str = "") -> Figure:
    """What one quotation says of itself: speaker, participant, section, or the case it is of."""
    rows = [q for q in _of_report(sources, report) if str(q["number"]) == number]
    if not rows:
        raise UnknownName("quotation", number, [str(q["number"]) for q in sources.quotations][:3])
    if len(rows) > 1:
        reports = [f"of {q['report'] or 'no report'}" for q in rows]
        raise AmbiguousName("quotation", number, reports, hint="Say report=… too.")
    row = rows[0]
    match say:
        case "speaker" | "participant":
            return Figure(str(row[say]) or "none", _behind([row]))
        case "section":
            labels = dict(
                zip(sources.network[0]["node_id"], sources.network[0]["node"], strict=True)
            )
            return Figure(str(labels.get(row["node_id"], "none")), _behind([row]))
        case "case":
            of = sources.cases_of.get(str(row["coding_id"]), set())
            return Figure(tuple(sorted(sources.case_label[c] for c in of)), _behind([row]))
    raise BadValue("What to say of a quotation", say, "speaker, participant, section or case")


@figure("participants quoted")
def participants_quoted(sources: Sources, report: str = "") -> Figure:
    """The participant numbers that a report prints behind its quotations."""
    found = [q for q in _of_report(sources, report) if q["participant"]]
    return Figure(tuple(sorted({str(q["participant"]) for q in found})), _behind(found))


@figure("count")
def count(sources: Sources, series: str, filters: Mapping[str, str]) -> Figure:
    """The sum of a series of counts, or of those with some labels (month=2022-10)."""
    return Figure(sum(int(t["count"]) for t in _counted(sources, series, filters)))


@figure("least count")
def least_count(sources: Sources, series: str, by: str, filters: Mapping[str, str]) -> Figure:
    """The least sum of a series by one label or several (by=centre, month)."""
    return Figure(min(_grouped(sources, series, by, filters).values()))


@figure("greatest count")
def greatest_count(sources: Sources, series: str, by: str, filters: Mapping[str, str]) -> Figure:
    """The greatest sum of a series by one label or several (by=centre, month)."""
    return Figure(max(_grouped(sources, series, by, filters).values()))


@figure("labels")
def labels(sources: Sources, series: str, by: str, filters: Mapping[str, str]) -> Figure:
    """How many different labels a series has (by=centre)."""
    return Figure(len(_grouped(sources, series, by, filters)))


@figure("first label")
def first_label(sources: Sources, series: str, by: str, filters: Mapping[str, str]) -> Figure:
    """The first label of a series in its order, such as its first month."""
    return Figure(_in_order(_grouped(sources, series, by, filters))[0])


@figure("last label")
def last_label(sources: Sources, series: str, by: str, filters: Mapping[str, str]) -> Figure:
    """The last label of a series in its order, such as its last month."""
    return Figure(_in_order(_grouped(sources, series, by, filters))[-1])


@figure("new labels")
def new_labels(
    sources: Sources, series: str, of: str, by: str, at: str, filters: Mapping[str, str]
) -> Figure:
    """How many labels are met first at one of a row of others, in the order they came in.

    `of=code; by=interview; at=I03`: the codes that I03 has and no interview before it.
    """
    counted = _counted(sources, series, filters)
    for key in (of, by):
        _known_label(sources, series, key)
    met: set[str] = set()
    order = list(dict.fromkeys(_label(t, by) for t in counted))
    if at not in order:
        raise UnknownName(by, at, order[:3])
    here: dict[str, set[str]] = {k: set() for k in order}
    for t in counted:
        if int(t["count"]):
            here[_label(t, by)].add(_label(t, of))
    for k in order[: order.index(at)]:
        met |= here[k]
    return Figure(len(here[at] - met))


def _of_report(sources: Sources, report: str) -> list[Row]:
    known = {str(q["report"]) for q in sources.quotations}
    if report and report not in known:
        raise UnknownName("report", report, sorted(known))
    return [q for q in sources.quotations if not report or q["report"] == report]


def _behind(rows: list[Row]) -> tuple[str, ...]:
    return tuple(sorted(str(q["coding_id"]) for q in rows))


def _counted(sources: Sources, series: str, filters: Mapping[str, str]) -> list[Row]:
    of = sources.series.get(series)
    if not of:
        raise UnknownName("series", series, sorted(sources.series)[:3])
    for key, wanted in list(filters.items())[:1]:
        of = sources.tallies_with.get((series, key, wanted), of)
    for key, wanted in filters.items():
        _known_label(sources, series, key)
        of = [t for t in of if _label(t, key) == wanted]
        if not of:
            raise BadValue(f"The label “{key}” of {series}", wanted, "one that the series has")
    return of


def _label(row: Row, key: str) -> str:
    return str(row["labels"].get(key, ""))


def _grouped(
    sources: Sources, series: str, by: str, filters: Mapping[str, str]
) -> dict[tuple[str, ...], int]:
    """Return the sums of a series by some labels; what lacks one of them is in none."""
    keys = [k.strip() for k in by.split(",")]
    counted = _counted(sources, series, filters)
    for key in keys:
        _known_label(sources, series, key)
    sums: dict[tuple[str, ...], int] = {}
    for t in counted:
        at = tuple(_label(t, k) for k in keys)
        if all(at):
            sums[at] = sums.get(at, 0) + int(t["count"])
    if not sums:
        raise BadValue(f"The labels of {series}", by, "labels that its counts have together")
    return sums


def _in_order(labels: Iterable[tuple[str, ...]]) -> list[str]:
    """Return labels by their words, numbers in them by size: I2 before I10."""
    parts = {at: [[_part(p) for p in re.split(r"([0-9]+)", said)] for said in at] for at in labels}
    return [", ".join(at) for at in sorted(parts, key=lambda at: (parts[at], at))]


def _part(said: str) -> tuple[int, str]:
    digits = said.lstrip("0") if re.fullmatch("[0-9]+", said) else ""
    return len(digits), digits or said


def _known_label(sources: Sources, series: str, key: str) -> None:
    if key not in sources.labels_of[series]:
        known = sorted(sources.labels_of[series])[:3]
        raise UnknownName(f"label of the series “{series}”", key, known)
