"""A few tables of a project's own figures, so that a study says what it must give again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workbench.checks import reproduction
from workbench.model.published import GOOD, Figure, Printed, PublishedCell
from workbench.project import figures
from workbench.project.figures.sources import as_text
from workbench.project.study_out.held import Held

_MOST_VALUES = 12
"""An attribute with more values than this is no group."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One cell before it has a value."""

    table: str
    row: str
    figure: str
    of: tuple[tuple[str, str], ...] = ()
    column: str = "number"


def cells(held: Held, after: figures.Sources) -> list[PublishedCell]:
    """Return the cells that a project and what its study was rebuilt to both give, sealed."""
    before = figures.Sources(held.connection)
    wanted = list(_numbered(w for w in _wanted(held, before) if _can_be_said(w)))
    said, _ = figures.rebuilt(wanted, before)
    again, problems = figures.rebuilt(wanted, after)
    filled = [
        replace(
            cell,
            value=reproduction.shown(said[cell.cell]),
            evidence=reproduction.seal(again[cell.cell].evidence, after.words),
        )
        for cell in wanted
        if cell.cell in said and cell.cell in again and _worth(said[cell.cell])
    ]
    judged = reproduction.judge(Printed(tuple(filled)), again, problems, after.words)
    return [j.cell for j in judged.cells if j.verdict in GOOD]


def _worth(figure: Figure) -> bool:
    shown = reproduction.shown(figure)
    return shown == shown.strip() != "" and "\r" not in shown


def _numbered(wanted: Iterable[_Wanted]) -> Iterator[PublishedCell]:
    """Name the cells: codings-1, codings-2 …"""
    seen: dict[str, int] = {}
    for w in wanted:
        stem = w.figure.replace(" ", "-")
        seen[stem] = seen.get(stem, 0) + 1
        yield PublishedCell(f"{stem}-{seen[stem]}", w.table, w.row, w.column, "", w.figure, w.of)


def _can_be_said(wanted: _Wanted) -> bool:
    """Tell whether the column `of` can say what a cell is of."""
    return all(
        k == k.strip() != ""
        and v == v.strip() != ""
        and not {"=", "\r"} & {*k, *v.replace("=", "")}
        for k, v in wanted.of
    )


def _wanted(held: Held, sources: figures.Sources) -> Iterator[_Wanted]:
    yield from _sample(sources)
    yield from _frameworks(held)
    yield from _indexing(held)
    yield from _charting(held)
    yield from _mapping(held)
    yield from _network(held)
    yield from _report(held)


def _sample(sources: figures.Sources) -> Iterator[_Wanted]:
    yield _Wanted("sample", "cases", "cases")
    for attribute in sources.cases.columns[2:]:
        values = sorted({as_text(v) for v in sources.cases[attribute]} - {""})
        if 1 < len(values) <= _MOST_VALUES:
            for value in values:
                of = ((str(attribute), value),)
                yield _Wanted("sample", f"{attribute}: {value}", "cases", of, "cases")


def _frameworks(held: Held) -> Iterator[_Wanted]:
    for version in held.versions.values():
        reference = str(version["reference"])
        of = (("framework", reference),)
        for figure in (
            "categories",
            "codes",
            *(["parent", "steps"] if version["parent_name"] else []),
        ):
            yield _Wanted("frameworks", reference, figure, of, figure)


def _indexing(held: Held) -> Iterator[_Wanted]:
    for run in held.runs.values():
        name = str(run["name"])
        yield _Wanted("indexing", name, "indexed", (("run", name),), "transcripts")
    for version_id, version in _used(held):
        reference = str(version["reference"])
        yield _Wanted("indexing", reference, "codings", (("framework", reference),), "codings")
        for code in held.names.codes(version):
            said = held.code_said(version_id, str(code["code_id"]))
            of = (("framework", reference), ("code", said))
            yield _Wanted("indexing", f"{reference} {code['name']}", "codings", of, "codings")


def _charting(held: Held) -> Iterator[_Wanted]:
    charted = {c["framework_version_id"] for c in held.cells.values()}
    for version_id, version in _used(held):
        if version_id in charted:
            reference = str(version["reference"])
            of = (("framework", reference),)
            yield _Wanted("charting", reference, "charted", of, "charted cells")
            for kind in ("summary", "verbatim", "comment"):
                yield _Wanted("charting", reference, "statements", (*of, ("kind", kind)), kind)
            for state in ("not asked", "nothing said", "reviewed"):
                yield _Wanted("charting", reference, "in state", (*of, ("state", state)), state)


def _used(held: Held) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the framework versions that were indexed with."""
    with_runs = {r["framework_version_id"] for r in held.runs.values()}
    yield from ((i, v) for i, v in held.versions.items() if i in with_runs)


def _mapping(held: Held) -> Iterator[_Wanted]:
    levels = {(n["ladder_id"], n["level"]) for n in held.nodes if n["level"] is not None}
    for ladder_id, ladder in held.ladders.items():
        of = (("ladder", str(ladder["name"])),)
        yield _Wanted("mapping", str(ladder["name"]), "climb", of, "climb")
        for level in sorted(n for at, n in levels if at == ladder_id):
            level_of = (*of, ("level", str(level)))
            yield _Wanted("mapping", str(ladder["name"]), "nodes", level_of, f"level {level}")


def _network(held: Held) -> Iterator[_Wanted]:
    if held.links:
        yield _Wanted("network", "nodes", "linked nodes")
        yield _Wanted("network", "links", "links")
        for sign in dict.fromkeys(str(k["sign"]) for k in held.links):
            yield _Wanted("network", f"links {sign}", "links", (("sign", sign),))
        yield _Wanted("network", "contested links", "links", (("contested", "yes"),))


def _report(held: Held) -> Iterator[_Wanted]:
    for report in dict.fromkeys(str(q["report"]) for q in held.rows("quotation")):
        of = (("report", report),) if report else ()
        yield _Wanted("report", report or "quotations", "quotations", of, "quotations")
    for series in dict.fromkeys(str(t["series"]) for t in held.rows("tally")):
        yield _Wanted("report", series, "count", (("series", series),), "sum")
