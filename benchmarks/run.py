"""Measure the workbench at three sizes, beside what other tools take.

    python benchmarks/run.py S M L [--keep FOLDER] [--into benchmarks/README.md]

Each size runs in processes of its own: one that builds the study, one that does all that
is measured, and two that do less, for their memory. One Markdown table comes out, printed
and, with --into, put between the marks in a Markdown file.
"""

import argparse
import gc
import json
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import generate

MARKS = ("<!-- table begins -->", "<!-- table ends -->")
LIMIT = 12
"""How much longer L may take than M, which has a tenth of the work."""
MOST_IN_A_WORKBOOK = 100_000
"""Codings; the evidence of more belongs into csv or parquet, and is not tried here."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one line took: medians of wall-clock and CPU seconds over so many runs."""

    wall: float
    cpu: float
    runs: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the best of other tools at each size, and of plain SQL at S, M, L."""

    key: str
    name: str
    others: dict[str, tuple[float, str]]
    sql: str = "–"


def _best(tool: str, **seconds: float) -> dict[str, tuple[float, str]]:
    return {size: (value, tool) for size, value in seconds.items()}


LINES = (
    Line("import", "import the txt files", _best("QualCoder", S=0.14)),
    Line("open", "open, and what a first page shows", _best("Taguette", S=0.024, M=0.63, L=6.3)),
    Line(
        "frequencies",
        "code frequencies",
        {**_best("QualCoder", S=0.064, M=2.5), **_best("qc", L=4.3)},
    ),
    Line(
        "counts",
        "chart, counts",
        _best("QualCoder", S=0.73, M=4.8, L=161),
        "0.001 / 0.04 / 0.5",
    ),
    Line("statements", "chart, statements", _best("QualCoder", S=8.2)),
    Line(
        "overlap",
        "co-occurrence by overlap",
        _best("QualCoder", S=0.56, M=37, L=601),
        "0.003 / 0.16 / 2.5",
    ),
    Line("trace cell", "trace a cell to its words", {}),
    Line("trace theme", "trace a theme to its words", {}),
    Line(
        "transcript",
        "one transcript with its codings",
        {**_best("Taguette", S=0.037, L=25), **_best("QualCoder", M=2.4)},
    ),
    Line(
        "search",
        "search a word everywhere",
        _best("QualCoder", S=0.022, M=0.41, L=5.4),
        "0.002 / 0.05 / 0.55",
    ),
    Line(
        "add",
        "add one coding",
        {**_best("QualCoder", S=0.037), **_best("Taguette", M=0.051, L=0.073)},
    ),
    Line("undo", "undo it", {}),
    Line("csv", "all codings to csv", _best("QualCoder", S=0.065, M=2.9, L=60)),
    Line("xlsx", "all codings to xlsx", _best("QualCoder", S=0.33, M=30)),
    Line("workbook", "chart with all its evidence to xlsx", {}),
)
_SERVER = _best("Taguette", S=90, M=240, L=1_200)
MEMORY = (
    Line(
        "edit",
        "peak memory, MB: import, open, one transcript, add, undo, codings to csv and xlsx",
        _SERVER,
    ),
    Line("page", "the same and what a first page shows", _SERVER),
    Line(
        "figures",
        "the first, code frequencies, chart of counts, co-occurrence",
        _best("qc", S=130, M=290, L=1_800),
    ),
    Line("all", "all of the above", _best("QualCoder", S=450, M=1_500, L=2_800)),
)
"""Each against the tool with the least memory of those that were measured at such work. The
others have one peak each, of all they were measured at."""


def timed(do: Callable[[], object], *, runs: int = 7, seconds: float = 3.0) -> Figure:
    """Do something up to `runs` times, no more than once after `seconds` have gone."""
    walls: list[float] = []
    cpus: list[float] = []
    while len(walls) < runs and sum(walls) < seconds:
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        do()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Figure(statistics.median(walls), statistics.median(cpus), len(walls))


def peak_megabytes() -> int:
    """Return the largest resident size that this process has had.

    Linux tells it of the process alone; elsewhere of the process since its fork.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


class Study:
    """The study of one size in its folder, and what is done with it."""

    def __init__(self, size: str, folder: Path) -> None:
        self.size, self.folder = size, folder
        self.where = folder / "study.fwb"
        self.transcripts = sorted((folder / "txt").glob("*.txt"))
        self._tries = 0

    def import_texts(self, report: Callable[[str, Figure], None]) -> None:
        """Bring the texts into new projects; making a project is not counted."""
        from workbench.project.door import create

        with self._scratch() as scratch:
            figures: list[Figure] = []
            while len(figures) < 5 and sum(f.wall for f in figures) < 3:
                with create(scratch / f"{len(figures)}.fwb", who=generate.WHO) as project:
                    figures.append(timed(partial(project.import_files, *self.transcripts), runs=1))
        walls, cpus = ([getattr(f, name) for f in figures] for name in ("wall", "cpu"))
        report("import", Figure(statistics.median(walls), statistics.median(cpus), len(figures)))

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            yield Path(name)

    def open(self) -> None:
        """Open the project and read what a first page shows."""
        from workbench.project import lists
        from workbench.project.door import open_project
        from workbench.store import passages

        with open_project(self.where, who=generate.WHO) as project:
            project.history(newest=10)
            with project.reading() as connection:
                lists.settings(connection)
                lists.frameworks(connection)
                passages.transcripts(connection)

    def add_and_undo(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Add codings one by one, then take each back."""
        from workbench.project import edits

        def add() -> None:
            self._tries += 1
            start = 100 + self._tries
            edits.code(project, "P0002", start, start + 80, "1.1", framework=generate.FRAMEWORK)

        report("add", timed(add))
        report("undo", timed(project.undo, runs=self._tries, seconds=1e9))
        self._tries = 0

    def look(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Compute what pages show, figures aside."""
        from workbench.project import trace, views
        from workbench.store import records

        report("statements", timed(lambda: views.chart(project, values="statements")))
        with project.reading() as connection:
            cell = records.find(connection, "cell", "id")[0]["id"]
            theme = records.find(connection, "node", "label", level=5)[0]["label"]
        report("trace cell", timed(lambda: trace.trace(project, cell).lines()))
        report("trace theme", timed(lambda: trace.trace(project, theme).lines()))

    def figures(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Compute figures of all codings."""
        from workbench.project import views

        report("frequencies", timed(lambda: views.frequencies(project)))
        report("counts", timed(lambda: views.chart(project, values="counts")))
        report("overlap", timed(lambda: views.co_occurrence(project)))

    def read(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Read one transcript with its codings, turns and speakers."""
        report("transcript", timed(lambda: self._one_transcript(project)))

    def _one_transcript(self, project: Any) -> None:
        from workbench.project.names import Names
        from workbench.store import passages

        with project.reading() as connection:
            version = Names(connection).transcript("P0003")
            Names(connection).text(version["id"])
            passages.coded_in(connection, version["transcript_id"])

    def write(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Write all codings into files."""
        with self._scratch() as scratch:
            csv, xlsx = scratch / "codings.csv", scratch / "codings.xlsx"
            report("csv", timed(lambda: project.export(csv, what="codings"), runs=5))
            report("xlsx", timed(lambda: project.export(xlsx, what="codings"), runs=5))

    def write_workbook(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Write the chart with its evidence, where a workbook can hold that."""
        with self._scratch() as scratch:
            book = scratch / "chart.xlsx"
            if generate.SIZES[self.size].codings <= MOST_IN_A_WORKBOOK:
                report("workbook", timed(lambda: project.export(book), runs=3))

    def search(self, project: Any, report: Callable[[str, Figure], None]) -> None:
        """Find a word in all texts."""
        report("search", timed(lambda: project.search(generate.SEARCHED)))


def do_all(study: Study, report: Callable[[str, Figure], None]) -> None:
    """Do everything of the table in this process."""
    from workbench.project import outputs, trace, views  # noqa: F401  # a warm process has these
    from workbench.project.door import open_project

    do_edit(study, report)
    report("open", timed(study.open))
    with open_project(study.where, who=generate.WHO) as project:
        study.search(project, report)
        study.figures(project, report)
        study.look(project, report)
        study.write_workbook(project, report)


def do_edit(study: Study, report: Callable[[str, Figure], None]) -> None:
    """Import, open, read, add codings, undo them, list them: what needs no figures."""
    from workbench.project.door import open_project

    study.import_texts(report)
    with open_project(study.where, who=generate.WHO) as project:
        study.read(project, report)
        study.add_and_undo(project, report)
        study.write(project, report)


def do_page(study: Study, report: Callable[[str, Figure], None]) -> None:
    """Do what `do_edit` does, and show a first page."""
    do_edit(study, report)
    report("open", timed(study.open))


def do_figures(study: Study, report: Callable[[str, Figure], None]) -> None:
    """Do what `do_edit` does, and count."""
    from workbench.project.door import open_project

    do_edit(study, report)
    with open_project(study.where, who=generate.WHO) as project:
        study.figures(project, report)


WORKS = {"edit": do_edit, "page": do_page, "figures": do_figures, "all": do_all}
"""Kinds of work, each done in a process of its own, whose peak memory is measured."""


def child(work: str, size: str, folder: Path) -> None:
    """Do one kind of work at one size and print what it took as JSON."""
    if work == "build":
        paths = generate.write_transcripts(generate.SIZES[size], folder / "txt")
        generate.build(generate.SIZES[size], paths, folder / "study.fwb")
        return
    figures: dict[str, Figure] = {}

    def report(key: str, figure: Figure) -> None:
        figures[key] = figure
        print(f"  {size} {key}: {figure.wall:.3f} s, CPU {figure.cpu:.3f} s", file=sys.stderr)

    WORKS[work](Study(size, folder), report)
    told = {"figures": {k: asdict(f) for k, f in figures.items()}, "peak": peak_megabytes()}
    print(json.dumps(told))


def run_child(work: str, size: str, folder: Path) -> str:
    """Run one kind of work in a process of its own and return what it printed."""
    command = [sys.executable, __file__, "--child", work, size, "--keep", str(folder)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


Results = dict[str, dict[str, Figure]]
"""Size → line → what it took; the memory lines hold megabytes as wall."""


def measure(size: str, folder: Path) -> dict[str, Figure]:
    """Build the study of one size where it is not there yet, and measure everything."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "study.fwb").exists():
        print(f"  building {size} …", file=sys.stderr)
        run_child("build", size, folder)
    found: dict[str, Figure] = {}
    for work in WORKS:
        told = measured(work, size, folder)
        found |= told if work == "all" else {work: told[work]}
    return found


def measured(work: str, size: str, folder: Path) -> dict[str, Figure]:
    """Return what one kind of work took, and under its own name the peak of memory."""
    told = json.loads(run_child(work, size, folder))
    figures = {k: Figure(**f) for k, f in told["figures"].items()}
    return {**figures, work: Figure(told["peak"], 0, 1)}


def table(results: Results, again: dict[str, Figure]) -> str:
    """Return everything as one Markdown table, others beside, with a verdict.

    `again` is M, measured once more after L.
    """
    grows = "M" in results and "L" in results
    heads = [h for size in results for h in (f"{size} (CPU)", f"others at {size}")]
    head = ["seconds", *heads, *["L : M"] * grows, "plain SQL at S / M / L"]
    rows = [head, ["---"] * len(head)]
    for line in (*LINES, *MEMORY):
        cells = [c for size in results for c in _cells(line, size, results[size].get(line.key))]
        growth = [_growth(line, results, again)] if grows else []
        rows.append([line.name, *cells, *growth, line.sql])
    return "\n".join(f"| {' | '.join(r)} |" for r in rows) + "\n"


def _cells(line: Line, size: str, figure: Figure | None) -> list[str]:
    """Return our figure and the other's with the verdict."""
    if figure is None:
        return ["–", "–"]
    memory = line in MEMORY
    ours = f"{figure.wall:.0f}" if memory else f"{_short(figure.wall)} ({_short(figure.cpu)})"
    if size not in line.others:
        return [ours, "–"]
    theirs, tool = line.others[size]
    return [ours, f"{theirs:g} {tool}: {_verdict(figure, theirs, memory=memory)}"]


def _verdict(figure: Figure, theirs: float, *, memory: bool) -> str:
    """Say who is ahead; a busy machine makes us wait, so CPU seconds may tell too."""
    if figure.wall < theirs:
        return "ahead"
    return "**ahead in CPU**" if not memory and figure.cpu < theirs else "**behind**"


def _growth(line: Line, results: Results, again: dict[str, Figure]) -> str:
    """Return how many times as long L takes as M, in CPU seconds, M before and after it."""
    medium, large = (results[s].get(line.key) for s in ("M", "L"))
    if medium is None or large is None:
        return "–"
    memory = line in MEMORY
    seconds = statistics.mean((medium.cpu, again.get(line.key, medium).cpu))
    ratio = large.wall / medium.wall if memory else large.cpu / max(seconds, 1e-4)
    return f"{ratio:.1f}" + (" **over**" if ratio > LIMIT else "")


def _short(seconds: float) -> str:
    """Return seconds with as many decimals as they deserve.

    >>> _short(0.00234), _short(0.0456), _short(1.234), _short(45.6)
    ('0.0023', '0.046', '1.2', '46')
    """
    if seconds >= 10:
        return f"{seconds:.0f}"
    if seconds >= 1:
        return f"{seconds:.1f}"
    return f"{seconds:.3f}" if seconds >= 0.01 else f"{seconds:.4f}"


def machine(before: tuple[float, float, float]) -> str:
    """Return what the figures were measured with, and how busy the machine was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " to ".join(f"{average[1]:.1f}" for average in (before, os.getloadavg()))
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()}, {os.cpu_count()} cores, {memory:.0f} GiB; load {load} (1.0 is what "
        f"the measuring itself makes); {time.strftime('%Y-%m-%d')}."
    )


def put_between_marks(told: str, path: Path) -> None:
    """Replace what stands between the marks in a Markdown file."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not begin or not end:
        raise SystemExit(f"{path} has no place for the table: {MARKS[0]} and {MARKS[1]}.")
    path.write_text(f"{before}{begin}\n{told}{end}{after}", encoding="utf-8", newline="\n")


def main() -> None:
    """Measure the sizes that are asked for and print one table."""
    parser = argparse.ArgumentParser(description="Measure the workbench at sizes S, M and L.")
    parser.add_argument("sizes", nargs="+", choices=generate.SIZES)
    parser.add_argument("--keep", type=Path, help="keep (and use again) the studies in this folder")
    parser.add_argument("--into", type=Path, help="put the table into this Markdown file")
    parser.add_argument("--child", choices=("build", *WORKS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child, given.sizes[0], given.keep)
        return
    before = os.getloadavg()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        results = {size: measure(size, folder / size) for size in given.sizes}
        grows = "M" in results and "L" in results
        again = measured("all", "M", folder / "M") if grows else {}
        told = f"{table(results, again)}\n{machine(before)}\n"
        print(told)
        if given.into:
            put_between_marks(told, given.into)


if __name__ == "__main__":
    main()
