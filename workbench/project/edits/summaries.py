"""A table of summaries comes in: a statement in each cell, under a framework."""

from workbench.errors import Refused, UnknownName
from workbench.formats import code_paths
from workbench.formats.framework_ids import slug
from workbench.formats.summary_table import Summaries
from workbench.model.report import ImportReport, counted
from workbench.project.edits.cases import CaseBook
from workbench.project.edits.cells import ALL, Chart
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.other_tools import free_framework_name, transcript_name
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import UNSTORABLE
from workbench.project.names import Names
from workbench.store.history import Act


@edit("import summaries")
def import_summaries(act: Act, held: Summaries, *, framework: str | None = None) -> ImportReport:
    """Bring in summaries, each a statement of its case under its code.

    Without `framework` the codes become a draft of their own. A summary rests on all codings
    of its cell; where there are none it is a comment, as no summary stands without words.
    Cases that are not here are made.
    """
    report, book = held.report, CaseBook(act)
    reference, ids = framework, dict[tuple[str, ...], str]()
    if framework is None:
        name = free_framework_name(act, slug(held.name) or "summaries")
        version, ids = code_paths.version_of(name, held.codes)
        put_framework(act, version)
        reference = version.reference
        report.count("categories", len(version.categories))
        report.count("codes", len(version.codes))
    for case in held.cases:
        report.count("cases", transcript_name(case) not in book.ids)
        book.make(transcript_name(case))
    chart = Chart(act, reference, Names(act.connection))
    kinds = {"summary": 0, "comment": 0}
    for cell in held.cells:
        case, text = transcript_name(cell.case), cell.text.translate(UNSTORABLE)
        code = ids.get(cell.code, cell.code[-1])
        try:
            chart.names.code(chart.version, code)
        except UnknownName:
            why = f"{chart.version['reference']} has no code of that name"
            report.leave_out("summaries", why, " / ".join(cell.code))
            continue
        try:
            chart.write(case, code, text, "summary", [ALL])
            kinds["summary"] += 1
        except Refused:
            chart.write(case, code, text, "comment", [])
            kinds["comment"] += 1
    report.count("statements", sum(kinds.values()))
    if kinds["summary"]:
        what = f"all codings of the cell, as evidence of {counted(kinds['summary'], 'statements')}"
        report.guess(what, "none is named there", "unsure", report.source)
    if kinds["comment"]:
        report.notes.append(
            f"Summaries that came in as comments, since nothing is coded in their cells: "
            f"{kinds['comment']}."
        )
    report.counts = {what: number for what, number in report.counts.items() if number}
    report.notes.append(f"The framework is {reference}.")
    said = counted(sum(kinds.values()), "statements")
    act.says(f"Imported the summaries “{held.name}”: {said}")
    act.report = report.as_dict()
    return report
