"""Rounds of indexing as they are shown: what was planned, and how far each coder is."""

import pandas as pd

from workbench.project import blindness
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import passages, records

ROUNDS = {
    "round": "str",
    "framework": "str",
    "coder": "str",
    "finished": "int64",
    "transcripts": "int64",
    "share": "float64",
    "blind": "bool",
    "open": "bool",
    "drawn": "str",
    "seed": "Int64",
    "drawn_from": "Int64",
    "run": "str",
}
"""The columns of `rounds`."""


def rounds(project: Project) -> pd.DataFrame:
    """Return one row per round and coder, the oldest round first.

    `finished` are those of the round's `transcripts` that the coder's run has finished;
    `share` is the part of all transcripts that the round has; `open` says that all may see
    one another's codings; `drawn` is “named”, “at random”, or “by ATTRIBUTE”, with `seed`
    and the number of transcripts that it was `drawn_from`.
    """
    rows = []
    with project.reading() as connection:
        reference = {v["id"]: v["reference"] for v in Names(connection).versions()}
        people = {p["id"]: p["handle"] for p in records.find(connection, "person")}
        runs = {str(r["id"]): r for r in records.find(connection, "run")}
        shown, done = blindness.open_rounds(connection), blindness.progress(connection)
        every = len(passages.transcripts(connection))
        for one in records.find(connection, "round"):
            for run_id, (had, wanted) in done[str(one["id"])].items():
                run = runs[run_id]
                rows.append(
                    {
                        "round": one["name"],
                        "framework": reference[one["framework_version_id"]],
                        "coder": people.get(run["person_id"], ""),
                        "finished": len(had),
                        "transcripts": len(wanted),
                        "share": len(wanted) / every,
                        "blind": bool(one["blind"]),
                        "open": one["id"] in shown,
                        "drawn": _drawn(one),
                        "seed": one["seed"],
                        "drawn_from": one["drawn_from"],
                        "run": run["name"],
                    }
                )
    return pd.DataFrame(rows, columns=list(ROUNDS)).astype(ROUNDS)


def _drawn(one: records.Row) -> str:
    if one["seed"] is None:
        return "named"
    return f"by {one['attribute']}" if one["attribute"] else "at random"


TRANSCRIPTS = {"transcript": "str", "coder": "str", "finished": "bool", "run": "str"}
"""The columns of `round_transcripts`."""


def round_transcripts(project: Project, name: str) -> pd.DataFrame:
    """Return one row per transcript of a round and coder: whether the coder's run finished it.

    Raises:
        UnknownName: there is no such round.
    """
    with project.reading() as connection:
        one = Names(connection).round(name)
        people = {p["id"]: p["handle"] for p in records.find(connection, "person")}
        runs = {str(r["id"]): r for r in records.find(connection, "run")}
        done = blindness.progress(connection)[str(one["id"])]
        rows = [
            (called, people.get(runs[run]["person_id"], ""), transcript in had, runs[run]["name"])
            for transcript, _, called, _ in passages.transcripts(connection)
            for run, (had, wanted) in done.items()
            if transcript in wanted
        ]
    return pd.DataFrame(rows, columns=list(TRANSCRIPTS)).astype(TRANSCRIPTS)
