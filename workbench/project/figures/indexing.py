"""Figures of indexing and charting: who coded what, how much is charted."""

from workbench.errors import BadValue, UnknownName
from workbench.model.chart import STATEMENT_KINDS, STATES
from workbench.model.coding import OUTCOMES
from workbench.model.method import STEPS
from workbench.model.published import Figure
from workbench.project.figures.registry import figure, one_of
from workbench.project.figures.sources import Sources
from workbench.store import records


@figure("codings")
def codings(
    sources: Sources, framework: str, code: str = "", case: str = "", run: str = ""
) -> Figure:
    """How many codings the runs that count have, or one run, of a code or a case."""
    material = sources.material(framework)
    found = material.codings
    if run:
        if sources.names.run(run)["framework_version_id"] != material.version["id"]:
            raise BadValue("The run", run, f"one that indexes with {material.reference}")
        found = sources.quotes.loc[_in_run(sources, run)]
    if code:
        code_id = sources.names.code(material.version, code)["code_id"]
        found = found.loc[found["code_id"] == code_id]
    ids = [str(i) for i in found["coding_id"]]
    if case:
        case_id = sources.names.case(case)["id"]
        ids = [i for i in ids if case_id in sources.cases_of.get(i, ())]
    return Figure(len(ids), tuple(sorted(ids)))


@figure("indexed")
def indexed(sources: Sources, run: str) -> Figure:
    """How many transcripts a run has gone through."""
    return Figure(len(_finished(sources, run)), tuple(_in_run(sources, run)))


@figure("indexed twice")
def indexed_twice(sources: Sources, framework: str) -> Figure:
    """How many transcripts two or more independent runs of a framework version went through."""
    version = sources.names.version(framework)
    runs = records.find(
        sources.connection, "run", framework_version_id=version["id"], kind="independent"
    )
    times: dict[str, int] = {}
    for run in runs:
        for transcript in _finished(sources, str(run["name"])):
            times[transcript] = times.get(transcript, 0) + 1
    behind = [i for run in runs for i in _in_run(sources, str(run["name"]))]
    return Figure(sum(n > 1 for n in times.values()), tuple(sorted(behind)))


@figure("decisions")
def decisions(sources: Sources, run: str, outcome: str = "") -> Figure:
    """How many decisions a consensus run took on codings, or those with one outcome."""
    where = {"run_id": sources.names.run(run)["id"]}
    found = records.find(sources.connection, "decision", **where)
    if outcome:
        one_of("The outcome of a decision", outcome, OUTCOMES)
        found = [d for d in found if d["outcome"] == outcome]
    return Figure(len(found), tuple(sorted(str(d["coding_id"]) for d in found)))


@figure("people")
def people(sources: Sources, stage: str, how: str = "") -> Figure:
    """Who took part in a step of the method, by its records; `how` narrows it to one kind.

    `read` and `listened` are the reading log, `indexed` the coders of runs, `decided`
    those present where the team decided something of that stage.
    """
    one_of("A step of the method", stage, STEPS)
    by: dict[str, set[str]] = {"read": set(), "listened": set(), "indexed": set()}
    if stage == "read":
        for row in records.find(sources.connection, "reading"):
            by[row["how"]].add(sources.handles[row["person_id"]])
    if stage == "index":
        by["indexed"] = {str(c) for c in sources.quotes["coder"]}
    by["decided"] = _present(sources, stage)
    if how:
        one_of("How people took part", how, by)
    found = by[how] if how else set().union(*by.values())
    behind = sources.quotes["coding_id"] if stage == "index" and how in ("", "indexed") else ()
    return Figure(tuple(sorted(found)), tuple(sorted(behind)))


@figure("present")
def present(sources: Sources, meeting: str) -> Figure:
    """Who was there when the team decided something; a meeting is known by its title."""
    held = records.find(sources.connection, "decision_record", "id", "title")
    ids = {r["id"] for r in held if r["title"] == meeting}
    if not ids:
        raise UnknownName("meeting", meeting, [str(r["title"]) for r in held][:3])
    return Figure(tuple(sorted(_attending(sources, ids))))


@figure("coders")
def coders(sources: Sources, run: str) -> Figure:
    """Who coded in a run."""
    ids = _in_run(sources, run)
    return Figure(tuple(sorted({str(c) for c in sources.quotes.loc[ids, "coder"]})), tuple(ids))


@figure("charted")
def charted(sources: Sources, framework: str) -> Figure:
    """How many cells of a chart hold a summary or a verbatim."""
    material = sources.material(framework)
    said = material.statements.loc[material.statements["kind"] != "comment"]
    cited = material.evidence.loc[material.evidence["statement_id"].isin(said["statement_id"])]
    filled = said[["case_id", "code_id"]].drop_duplicates()
    return Figure(len(filled), tuple(sorted(set(cited["coding_id"]))))


@figure("in state")
def in_state(sources: Sources, framework: str, state: str) -> Figure:
    """How many cells of a chart are in a state, such as “not asked”."""
    one_of("The state of a cell", state, STATES)
    material = sources.material(framework)
    found = material.states.loc[material.states["state"] == state, ["case_id", "code_id"]]
    behind = material.case_codings.merge(found, on=["case_id", "code_id"])["coding_id"]
    return Figure(len(found), tuple(sorted(set(behind))))


@figure("statements")
def statements(sources: Sources, framework: str, kind: str = "") -> Figure:
    """How many statements a chart has, or of one kind."""
    material = sources.material(framework)
    said = material.statements
    if kind:
        one_of("The kind of a statement", kind, STATEMENT_KINDS)
        said = said.loc[said["kind"] == kind]
    cited = material.evidence.loc[material.evidence["statement_id"].isin(said["statement_id"])]
    return Figure(len(said), tuple(sorted(set(cited["coding_id"]))))


def _present(sources: Sources, stage: str) -> set[str]:
    held = records.find(sources.connection, "decision_record", "id", stage=stage)
    return _attending(sources, {r["id"] for r in held})


def _attending(sources: Sources, ids: set[str]) -> set[str]:
    there = records.find(sources.connection, "attendance")
    return {sources.handles[a["person_id"]] for a in there if a["decision_record_id"] in ids}


def _finished(sources: Sources, run: str) -> list[str]:
    run_id = sources.names.run(run)["id"]
    found = records.find(sources.connection, "finished", run_id=run_id)
    return [str(f["transcript_version_id"]) for f in found]


def _in_run(sources: Sources, run: str) -> list[str]:
    run_id = sources.names.run(run)["id"]
    return sorted(
        str(c["id"]) for c in records.find(sources.connection, "coding", "id", run_id=run_id)
    )
