"""Lists as plain rows, which need no pandas: settings, framework versions, all codings.

The list of codings, every one with its words, code, run and place, is made row by row, so
that a million codings take no more memory than a thousand (see `list_outputs`).
"""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from workbench.project import blindness
from workbench.project.names import Names
from workbench.store import passages, records

CODINGS = {
    "coding_id": "str",
    "quote": "str",
    "transcript": "str",
    "transcript_version_id": "str",
    "code_id": "str",
    "coder": "str",
    "start": "int64",
    "stop": "int64",
    "turn": "float64",
    "speaker": "str",
    "begin_ms": "float64",
    "page": "float64",
    "number": "str",
    "code": "str",
    "framework": "str",
    "run": "str",
}
"""The columns of the list, with their types in a frame; `turn` is missing outside turns.

`begin_ms` is when the turn begins in the recording, `page` the page of the file.
"""

FRAMEWORKS = (
    "name",
    "version",
    "parent",
    "objective",
    "state",
    "categories",
    "codes",
    "sha256",
    "synthetic",
)
"""The columns of the list of framework versions."""

MANY = 100_000
"""Codings above which a workbook is no comfortable place for them."""
TOO_MANY = "So many codings are handled better as csv or parquet: export them with --what codings."

Row = tuple[str | int | None, ...]


def settings(connection: Connection) -> dict[str, str]:
    """Return what the project says about itself: title, objective, synthetic, …"""
    return {s["key"]: s["value"] for s in records.find(connection, "setting")}


def frameworks(connection: Connection) -> list[records.Row]:
    """Return one row per framework version as `FRAMEWORKS` has it."""
    rows = []
    for v in Names(connection).versions():
        of = {"framework_version_id": v["id"]}
        told = {
            **v,
            "name": v["reference"].rpartition("@")[0],
            "parent": v["parent_name"],
            "categories": records.count(connection, "category_version", **of),
            "codes": records.count(connection, "code_version", **of),
        }
        rows.append({column: told[column] for column in FRAMEWORKS})
    return rows


def codings(connection: Connection, version: str | None = None) -> Iterator[Row]:
    """Yield every live coding as `CODINGS` has it, of one framework version or of all.

    Those of runs that are shut to who reads are left out (see `blindness`).
    """
    names = Names(connection)
    wanted = names.versions() if version is None else [names.version(version)]
    named = {
        (v["id"], c["code_id"]): (c["number"], c["name"]) for v in wanted for c in names.codes(v)
    }
    reference = {v["id"]: v["reference"] for v in wanted}
    closed = blindness.shut(connection)
    runs = {r["id"]: r for r in records.find(connection, "run")}
    told: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for one in passages.coded(connection, list(reference)):
        if one.run_id in closed:
            continue
        key = one.run_id, one.code_id
        if key not in told:
            of, run = runs[one.run_id]["framework_version_id"], runs[one.run_id]["name"]
            told[key] = (*named.get((of, one.code_id), ("", "")), reference[of], run)
        yield (*one[:-1], *told[key])
