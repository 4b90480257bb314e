"""A coded transcript as a page that opens anywhere."""

from pathlib import Path

from workbench.errors import BadValue
from workbench.formats import transcript_html
from workbench.formats.transcript_html import Code, CodedTranscript, Coding, Turn
from workbench.model.report import counted
from workbench.project import code_list, lists, manifests, transcript_page
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.runs import settled


def write_transcript(
    project: Project, path: Path, transcript: str | None = None, framework: str | None = None
) -> str:
    """Write a transcript with its codings as html and return a sentence about it.

    Marked are the codings of the runs that count, under one framework version: the one that
    was coded with last, if none is named. Without a name it is the only transcript.

    Raises:
        BadValue: there are several transcripts, and none is named.
        UnknownName: there is no such transcript or framework version.
        CannotWrite: the file cannot be written.
    """
    name = _named(project, transcript)
    shown = transcript_page.shown_text(project, name)
    reference = framework or code_list.in_use(project)
    runs: list[str] = []
    codes: list[Code] = []
    with project.reading() as connection:
        said = lists.settings(connection)
        if reference is not None:
            version = Names(connection).version(reference)
            counting = {r["id"] for r in settled(connection, version["id"])}
            seen = transcript_page.visible_to(connection, project.who, reference)
            runs = [str(r["name"]) for r in seen if r["id"] in counting]
    if reference is not None:
        codes = [
            Code(c.code_id, c.number, c.name, c.definition, c.category, c.colour)
            for c in code_list.listed_codes(project, reference)
        ]
    marks = transcript_page.marks(project, shown.name, runs)
    manifest = manifests.manifest(
        project,
        "coded transcript",
        framework=reference,
        of_framework=reference is not None,
        filters={"of": shown.name},
    )
    turns = [Turn(t.number, t.speaker, t.start, t.words, _time(t.begin_ms)) for t in shown.turns]
    codings = [Coding(m.coding_id, m.start, m.stop, m.code_id, m.coder) for m in marks]
    manifest = manifests.hashed(manifest, manifests.of_data([turns, codings, codes]))
    coded = CodedTranscript(
        shown.name,
        turns,
        codings,
        codes,
        said.get("synthetic", ""),
        manifest.facts(),
        manifest.as_json(),
    )
    transcript_html.write(path, coded)
    return f"{path}: {shown.name}, {counted(len(codings), 'codings')}."


def _named(project: Project, transcript: str | None) -> str:
    if transcript is not None:
        return transcript
    names = transcript_page.transcript_names(project)
    if len(names) != 1:
        raise BadValue("The transcript to export", "none", "one of them, with --of NAME")
    return names[0]


def _time(begin_ms: int | None) -> str:
    """Return a time of a recording as hours, minutes and seconds.

    >>> _time(3_723_000), _time(None)
    ('1:02:03', '')
    """
    if begin_ms is None:
        return ""
    seconds = begin_ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
