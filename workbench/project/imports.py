"""Files in: each is recognised by its content, read, and stored by one act."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadFile, BadTable, UnknownFormat, WorkbenchError
from workbench.formats import (
    answers_table,
    codebook_table,
    contents,
    csv_rows,
    database_tools,
    framework_yaml,
    handed_over,
    segment_table,
    summary_table,
    tables,
    taguette,
    transcripts,
)
from workbench.formats.framework_ids import slug
from workbench.formats.refi import package as refi_package
from workbench.model.chart_file import ANSWERS, Answer
from workbench.model.report import ImportReport, counted
from workbench.model.transcript import sha256
from workbench.project import edits, framework_files
from workbench.project.edits.refs import Refs
from workbench.project.edits.transcripts import CaseRule, Incoming
from workbench.project.opening import Project
from workbench.project.recognising import (
    MATRICES,
    OF_OTHER_TOOLS,
    Sorted,
    refuse_unreadable,
    sort,
)
from workbench.store import passages, records
from workbench.store.collecting import uncollected

__all__ = [
    "CONFLICTS",
    "TABLE_ORDER",
    "Options",
    "Progress",
    "correct",
    "correct_text",
    "import_files",
    "import_of_other_tool",
    "import_table",
    "import_transcripts",
    "refuse_unreadable",
    "take_chart_back",
    "write_conflicts",
]

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the one at hand."""

CONFLICTS = ("statement", "case", "code", "place", "was", "here", "file", "answer")
"""The columns of a table of conflicts; a person fills in the last."""
TABLE_ORDER: tuple[tables.Kind, ...] = (
    "cases",
    "spans",
    "codings",
    "statements",
    "cells",
    "ladder",
    "links",
    "facets",
    "placements",
    "memos",
    "readings",
    "decisions",
    "meetings",
    "quotations",
    "counts",
)


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be taken; what is not said is found in them.

    `series` and `labels` (of rows and columns) are for matrices of other tools.
    """

    case_by: CaseRule = "auto"
    interviewers: Sequence[str] = ()
    max_bytes: int = transcripts.DEFAULT_LIMIT
    coder: str | None = None
    run: str | None = None
    framework: str | None = None
    series: str | None = None
    labels: tuple[str, str] | None = None
    key: str | None = None
    """The column of a table of answers that tells its rows apart."""
    texts: Sequence[str] = ()
    """The columns of a table whose values are answers; a table is one where they are given."""
    progress: Progress | None = None
    correct: bool = False
    """Whether a transcript that is here with another text gets the file's as its next version."""
    conflicts: Answer | None = None
    """What stands in a chart that comes back where both sides changed a statement."""
    answers: Path | Mapping[str, Answer] | None = None
    """The same statement by statement, by their ids; or the table that says so."""


def import_files(project: Project, paths: Sequence[Path], **options: object) -> ImportReport:
    """Bring files in and report what came, what was left out and what was guessed.

    Frameworks come first, then projects of other tools, transcripts, matrices, tables and
    charts that come back, so that the files of one study can be named in any order.
    Transcripts that cannot be read are left out with their sentence in `report.failed`, the
    others come in.

    Raises:
        BadFile: a framework, table or project cannot be read, or the only transcript;
            nothing of that file is kept, and the sentence tells what was of those before.
    """
    chosen = Options(**options)  # type: ignore[arg-type]  # the options of Options, passed on by name
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        files = _unpacked(paths, Path(folder), chosen.max_bytes)
        try:
            return _brought(project, files, chosen)
        except WorkbenchError as error:
            for place in {str(file.parent) for file in files} - {str(p.parent) for p in paths}:
                error.args = (str(error).replace(f"{place}/", ""),)
            raise


def _unpacked(paths: Sequence[Path], folder: Path, max_bytes: int) -> list[Path]:
    """Return the files, those that the browser handed out in a zip with their manifest outside."""
    found = []
    for number, path in enumerate(paths):
        name = handed_over.recognises(path)
        if name:
            place = folder / str(number)
            place.mkdir()
            path = handed_over.unpacked(path, name, place, max_bytes)
        found.append(path)
    return found


def _brought(project: Project, paths: Sequence[Path], chosen: Options) -> ImportReport:
    """Bring files in, act by act; an error tells what was kept of those before."""
    total, kept = ImportReport(_called(paths)), list[str]()
    try:
        for report in _each(project, sort(paths, chosen.texts), chosen):
            total.add([report])
            if project.did:
                kept.append(_kept(report))
    except WorkbenchError as error:
        if kept and not project.rehearses:
            error.and_also(f"Kept from this import: {', '.join(kept)}.")
        raise
    return total


def _each(project: Project, found: Sorted, options: Options) -> Iterator[ImportReport]:
    """Store what the files hold, act by act, and yield the report of each."""
    for path in found.frameworks:
        yield _framework(project, path)
    for path in found.codebooks:
        yield _codebook(project, path)
    for path in found.projects:
        yield import_of_other_tool(project, path, options)
    if found.transcripts:
        yield import_transcripts(project, found.transcripts, options)
    for path in found.matrices:
        yield import_of_other_tool(project, path, options)
    for path in found.answers:
        answers = answers_table.read(path, options.key, options.texts)
        yield edits.import_answers(project, answers)
    for path in found.segments:
        yield edits.import_segments(project, segment_table.read(path))
    for path in found.summaries:
        held = summary_table.read(path)
        yield edits.import_summaries(project, held, framework=options.framework)
    refs = Refs()
    for kind in TABLE_ORDER:
        for table in found.by_kind.get(kind, []):
            yield import_table(project, table, refs, options)
    for path in found.charts:
        yield take_chart_back(project, path, options)


def import_of_other_tool(project: Project, path: Path, options: Options) -> ImportReport:
    """Bring in a project or a matrix of another tool.

    A document of a project is a case, unless `case_by` is none.

    Raises:
        UnknownFormat: it is neither.
    """
    case_by: CaseRule
    if taguette.recognises(path):
        case_by = "none" if options.case_by == "none" else "file"
        held = taguette.read(path)
        return edits.import_taguette(project, held, path.read_bytes(), case_by=case_by)
    if refi_package.recognises(path) == "project":
        from workbench.formats.refi import reading  # with NumPy, which other files do without

        case_by = "none" if options.case_by == "none" else "file"
        whole = reading.read(path, _half(options.progress, 0))
        told, sha256_of_file = _half(options.progress, 1), contents.sha256(path)
        return edits.import_refi(project, whole, sha256_of_file, case_by=case_by, progress=told)
    if tool := database_tools.tool(path):
        from workbench.formats import qualcoder, rqda  # with NumPy, too

        case_by = "none" if options.case_by == "none" else "file"
        whole = (rqda if tool == "RQDA" else qualcoder).read(path)
        return edits.import_database(project, whole, database_tools.sha256(path), case_by=case_by)
    for reader in MATRICES:
        if reader.recognises(path):
            matrix, labels = reader.read(path), options.labels
            return edits.import_matrix(project, matrix, series=options.series, labels=labels)
    raise UnknownFormat(path, OF_OTHER_TOOLS)


def _half(progress: Progress | None, half: int) -> Progress | None:
    """Return what tells of the first or second half of something, if anybody wants to know."""
    if progress is None:
        return None

    def told(done: int, total: int, name: str) -> None:
        progress(half * total + done, 2 * total, name)

    return told


def _kept(report: ImportReport) -> str:
    """Return what one act brought in, in a few words."""
    came = [counted(n, what) for what, n in report.counts.items() if n]
    return f"{came[0] if came else 'changes'} of {Path(report.source).name}"


def _called(paths: Sequence[Path]) -> str:
    return paths[0].name if len(paths) == 1 else f"{len(paths)} files"


def take_chart_back(project: Project, path: Path, options: Options) -> ImportReport:
    """Bring in what was changed in a chart since it was exported.

    Raises:
        BadFile: the file, or the table of answers, cannot be read.
        Refused: as `edits.take_chart_back` does.
    """
    from workbench.formats.xlsx import back

    given = options.answers
    answers = _answers(given) if isinstance(given, Path) else given
    return edits.take_chart_back(
        project, back.read(path), conflicts=options.conflicts, answers=answers
    )


def _answers(path: Path) -> dict[str, Answer]:
    """Return statement id → which text stands, from a table of conflicts that was filled in."""
    columns = tables.Columns(("statement", "answer"), CONFLICTS[1:-1])
    table = tables.read_as(path, columns, "answers")
    found: dict[str, Answer] = {}
    for row in table.rows:
        said = row.values.get("answer", "").strip().casefold()
        if not said:
            continue
        answer = next((a for a in ANSWERS if a == said), None)
        if answer is None:
            problem = f"“{row.values['answer']}” is no answer."
            raise table.refused(row, "answer", problem, f"Write {' or '.join(ANSWERS)}.")
        found[row.values["statement"].strip()] = answer
    return found


def write_conflicts(report: ImportReport, path: Path) -> int:
    """Write the open conflicts of a chart as a table to be filled in; return how many.

    Raises:
        CannotWrite: the file cannot be written.
    """
    open_ones = [c.as_dict() for c in report.chart.unanswered] if report.chart else []
    rows = [[c[n] for n in CONFLICTS] for c in open_ones]
    return csv_rows.write_rows(CONFLICTS, rows, path, safe_for_excel=True)


def _framework(project: Project, path: Path) -> ImportReport:
    version = framework_yaml.read(path)
    edits.add_framework(project, version)
    report = ImportReport(path.name)
    report.count("frameworks")
    report.count("codes", len(version.codes))
    if not project.did:
        report.notes.append(f"{version.reference} was here already, with the same content.")
    elif not project.did.startswith("Added"):
        report.notes.append(f"{project.did}.")
    return report


def _codebook(project: Project, path: Path) -> ImportReport:
    """Bring in a codebook, of REFI-QDA or a table, as a draft that is called after the file."""
    if path.suffix.lower() in codebook_table.ENDINGS:
        return _codebook_in_a_table(project, path, slug(path.stem) or "codebook")
    version, report = framework_files.read_refi_codebook(path)
    edits.add_framework(project, version)
    if not project.did:
        report.notes.append(f"{version.reference} was here already, with the same content.")
    return report


def _codebook_in_a_table(project: Project, path: Path, name: str) -> ImportReport:
    held = codebook_table.codebook(path, name, "1")
    edits.add_framework(project, held.version)
    counts = {"frameworks": 1, "categories": len(held.version.categories)}
    counts["codes"] = len(held.version.codes)
    held.report.counts = {what: number for what, number in counts.items() if number}
    if not project.did:
        reference = held.version.reference
        held.report.notes.append(f"{reference} was here already, with the same content.")
    return held.report


_READ_FIRST = 8_000_000
"""Bytes of transcripts that are read before the project is locked for writing, so that others
can work on meanwhile. Texts and turns take twenty times as much memory, so larger imports are
read one file after the other inside the act, which must be one transaction."""


def import_transcripts(project: Project, paths: Sequence[Path], options: Options) -> ImportReport:
    """Bring transcripts in; those that cannot be read are noted in `failed`.

    Raises:
        BadFile: the only file cannot be read.
    """
    report = ImportReport(_called(paths))
    incoming: Iterable[Incoming] = _read(paths, options, report)
    if options.correct:
        incoming = list(_corrected(project, incoming, report))
    try:
        if sum(path.stat().st_size for path in paths) <= _READ_FIRST:
            incoming = list(incoming)
        edits.import_transcripts(project, incoming, report, case_by=options.case_by)
    finally:
        if options.progress:
            options.progress(len(paths), len(paths), "")
    return report


def _corrected(
    project: Project, incoming: Iterable[Incoming], report: ImportReport
) -> Iterator[Incoming]:
    """Correct the transcripts that are here with another text, and yield the others."""
    with project.reading() as connection:
        current = {version: name for _, version, name, _ in passages.transcripts(connection)}
        held = records.by_ids(connection, "transcript_version", list(current), "id", "sha256")
    here = {current[v["id"]]: v["sha256"] for v in held}
    for each in incoming:
        if here.get(each.name, "") in ("", sha256(each.reading.text)):
            yield each
        else:
            report.add([edits.correct_transcript(project, each.name, each)])


def correct(
    project: Project, transcript: str, path: Path, *, reason: str = "", **options: object
) -> ImportReport:
    """Give a transcript the text of a file as its next version (see `edits.correct_transcript`).

    Raises:
        BadFile: the file cannot be read.
    """
    report = ImportReport(path.name)
    (each,) = _read([path], Options(**options), report)  # type: ignore[arg-type]  # the options of Options, passed on by name
    return edits.correct_transcript(project, transcript, each, reason=reason)


def correct_text(
    project: Project,
    transcript: str,
    text: str,
    *,
    reason: str = "",
    version_id: str | None = None,
) -> ImportReport:
    """Give a transcript a text that was typed as its next version.

    Raises:
        BadFile: nobody can read the text.
        Refused, ChangedMeanwhile: as `edits.correct_transcript` does.
    """
    name = f"{transcript}.txt"
    content = text.encode("utf-8", "replace")
    each = Incoming(transcript, transcripts.read(content, name), content, name)
    return edits.correct_transcript(project, transcript, each, reason=reason, version_id=version_id)


def _read(paths: Sequence[Path], options: Options, report: ImportReport) -> Iterator[Incoming]:
    """Read one file after the other; what cannot be read is noted and passed over."""
    for number, path in enumerate(paths):
        if options.progress:
            options.progress(number, len(paths), path.name)
        try:
            content = contents.of(path, options.max_bytes)
            asking, most = options.interviewers, options.max_bytes
            with uncollected():
                reading = transcripts.read(content, path.name, interviewers=asking, max_bytes=most)
        except BadFile as error:
            if len(paths) == 1:
                raise
            report.failed.append(str(error))
            report.leave_out("file", error.problem.rstrip("."), path.name)
            continue
        yield Incoming(path.stem, reading, content, path.name)


def import_table(
    project: Project, table: tables.Table, refs: Refs, options: Options
) -> ImportReport:
    """Bring in one hand-written table by its kind."""
    framework = options.framework
    match table.kind:
        case "cases":
            return edits.import_cases(project, table)
        case "spans":
            return edits.import_spans(project, table)
        case "codings":
            return edits.import_codings(
                project,
                table,
                refs,
                coder=options.coder,
                run=options.run,
                framework=framework,
            )
        case "statements":
            return edits.import_statements(project, table, refs, framework=framework)
        case "cells":
            return edits.import_cells(project, table, framework=framework)
        case "ladder":
            return edits.import_ladder(project, table, refs)
        case "links":
            return edits.import_links(project, table, refs)
        case "facets":
            return edits.import_facets(project, table, refs)
        case "placements":
            return edits.import_placements(project, table)
        case "memos":
            return edits.import_memos(project, table, refs, framework=framework)
        case "readings":
            return edits.import_readings(project, table)
        case "decisions":
            return edits.import_decisions(project, table, refs, run=options.run)
        case "meetings":
            return edits.import_meetings(project, table)
        case "quotations":
            return edits.import_quotations(project, table, refs)
        case "counts":
            return edits.import_counts(project, table)
        case None:
            raise BadTable(table.path, "line 1", "its columns fit no table known here.")
