"""The verification log: every quotation of findings and reports, and who held it against the text.

A quotation is what a finding cites for or against it, or what stands in the register of a
report. It is *done* when somebody's entry for that place still stands, whatever came of it,
*stale* when the words moved, changed or were withdrawn since, *open* when nobody has looked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import findings as stored_findings
from workbench.store import frames as stored
from workbench.store import records
from workbench.store.records import Row

DONE, STALE, OPEN = "done", "stale", "open"
COLUMNS = {
    "place": "str",
    "words": "str",
    "transcript": "str",
    "turn": "float64",
    "speaker": "str",
    "before": "str",
    "after": "str",
    "state": "str",
    "outcome": "str",
    "verified_by": "str",
    "at": "str",
    "note": "str",
    "finding_id": "str",
    "quotation_id": "str",
    "coding_id": "str",
    "verification_id": "str",
    "withdrawn": "bool",
    "row_version": "int64",
}
"""The columns of `verification_list`; `place` is the finding's title, or report and number.

`row_version` is of the entry for the place itself that is of who looks at it, 0 where none is.
"""
AROUND = 120
"""Characters of context on each side."""


def verification_list(project: Project, *, context: int = AROUND) -> pd.DataFrame:
    """Return one row per quotation to be verified: findings first, then the reports.

    Of several entries for one place the newest of those that stand is told; an entry for
    the place itself goes before one for the coding wherever it is quoted.
    """
    with project.reading() as connection:
        places = [*_of_findings(connection), *_of_reports(connection)]
        words = _words(connection, [p["coding_id"] for p in places], context)
        entries: dict[tuple[str, ...], list[Row]] = {}
        for entry in stored_findings.verifications(connection):
            entries.setdefault(_key(entry), []).append(entry)
    rows = [
        {
            **place,
            **words[place["coding_id"]],
            **_told(_newest(place, entries)),
            "row_version": _own(place, entries, project.who),
        }
        for place in places
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _of_findings(connection: Connection) -> Iterator[Row]:
    held = stored_findings.finding_list(connection)
    titles = dict(zip(held["finding_id"], held["finding"], strict=True))
    for row in stored_findings.finding_evidence(connection).itertuples():
        yield {
            "place": titles[str(row.finding_id)],
            "finding_id": str(row.finding_id),
            "quotation_id": "",
            "coding_id": str(row.coding_id),
        }


def _of_reports(connection: Connection) -> Iterator[Row]:
    held = records.find(connection, "quotation")
    for row in sorted(held, key=lambda q: (q["report"], q["number"])):
        yield {
            "place": f"{row['report']} {row['number']}".strip(),
            "finding_id": "",
            "quotation_id": str(row["id"]),
            "coding_id": str(row["coding_id"]),
        }


def _words(connection: Connection, ids: Sequence[str], context: int) -> dict[str, Row]:
    """Return the words of each coding with their place and what stands around them."""
    found: dict[str, Row] = {}
    gone = {c["id"]: bool(c["withdrawn"]) for c in records.by_ids(connection, "coding", ids)}
    quoted = stored.quotes(connection, ids)
    for version, of in quoted.groupby("transcript_version_id", sort=False):
        text = Names(connection).text(str(version))
        for row in of.to_dict("records"):
            start, stop = int(row["start"]), int(row["stop"])
            found[row["coding_id"]] = {
                "words": row["quote"],
                **{k: row[k] for k in ("transcript", "turn", "speaker")},
                "before": text[max(start - context, 0) : start],
                "after": text[stop : stop + context],
                "withdrawn": gone[row["coding_id"]],
            }
    return found


def _key(of: Row) -> tuple[str, ...]:
    """Return what tells of which place an entry is, or which entries are of a place."""
    if of["finding_id"]:
        return "finding", str(of["finding_id"]), str(of["coding_id"])
    if of["quotation_id"]:
        return "quotation", str(of["quotation_id"])
    return "wherever", str(of["coding_id"])


def _newest(place: Row, entries: Mapping[tuple[str, ...], Sequence[Row]]) -> Row | None:
    """Return the entry that tells of a place, of entries that come oldest first.

    An entry of a quotation that was made when its number quoted other words is stale.
    """
    wherever = entries.get(("wherever", place["coding_id"]), ())
    found = [
        {**e, "stands": e["stands"] and e["coding_id"] == place["coding_id"]}
        for e in (*wherever, *entries.get(_key(place), ()))
    ]
    return max(enumerate(found), key=lambda e: (e[1]["stands"], e[0]))[1] if found else None


def _own(place: Row, entries: Mapping[tuple[str, ...], Sequence[Row]], who: str) -> int:
    """Return the row version of a person's entry for a place, or 0."""
    held = entries.get(_key(place), ())
    own = (e for e in held if e["handle"] == who and e["coding_id"] == place["coding_id"])
    return int(next((e["row_version"] for e in own), 0))


def _told(entry: Row | None) -> dict[str, Any]:
    if entry is None:
        blank = dict.fromkeys(("outcome", "verified_by", "at", "note", "verification_id"), "")
        return {"state": OPEN, **blank}
    return {
        "state": DONE if entry["stands"] else STALE,
        "outcome": entry["outcome"],
        "verified_by": entry["handle"],
        "at": entry["at"],
        "note": entry["note"],
        "verification_id": entry["id"],
    }
