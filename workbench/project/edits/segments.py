"""A list of coded segments comes in: codings of transcripts that are here, by their words."""

from workbench.formats import code_paths
from workbench.formats.framework_ids import slug
from workbench.formats.quoted_words import places
from workbench.formats.segment_table import ListedSegment, SegmentList
from workbench.model.report import ImportReport, counted
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.indexing import put_run
from workbench.project.edits.notes import put_memo
from workbench.project.edits.other_tools import (
    free_framework_name,
    free_run_name,
    transcript_name,
)
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act


@edit("import segments")
def import_segments(act: Act, held: SegmentList) -> ImportReport:
    """Bring in the codings of a list, in a run of its own under a draft framework.

    A segment is found by its words, which must stand once in the transcript that is called
    after its document; one of which that fails is left out and told. Comments become memos
    at the words.
    """
    report = held.report
    texts = _Texts(act)
    placed = [(s, place) for s in held.segments if (place := texts.place(s, report))]
    if not placed:
        report.counts = {}
        act.report = report.as_dict()
        return report
    name = free_framework_name(act, slug(held.name) or "segments")
    version, ids = code_paths.version_of(name, (path for s, _ in placed for path in s.codes))
    version_id = put_framework(act, version)
    run = free_run_name(act, held.name)
    run_id = put_run(act, run, {"id": version_id}, kind="final")
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    memos, people = 0, dict[str, str]()
    for segment, (text_id, start, stop) in placed:
        coder = segment.coder or act.who
        person_id = people.setdefault(coder, "") or put_person(act, coder)
        people[coder] = person_id
        for path in segment.codes:
            row = {
                "run_id": run_id,
                "transcript_version_id": text_id,
                "code_id": ids[path],
                "person_id": person_id,
                "start": start,
                "stop": stop,
                "quote": texts.slice(text_id, start, stop),
                "uncertain": False,
            }
            rows[(text_id, ids[path], person_id, start, stop)] = row
        if segment.comment:
            anchored = ("transcript_version", text_id, start, stop)
            put_memo(act, segment.comment, "analytic", "Comment", coder, *anchored)
            memos += 1
    records.insert(act, "coding", list(rows.values()))
    report.counts = {"categories": len(version.categories), "codes": len(version.codes)}
    report.counts |= {"codings": len(rows), "memos": memos}
    report.counts = {what: number for what, number in report.counts.items() if number}
    report.notes.append(f"The framework is {version.reference}, a draft; the run is “{run}”.")
    act.says(f"Imported the coded segments “{held.name}”: {counted(len(rows), 'codings')}")
    act.report = report.as_dict()
    return report


class _Texts:
    """The transcripts of a project, by what a document may be called."""

    def __init__(self, act: Act) -> None:
        self._names = Names(act.connection)
        held = records.find(act.connection, "transcript", "name")
        self._known = {str(t["name"]).casefold(): str(t["name"]) for t in held}
        self._texts: dict[str, str] = {}

    def place(self, segment: ListedSegment, report: ImportReport) -> tuple[str, int, int] | None:
        """Return the text and the place of a segment; None, and told, where there is not one."""
        document = transcript_name(segment.document).casefold()
        name = self._known.get(document) or self._known.get(segment.document.casefold())
        if name is None:
            why = "there is no transcript of that name; bring it in first"
            report.leave_out("segments", why, segment.document)
            return None
        text_id = str(self._names.transcript(name)["id"])
        if text_id not in self._texts:
            self._texts[text_id] = self._names.text(text_id)
        found = places(self._texts[text_id], segment.quote, 2)
        if len(found) != 1:
            why = "their words stand there more than once" if found else "their words are not there"
            report.leave_out("segments", why, segment.document)
            return None
        return text_id, *found[0]

    def slice(self, text_id: str, start: int, stop: int) -> str:
        """Return the words of a place."""
        return self._texts[text_id][start:stop]
