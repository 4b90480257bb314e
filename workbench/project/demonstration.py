"""The sample studies: one through all stages with its outputs, two held against papers."""

from collections.abc import Generator, Iterator
from pathlib import Path

from workbench.errors import BadFile, CannotWrite
from workbench.formats import files
from workbench.model.published import VERDICTS
from workbench.model.report import counted
from workbench.project import (
    checking,
    interpreting,
    mapping,
    opening,
    outputs,
    reproducing,
    studies,
    views,
)
from workbench.project.edits.refs import Refs
from workbench.project.opening import Project
from workbench.project.reproducing import Reproduction
from workbench.project.samples import STUDY, samples

OUTPUTS = (
    "chart.xlsx",
    "chart.csv",
    "codings.csv",
    "ladder.csv",
    "network.html",
    "network.graphml",
    "framework.yaml",
)
REPORT = "reproduction.xlsx"


def build(folder: Path) -> Iterator[str]:
    """Build the sample studies in a folder and yield, stage by stage, what came out.

    Earlier demo projects there are kept beside the new ones.

    Raises:
        BadFile, CannotWrite: the folder cannot be used.
    """
    if files.stands(folder) and not folder.is_dir():
        raise BadFile(folder, "this is a file.", "Name a folder for the demo.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(folder, files.protected(folder.absolute().parent)) from error
    path = folder / f"{STUDY}.fwb"
    yield from _kept(path)
    with opening.create(path, who="ingrid") as project:
        report = studies.build(project, samples())
        yield "Everything in this study is invented."
        came, *details = report.lines()
        yield f"Built {path}. {came}"
        yield from details
        yield from _stages(project)
        yield from _written(project, folder)
        findings = checking.check(project)
        broken = sum(f.severity == "broken" for f in findings)
        still_open = counted(len(findings) - broken, "findings")
        yield f"Check: {counted(broken, 'violations')} of the laws, {still_open} open."
    yield ""
    done = []
    for home in reproducing.printed_studies(samples().parent):
        done.append((yield from _printed_study(home, folder)))
    yield "Published tables, rebuilt cell by cell:"
    for one in done:
        yield from _verdicts(one)
    reproducing.write_report(folder / REPORT, done)
    yield f"Wrote {folder / REPORT}, each printed table with its cells marked."
    yield ""
    yield f"Look at {folder / 'chart.xlsx'} and {folder / 'network.html'}, or try:"
    yield f"  workbench chart {path} --values counts --totals"
    yield f'  workbench trace {path} "{_theme(path)}"'


def _kept(path: Path) -> Iterator[str]:
    """Put an earlier demo project aside."""
    if path.exists():
        kept = path.with_suffix(".previous.fwb")
        path.replace(kept)
        yield f"The demo project that was here is kept as {kept}."


def _printed_study(home: Path, folder: Path) -> Generator[str, None, Reproduction]:
    """Build a study that follows papers, write its charts, and hold it against their tables."""
    path = folder / f"{home.name}.fwb"
    yield from _kept(path)
    with opening.create(path, who="demo") as project:
        refs = Refs()
        report = studies.build(project, home, refs=refs)
        yield f"Built {path}. {report.lines()[0]}"
        for version in dict.fromkeys(views.runs(project)["framework"]):
            chart = folder / f"{home.name}-{str(version).partition('@')[2]}.xlsx"
            yield f"Wrote {outputs.export(project, chart, framework=str(version))}"
        if len(interpreting.links(project)):
            picture = folder / f"{home.name}.html"
            yield f"Wrote {outputs.export(project, picture)}"
        return reproducing.told(project, home, report.source, refs)


def _verdicts(done: Reproduction) -> Iterator[str]:
    """Yield the reproduction table of a study, a line a printed table."""
    for row in done.tables.to_dict("records"):
        said = ", ".join(f"{row[v]} {v}" for v in VERDICTS if row[v])
        yield f"  {row['table']:<22} {counted(int(row['cells']), 'cells'):>10}: {said}"
    verdict = "reproduced" if done.reproduces else "NOT reproduced"
    entries = counted(len(done.account.register), "contradictions")
    yield f"  {done.study}: {verdict}; {entries} of the papers on its register."


def _stages(project: Project) -> Iterator[str]:
    """Yield a sentence on each of the five stages."""
    texts = views.transcripts(project)
    turns, coded_turns = int(texts["turns"].sum()), int(texts["coded_turns"].sum())
    yield f"1 Familiarisation: {len(texts)} transcripts, {turns} turns of participants."
    version = views.framework(project)
    coded = views.codings(project)
    yield (
        f"2 Indexing: {len(coded)} codings with the {len(version.codes)} codes of "
        f"{version.reference}, on {coded_turns} of these turns ({coded_turns / turns:.0%})."
    )
    states = views.states(project)
    counted = states["state"].value_counts()
    told = ", ".join(f"{n} {state}" for state, n in counted.items())
    yield f"3 Charting: {len(views.statements(project))} statements; of {len(states)} cells {told}."
    support = mapping.ladder_support(project)
    levels = support.groupby("level_name", sort=False).size()
    yield "4 Mapping: " + ", ".join(f"{n} × {level}" for level, n in levels.items()) + "."
    graph = interpreting.network(project)
    loops = interpreting.table(project, "cycles")
    yield (
        f"5 Interpretation: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} links, "
        f"{len(loops)} feedback loops."
    )


def _written(project: Project, folder: Path) -> Iterator[str]:
    tables: dict[str, outputs.What] = {"codings.csv": "codings", "ladder.csv": "ladder"}
    for name in OUTPUTS:
        told = outputs.export(project, folder / name, what=tables.get(name, "chart"))
        yield f"Wrote {told}"


def _theme(path: Path) -> str:
    """Return the label of the theme that most cases reach."""
    with opening.open_project(path) as project:
        support = mapping.ladder_support(project)
    top = support.loc[support["level"] == support["level"].max()]
    return str(top.sort_values("cases", ascending=False)["node"].iloc[0])
