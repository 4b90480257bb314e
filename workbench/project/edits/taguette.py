"""A Taguette project comes in: documents, tags and highlights, each quote proved."""

import hashlib
from collections.abc import Sequence

from workbench.formats.framework_ids import slug
from workbench.formats.taguette import TaguetteHighlight, TaguetteProject
from workbench.model.framework import Code, FrameworkVersion, stable_id
from workbench.model.report import Guess, ImportReport, LeftOut, counted
from workbench.project.edits.cases import CaseBook
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.indexing import put_finished, put_run
from workbench.project.edits.notes import put_memo
from workbench.project.edits.other_tools import (
    free_framework_name,
    reading_of,
    transcript_name,
)
from workbench.project.edits.people import put_person, put_setting
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import CaseRule, Incoming, bring_in
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act


@edit("import taguette")
def import_taguette(
    act: Act, held: TaguetteProject, content: bytes, *, case_by: CaseRule = "file"
) -> ImportReport:
    """Bring in a Taguette project: one transcript a document, one code a tag, one coding
    for each highlight and tag, in a run of its own under a draft framework.

    Each quote is proved against the text; a highlight of which that fails is left out
    and reported. A highlight without a tag becomes a memo at its words.
    """
    report = held.report
    name = free_framework_name(act, slug(held.name) or "taguette")
    version_id, codes = _framework(act, held, name)
    texts = _documents(act, held, report, case_by)
    run_id = put_run(act, f"{held.name} (Taguette)", {"id": version_id}, kind="final")
    made = _codings(act, held.highlights, codes, texts, run_id, report)
    untagged = _memos(act, [h for h in held.highlights if not h.tag_ids], texts)
    looked_at = sorted({texts[h.document_id][0] for h in held.highlights if h.document_id in texts})
    put_finished(act, run_id, looked_at)
    report.guesses.append(
        Guess(
            f"{len(looked_at)} transcripts count as indexed whole, so that a code without a "
            "highlight there means that nothing was said",
            "they have at least one highlight",
            "likely",
        )
    )
    if records.one(act.connection, "setting", key="title") is None:
        put_setting(act, "title", held.name)
    report.counts = {
        "transcripts": len(texts),
        "codes": len(codes),
        "highlights": len(held.highlights),
        "codings": made,
        **({"memos": untagged} if untagged else {}),
        **{k: n for k, n in report.counts.items() if k in ("turns", "words", "cases")},
    }
    if untagged:
        said = f"{untagged} highlights have no tag: each became a memo at its words."
        report.notes.append(said)
    report.notes.append(f"The framework is {name}@1, a draft; the run is “{held.name} (Taguette)”.")
    report.notes.append(f"The file has the SHA-256 {hashlib.sha256(content).hexdigest()}.")
    act.says(f"Imported the Taguette project “{held.name}”: {counted(made, 'codings')}")
    act.report = report.as_dict()
    return report


def _framework(act: Act, held: TaguetteProject, name: str) -> tuple[str, dict[int, str]]:
    """Store the tags as a framework version; return its id and tag id → code id."""
    ids = {t.tag_id: stable_id(name, "code", t.path) for t in held.tags}
    codes = [
        Code(
            code_id=ids[tag.tag_id],
            number=str(n),
            name=tag.path,
            definition=tag.description,
            origin="inductive",
        )
        for n, tag in enumerate(sorted(held.tags, key=lambda t: t.path), 1)
    ]
    version = FrameworkVersion(
        framework=name, version="1", categories=(), codes=tuple(codes), description=held.description
    )
    return put_framework(act, version), ids


def _documents(
    act: Act, held: TaguetteProject, report: ImportReport, case_by: CaseRule
) -> dict[int, tuple[str, str]]:
    """Store the documents; return document id → (transcript version id, text)."""
    names, book, texts = Names(act.connection), CaseBook(act), {}
    for document in held.documents:
        name = transcript_name(document.name)
        content = document.text.encode()
        incoming = Incoming(
            name, reading_of(document.text, name), content, document.filename or name
        )
        if bring_in(act, incoming, report, book, case_by):
            names.forget()
            texts[document.document_id] = (str(names.transcript(name)["id"]), document.text)
    return texts


def _codings(
    act: Act,
    highlights: Sequence[TaguetteHighlight],
    codes: dict[int, str],
    texts: dict[int, tuple[str, str]],
    run_id: str,
    report: ImportReport,
) -> int:
    """Store one coding for each highlight and tag; return how many."""
    rows = []
    people: dict[str, str] = {}
    for highlight in highlights:
        if highlight.document_id not in texts:
            report.left_out.append(LeftOut("highlight", "its document did not come in"))
            continue
        version_id, text = texts[highlight.document_id]
        coder = highlight.coder or act.who
        if coder not in people:
            people[coder] = put_person(act, coder)
        rows += [
            {
                "run_id": run_id,
                "transcript_version_id": version_id,
                "code_id": codes[tag],
                "person_id": people[coder],
                "start": highlight.start,
                "stop": highlight.stop,
                "quote": text[highlight.start : highlight.stop],
                "uncertain": False,
            }
            for tag in highlight.tag_ids
        ]
    records.insert(act, "coding", rows)
    return len(rows)


def _memos(
    act: Act, highlights: Sequence[TaguetteHighlight], texts: dict[int, tuple[str, str]]
) -> int:
    """Write a memo at the words of each highlight; return how many."""
    inside = [h for h in highlights if h.document_id in texts]
    for h in inside:
        title, text = "Highlighted in Taguette without a tag", f"“{h.quote}”"
        version_id = texts[h.document_id][0]
        anchored = ("transcript_version", version_id, h.start, h.stop)
        put_memo(act, text, "analytic", title, h.coder or act.who, *anchored)
    return len(inside)
