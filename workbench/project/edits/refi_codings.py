"""The codings of another tool's project, in a run of their own or in those that were kept."""

from workbench.model.report import Guess
from workbench.project.edits.indexing import put_finished, put_run
from workbench.project.edits.other_tools import free_run_name
from workbench.project.edits.refi_came import Came
from workbench.project.edits.transcripts import UNSTORABLE
from workbench.store import records

_OTHERS = -1
"""The number of the run of codings that were in none of those that were kept."""

_Row = tuple[str, dict[str, object]]
"""The identifier of a coding in the file, and its row."""


def put_codings(came: Came) -> int:
    """Store the codings in a run of their own; return how many."""
    rows: dict[int, list[_Row]] = {}
    folders = 0
    for selection in came.held.selections:
        if selection.source not in came.texts:
            came.leave_out("codings", "their text did not come in", len(selection.codings))
            continue
        for coding in selection.codings:
            if came.codes.get(coding.code) not in came.code_ids:
                folders += 1
                continue
            row = {
                "transcript_version_id": came.texts[selection.source].version_id,
                "code_id": came.codes[coding.code],
                "person_id": came.person(coding.coder),
                "start": selection.start,
                "stop": selection.stop,
                "quote": selection.quote.translate(UNSTORABLE),
                "uncertain": coding.guid in came.restoring.uncertain,
                "look": came.kept.looks.get(coding.guid, ""),
            }
            run = came.restoring.run_of.get(coding.guid, _OTHERS)
            rows.setdefault(run, []).append((coding.guid, row))
    came.leave_out("codings", "their code is a folder or a case here", folders)
    runs = sorted({*rows, *came.restoring.runs}) if came.version_id else ()
    return sum(_run(came, number, rows.get(number, [])) for number in runs)


def _run(came: Came, number: int, rows: list[_Row]) -> int:
    """Store a run that was kept, or that of codings which were in none, with its codings."""
    kept = came.restoring.runs.get(number)
    if kept is None:
        name = free_run_name(came.act, f"{came.held.name} ({came.format})")
        run_id = put_run(came.act, name, {"id": came.version_id}, kind="final")
        looked_at = sorted({str(row["transcript_version_id"]) for _, row in rows})
    else:
        run_id, name = came.restoring.run(kept, came.version_id, came.person)
        looked_at = [came.texts[t].version_id for t in kept.finished if t in came.texts]
        rows = came.restoring.new_codings(run_id, rows)
    ids = records.insert(came.act, "coding", [{**row, "run_id": run_id} for _, row in rows])
    came.restoring.codings |= {guid: (new, row) for (guid, row), new in zip(rows, ids, strict=True)}
    came.new.update(ids)
    dated = ((came.dates.get(guid), new) for (guid, _), new in zip(rows, ids, strict=True))
    came.made |= {new: made for made, new in dated if made}
    put_finished(came.act, run_id, looked_at)
    if kept is None:
        what = (
            f"{len(looked_at)} transcripts count as indexed whole, so that a code without a "
            "coding there means that nothing was said"
        )
        came.report.guesses.append(Guess(what, "they have at least one coding", "likely"))
    came.report.notes.append(f"The run is “{name}”.")
    return len(rows)
