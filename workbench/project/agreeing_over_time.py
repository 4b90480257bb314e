"""Agreement over time: round by round, and of one coder with what the same coder did earlier."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from workbench.errors import Refused
from workbench.project import blindness
from workbench.project.agreeing import agreement
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.runs import begun
from workbench.store import passages, records

NOT_OPEN = "it is blind and not open yet"
"""Why a round is left out of the comparison."""


class _Compared(NamedTuple):
    """What one part of the table compares; `labels` stand in front of its rows."""

    name: str
    labels: dict[str, str]
    runs: list[str]
    transcripts: list[str]


def agreement_by_round(project: Project, **options: Any) -> pd.DataFrame:
    """Return the rows of `agreement` for each round, the oldest first: round by round.

    Columns `round` and `framework` stand in front. Compared are the runs of a round in the
    round's transcripts. `options` are those of `agreement`, without runs, coders, framework
    and transcripts. `attrs["left_out"]` maps rounds that cannot be compared yet to why.

    Raises:
        Refused: no round can be compared.
        BadValue: as `agreement`.
    """
    with project.reading() as connection:
        reference = {v["id"]: str(v["reference"]) for v in Names(connection).versions()}
        runs = {str(r["id"]): str(r["name"]) for r in records.find(connection, "run")}
        done, shown = blindness.progress(connection), blindness.open_rounds(connection)
        called = [(t, str(name)) for t, _, name, _ in passages.transcripts(connection)]
        rounds = records.find(connection, "round")
        wanted = dict[str, set[str]]()
        for row in records.find(connection, "round_transcript"):
            wanted.setdefault(row["round_id"], set()).add(row["transcript_id"])
    shut = {str(r["name"]): NOT_OPEN for r in rounds if r["id"] not in shown}
    parts = [
        _Compared(
            str(one["name"]),
            {"round": str(one["name"]), "framework": reference[one["framework_version_id"]]},
            [runs[run] for run in done[one["id"]]],
            [name for t, name in called if t in wanted.get(one["id"], ())],
        )
        for one in rounds
        if one["id"] in shown
    ]
    found = _together(project, parts, shut, options)
    if found is None:
        raise Refused("There is no round to compare. Plan one, or wait until all have finished it.")
    return found


def drift(
    project: Project, coder: str, framework: str | None = None, **options: Any
) -> pd.DataFrame:
    """Return the rows of `agreement` of a coder's own runs, earlier and later, two by two.

    Columns `earlier` and `later` stand in front. Compared are the coder's independent runs of
    one framework version that were begun, where both looked at the same transcripts.
    `options` are those of `agreement`, without runs, coders, framework and transcripts.
    `attrs["drift"]` is the coder.

    Raises:
        Refused: there are no two such runs.
        UnknownName: there is no such person or framework version.
    """
    with project.reading() as connection:
        names = Names(connection)
        person = names.person(coder)
        own = [
            r
            for r in records.find(connection, "run", person_id=person["id"], kind="independent")
            if framework is None or r["framework_version_id"] == names.version(framework)["id"]
            if begun(connection, str(r["id"]))
        ]
    pairs = [
        _Compared(f"{a['name']}, {b['name']}", {"earlier": a["name"], "later": b["name"]}, of, [])
        for a, b in combinations(own, 2)
        if a["framework_version_id"] == b["framework_version_id"]
        for of in ([str(a["name"]), str(b["name"])],)
    ]
    found = _together(project, pairs, {}, options)
    if found is None:
        raise Refused(
            f"“{person['handle']}” has no two runs that looked at the same transcripts. Plan a "
            "round of them anew, and code them again."
        )
    found.attrs["drift"] = str(person["handle"])
    return found


def _together(
    project: Project,
    parts: Iterable[_Compared],
    left_out: dict[str, str],
    options: dict[str, Any],
) -> pd.DataFrame | None:
    """Return one table of several comparisons, or none; those that cannot be made are told."""
    tables: list[pd.DataFrame] = []
    attrs: dict[Any, Any] = {}
    for part in parts:
        try:
            table = agreement(project, part.runs, transcripts=part.transcripts, **options)
        except Refused as why:
            left_out = {**left_out, part.name: str(why)}
            continue
        for place, (column, value) in enumerate(part.labels.items()):
            table.insert(place, column, value)
        attrs, table.attrs = table.attrs, {}
        tables.append(table)
    if not tables:
        return None
    found = pd.concat(tables, ignore_index=True)
    of_one = ("evidence", "transcripts", "sides", "runs", "framework", "drift")
    found.attrs = {k: v for k, v in attrs.items() if k not in of_one}
    found.attrs["left_out"] = left_out
    return found
