"""Codings of one framework version seen under another: what is asked, and what waits."""

from collections.abc import Mapping

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.project import blindness
from workbench.project.framework_versions import between
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.runs import settled, waiting
from workbench.stages.framework.migrating import Fate, Hop, fates, hops
from workbench.stages.framework.sides import shown
from workbench.stages.indexing import cases as indexing_cases
from workbench.store import carried, records
from workbench.store import frames as stored
from workbench.store.records import Row

QUESTIONS = ("coding_id", "transcript", "cases", "code", "quote", "coder", "to", "why")
LOOK_AGAIN = ("coding_id", "transcript", "code", "quote", "coder", "run", "look")


class Ways:
    """What becomes of the codes of versions under others, each worked out once."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self.connection, self.names = connection, names
        self._known: dict[tuple[str, str], dict[str, Fate]] = {}
        self._shown: dict[str, dict[str, str]] = {}

    def fates(self, first: str, second: str) -> Mapping[str, Fate]:
        """Return code → fate from one framework version to another, given by their ids."""
        if (first, second) not in self._known:
            rows = self.names.version(first), self.names.version(second)
            found = between(self.connection, self.names, *rows)
            way = hops(found.back, found.forth) or (
                Hop(found.old, found.new, frozenset(found.pairs["code"])),
            )
            self._known[first, second] = fates(way)
            for row, version in zip(rows, (found.old, found.new), strict=True):
                self._shown[row["id"]] = {c.code_id: shown(c) for c in version.codes}
        return self._known[first, second]

    def code(self, version: str, code_id: str) -> str:
        """Return number and name of a code in a version that was gone from or to."""
        return self._shown[version][code_id]

    def why(self, first: str, second: str, code_id: str) -> str:
        """Say why nobody but a person can tell what becomes of the codings of a code."""
        fate, there = self.fates(first, second)[code_id], self.names.version(second)["reference"]
        called = f"“{self.code(first, code_id)}”"
        if not fate.to:
            return f"{called} has no code in {there}"
        to = " or ".join(f"“{self.code(second, one)}”" for one in fate.to)
        return f"{called} is {to} in {there}"


def carried_run(names: Names, name: str) -> tuple[Row, Row]:
    """Return a run that was carried from another, and that other.

    Raises:
        Refused: it was not carried.
    """
    run = names.run(name)
    if run["from_id"] is None:
        raise Refused(
            f"The run “{run['name']}” was not carried from another framework version, so it has "
            "no questions. Carry one with: workbench framework migrate."
        )
    (source,) = records.by_ids(names.connection, "run", [run["from_id"]])
    return run, source


def questions(project: Project, run: str) -> pd.DataFrame:
    """Return one row per coding of which a person must say what it is under another version.

    `to` has the numbers and names of the codes that it may be (none where its code has none
    there), `cases` the labels of the cases whose words it has. A coding that was made since
    the migration and only waits for another one has an empty `why`.

    Raises:
        Refused: the run was not carried from another, or is blind and somebody else's.
    """
    with project.reading() as connection:
        names = Names(connection)
        new, source = carried_run(names, run)
        if new["id"] in blindness.shut(connection):
            raise Refused(
                f"The run “{new['name']}” is blind and somebody else's. Its coder answers what "
                "waits."
            )
        ways = Ways(connection, names)
        first, second = source["framework_version_id"], new["framework_version_id"]
        known = ways.fates(first, second)
        ids = carried.waiting(connection, new)
        quoted = stored.quotes(connection, ids)
        labels = _labels(connection, ids)
    rows = []
    columns = (quoted[n] for n in ("coding_id", "transcript", "code_id", "quote", "coder"))
    for one, transcript, code_id, quote, coder in zip(*columns, strict=True):
        fate = known[code_id]
        to = tuple(ways.code(second, code) for code in fate.to)
        why = "" if fate.kind == "carried" else ways.why(first, second, code_id)
        code, cases = ways.code(first, code_id), labels.get(one, ())
        rows.append((one, transcript, cases, code, quote, coder, to, why))
    frame = pd.DataFrame(rows, columns=list(QUESTIONS))
    frame.attrs = {"run": new["name"], "from": source["name"]}
    return frame


def _labels(connection: Connection, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """Return coding → the labels of the cases whose words it has."""
    codings = stored.codings(connection)
    some = codings.loc[codings["coding_id"].isin(ids)]
    met = indexing_cases.by_case(some, stored.spans(connection))
    named = met.merge(stored.cases(connection)[["case_id", "case"]], on="case_id")
    return {
        str(one): tuple(dict.fromkeys(group)) for one, group in named.groupby("coding_id")["case"]
    }


def look_again(project: Project, framework: str | None = None) -> pd.DataFrame:
    """Return one row per coding of a framework version that somebody must look at again."""
    with project.reading() as connection:
        names = Names(connection)
        version = names.version(framework)
        code = {c["code_id"]: f"{c['number']} {c['name']}".strip() for c in names.codes(version)}
        closed = blindness.shut(connection)
        runs = [
            r
            for r in records.find(connection, "run", framework_version_id=version["id"])
            if r["id"] not in closed
        ]
        held = {
            c["id"]: (run["name"], c["look"])
            for run in runs
            for c in records.find(connection, "coding", "id", "look", run_id=run["id"])
            if c["look"]
        }
        quoted = stored.quotes(connection, list(held))
    columns = (quoted[n] for n in ("coding_id", "transcript", "code_id", "quote", "coder"))
    rows = [
        (one, transcript, code[code_id], quote, coder, *held[one])
        for one, transcript, code_id, quote, coder in zip(*columns, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=list(LOOK_AGAIN))
    frame.attrs = {"framework": version["reference"]}
    return frame


def unanswered(project: Project, framework: str | None = None) -> int:
    """Return how many codings of other versions wait for an answer under a framework version."""
    with project.reading() as connection:
        version = Names(connection).version(framework)
        return waiting(connection, version["id"], settled(connection, version["id"]))


def carried_runs(project: Project, framework: str | None = None) -> dict[str, int]:
    """Return the runs of a framework version that were carried from others: name → questions."""
    with project.reading() as connection:
        version = Names(connection).version(framework)
        closed = blindness.shut(connection)
        runs = [
            r
            for r in records.find(connection, "run", framework_version_id=version["id"])
            if r["id"] not in closed
        ]
        return {
            str(run["name"]): len(carried.waiting(connection, run))
            for run in runs
            if run["from_id"] is not None
        }
