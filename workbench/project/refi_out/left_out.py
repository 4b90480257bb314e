"""What of a project neither REFI-QDA nor the file beside it holds: counted, so that it is told."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from workbench.model.report import ImportReport, LeftOut
from workbench.project import blindness
from workbench.store import records

_NO_PLACE = "REFI-QDA has nothing like them"
_UNHELD = {
    "ladder": "ladders",
    "node": "nodes",
    "typology": "typologies",
    "placement": "placements",
    "link": "links",
    "facet": "facets",
    "decision": "decisions of coders",
    "round": "rounds",
    "charting_round": "rounds of charting",
    "cell_decision": "cell decisions",
    "decision_record": "meetings",
    "reading": "readings",
    "quotation": "quotations of reports",
    "tally": "counts",
    "finding": "findings",
    "verification": "verifications",
    "adoption": "adopted steps",
}
"""Table → what its rows are called."""


NO_CODE = "their code is not in the framework version"
ORIGINS = "what they were carried from is not in the file"


def add(report: ImportReport, what: str, why: str, number: int) -> None:
    """Note so many things that do not go along, with the like ones."""
    if not number:
        return
    for n, known in enumerate(report.left_out):
        if (known.what, known.why) == (what, why):
            report.left_out[n] = replace(known, count=known.count + number)
            return
    report.left_out.append(LeftOut(what, why, number))


def tell(
    connection: Connection,
    version_ids: Sequence[str],
    run_ids: Collection[str],
    report: ImportReport,
) -> None:
    """Count what is not written: given are the framework versions, in line, and runs that are."""
    for table, what in _UNHELD.items():
        add(report, what, _NO_PLACE, records.count(connection, table))
    versions = [v["id"] for v in records.find(connection, "framework_version", "id")]
    why = "a file has one, and those before it; export the others with --framework"
    add(report, "framework versions", why, sum(v not in version_ids for v in versions))
    why = "they are of other runs or framework versions"
    codings = records.counts_by(connection, "coding", "run_id")
    add(report, "codings", why, sum(n for run, n in codings.items() if run not in run_ids))
    runs = records.find(connection, "run", "id", "from_id")
    told = (o.count for o in report.left_out if (o.what, o.why) == ("runs", blindness.SHUT))
    add(report, "runs", why, sum(r["id"] not in run_ids for r in runs) - sum(told))
    carried = sum(r["id"] in run_ids and r["from_id"] is not None for r in runs)
    add(report, "origins of runs", ORIGINS, carried)
    cells = records.counts_by(connection, "cell", "framework_version_id")
    others = sum(n for version, n in cells.items() if version not in version_ids[-1:])
    add(report, "cells", "they are of other framework versions", others)
    texts = records.count(connection, "transcript_version")
    earlier = texts - records.count(connection, "transcript")
    add(report, "earlier texts", "transcripts go out as they are now", earlier)
    originals = records.count(connection, "original")
    add(report, "original files", "texts go out as they are kept here", originals)
