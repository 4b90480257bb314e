"""Projects (.qdpx) and codebooks (.qdc) of REFI-QDA, with what could not go along."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workbench.errors import Refused
from workbench.formats.refi import writing
from workbench.formats.refi.outgoing import Progress
from workbench.formats.refi.places import KEPT, MANIFEST
from workbench.formats.refi.project import RefiProject
from workbench.model.framework import FrameworkVersion
from workbench.model.report import ImportReport, counted
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.refi_out import codes, left_out, own_file
from workbench.project.refi_out.gather import ORIGIN, Gathered, to_the_second
from workbench.store import history

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def export(
    project: Project,
    path: Path,
    *,
    framework: str | None = None,
    runs: Sequence[str] = (),
    progress: Progress | None = None,
) -> ImportReport:
    """Write a project as a .qdpx and return what is in it, and what could not go along.

    Of several framework versions one is written, with its runs, or with those that are named.

    Raises:
        AmbiguousName, UnknownName: which framework version is meant is not said, or there is
            no such version or run.
        Refused: a run is of another framework version.
        CannotWrite: the file cannot be written.
    """
    report = ImportReport(path.name)
    with project.reading() as connection:
        held = Gathered(connection, Path(project.where).stem, report, framework, runs)
        whole = held.project()
        whole = replace(whole, kept=own_file.kept(held, whole.cases))
        versions = _line(held)
        left_out.tell(connection, versions, [str(r["id"]) for r in held.runs], report)
        _count(whole, report)
        _warn(whole, held, report)
        newest = history.newest(connection)
        reference = str(held.version["reference"]) if held.version is not None else ""
        sha256 = str(held.version["sha256"]) if held.version is not None else ""
        modified = next(reversed(held.at.values()), "")
    kept = whole.kept.as_bytes() if whole.kept is not None else b""
    said = {
        "made by": _made_by(),
        "project": whole.name,
        "newest act": newest,
        "as of": modified,
        "framework": reference,
        "framework sha256": sha256,
        "filters": {"framework": framework or "", "runs": list(runs)},
        **{k: v for k, v in report.as_dict().items() if k in ("counts", "left_out", "notes")},
    }
    writing.write(
        whole,
        path,
        modified=to_the_second(modified),
        beside={KEPT: kept},
        manifest=lambda sha256: (MANIFEST, _json({**said, "sha256": sha256})),
        progress=progress,
    )
    return report


def codebook(project: Project, path: Path, framework: str | None = None) -> ImportReport:
    """Write a framework version as a .qdc and return what is in it, and what is not.

    Raises:
        AmbiguousName, UnknownName: which version is meant is not said, or there is none.
        Refused: it has no codes.
        CannotWrite: the file cannot be written.
    """
    report = ImportReport(path.name)
    with project.reading() as connection:
        version = as_version(connection, Names(connection).version(framework))
    if not version.codes:
        raise Refused(
            f"{version.reference} has no codes, and REFI-QDA has no empty codebook. "
            "Add some before you export it."
        )
    writing.write_codebook(codes.codes(version), path, origin=ORIGIN)
    report.count("categories", len(version.categories))
    report.count("codes", len(version.codes))
    _tell_fields(version, report)
    return report


def _tell_fields(version: FrameworkVersion, report: ImportReport) -> None:
    """Tell what codes say here for which a codebook has no field."""
    numbers = sum(
        bool(number)
        for number in (*(c.number for c in version.categories), *(c.number for c in version.codes))
    )
    left_out.add(report, "numbers", "codes have names only, and their order", numbers)
    inside = sum(bool(c.use_when or c.not_when or c.example) for c in version.codes)
    if inside:
        report.notes.append(
            f"When to use a code, when not to, and its example stand in its description: {inside}."
        )
    left_out.add(report, "steps", "a codebook is of one version", len(version.steps))


def _line(held: Gathered) -> list[str]:
    """Return ids of the framework versions that are written: the one, after those before it."""
    by_id = {v["id"]: v for v in held.names.versions()}
    found: list[str] = []
    at = held.version
    while at is not None:
        found.insert(0, str(at["id"]))
        at = by_id.get(at["parent_id"])
    return found


def _count(whole: RefiProject, report: ImportReport) -> None:
    kept = whole.kept
    cells = kept.cells if kept is not None else ()
    for what, number in (
        ("transcripts", len(whole.sources)),
        ("cases", len(whole.cases)),
        ("attributes", len(whole.variables)),
        ("codes", sum(c.codable for c in whole.codes)),
        ("codings", sum(len(s.codings) for s in whole.selections)),
        ("statements", sum(len(c.statements) for c in cells)),
        ("memos", len(whole.notes) - len(cells)),
    ):
        if number:
            report.count(what, number)


def _warn(whole: RefiProject, held: Gathered, report: ImportReport) -> None:
    """Say what other tools may take otherwise than it is meant."""
    astral = [s.name for s in whole.sources if _ASTRAL.search(s.text)]
    if astral:
        report.notes.append(
            f"Texts with emoji or other letters beyond the basic plane: {len(astral)}. NVivo "
            "counts each as two, so that codings after one may stand elsewhere there: look at some."
        )
    if len(held.runs) > 1:
        report.notes.append(
            f"The codings of {counted(len(held.runs), 'runs')} stand side by side: other tools "
            "know no runs. Name one with --run to write its codings only."
        )
    if whole.kept is not None and whole.kept.cells:
        report.notes.append(
            "Other tools show each cell of the chart as a memo; this one reads the chart back."
        )


def _made_by() -> str:
    from workbench import __version__  # the root imports this floor

    return f"{ORIGIN} {__version__}"


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()
